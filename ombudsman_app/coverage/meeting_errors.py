"""What monitoring meetings refuse."""

from ombudsman_app.core.errors import RuleBroken


class MeetingRefused(RuleBroken):
    """A meeting cannot be so, or this cannot be done with it. Details: why, a code; of a form also field."""

    code = "meeting_refused"


class CommitmentRefused(RuleBroken):
    """A commitment cannot be so. Details: why, a code; of a form also field."""

    code = "commitment_refused"


class SignInClosed(RuleBroken):
    """The list of attendance is not open: another day, closed by an officer, or replaced by a new code."""

    code = "sign_in_closed"
