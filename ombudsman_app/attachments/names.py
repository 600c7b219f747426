"""Given names are data: made harmless when they come and again when they leave (FI2)."""

import unicodedata

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
