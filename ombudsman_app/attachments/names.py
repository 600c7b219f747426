"""Given names are data: made harmless when they come and again when they leave (FI2)."""

import unicodedata
from urllib.parse import quote

from ombudsman_app.core import limits

_NEVER = frozenset('/\\:*?"<>|;')
_UNNAMED = "berkas"


def kept_name(given: str) -> str:
    """Return the last part of a name without controls, marks of direction and what paths are made of."""
    last = (
        unicodedata.normalize("NFC", given.encode("utf-8", "replace").decode())
        .replace("\\", "/")
        .split("/")[-1]
    )
    plain = "".join(letter for letter in last if _is_harmless(letter)).strip(" .")
    if not plain:
        return _UNNAMED
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        return plain[: limits.FILE_NAME]
    return f"{stem[: limits.FILE_NAME - len(ending) - 1]}.{ending}"


def _is_harmless(letter: str) -> bool:
    return letter not in _NEVER and letter != "\ufffd" and unicodedata.category(letter)[0] != "C"


def disposition(name: str) -> str:
    """Return the header by which a browser stores it under this name and never shows it (RFC 6266)."""
    safe = kept_name(name)
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._- ") else "_" for letter in safe
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
