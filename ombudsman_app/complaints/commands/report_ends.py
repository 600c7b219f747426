"""What follows the report: it is watched, the case is closed, handed over, or examined once more.

Who does it stands in `transitions` of complaints.yaml. A closing always has outcome, reason, notice, minutes.
"""

from collections.abc import Iterable

from sqlalchemy import exists, select

from ombudsman_app.complaints.errors import ActionsOpen, ActionStillRuns, ReceiptNotProven
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintClock,
    ExaminationReport,
    Notice,
    ReportAction,
)
from ombudsman_app.complaints.policies import DECIDE, EXAMINE
from ombudsman_app.complaints.states import (
    FOLLOWS,
    REPLY_CLOCK,
    ComplaintState,
    Conclusion,
    corrective_action_clock,
)
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import FindingState

from .clocks import clocks_of, end_clocks, keep_next_due
from .closing import close_by
from .conflict import declare_free
from .conversation import post_notice
from .letters import CLOSING_MINUTES, CLOSING_NOTICE, minute
from .moving import locked_case, move
from .report import discard_waiting, report_of_round


@command
def examine_again(case: Complaint, reason: str, *, version: int, actor: Actor) -> None:
    """Go back to the documents: more evidence is needed, or the reporter's reaction gives reason to.

    A report that waits for approval is thrown away; its words stand in the next one. Raises RecordChanged.
    """
    held = locked_case(case, version)
    demand(EXAMINE, actor, held)
    discard_waiting(report_of_round(held), actor)
    move(held, "examine_again", actor=actor, reason=reason)
    _end_clock(held, REPLY_CLOCK)


@command
def close_report(case: Complaint, reason: str, *, version: int, actor: Actor) -> None:
    """End a case whose report found nothing, or was discontinued, with notice and minutes."""
    held = locked_case(case, version)
    demand(DECIDE, actor, held)
    event = FOLLOWS.get(conclusion_of(held.id) or Conclusion.FOUND, "")
    if held.state is not ComplaintState.REPORT_ISSUED or event == FOLLOWS[Conclusion.FOUND]:
        raise MoveNotAllowed(state=str(held.state), event="close_report")
    declare_free(held, actor=actor)
    _close(held, event, reason, actor)


@command
def monitor_report(case: Complaint, note: str, *, version: int, actor: Actor) -> None:
    """Begin to watch the corrective actions. Raises ReceiptNotProven, MoveNotAllowed, RecordChanged."""
    held = locked_case(case, version)
    demand(EXAMINE, actor, held)
    if held.state is not ComplaintState.REPORT_ISSUED or conclusion_of(held.id) is not Conclusion.FOUND:
        raise MoveNotAllowed(state=str(held.state), event="monitor_report")
    if not is_received(held, clocks_of(held.id)):
        raise ReceiptNotProven
    move(held, "monitor_report", actor=actor, reason=note)


@command
def close_as_corrected(case: Complaint, reason: str, *, version: int, actor: Actor) -> None:
    """End a case all of whose corrective actions another officer judged done. Raises ActionsOpen."""
    held = locked_case(case, version)
    demand(EXAMINE, actor, held)
    if held.state is not ComplaintState.REPORT_MONITORING:
        raise MoveNotAllowed(state=str(held.state), event="close_as_corrected")
    if not is_corrected(held.id):
        raise ActionsOpen
    _close(held, "close_as_corrected", reason, actor)


@command
def hand_to_resolution(case: Complaint, reason: str, *, version: int, actor: Actor) -> None:
    """Release what the house proposed: the time has ended and not all was done (58/2023 Pasal 54(2)).

    Raises ActionStillRuns, MoveNotAllowed, RecordChanged.
    """
    held = locked_case(case, version)
    demand(DECIDE, actor, held)
    if held.state is not ComplaintState.REPORT_MONITORING:
        raise MoveNotAllowed(state=str(held.state), event="hand_to_resolution")
    if not is_action_over(held, clocks_of(held.id)) or is_corrected(held.id):
        raise ActionStillRuns
    declare_free(held, actor=actor)
    move(held, "hand_to_resolution", actor=actor, reason=reason)
    _end_clock(held, corrective_action_clock(held.regime).name)


def conclusion_of(complaint_id: int) -> Conclusion | None:
    """Return what the report that is out concludes. 1 statement."""
    return db.session.scalar(
        select(ExaminationReport.conclusion)
        .where(ExaminationReport.complaint_id == complaint_id, ExaminationReport.issued_on.is_not(None))
        .order_by(ExaminationReport.round.desc())
        .limit(1)
    )


def is_received(case: Complaint, clocks: Iterable[ComplaintClock]) -> bool:
    """Whether the receipt of the report by the respondent is proven: its clock has begun."""
    wanted = corrective_action_clock(case.regime).id
    return any(one.clock == wanted and one.ended_on is None for one in clocks)


def is_action_over(case: Complaint, clocks: Iterable[ComplaintClock]) -> bool:
    """Whether the time for corrective action has run out; the whole last day belongs to the office."""
    wanted, day = corrective_action_clock(case.regime).id, today(case.representative_office.time_zone)
    return any(one.clock == wanted and one.ended_on is None and one.due_on < day for one in clocks)


def is_corrected(complaint_id: int) -> bool:
    """Whether every corrective action of the newest report that is out was judged done. 1 statement."""
    latest = (
        select(ExaminationReport.id)
        .where(ExaminationReport.complaint_id == complaint_id, ExaminationReport.issued_on.is_not(None))
        .order_by(ExaminationReport.round.desc())
        .limit(1)
        .scalar_subquery()
    )
    of_report = ReportAction.report_id == latest
    is_open = (
        exists()
        .where(of_report, Finding.id == ReportAction.finding_id, Finding.state != FindingState.DONE)
        .select_from(ReportAction, Finding)
    )
    return bool(db.session.scalar(select(exists().where(of_report) & ~is_open)))


def _close(held: Complaint, event: str, reason: str, actor: Actor) -> None:
    close_by(held, event, actor=actor, reason=reason)
    db.session.flush()
    minute(held, CLOSING_MINUTES, {"words": reason}, actor)
    minute(held, CLOSING_NOTICE, {"words": reason}, actor)
    post_notice(held, Notice.LETTER, actor=actor)


def _end_clock(held: Complaint, name: str) -> None:
    end_clocks(held.id, (name,), on=today(held.representative_office.time_zone))
    keep_next_due([held.id])
