"""Where a person may be sent on to (OU5)."""

from urllib.parse import urlsplit

_LONGEST = 2_000


def safe_next(target: str | None, default: str) -> str:
    """Return the target if it is a path of this house, else the default.

    Browsers read a backslash as a slash and skip tabs and line ends, so `/\\evil` and `/<tab>/evil` would
    lead to another host: such targets are refused, not mended.
    """
    if not target or len(target) > _LONGEST or not target.startswith("/") or target.startswith("//"):
        return default
    if "\\" in target or " " in target or not target.isprintable():
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc or "//" in parts.path else target
