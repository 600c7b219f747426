"""Monitoring meetings and what was promised there."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "meeting_refused": Refusal(
        409,
        _l("This cannot be done with the meeting"),
        _l("Open it again to see where it stands. Nothing was changed."),
        by_why={
            "not_yet": _l("The meeting has not begun yet."),
            "no_body": _l("No body is on the list yet. Choose who is invited."),
            "no_result": _l("A point of the agenda has no result yet."),
            "begun": _l("This paper is written already."),
            "bodies": _l("Choose bodies of the list."),
            "people": _l("There are too many people on the list."),
        },
    ),
    "commitment_refused": Refusal(
        422,
        _l("Look at the commitment once more"),
        _l("These facts cannot be together. Nothing was stored."),
    ),
    "sign_in_closed": Refusal(
        404,
        _l("Signing in is not open"),
        _l("Scan the code in the room again, or ask an officer to note you by hand."),
    ),
}
