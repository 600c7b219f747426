"""What `examine` says of a file. `attachments` owns the sentence for each word.

- `empty`: no bytes.
- `unknown_type`: none of the kinds that are taken; text and pictures of other kinds too.
- `heic`: a picture of an iPhone in HEIC. Refused as long as no library for it is installed.
- `svg`, `web_page`, `archive`, `office`, `program`, `script`: never taken, whatever the name says.
- `extension_differs`: the name ends as another kind, or has no ending.
- `ambiguous`: it is two kinds at once (a picture that is also an archive, a page or a PDF).
- `damaged`: it begins like its kind, but cannot be read to the end.
- `too_many_pixels`: more than 40 megapixels (PDF: one picture above 160).
- `animated`: more than one frame.
- `encrypted`: a PDF with a password or with locked rights.
- `too_many_pages`: a PDF of more than 1,000 pages.
- `too_complex`: more objects, boxes, tracks or streams than a sound file has.
- `bomb`: it would unfold to far more than it is.
- `unknown_encoding`: a text whose letters cannot be told; `too_many_rows`, `too_many_columns`: a list
  beyond its limits.

Bytes after the end of a file belong to nobody: they are cut off in the cleaned copy and are no reason to
refuse, unless they are a second kind of their own (then `ambiguous`).
"""

from typing import Final

EMPTY: Final = "empty"
UNKNOWN_TYPE: Final = "unknown_type"
HEIC: Final = "heic"
SVG: Final = "svg"
WEB_PAGE: Final = "web_page"
ARCHIVE: Final = "archive"
OFFICE: Final = "office"
PROGRAM: Final = "program"
SCRIPT: Final = "script"
EXTENSION_DIFFERS: Final = "extension_differs"
AMBIGUOUS: Final = "ambiguous"
DAMAGED: Final = "damaged"
TOO_MANY_PIXELS: Final = "too_many_pixels"
ANIMATED: Final = "animated"
ENCRYPTED: Final = "encrypted"
TOO_MANY_PAGES: Final = "too_many_pages"
TOO_COMPLEX: Final = "too_complex"
BOMB: Final = "bomb"
UNKNOWN_ENCODING: Final = "unknown_encoding"
TOO_MANY_ROWS: Final = "too_many_rows"
TOO_MANY_COLUMNS: Final = "too_many_columns"

REASONS: Final = (
    EMPTY,
    UNKNOWN_TYPE,
    HEIC,
    SVG,
    WEB_PAGE,
    ARCHIVE,
    OFFICE,
    PROGRAM,
    SCRIPT,
    EXTENSION_DIFFERS,
    AMBIGUOUS,
    DAMAGED,
    TOO_MANY_PIXELS,
    ANIMATED,
    ENCRYPTED,
    TOO_MANY_PAGES,
    TOO_COMPLEX,
    BOMB,
)
REASONS_OF_LISTS: Final = (*REASONS, UNKNOWN_ENCODING, TOO_MANY_ROWS, TOO_MANY_COLUMNS)

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
PDF: Final = "application/pdf"
MP4: Final = "video/mp4"
THREE_GP: Final = "video/3gpp"
M4A: Final = "audio/mp4"
OGG: Final = "audio/ogg"

EXTENSIONS: Final = {
    JPEG: ("jpg", "jpeg", "jfif"),
    PNG: ("png",),
    WEBP: ("webp",),
    PDF: ("pdf",),
    MP4: ("mp4", "m4v"),
    THREE_GP: ("3gp", "3gpp"),
    M4A: ("m4a", "mp4", "3gp", "3gpp"),
    OGG: ("ogg", "oga", "opus"),
}
"""Media types that are taken, with the endings that agree."""


class Refusal(Exception):
    """The file is not taken. Never holds its text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
