"""What documents refuse."""

from ombudsman_app.core.errors import RuleBroken


class SecondPersonNeeded(RuleBroken):
    """Whoever wrote the paper, or changed it last, cannot approve it too (AZ10)."""

    code = "second_person_needed"


class LetterIncomplete(RuleBroken):
    """Something is missing without which this paper cannot leave the house. Details: missing."""

    code = "letter_incomplete"


class NotDelivered(RuleBroken):
    """This proof does not fit the way the paper went, or no day is named. Details: why."""

    code = "not_delivered"
