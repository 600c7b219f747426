"""Outreach events."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "outreach_refused": Refusal(
        409,
        _l("This cannot be done with the event"),
        _l("Open it again to see where it stands. Nothing was changed."),
        by_why={"not_yet": _l("The event has not begun yet. Report it when it is over.")},
    ),
}
