"""What follows where no answer comes: proposed by the system once, released by a person, with a letter."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.documents.commands import issue_at_once
from ombudsman_app.findings import notices
from ombudsman_app.findings.errors import NoSuperior, RungNotOpen
from ombudsman_app.findings.models import Finding, FindingClock, LadderStep
from ombudsman_app.findings.origins import refuse_names
from ombudsman_app.findings.policies import RELEASE
from ombudsman_app.findings.queries.superiors import superior_of
from ombudsman_app.findings.states import RUNGS, WAITING, Rung, next_rung

from .moving import locked_finding
from .receiving import SECOND_TERM

_AT_ONCE = 200


@dataclass(frozen=True)
class ReleaseInput:
    """What the letter says beside what it always says."""

    words: str = ""


def propose_rungs() -> int:
    """Propose the next step of every finding whose time is over. A second run proposes nothing again."""
    after, proposed = 0, 0
    while batch := _late_after(after):
        proposed += sum(_propose(finding_id) for finding_id in batch)
        after = batch[-1]
    return proposed


def _late_after(after: int) -> list[int]:
    """Return the next findings that wait for an answer and may be late, by id. 1 statement."""
    furthest = today("Asia/Jayapura")  # the first zone in which a day begins
    found = (
        select(Finding.id)
        .where(
            Finding.is_open.is_(True),
            Finding.state.in_(WAITING),
            Finding.next_due_on < furthest,
            Finding.id > after,
        )
        .order_by(Finding.id)
        .limit(_AT_ONCE)
    )
    return list(db.session.scalars(found))


@command
def _propose(finding_id: int) -> bool:
    """Propose one step where its day has come; a row of this round and step is there once."""
    held = locked_finding(finding_id)
    if held.state not in WAITING:
        return False
    steps = steps_of(held)
    if any(step.released_at is None for step in steps):
        return False  # one waits for a person already
    rung = next_rung(frozenset(step.rung for step in steps))
    day = today(held.representative_office.time_zone)
    if rung is None or not _is_due(held, rung, steps, day):
        return False
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    row = {"finding_id": held.id, "round": held.round, "rung": rung, "proposed_at": now(), "words": ""}
    adding = dialect.insert(LadderStep).values(row).on_conflict_do_nothing().returning(LadderStep.id)
    if db.session.scalar(adding) is None:
        return False
    record(
        Event.FINDINGS_RUNG_PROPOSED,
        "finding",
        held.id,
        actor=STRANGER,
        changes={"rung": rung.value, "round": held.round},
    )
    notices.rung_proposed(held, rung)
    return True


def steps_of(held: Finding) -> list[LadderStep]:
    """Return the steps of this round, in their order. 1 statement."""
    found = select(LadderStep).where(LadderStep.finding_id == held.id, LadderStep.round == held.round)
    return list(db.session.scalars(found.order_by(LadderStep.id).execution_options(populate_existing=True)))


def _is_due(held: Finding, rung: Rung, steps: list[LadderStep], day: date) -> bool:
    calendar: HolidayCalendar = calendars()(held.office.province_code)
    start = _start_of(held, rung, steps)
    return start is not None and explain(start, *RUNGS[rung].after.length, calendar).due <= day


def _start_of(held: Finding, rung: Rung, steps: list[LadderStep]) -> date | None:
    """Return the day from which a step is counted: the last day to answer, else the release before it.

    The escalation waits for the end of the second term, which runs from proven receipt; None: not yet.
    """
    wanted = SECOND_TERM if rung is Rung.ESCALATION else None
    if rung is Rung.REMINDER or wanted:
        found = select(FindingClock.due_on).where(
            FindingClock.finding_id == held.id,
            FindingClock.round == held.round,
            FindingClock.clock == wanted if wanted else FindingClock.clock != SECOND_TERM,
        )
        return db.session.scalar(found)
    released = steps[-1].released_at
    return None if released is None else released.astimezone(_zone(held)).date()


def _zone(held: Finding) -> ZoneInfo:
    return ZoneInfo(held.representative_office.time_zone)


@command
def release_rung(step: LadderStep, given: ReleaseInput, *, version: int, actor: Actor) -> None:
    """Let a proposed step go, with its letter, which gets its number in the same transaction.

    Raises RungNotOpen where somebody was faster or the office has answered, NoSuperior, RecordChanged,
    NamesReporter, SigningNotPossible: then nothing has happened and no number is used up.
    """
    held = locked_finding(step.finding_id, version)
    demand(RELEASE, actor, held)
    fresh = next((one for one in steps_of(held) if one.id == step.id), None)
    if fresh is None or fresh.released_at is not None or held.state not in WAITING:
        raise RungNotOpen(rung=step.rung.value)
    refuse_names(held.origin, held.id, {"words": given.words}, actor=actor)
    rule = RUNGS[fresh.rung]
    fresh.addressee_id = held.office_id if rule.to == "respondent" else _superior_id(held)
    fresh.words = given.words
    db.session.flush()
    letter = issue_at_once(
        rule.letter,
        held.evidence_id,
        subject=f"{rule.id_label}: temuan {held.reference}",
        answers={"step": fresh.id, "words": given.words},
        actor=actor,
    )
    fresh.document_id, fresh.released_by_id, fresh.released_at = letter.id, actor.user_id, now()
    touch(held)
    record(
        Event.FINDINGS_RUNG_RELEASED,
        "finding",
        held.id,
        actor=actor,
        changes={"rung": fresh.rung.value, "round": held.round, "document": letter.id},
    )
    notices.rung_released(held, fresh.rung, actor=actor)


def _superior_id(held: Finding) -> int:
    found = superior_of(held.office)
    if found is None:
        raise NoSuperior
    return found.id
