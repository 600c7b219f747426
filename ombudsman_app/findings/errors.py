"""What findings refuse."""

from ombudsman_app.core.errors import RuleBroken


class WrongKindOfMeasure(RuleBroken):
    """This kind of measure cannot come from there, or not from this person. Details: kind, origin."""

    code = "wrong_kind_of_measure"


class FindingIncomplete(RuleBroken):
    """Something is missing without which it cannot be sent. Details: missing."""

    code = "finding_incomplete"


class OwnWork(RuleBroken):
    """Whoever wrote the finding or the answer does not judge it (design.md §5)."""

    code = "own_work"


class NamesReporter(RuleBroken):
    """What the office is to read tells who reports (UU 37/2008 Pasal 24(2)). Details: parts, no words."""

    code = "names_reporter"


class RungNotOpen(RuleBroken):
    """This step of the ladder is not proposed, was released already, or its ground is gone (409)."""

    code = "rung_not_open"


class AnswerDayRefused(RuleBroken):
    """Nobody answers tomorrow, or what had not come. Details: why, a code."""

    code = "answer_day_refused"


class ExportTooLarge(RuleBroken):
    """More rows than one sheet may carry out of the house (OU6). Details: most."""

    code = "export_too_large"


class NoSuperior(RuleBroken):
    """Nobody stands above this office in the directory."""

    code = "no_superior"
