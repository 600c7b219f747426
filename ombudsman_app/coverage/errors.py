"""What coverage refuses."""

from ombudsman_app.core.errors import RuleBroken


class FigureRefused(RuleBroken):
    """A figure cannot be so. Details: `field` of the form, `why` (a code of `figure_words.py`)."""

    code = "figure_refused"


class DecisionRefused(RuleBroken):
    """A figure cannot be decided on like this. Details: `why`, a code."""

    code = "figure_decision_refused"
