"""Figures of coverage and what is decided on them."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "figure_refused": Refusal(
        422,
        _l("Look at the figure once more"),
        _l("It cannot be so. Nothing was stored."),
    ),
    "figure_decision_refused": Refusal(
        409,
        _l("This cannot be decided like this"),
        _l("Open the figure again to see where it stands. Nothing was changed."),
        by_why={
            "own": _l("Whoever proposed a figure does not release it. Ask another person."),
            "decided": _l("It was decided on already."),
            "overtaken": _l("The figure that it revises was revised or taken back meanwhile."),
            "no_reason": _l("Write down why."),
        },
    ),
    "figure_import_refused": Refusal(
        409,
        _l("These proposals cannot be decided like this"),
        _l("Open the list again to see where its proposals stand. Nothing was changed."),
        by_why={
            "own": _l("Whoever brought or applied a list does not release it. Ask another person."),
            "decided": _l("No proposal of this list waits any more."),
            "moving": _l("The list is being applied or taken back right now. Wait until that has ended."),
        },
    ),
}
