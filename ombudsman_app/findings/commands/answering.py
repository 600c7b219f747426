"""The office answers and tells how far it is. An answer is always taken while the matter is open (§12)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from ombudsman_app.core.changing import compare_version, demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import days_late
from ombudsman_app.documents.commands import make_on_demand
from ombudsman_app.findings import notices
from ombudsman_app.findings.errors import AnswerDayRefused
from ombudsman_app.findings.models import (
    Finding,
    FindingClock,
    FindingEntry,
    Measure,
    ProgressReport,
    Response,
)
from ombudsman_app.findings.policies import FILE_ANSWER, RESPOND
from ombudsman_app.findings.queries import ACKNOWLEDGEMENT
from ombudsman_app.findings.states import FINDING, FindingState, PaperChannel, Position, status_after

from .moving import locked_finding, move
from .receiving import end_clocks

Entry = TypeVar("Entry", bound=FindingEntry)


@dataclass(frozen=True)
class ResponseInput:
    """What an office answers, whichever door it came through. `responsible` is an office held, no person."""

    position: Position
    text: str
    action: str = ""
    responsible: str = ""
    by_on: date | None = None
    form_key: str = ""


@dataclass(frozen=True)
class PaperInput:
    """An answer that came by letter: the answer, which way, on which day, under which number of theirs."""

    answer: ResponseInput
    channel: PaperChannel
    received_on: date
    reference: str = ""


@dataclass(frozen=True)
class ProgressInput:
    """How far an office is."""

    text: str
    form_key: str = ""


@command
def respond_to_finding(
    finding: Finding, given: ResponseInput, *, version: int | None = None, actor: Actor
) -> Response:
    """Put the answer on the finding and hand it back to the Ombudsman.

    A late answer is taken and stays late for ever. Raises MoveNotAllowed unless the finding waits for one,
    RecordChanged if the page showed another version. The same form sent twice answers once.
    """
    held = locked_finding(finding.id)
    demand(RESPOND, actor, held)
    if said := _said_before(held, Response, given):
        return said
    compare_version(held, version)
    return _keep_answer(held, given, today(held.representative_office.time_zone), actor=actor)


@command
def file_answer(finding: Finding, given: PaperInput, *, version: int | None = None, actor: Actor) -> Response:
    """Put an answer on the finding that came by letter, as of the day on which it came; late for ever by it.

    Raises AnswerDayRefused for a day in the future or before the office had it, NotAllowed, MoveNotAllowed,
    RecordChanged. Whoever files it does not judge it. The same form sent twice files once.
    """
    held = locked_finding(finding.id)
    demand(FILE_ANSWER, actor, held)
    if said := _said_before(held, Response, given.answer):
        return said
    compare_version(held, version)
    _demand_day(held, given.received_on)
    return _keep_answer(held, given.answer, given.received_on, actor=actor, paper=given)


def _demand_day(held: Finding, day: date) -> None:
    """Raise AnswerDayRefused unless the answer can have come on this day."""
    zone = held.representative_office.time_zone
    if day > today(zone):
        raise AnswerDayRefused(why="in_future")
    back = select(func.max(FindingEntry.said_at)).where(
        FindingEntry.finding_id == held.id, FindingEntry.kind == "judgement"
    )
    given_back = db.session.scalar(back)  # what came before that answered the round before
    since = given_back.astimezone(ZoneInfo(zone)).date() if given_back else held.sent_on
    if since is not None and day < since:
        raise AnswerDayRefused(why="before_sent")
    first = select(func.min(FindingClock.received_at)).where(
        FindingClock.finding_id == held.id, FindingClock.round == held.round
    )
    received = db.session.scalar(first)
    if received is not None and day < received.astimezone(ZoneInfo(zone)).date():
        raise AnswerDayRefused(why="before_receipt")


def _keep_answer(
    held: Finding, given: ResponseInput, day: date, *, actor: Actor, paper: PaperInput | None = None
) -> Response:
    """Store the answer of a locked finding that reached the Ombudsman on this day, and end its times."""
    if "respond" not in FINDING.open_events(held.state):
        raise MoveNotAllowed(state=str(held.state), event="respond")
    late = _lateness(held, day)
    response = Response(
        finding_id=held.id,
        round=held.round,
        said_by_id=actor.user_id,
        said_at=now(),
        text=given.text,
        form_key=given.form_key or None,
        position=given.position,
        action=given.action,
        responsible=given.responsible,
        by_on=given.by_on,
        days_late=late,
        channel=paper.channel if paper else None,
        received_on=paper.received_on if paper else None,
        reference=paper.reference or None if paper else None,
    )
    db.session.add(response)
    _set_statuses(held, given.position)
    changes: dict[str, Any] = {"position": given.position.value, "days_late": late}
    if paper:
        changes |= {"channel": paper.channel.value, "received_on": day.isoformat()}
    move(held, "respond", note=Event.FINDINGS_ANSWERED, actor=actor, changes=changes)
    db.session.flush()
    end_clocks(held, on=day)
    notices.answered(held, actor=actor)
    return response


def _lateness(held: Finding, day: date) -> int:
    """Count the calendar days after the first last day of this round.

    A second term heals nothing, and neither do days that were granted when the last one had passed.
    """
    first = select(func.min(func.coalesce(FindingClock.late_from, FindingClock.due_on))).where(
        FindingClock.finding_id == held.id, FindingClock.round == held.round
    )
    due = db.session.scalar(first)
    return days_late(due, day) if due else 0


def _said_before(held: Finding, kind: type[Entry], given: ResponseInput | ProgressInput) -> Entry | None:
    """Return what the same form said before. Raises FormSentDifferently where it says otherwise now (DI4)."""
    if not given.form_key:
        return None
    said = db.session.scalar(
        select(FindingEntry).where(
            FindingEntry.finding_id == held.id, FindingEntry.form_key == given.form_key
        )
    )
    if not isinstance(said, kind):
        return None
    if any(getattr(said, name) != value for name, value in vars(given).items()):
        raise FormSentDifferently
    return said


def _set_statuses(held: Finding, said: Position | str) -> None:
    """Let every measure have the status that its kind gives to what was said. 1 statement a kind."""
    kinds = set(db.session.scalars(select(Measure.kind).where(Measure.finding_id == held.id)))
    for kind in kinds:
        set_status(held, status_after(kind, said))


def set_status(held: Finding, status: str) -> None:
    """Set the status of all measures of a locked finding. 1 statement."""
    db.session.execute(
        update(Measure)
        .where(Measure.finding_id == held.id)
        .values(status=status)
        .execution_options(synchronize_session=False)
    )


def finish_measures(held: Finding) -> None:
    """All that the office was to do is done."""
    _set_statuses(held, "done")


@command
def acknowledge_response(finding: Finding, response_id: int, *, actor: Actor) -> None:
    """Have the acknowledgement of an answer made, once; asked again, nothing happens.

    Raises NotVisible for what is no answer to this finding, SigningNotPossible, NotAllowed.
    """
    held = locked_finding(finding.id)
    demand(RESPOND, actor, held)
    found = select(Response.id).where(
        Response.id == response_id,
        Response.finding_id == held.id,
        Response.channel.is_(None),  # what came by letter has its proof on paper
    )
    if db.session.scalar(found) is None:
        raise NotVisible
    subject = f"Tanda terima tanggapan atas temuan {held.reference}"
    make_on_demand(ACKNOWLEDGEMENT, held.evidence_id, subject=subject, about=("response", response_id))


@command
def tell_progress(finding: Finding, given: ProgressInput, *, actor: Actor) -> ProgressReport:
    """Tell how far the office is with what was found enough. Raises MoveNotAllowed in any other state."""
    held = locked_finding(finding.id)
    demand(RESPOND, actor, held)
    if said := _said_before(held, ProgressReport, given):
        return said
    if held.state is not FindingState.ACCEPTED:
        raise MoveNotAllowed(state=str(held.state), event="tell_progress")
    report = ProgressReport(
        finding_id=held.id,
        round=held.round,
        said_by_id=actor.user_id,
        said_at=now(),
        text=given.text,
        form_key=given.form_key or None,
    )
    db.session.add(report)
    _set_statuses(held, "progress")
    touch(held)
    db.session.flush()
    record(Event.FINDINGS_PROGRESS_TOLD, "finding", held.id, actor=actor, changes={"entry": report.id})
    notices.progressed(held, report.id, actor=actor)
    return report
