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
