"""What complaints refuse."""

from ombudsman_app.core.errors import RuleBroken


class DraftEnded(RuleBroken):
    """The draft is gone: ended after seven days, removed, or the cookie was lost (410)."""

    code = "draft_ended"


class DraftIncomplete(RuleBroken):
    """Something that no complaint can do without is missing. Details: step."""

    code = "draft_incomplete"


class CodeUnknown(RuleBroken):
    """Ticket and code do not fit; says nothing about which of the two (AU3)."""

    code = "code_unknown"


class ChecksOpen(RuleBroken):
    """An item of the verification is not judged, or one that must be there is missing. Details: items."""

    code = "checks_open"


class OfficerNotFree(RuleBroken):
    """This person cannot take the case: no examiner of this office, or with an interest in it."""

    code = "officer_not_free"


class IdentityGone(RuleBroken):
    """There is no identity to open: none was told, or its key was destroyed (PD8)."""

    code = "identity_gone"


class ComplaintClosed(RuleBroken):
    """The complaint has ended; nothing is written to it any more."""

    code = "complaint_closed"


class TipClosed(RuleBroken):
    """Information that was set aside takes no messages."""

    code = "tip_closed"


class CodeNeeded(RuleBroken):
    """The page of the complaint was open for too long; ticket and code open it again (401)."""

    code = "code_needed"


class ViewNameTaken(RuleBroken):
    """This person has a view of that name. Details: label."""

    code = "view_name_taken"


class TooManyViews(RuleBroken):
    """This person has as many views as there is room for. Details: most."""

    code = "too_many_views"


class CompletionStillRuns(RuleBroken):
    """The reporter's time to complete has not run out, or never began: receipt is not proven (D02)."""

    code = "completion_still_runs"


class NoWithdrawal(RuleBroken):
    """The reporter did not ask to end it, or has taken that back."""

    code = "no_withdrawal"


class AnswerStillRuns(RuleBroken):
    """The respondent has not answered, and the time to answer still runs or never began (D04, D05)."""

    code = "answer_still_runs"


class PauseRefused(RuleBroken):
    """This clock cannot stand still, or not like this (409). Details: why (ended, over, waits, ground,
    too_long, day_waits, interest, not_paused, reporters, decided), most."""

    code = "pause_refused"


class AnswerRefused(RuleBroken):
    """An answer that cannot be filed as told. Details: why (not_asked, before_receipt, in_future)."""

    code = "answer_refused"


class IdentityInLetter(RuleBroken):
    """What goes to the respondent names the reporter (UU 37/2008 Pasal 24(2)). Details: parts, no words."""

    code = "identity_in_letter"


class NotConfirmed(RuleBroken):
    """Nothing shows that the reporter confirmed in writing that it is solved."""

    code = "not_confirmed"


class NoReceiver(RuleBroken):
    """The directory knows no office for this corrective action, or it would be a second related agency.

    Details: addressee, or `second_agency`.
    """

    code = "no_receiver"


class ReplyStillRuns(RuleBroken):
    """The reporter may still react to the interim result (48/2020 Pasal 25(5b), D07)."""

    code = "reply_still_runs"


class ReceiptNotProven(RuleBroken):
    """Nothing proves yet that the respondent has received the report."""

    code = "receipt_not_proven"


class ActionsOpen(RuleBroken):
    """A corrective action was not judged done yet."""

    code = "actions_open"


class ActionStillRuns(RuleBroken):
    """The time for corrective action still runs or never began, or nothing of it is left (D08, D09)."""

    code = "action_still_runs"


class WrongCode(RuleBroken):
    """The code that the office got by another way than its link is another one."""

    code = "wrong_code"


class AnswerLinkEnded(RuleBroken):
    """A link for one answer opens nothing: unknown, used, ended, over, or its letter stands no more (410)."""

    code = "answer_link_ended"


class NotInRegister(RuleBroken):
    """An employer that this person does not see, or whose row says that it is the same as another."""

    code = "not_in_register"
