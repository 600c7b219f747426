"""How large a picture of the guide is, read from its first bytes: the page then keeps its place."""

from functools import cache

from ombudsman_app.core.paths import GUIDE

_LOSSY, _LOSSLESS, _EXTENDED = b"VP8 ", b"VP8L", b"VP8X"


@cache
def size_of(name: str) -> tuple[int, int]:
    """Return width and height of a WebP file in pixels. Raises ValueError for what is none."""
    with (GUIDE / "img" / name).open("rb") as file:
        head = file.read(30)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        raise ValueError(f"{name} is no WebP picture")
    match head[12:16]:
        case kind if kind == _LOSSY:
            return _number(head[26:28]) & 0x3FFF, _number(head[28:30]) & 0x3FFF
        case kind if kind == _LOSSLESS:
            bits = _number(head[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case kind if kind == _EXTENDED:
            return _number(head[24:27]) + 1, _number(head[27:30]) + 1
    raise ValueError(f"{name} is a WebP picture of an unknown kind")


def _number(octets: bytes) -> int:
    return int.from_bytes(octets, "little")
