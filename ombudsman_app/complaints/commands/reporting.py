"""The report goes out: findings for those who must act, a letter for the reporter, clocks from receipt.

Called by the papers' own commands, in their transaction. Rules: 48/2020 Pasal 25, 58/2023 Pasal 54(1).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints import notices
from ombudsman_app.complaints.errors import IdentityInLetter, ReplyStillRuns
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintClock,
    ComplaintMessage,
    ComplaintStep,
    ExaminationReport,
    Notice,
    ReportAction,
    ReportRevision,
)
from ombudsman_app.complaints.policies import ASK_RESPONDENT, DECIDE
from ombudsman_app.complaints.states import (
    FORMS,
    REPLY_CLOCK,
    RESULT_NOTICE,
    Addressee,
    ComplaintState,
    clock,
    corrective_action_clock,
    report_name,
)
from ombudsman_app.core import limits
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.documents.errors import LetterIncomplete
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.findings.commands import FindingInput, make_finding, receive_by_paper, send_finding
from ombudsman_app.findings.commands.moving import locked_finding
from ombudsman_app.findings.models import Finding, FindingClock
from ombudsman_app.findings.states import Origin

from .clocks import clocks_of, counted_clock, end_clocks, keep_next_due, start_clocks
from .conflict import declare_free
from .conversation import post_notice
from .hidden_identity import compared
from .letters import case_of, minute, run_from_receipt
from .moving import locked_case, move
from .report import refuse_incomplete, report_by_id, report_of_round, texts_of_report

REPORT_OPENED = "complaints.report_opened"  # the job by which the portal tells of a receipt
_RUNNING = (ComplaintState.REPORT_ISSUED, ComplaintState.REPORT_MONITORING)


def issue_report(document: Document, actor: Actor) -> None:
    """The head lets the report go. Each corrective action becomes a finding of the office that must act.

    Raises LetterIncomplete, IdentityInLetter, ReplyStillRuns, MoveNotAllowed; nothing has happened then.
    """
    held = case_of(document.folder)
    demand(DECIDE, actor, held)
    report = report_of_round(held)
    if report is None or report.document_id != document.id:
        raise LetterIncomplete(missing=["report"])
    refuse_incomplete(report)
    if named := compared(held, {"subject": document.subject, **texts_of_report(report)}, actor=actor):
        raise IdentityInLetter(parts=named)
    if held.state is ComplaintState.REPORTER_REPLY and not is_reply_over(held, clocks_of(held.id)):
        raise ReplyStillRuns
    declare_free(held, actor=actor)
    changes = {"document": document.id, "report": report.id, "conclusion": str(report.conclusion)}
    move(held, "issue_report", actor=actor, changes=changes)
    report.issued_on = today(held.representative_office.time_zone)
    touch(report)
    end_clocks(held.id, (REPLY_CLOCK,), on=report.issued_on)
    keep_next_due([held.id])
    for place, action in enumerate(report.actions, 1):
        action.finding_id = _found(held, report, action, place, actor).id
    db.session.flush()
    minute(held, RESULT_NOTICE, {"report": report.id}, actor)
    post_notice(held, Notice.LETTER, actor=actor)


def _found(
    held: Complaint, report: ExaminationReport, action: ReportAction, place: int, actor: Actor
) -> Finding:
    """Make a finding of one action and send it; who wrote the report does not judge its answer."""
    words = action.words()
    number = held.registration_number or held.ticket
    title = f"{FORMS[action.form]}: {report_name(held.regime)} {number} ({place})"
    given = FindingInput(title[: limits.NAME], words["evidence"], words["rule"], [words["text"]])
    finding = make_finding(
        given,
        origin=Origin.LHP,
        office_id=action.office_id,
        representative_office_id=held.representative_office_id,
        regime=held.regime,
        written_by_id=report.written_by_id,
        actor=actor,
    )
    db.session.flush()
    send_finding(finding, version=finding.version, actor=actor)
    return finding


def report_arrived(document: Document, way: Delivery, actor: Actor) -> None:
    """An addressee has the paper: the time of its actions runs, by the respondent that of the case."""
    if way.delivered_at is None:
        return
    held = case_of(document.folder)
    report = report_by_id(int(document.answers["report"]))
    if report is None:
        return
    for action in report.actions:
        if action.addressee == way.addressee and action.finding_id is not None:
            receive_by_paper(locked_finding(action.finding_id), way, is_second_term=False, actor=actor)
    if way.addressee == Addressee.RESPONDENT:
        _start_corrective_clock(held, way.delivered_at, actor, {"document": document.id})


@command
def receive_report(finding_id: int) -> None:
    """The office opened a finding of a report in the portal. Opened by the respondent, that proves receipt of
    the report, and the time for corrective action runs from that instant. Again changes nothing."""
    found = db.session.execute(
        select(ExaminationReport.complaint_id, ReportAction.addressee, FindingClock.received_at)
        .join(ReportAction, ReportAction.report_id == ExaminationReport.id)
        .join(FindingClock, FindingClock.finding_id == ReportAction.finding_id)
        .where(ReportAction.finding_id == finding_id)
        .order_by(FindingClock.id)
        .limit(1)
    ).first()
    if found is None or found.addressee is not Addressee.RESPONDENT:
        return
    case = db.session.get_one(Complaint, found.complaint_id)
    _start_corrective_clock(locked_case(case), found.received_at, STRANGER, {"finding": finding_id})


def _start_corrective_clock(held: Complaint, at: datetime, actor: Actor, by: dict[str, int]) -> None:
    """Let D08 or D09 run, once, by the rules that the case began under (58/2023 Pasal 54(1))."""
    limit = corrective_action_clock(held.regime)
    if held.state not in _RUNNING or _runs(held, limit.id):
        return
    calendar = calendar_of(held.office.province_code)
    counted = counted_clock(limit.name, held.regime, held.representative_office, calendar, at=at)
    start_clocks(held.id, [counted])
    keep_next_due([held.id])
    touch(held)
    changes = {"clock": limit.id, "due_on": counted["due_on"].isoformat(), **by}
    record(Event.COMPLAINTS_CLOCK_STARTED, "complaint", held.id, actor=actor, changes=changes)
    notices.report_received(held, actor=actor)


def _runs(held: Complaint, clock_id: str) -> bool:
    """Whether it runs already; what an earlier report started has ended with it."""
    return any(one.clock == clock_id and one.ended_on is None for one in clocks_of(held.id))


def hear_reporter(document: Document, actor: Actor) -> None:
    """Under the older rules the reporter is told the interim result and may react (48/2020 Pasal 25(5b))."""
    held = case_of(document.folder)
    demand(ASK_RESPONDENT, actor, held)
    if not document.answers.get("words"):
        raise LetterIncomplete(missing=["words"])
    move(held, "hear_reporter", actor=actor, changes={"document": document.id})
    post_notice(held, Notice.LETTER, actor=actor)


def start_reply_clock(document: Document, way: Delivery, actor: Actor) -> None:
    """The reporter has the interim result: D07 runs."""
    held = case_of(document.folder)
    if held.state is ComplaintState.REPORTER_REPLY:
        run_from_receipt(held, REPLY_CLOCK, document, way, actor)


def is_reply_over(case: Complaint, clocks: Iterable[ComplaintClock]) -> bool:
    """Whether the reporter has reacted, or the time to react has ended; its last day belongs to them."""
    day, limit = today(case.representative_office.time_zone), clock(REPLY_CLOCK)
    if any(one.clock == limit.id and one.ended_on is None and one.due_on < day for one in clocks):
        return True
    since = _heard_at(case.id)
    if since is None:
        return False
    wrote = select(ComplaintMessage.id).where(
        ComplaintMessage.complaint_id == case.id,
        ComplaintMessage.author_id.is_(None),
        ComplaintMessage.sent_at > since,
    )
    return db.session.scalar(wrote.limit(1)) is not None


def _heard_at(complaint_id: int) -> datetime | None:
    """Return when the reporter was told the interim result last."""
    asked = select(func.max(ComplaintStep.at)).where(
        ComplaintStep.complaint_id == complaint_id, ComplaintStep.move == "hear_reporter"
    )
    return db.session.scalar(asked)


def authors_behind(finding_id: int) -> frozenset[int]:
    """Return who wrote a part of a report of the case behind a finding; words go from round to round.

    1 statement.
    """
    behind = (
        select(ExaminationReport.complaint_id)
        .join(ReportAction, ReportAction.report_id == ExaminationReport.id)
        .where(ReportAction.finding_id == finding_id)
    )
    wrote = (
        select(ReportRevision.by_id)
        .join(ExaminationReport, ExaminationReport.id == ReportRevision.report_id)
        .where(ExaminationReport.complaint_id == behind.scalar_subquery())
    )
    return frozenset(db.session.scalars(wrote.distinct()))


def parts_for_office(finding_id: int, texts: Mapping[str, str], actor: Actor) -> list[str]:
    """Return the names of texts for the office that tell who reports in the case behind a finding.

    3 statements; no lock: who takes one of a case and a finding takes that of the case first.
    """
    case = db.session.scalars(
        select(Complaint)
        .join(ExaminationReport, ExaminationReport.complaint_id == Complaint.id)
        .join(ReportAction, ReportAction.report_id == ExaminationReport.id)
        .where(ReportAction.finding_id == finding_id)
        .options(joinedload(Complaint.office, innerjoin=True))
    ).one()
    return compared(case, texts, actor=actor)
