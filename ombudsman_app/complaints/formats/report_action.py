"""What is to be done next from the review of a case to what follows its report."""

from collections.abc import Callable

from flask_babel import gettext as _

from ombudsman_app.complaints.commands import is_action_over, is_received
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.policies import DECIDE, EXAMINE
from ombudsman_app.complaints.queries import ReportOfCase
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.policy import Actor

from .one_action import NextAction

Told = Callable[[Complaint, Actor, ReportOfCase | None], NextAction | None]


def report_action(case: Complaint, actor: Actor, report: ReportOfCase | None) -> NextAction | None:
    """Return the next step in these states as this person meets it; None: it is for somebody else."""
    told = _TOLD.get(case.state)
    return told(case, actor, report) if told else None


def _review(case: Complaint, actor: Actor, report: ReportOfCase | None) -> NextAction | None:
    waits = report is not None and report.is_of_round and report.waits_for_approval
    if DECIDE.allows(actor, case):
        return _to_issue() if waits else _solved()
    if not EXAMINE.allows(actor, case) or waits:
        return None
    return NextAction(
        _("Write the report of the examination"),
        _("Part by part; the page says what is missing. For more evidence, go back to the documents."),
        _("Write the report"),
        ".report",
        second=(_("Examine once more"), ".examine_again"),
    )


def _solved() -> NextAction:
    return NextAction(
        _("Review the case"),
        _("If the respondent has solved it and the reporter confirms that in writing, close it here."),
        _("Solved by the respondent"),
        ".resolved",
        second=(_("Read the report"), ".report"),
    )


def _to_issue() -> NextAction:
    return NextAction(
        _("Read the report and issue it"),
        _("It was put forward by the examiner. Issued, its corrective actions go to those who must act."),
        _("Read the report"),
        ".report",
        second=(_("Solved by the respondent"), ".resolved"),
    )


def _issued(case: Complaint, actor: Actor, report: ReportOfCase | None) -> NextAction | None:
    if report is None:
        return None
    if not report.is_found and DECIDE.allows(actor, case):
        return NextAction(
            _("Close the case after its report"),
            _("No corrective action follows from it. Notice and minutes are made with the closing."),
            _("Close the case"),
            ".close_report",
        )
    if not report.is_found or not EXAMINE.allows(actor, case):
        return None
    if not is_received(case, case.clocks):
        return NextAction(
            _("Prove that the respondent has the report"),
            _("The time runs from proven receipt: opened in the portal, or shown by a signed receipt."),
            _("Open the report"),
            ".report",
        )
    return NextAction(
        _("Watch the corrective actions"),
        _("The respondent has the report and the time runs. Begin to watch what is done."),
        _("Begin to watch"),
        ".monitor",
    )


def _monitored(case: Complaint, actor: Actor, report: ReportOfCase | None) -> NextAction | None:
    is_corrected = report is not None and report.is_corrected
    if is_corrected:
        return _done() if EXAMINE.allows(actor, case) else None
    if is_action_over(case, case.clocks) and DECIDE.allows(actor, case):
        return NextAction(
            _("The time for corrective action has ended"),
            _("Not all was done. It is proposed that the unit for resolution takes over; you release it."),
            _("Look and release"),
            ".hand_over",
        )
    if EXAMINE.allows(actor, case):
        return NextAction(
            _("Corrective actions are under way"),
            _("Each office answers on its finding; another officer judges it until all are done."),
            _("See what is done"),
            anchor="monitoring",
        )
    return None


def _done() -> NextAction:
    return NextAction(
        _("All corrective actions are done"),
        _("Another officer judged each of them done. Close the case; notice and minutes are made."),
        _("Close the case"),
        ".corrected",
    )


_TOLD: dict[ComplaintState, Told] = {
    ComplaintState.CASE_REVIEW: _review,
    ComplaintState.REPORTER_REPLY: _review,
    ComplaintState.REPORT_ISSUED: _issued,
    ComplaintState.REPORT_MONITORING: _monitored,
}
