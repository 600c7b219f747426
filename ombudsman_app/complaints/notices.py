"""What there is to tell about complaints, and to whom: registered at start, called inside the commands.

Words name no case: a ticket, a day, a number (PD6). Who is told may no longer see the case when it is read;
then it is not there (AZ5).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import Select, select, update

from ombudsman_app.accounts.queries import ids_with_roles
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.logs import logger
from ombudsman_app.core.policy import PORTAL_ROLES, STRANGER, Actor, Role
from ombudsman_app.documents.models import Document
from ombudsman_app.notifications.commands import notify, tell_reporter
from ombudsman_app.notifications.kinds import Kind, Reach, RecordKind, register, register_record
from ombudsman_app.notifications.states import Channel

from .models import (
    ClarificationTimeRequest,
    ClockPause,
    Complaint,
    ComplaintClock,
    InformationTip,
    ReporterIdentity,
)
from .queries.due import Due
from .queries.opened import opened_by
from .scope import READERS, TIP_READERS, scope

COMPLAINT, TIP, REQUEST = "complaint", "tip", "clarification_request"
_OFFICERS = frozenset({Role.PVL_ASSISTANT, Role.EXAMINER})
_HEAD = frozenset({Role.HEAD_OF_REPRESENTATIVE})


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
register(
    Kind(
        "complaints.assigned",
        N_("A case is given to you"),
        N_("This case is yours now. Say first whether you have an interest in it."),
        roles=_OFFICERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.reporter_wrote",
        N_("A reporter writes"),
        N_("The reporter has written to you."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.file_added",
        N_("A reporter adds a file"),
        N_("The reporter has added evidence."),
        roles=READERS,
        about=COMPLAINT,
        channels=frozenset(),
    ),
    Kind(
        "complaints.respondent_answered",
        N_("A respondent answers"),
        N_("The office that was asked has answered. Judge the answer."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.office_asked",
        N_("Your office is asked for an explanation"),
        N_("The Ombudsman asks your office for a written explanation. Open the letter to read it."),
        roles=PORTAL_ROLES,
        about=REQUEST,
    ),
    Kind(
        "complaints.time_asked",
        N_("A respondent asks for more time"),
        N_("The office that was asked wants more time. Grant it or refuse it before its last day."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.time_granted",
        N_("More time to explain is granted"),
        N_("Your office has more time to explain. Open the letter to see the new last day."),
        roles=PORTAL_ROLES,
        about=REQUEST,
    ),
    Kind(
        "complaints.time_refused",
        N_("More time to explain is refused"),
        N_("The request of your office for more time was refused. Open the letter to read why."),
        roles=PORTAL_ROLES,
        about=REQUEST,
    ),
    Kind(
        "complaints.answer_over",
        N_("A respondent has not answered in time"),
        N_("The time to answer has ended without answer. Look at the case and let go on what is proposed."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.action_over",
        N_("The time for corrective action has ended"),
        N_("Not every corrective action was done in time. Look at the case and let go on what is proposed."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.reply_over",
        N_("The reporter did not react in time"),
        N_("The time to react to the interim result has ended. The report may be issued."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.report_received",
        N_("The respondent has received the report"),
        N_("The time for corrective action runs. Begin to watch what is done."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.unreached",
        N_("A message does not reach a reporter"),
        N_("A message to the reporter did not arrive. Look for another way."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.days_moved",
        N_("A new calendar moves due days of your cases"),
        N_("A new calendar moves due days of your cases to later. Moved: %(number)s."),
        roles=READERS,
        endpoint="staff.complaints.queue",
        values={"whose": "mine"},
        channels=frozenset(),
    ),
    Kind(
        "complaints.day_released",
        N_("A due day of a case comes earlier"),
        N_("A due day of this case comes earlier: it is %(day)s now."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.pause_waits",
        N_("Somebody asks to let a clock stand still"),
        N_("An officer asks to let a clock of this case stand still. It waits for your release."),
        roles=_HEAD,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.pause_released",
        N_("A clock of your case stands still"),
        N_("A clock of this case stands still from today, as you asked."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.pause_refused",
        N_("A clock of your case does not stand still"),
        N_("The head refused to let the clock stand still. It runs on."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.pause_ended",
        N_("A clock of your case runs again"),
        N_("The pause of a clock of this case was ended early. The clock runs again from tomorrow."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.days_wait",
        N_("Earlier days wait for your release"),
        N_("By a new calendar some days come earlier. Waiting for your release: %(number)s."),
        roles=_HEAD,
        endpoint="staff.complaints.queue",
    ),
    Kind(
        "complaints.decision_waits",
        N_("A report waits for your decision"),
        N_("This report waits for the decision of your meeting."),
        roles=_HEAD,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.due",
        N_("What falls due, each morning"),
        N_(
            "Your cases: %(overdue)s overdue, %(today)s due today, %(soon)s more until %(until)s. "
            "Letters too long without proof of receipt: %(unproven)s."
        ),
        roles=_OFFICERS,
        endpoint="staff.complaints.queue",
        values={"whose": "mine"},
        lasts=timedelta(hours=10),
        absent={"unproven": 0},
    ),
    Kind(
        "complaints.identities_opened",
        N_("Opened identities, each morning"),
        N_("Identities opened since the last count: %(number)s."),
        roles=_HEAD,
        endpoint="staff.identities.opened",
    ),
    Kind(
        "complaints.identities_unusual",
        N_("Unusually many opened identities"),
        N_("Unusual: one person opened %(number)s identities within 24 hours."),
        roles=_HEAD,
        endpoint="staff.identities.opened",
    ),
    Kind(
        "complaints.tip_wrote",
        N_("Whoever gave information writes"),
        N_("Whoever gave this information has written or added a file."),
        roles=TIP_READERS,
        about=TIP,
    ),
)
