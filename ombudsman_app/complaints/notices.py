"""What there is to tell about complaints, and to whom: registered at start, called inside the commands.

Words name no case: a ticket, a day, a number (PD6). Who is told may no longer see the case when it is read;
then it is not there (AZ5).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from flask import current_app
from sqlalchemy import Select, select, update

from ombudsman_app.accounts.queries import ids_with_roles
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.logs import logger
from ombudsman_app.core.policy import PORTAL_ROLES, STRANGER, Actor, Role
from ombudsman_app.documents.models import Document
from ombudsman_app.notifications.commands import notify, tell_reporter
from ombudsman_app.notifications.kinds import Reach, RecordKind, register, register_record
from ombudsman_app.notifications.states import Channel

from .models import (
    ClarificationTimeRequest,
    ClockPause,
    Complaint,
    ComplaintClock,
    InformationTip,
    ReporterIdentity,
)
from .notice_kinds import COMPLAINT, KINDS, REQUEST, TIP
from .queries.due import Due
from .queries.opened import opened_by
from .scope import scope


def case_assigned(case: Complaint, *, actor: Actor) -> None:
    """Tell the officer that a locked case is theirs now."""
    _tell("assigned", [case.officer_id], case, key=f"{case.id}:{case.version}", actor=actor)


def reporter_wrote(case: Complaint, message_id: int) -> None:
    """Tell who works on a case that the reporter wrote."""
    _tell("reporter_wrote", _workers(case), case, key=str(message_id))


def file_added(case: Complaint) -> None:
    """Tell who works on a case that the reporter added a file; many files of a day are one piece of news."""
    _tell("file_added", _workers(case), case, key=f"{case.id}:{now().date()}")


def respondent_answered(case: Complaint, answer_id: int, *, actor: Actor) -> None:
    """Tell who works on a case that the respondent answered."""
    _tell("respondent_answered", _workers(case), case, key=str(answer_id), actor=actor)


def office_asked(document: Document) -> None:
    """Tell the office that a letter asks it for an explanation, once its pages are there. ≤ 9 statements."""
    case = db.session.execute(
        select(Complaint.id, Complaint.office_id).where(Complaint.files_id == document.folder)
    ).one()
    people = _respondents(case.id, case.office_id)
    notify("complaints.office_asked", people, key=str(document.id), about=document.id, label=_label(document))


def _respondents(case_id: int, office_id: int) -> list[int]:
    """Return who answers for the office that was asked. 1 statement."""
    return ids_with_roles(PORTAL_ROLES, office_id, without_conflict=(COMPLAINT, case_id))


def _label(letter: Document) -> str:
    number = letter.number or ""
    return number if len(number) <= limits.TICKET else ""


def answer_is_over(case: Complaint, key: str) -> None:
    """Tell who works on a case that the time of the respondent has ended without answer."""
    _tell("answer_over", _workers(case), case, key=key)


def action_is_over(case: Complaint, key: str) -> None:
    """Tell the head, who releases it, that the time for corrective action has ended and not all is done."""
    people = [*_people(Role.HEAD_OF_REPRESENTATIVE, case), case.officer_id]
    _tell("action_over", people, case, key=key)


def reply_is_over(case: Complaint, key: str) -> None:
    """Tell who works on a case that the reporter did not react in time: the report may be issued."""
    people = [*_people(Role.HEAD_OF_REPRESENTATIVE, case), case.officer_id]
    _tell("reply_over", people, case, key=key)


def report_received(case: Complaint, *, actor: Actor) -> None:
    """Tell the examiner that the respondent has the report, and its time runs."""
    _tell("report_received", _workers(case), case, key=f"{case.id}:{case.version}", actor=actor)


def recounted(moved: Mapping[int, int], waiting: Mapping[int, int], key: str) -> None:
    """Tell officers how many of their days a new calendar moves, heads how many wait for release (DI7).

    `moved`: by officer; `waiting`: by office that handles the cases. ≤ 6 statements for all officers, 7 an
    office.
    """
    notify("complaints.days_moved", moved, key=key, own_facts=_numbers(moved))
    for office_id, number in sorted(waiting.items()):
        people = ids_with_roles({Role.HEAD_OF_REPRESENTATIVE}, office_id, without_conflict=(COMPLAINT, 0))
        notify("complaints.days_wait", people, key=f"{office_id}:{key}", facts={"number": number})


def day_released(case: Complaint, clock: ComplaintClock, *, actor: Actor) -> None:
    """Tell who works on a case that a day of it comes earlier now (DI7)."""
    key, day = f"{clock.id}:{clock.moves}", {"day": clock.due_on.isoformat()}
    _tell("day_released", _workers(case), case, key=key, facts={**day}, actor=actor)


def _numbers(of: Mapping[int, int]) -> dict[int, dict[str, str | int]]:
    return {person: {"number": number} for person, number in of.items()}


def pause_waits(case: Complaint, pause_id: int, *, actor: Actor) -> None:
    """Tell the head that somebody asks to let a clock stand still."""
    heads = _people(Role.HEAD_OF_REPRESENTATIVE, case)
    _tell("pause_waits", heads, case, key=str(pause_id), actor=actor)


def pause_decided(case: Complaint, pause: ClockPause, *, actor: Actor) -> None:
    """Tell who asked for a pause, and whose case it is now, that it was released or refused."""
    kind = "pause_released" if pause.first_on else "pause_refused"
    _tell(kind, {pause.asked_by_id, *_workers(case)}, case, key=str(pause.id), actor=actor)


def pause_ended(case: Complaint, pause: ClockPause, *, actor: Actor) -> None:
    """Tell who asked for a pause, and whose case it is now, that it was ended before its last day."""
    _tell("pause_ended", {pause.asked_by_id, *_workers(case)}, case, key=str(pause.id), actor=actor)


def time_asked(case: Complaint, request_id: int, *, actor: Actor) -> None:
    """Tell the examiner and the head that the respondent asks for more time."""
    people = {*_workers(case), *_people(Role.HEAD_OF_REPRESENTATIVE, case)}
    _tell("time_asked", people, case, key=str(request_id), actor=actor)


def time_decided(case: Complaint, asked: ClarificationTimeRequest, *, actor: Actor) -> None:
    """Tell who answers for the respondent what became of its request for more time."""
    kind = "time_granted" if asked.granted else "time_refused"
    letter = db.session.get_one(Document, asked.request_id)
    people = _respondents(case.id, case.office_id)
    notify(
        f"complaints.{kind}", people, key=str(asked.id), about=letter.id, label=_label(letter), actor=actor
    )


def decision_waits(case: Complaint, *, actor: Actor) -> None:
    """Tell the head of the office that a report waits for the decision of the meeting."""
    heads = _people(Role.HEAD_OF_REPRESENTATIVE, case)
    _tell("decision_waits", heads, case, key=f"{case.id}:{case.version}", actor=actor)


def tip_file_added(tip: InformationTip) -> None:
    """Tell who reads information that a file was added; many files of a day are one piece of news."""
    tip_wrote(tip, f"file:{now().date()}")


def tip_wrote(tip: InformationTip, key: str) -> None:
    """Tell who reads information that whoever gave it wrote or added a file."""
    if tip.officer_id is None:
        return  # nobody has begun: it stands in the list of what is new
    notify("complaints.tip_wrote", [tip.officer_id], key=f"{tip.id}:{key}", about=tip.id, label=tip.ticket)


def news_for_reporter(case: Complaint, key: str) -> None:
    """Write to the reporter that there is news: by mail, else as a text message. ≤ 5 statements."""
    told = db.session.execute(
        select(ReporterIdentity.email.is_not(None), ReporterIdentity.phone.is_not(None)).where(
            ReporterIdentity.id == case.reporter_id
        )
    ).first()
    has_email, has_phone = told or (False, False)
    if has_email or has_phone:
        channel = Channel.MAIL if has_email else Channel.TEXT
        tell_reporter(COMPLAINT, case.id, label=case.ticket, key=key, channel=channel)


def what_is_due(due: Mapping[int, Due], soon: date, day: date) -> None:
    """Tell officers in the morning what of theirs is late, ends today, ends soon. ≤ 6 statements for all."""
    numbers: dict[int, dict[str, str | int]] = {
        person: {
            "overdue": of.overdue,
            "today": of.today,
            "soon": of.soon,
            "unproven": of.unproven,
            "until": soon.isoformat(),
        }
        for person, of in due.items()
    }
    notify("complaints.due", due, key=day.isoformat(), own_facts=numbers)


def identities_opened(head: int, number: int, day: date) -> None:
    """Tell who supervises how many identities were opened since the last digest (PD2)."""
    notify("complaints.identities_opened", [head], key=day.isoformat(), facts={"number": number})


def tell_of_unusual(case: Complaint, *, actor: Actor) -> None:
    """Alert the head when one person opens unusually many identities in 24 hours, once a day."""
    settings: Settings = current_app.extensions["settings"]
    number = opened_by(actor.user_id or 0, until=now())
    if number < settings.identity_alert_at:
        return
    logger.warning("many identities opened", user_id=actor.user_id, count=number)
    heads = _people(Role.HEAD_OF_REPRESENTATIVE, case)
    notify(
        "complaints.identities_unusual",
        heads,
        key=f"{actor.user_id}:{now().date()}",
        facts={"number": number},
    )


def _tell(
    kind: str,
    people: Iterable[int | None],
    case: Complaint,
    *,
    key: str,
    actor: Actor = STRANGER,
    facts: dict[str, str | int] | None = None,
) -> None:
    notify(f"complaints.{kind}", people, key=key, about=case.id, label=case.ticket, facts=facts, actor=actor)


def _workers(case: Complaint) -> list[int]:
    """Return the officer of a case, else those of the intake. ≤ 1 statement."""
    return [case.officer_id] if case.officer_id else _people(Role.PVL_ASSISTANT, case)


def _people(role: Role, case: Complaint) -> list[int]:
    return ids_with_roles({role}, case.representative_office_id, without_conflict=(COMPLAINT, case.id))


def _cases(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).complaints().with_only_columns(Complaint.id)
    return seen


def _asked(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).addressed().with_only_columns(Document.id)
    return seen


def _tips(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).tips().with_only_columns(InformationTip.id)
    return seen


def _reach(complaint_id: int) -> Reach | None:
    """Open how the reporter is reached, and nothing else. Raises SealBroken. 1 statement."""
    identity = db.session.scalar(
        select(ReporterIdentity)
        .join(Complaint, Complaint.reporter_id == ReporterIdentity.id)
        .where(Complaint.id == complaint_id)
    )
    return Reach(**identity.opened_fields("email", "phone")) if identity else None


def _unreached(complaint_id: int, _reason: str) -> None:
    """Let the case say that a message did not arrive, and tell who works on it."""
    missed = update(Complaint).where(Complaint.id == complaint_id, Complaint.unreached_since.is_(None))
    db.session.execute(missed.values(unreached_since=now()).execution_options(synchronize_session=False))
    case = db.session.scalars(select(Complaint).where(Complaint.id == complaint_id)).one()
    _tell("unreached", _workers(case), case, key=f"{case.id}:{now().date()}")


register_record(
    RecordKind(
        COMPLAINT,
        visible=_cases,
        endpoint="staff.complaints.case",
        value="complaint_id",
        reach=_reach,
        public_endpoint="public.complaints.find",
        unreached=_unreached,
    )
)
register_record(
    RecordKind(REQUEST, visible=_asked, endpoint="portal.clarifications.request", value="request_id")
)
register_record(RecordKind(TIP, visible=_tips, endpoint="staff.tips.tip", value="tip_id"))
register(*KINDS)
