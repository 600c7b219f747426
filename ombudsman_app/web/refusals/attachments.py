"""Files."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "file_refused": Refusal(
        422,
        _l("This file cannot be taken"),
        _l("Nothing is lost of what was sent before. Go back and choose another file."),
    ),
    "upload_gone": Refusal(
        410,
        _l("This upload is not kept any more"),
        _l("A day has passed, or it was removed. Go back and send the file again."),
    ),
    "offset_differs": Refusal(
        409,
        _l("This piece does not follow the last one"),
        _l("Nothing is lost. Your page asks how far the file has come and goes on from there."),
    ),
    "upload_busy": Refusal(
        423,
        _l("This file is being sent from another page just now"),
        _l("Nothing is lost. Wait until that is done."),
    ),
}
