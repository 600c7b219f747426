"""What coverage refuses."""

from ombudsman_app.core.errors import RuleBroken


class FigureRefused(RuleBroken):
    """A figure cannot be so. Details: `field` of the form, `why` (a code of `figure_words.py`)."""

    code = "figure_refused"


class DecisionRefused(RuleBroken):
    """A figure cannot be decided on like this. Details: `why`, a code."""

    code = "figure_decision_refused"


class LocalRuleRefused(RuleBroken):
    """These facts of a local rule cannot be together.

    Details: field, why (a code of the form), rule (a twin).
    """

    code = "local_rule_refused"


class DutyRefused(RuleBroken):
    """A duty cannot be assessed like this. Details: field, why (a code of the form)."""

    code = "duty_refused"
