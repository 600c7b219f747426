"""Words beside the fields of a sheet."""

from collections.abc import Callable

from flask_babel import gettext as _

from ombudsman_app.audits.scoring.problems import Problem

_PROBLEMS: dict[str, Callable[[Problem], str]] = {
    "unknown_choice": lambda _p: _("Choose one of the answers."),
    "not_a_number": lambda _p: _("Write a number without dots for thousands, such as 1250 or 1,25."),
    "out_of_range": lambda p: _(
        "It must lie between %(least)s and %(most)s.", least=p.values["least"], most=p.values["most"]
    ),
    "more_than_all": lambda _p: _("This is more than all of them. Look at both numbers once more."),
    "strange_characters": lambda _p: _("It holds characters that cannot be shown."),
    "too_long": lambda p: _(
        "Shorten this a little: at most %(max)d characters are possible.", max=p.values["most"]
    ),
}


def answer_problem(problem: Problem) -> str:
    """Say what is wrong with an answer."""
    words = _PROBLEMS.get(problem.code)
    return words(problem) if words else _("This answer cannot be read.")
