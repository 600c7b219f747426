"""What this domain refuses."""

from ombudsman_app.core.errors import RuleBroken


class NumberUnreadable(RuleBroken):
    """This is no telephone number that a message could go to."""

    code = "number_unreadable"
