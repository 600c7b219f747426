"""What is to be done next on a case, and whether the person who looks may do it."""

from collections.abc import Callable

from flask_babel import gettext as _

from ombudsman_app.complaints.commands import is_answer_over, is_completion_over
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.policies import ASSIGN, DECIDE, EXAMINE, VERIFY
from ombudsman_app.complaints.queries import ReportOfCase
from ombudsman_app.complaints.states import FIRST_REQUEST, SECOND_REQUEST, ComplaintState, request_waited_for
from ombudsman_app.core.policy import Actor, Policy

from .one_action import NextAction
from .report_action import report_action
from .words import owner


def _waits_for_answer() -> NextAction:
    return NextAction(
        _("The respondent was asked for an explanation"),
        _("The time runs from proven receipt. An answer that comes by post or at the counter is filed here."),
        _("An answer has come"),
        ".file_answer",
    )


# State → whose it is, and what the page says to them. Later states follow with their moves.
_ACTIONS: dict[ComplaintState, tuple[Policy, Callable[[], NextAction]]] = {
    ComplaintState.RECEIVED: (
        VERIFY,
        lambda: NextAction(
            _("Begin the formal verification"),
            _(
                "The case becomes yours and gets its registration number. By this you declare that you "
                "have no interest in it (UU 37/2008 Pasal 40)."
            ),
            _("Take the case and begin"),
            ".begin",
            is_post=True,
        ),
    ),
    ComplaintState.FORMAL_VERIFICATION: (
        VERIFY,
        lambda: NextAction(
            _("Check whether everything is there"),
            _("Judge each formal item. Ask for what is missing by message, or by letter: then a time runs."),
            _("Formal verification"),
            ".formal",
        ),
    ),
    ComplaintState.AWAITING_COMPLETION: (
        VERIFY,
        lambda: NextAction(
            _("The reporter was asked to complete the report"),
            _("The time runs from proven receipt. What comes by post or at the counter you note here."),
            _("What was missing has come"),
            ".completed",
        ),
    ),
    ComplaintState.MATERIAL_VERIFICATION: (
        VERIFY,
        lambda: NextAction(
            _("Check whether the Ombudsman may examine it"),
            _("Judge each material item, then put the case to the meeting that decides."),
            _("Material verification"),
            ".material",
        ),
    ),
    ComplaintState.PLENARY_DECISION: (
        DECIDE,
        lambda: NextAction(
            _("Decide and give the case to an examiner"),
            _("Both checks are done. Accept it, or issue the letter that refuses it or gives it away."),
            _("Decide"),
            ".decide",
        ),
    ),
    ComplaintState.ASSIGNED: (
        EXAMINE,
        lambda: NextAction(
            _("Examine the documents"),
            _("Read the file and talk with the reporter. Then note what you examine (LHPD)."),
            _("Begin the examination"),
            ".examine",
        ),
    ),
    ComplaintState.DOCUMENT_EXAMINATION: (
        EXAMINE,
        lambda: NextAction(
            _("Ask the respondent for an explanation"),
            _(
                "Write the request with a summary that names nobody; the head approves it. If no explanation "
                "is needed, put the case to review."
            ),
            _("Write the request"),
            ".write_letter",
            values={"kind": FIRST_REQUEST},
            second=(_("Put it to review"), ".review"),
        ),
    ),
    ComplaintState.CLARIFICATION_FIRST: (EXAMINE, _waits_for_answer),
    ComplaintState.CLARIFICATION_SECOND: (EXAMINE, _waits_for_answer),
}


def _judge() -> NextAction:
    return NextAction(
        _("Judge the answer"),
        _("The respondent has answered. Read it, then put the case to review."),
        _("Put it to review"),
        ".review",
        second=(_("Another answer has come"), ".file_answer"),
    )


def _after_time(state: ComplaintState) -> NextAction:
    """What is proposed when a time has ended without answer: a person lets it happen."""
    late = (_("An answer has come"), ".file_answer")
    if state is ComplaintState.CLARIFICATION_FIRST:
        return NextAction(
            _("The time to answer has ended: ask once more"),
            _("No answer was filed. The second request is proposed; the head approves it."),
            _("Write the second request"),
            ".write_letter",
            values={"kind": SECOND_REQUEST},
            second=late,
        )
    return NextAction(
        _("The second time has ended: go on without answer"),
        _("The right to answer lapses (UU 37/2008 Pasal 33). What still comes is filed and stays late."),
        _("Go on without answer"),
        ".review",
        second=late,
    )


def next_action(case: Complaint, actor: Actor, report: ReportOfCase | None = None) -> NextAction:
    """Return the next step of a case as this person meets it. No statement."""
    if waits_for_declaration(case, actor):
        return NextAction(
            _("Declare whether you have an interest"),
            _("This case was given to you. Before you work on it, say whether you have an interest in it."),
            _("Declare"),
            ".declare",
        )
    if proposed := _proposed(case, actor, report):
        return proposed
    if case.state is ComplaintState.ASSIGNED and case.officer_id is None and ASSIGN.allows(actor, case):
        return NextAction(
            _("Give it to an examiner"),
            _("The case came from another office of the Ombudsman and keeps its number."),
            _("Assign"),
            ".assign",
        )
    whose, told = _ACTIONS.get(case.state, (None, None))
    if whose is not None and told is not None and case.is_open and whose.allows(actor, case):
        return told()
    if not case.is_open:
        return NextAction(
            _("This complaint has ended"), _("Nothing more is to be done on it."), is_mine=False
        )
    nothing = _("There is nothing for you to do here now.")
    return NextAction(_("Waits for: %(who)s", who=waits_for(case)), nothing, is_mine=False)


def _proposed(case: Complaint, actor: Actor, report: ReportOfCase | None) -> NextAction | None:
    """Return what this person may do because a time has ended, an answer or a report has come."""
    if VERIFY.allows(actor, case) and is_completion_over(case, case.clocks):
        return NextAction(
            _("The time to complete has run out"),
            _("Look at the proof of receipt, then say whether the report counts as withdrawn."),
            _("Look and decide"),
            ".deem_withdrawn",
        )
    if EXAMINE.allows(actor, case) and request_waited_for(case.state):
        if case.is_answered:
            return _judge()
        if is_answer_over(case, case.clocks):
            return _after_time(case.state)
    return report_action(case, actor, report)


def waits_for_declaration(case: Complaint, actor: Actor) -> bool:
    """Return whether this person got the case and has not said yet whether they have an interest in it."""
    return case.officer_id == actor.user_id and case.is_open and not case.has_officer_declared


def waits_for(case: Complaint) -> str:
    """Name who must act: the person where one has the case and its state is theirs, else the role."""
    role = owner(case.state)
    if case.officer is None or case.state is ComplaintState.PLENARY_DECISION:
        return role
    return f"{case.officer.name} ({role})"
