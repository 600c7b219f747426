"""What outreach events refuse."""

from ombudsman_app.core.errors import RuleBroken


class OutreachRefused(RuleBroken):
    """An event cannot be so, or this cannot be done with it. Details: why, a code; of a form also field."""

    code = "outreach_refused"
