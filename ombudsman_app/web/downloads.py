"""The door through which files leave: always as a download, never as a page of ours (FI5)."""

import re
import unicodedata
from urllib.parse import quote

from flask import Response

SANDBOX = "sandbox; default-src 'none'"
_LONGEST = 120
_UNSAFE = re.compile(r'[\\/:*?"<>|%;]+')


def plain_name(name: str) -> str:
    """Return a name without control characters, bidi marks and paths (FI2)."""
    letters = (" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in name)
    plain = _UNSAFE.sub("-", " ".join("".join(letters).split())).strip(". ")
    return plain[:_LONGEST] or "berkas"


def download(content: bytes, *, name: str, media_type: str) -> Response:
    """Answer with a file."""
    response = sandboxed(Response(content, mimetype=media_type))
    response.headers["Content-Disposition"] = disposition(plain_name(name))
    return response


def disposition(plain: str) -> str:
    """Return the header by which a browser stores a file under a harmless name, never shows it (RFC 6266)."""
    in_ascii = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._- ") else "_" for letter in plain
    )
    return f"attachment; filename=\"{in_ascii}\"; filename*=UTF-8''{quote(plain, safe='')}"


def sandboxed(response: Response) -> Response:
    """Add what keeps a file of somebody from acting as a page of ours, or from being kept."""
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
