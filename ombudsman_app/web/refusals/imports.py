"""Lists that are brought."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "list_refused": Refusal(
        422, _l("This list cannot be taken"), _l("Look at what is wrong with the file and send it again.")
    ),
    "list_changed": Refusal(
        409,
        _l("The file is another one now"),
        _l("The stored file is not the one that was looked at. Nothing was applied. Send the list again."),
    ),
    "list_not_ready": Refusal(
        409,
        _l("This is not possible yet"),
        _l(
            "Either the list is still being read, or a column is missing, or nothing of it is new, or "
            "another list came in between. Open the list and check it again."
        ),
    ),
    "list_edited": Refusal(
        409,
        _l("It cannot be taken back"),
        _l("Records of this list were changed later. What people wrote since stays as it is."),
    ),
}
