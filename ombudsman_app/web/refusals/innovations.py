"""Innovations, what is written of them and what is decided on it."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "innovation_refused": Refusal(
        422,
        _l("Look at the innovation once more"),
        _l("It cannot be so. Nothing was stored."),
    ),
    "innovation_decision_refused": Refusal(
        409,
        _l("This cannot be decided like this"),
        _l("Open the innovation again to see where it stands. Nothing was changed."),
        by_why={
            "own": _l("Whoever wrote this does not release it. Ask another person."),
            "decided": _l("It was decided on already."),
            "facts_stay": _l("Facts are not taken back: propose others in their place."),
        },
    ),
}
