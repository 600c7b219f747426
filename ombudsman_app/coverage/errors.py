"""What coverage refuses."""

from collections.abc import Mapping, Sequence
from typing import Any

from ombudsman_app.core.errors import RuleBroken


class FigureRefused(RuleBroken):
    """A figure cannot be so. Details: `field` of the form, `why` (a code of `figure_words.py`)."""

    code = "figure_refused"


class DecisionRefused(RuleBroken):
    """A figure cannot be decided on like this. Details: `why`, a code."""

    code = "figure_decision_refused"


class ImportRefused(RuleBroken):
    """The proposals of a list cannot be decided on like this. Details: `why`, a code."""

    code = "figure_import_refused"


class LocalRuleRefused(RuleBroken):
    """These facts of a local rule cannot be together.

    Details: field, why (a code of the form), rule (a twin).
    """

    code = "local_rule_refused"


class InnovationRefused(RuleBroken):
    """An innovation cannot be written down like this. Details: field, why (a code of the form)."""

    code = "innovation_refused"


class InnovationDecisionRefused(RuleBroken):
    """What was written of an innovation cannot be decided on like this. Details: `why`, a code."""

    code = "innovation_decision_refused"


class DutyRefused(RuleBroken):
    """A duty cannot be assessed like this. Details: field, why (a code of the form)."""

    code = "duty_refused"


class BoundariesRefused(Exception):
    """A file of boundaries is not taken; the command line says so. `why`: a word of `boundary_words.py`.

    `wrong`: the first areas that cannot be taken, `count` how many there are.
    """

    def __init__(self, why: str, wrong: Sequence[Mapping[str, Any]] = (), count: int = 0) -> None:
        super().__init__(why)
        self.why, self.wrong, self.count = why, wrong, count
