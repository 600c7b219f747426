"""Files in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.core import limits
from ombudsman_app.web.formats import number

from .models import FileAct

# Why a file is not taken: codes of the examination (isolated/verdicts.py) and of its way here.
REASONS = {
    "empty": _l("The file is empty."),
    "unknown_type": _l(
        "Files of this kind are not taken. Send a photo, a PDF, a short video or a recording."
    ),
    "heic": _l("Photos in HEIC cannot be opened here. Set the camera to JPEG, or send a screenshot of it."),
    "svg": _l("Drawings of this kind are not taken. Send a photo or a PDF."),
    "web_page": _l("Web pages are not taken. Send a screenshot or a PDF."),
    "archive": _l("Packed files are not taken. Send what is inside, one by one."),
    "office": _l("Office documents are not taken. Save it as PDF and send that."),
    "program": _l("Programs are not taken."),
    "script": _l("Programs are not taken."),
    "extension_differs": _l("The content is of another kind than the end of its name says."),
    "ambiguous": _l("The file is two kinds at once and may be dangerous. Take a new photo or screenshot."),
    "damaged": _l("The file is damaged: it cannot be read to its end. Send it again."),
    "too_many_pixels": _l("The picture is too large: more than 40 megapixels."),
    "animated": _l("Moving pictures are not taken. Send a still one, or a video."),
    "encrypted": _l("The PDF is locked by a password. Remove it and send the file again."),
    "too_many_pages": _l("The PDF has too many pages. Send the ones that matter."),
    "too_complex": _l("The file is built in too complex a way to be checked."),
    "bomb": _l("The file would unfold to far more than it is."),
    "unreadable": _l("The file could not be opened safely."),
    "too_big": _l("The file is too large: 20 MB is the most, 50 MB for a video."),
    "too_many": _l("There are too many files already."),
    "too_much": _l("All files together are too large."),
    "no_room": _l(
        "We have no room for files just now. Nothing else is lost: go on without it, add it later."
    ),
    "too_much_today": _l("Too much was sent from here today. Send this file again tomorrow."),
    "closed": _l("Nothing more can be added here: it has ended or was set aside."),
    "later": _l(
        "The file has arrived whole, but there is no room to put it away just now. That is tried again by "
        "itself; you need not send it again."
    ),
    "longer": _l("More arrived than was announced. Send the file again."),
    "cut": _l("The line was cut before the file was complete. Send it again."),
}
_STATUS = {
    "too_big": 413, "too_much": 413, "too_much_today": 413, "too_many": 413, "longer": 413, "no_room": 507,
    "later": 503, "unknown_type": 415,
}  # fmt: skip


def file_reason(code: str) -> str:
    """Return the sentence for a reason."""
    return str(REASONS.get(code, REASONS["unreadable"]))


def status_of(reason: str) -> int:
    """Return the status that tells a program the same."""
    return _STATUS.get(reason, 422)


def file_size(size: int) -> str:
    """Return a size in kB or MB, as phones show it."""
    if size < limits.MIB:
        return f"{number(max(1, round(size / 1024)))} kB"
    return f"{number(round(size / limits.MIB))} MB"


def custody_word(act: FileAct) -> str:
    """Return what happened to a file."""
    words = {
        FileAct.RECEIVED: _("Received"),
        FileAct.CHECKED: _("Checked; a cleaned copy was made"),
        FileAct.REFUSED: _("Could not be opened safely"),
        FileAct.OPENED: _("Cleaned copy downloaded"),
        FileAct.ORIGINAL_OPENED: _("Original opened"),
        FileAct.REMOVED: _("Removed"),
    }
    return str(words[act])


FILTERS = {"file_reason": file_reason, "file_size": file_size, "custody_word": custody_word}
