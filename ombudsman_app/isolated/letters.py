"""Letters that no font has are replaced by one that says so, never dropped (design.md §12)."""

import io
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

INSTEAD = "\N{REPLACEMENT CHARACTER}"
FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
# Letters that show nothing and yet change what is read: controls, and orders to write backwards.
_HIDDEN = frozenset(
    chr(number)
    for number in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(number) not in "\t\n\r"
)
_LINE_ENDS = ("\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}")  # the renderer looks for their shape in vain
_SHAPELESS = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn")  # nothing to draw, or drawn together with another


@cache
def of_machine() -> frozenset[int]:
    """Return what the fonts of this machine can draw; read once, before the first fork."""
    paths = (path for folder in FOLDERS for path in sorted(folder.rglob("*.[ot]tf")))
    return frozenset().union(*(_letters_of(path.read_bytes()) for path in paths))


def visible(page: str, fonts: Iterable[bytes]) -> str:
    """Return the page with every letter that neither the machine nor these fonts can draw replaced.

    Letters that would hide something are shown as such too.
    """
    page = page.translate(dict.fromkeys(map(ord, _HIDDEN), INSTEAD))
    page = page.translate(dict.fromkeys(map(ord, _LINE_ENDS), "\n"))
    odd = {
        letter
        for letter in set(page)
        if ord(letter) not in of_machine() and unicodedata.category(letter) not in _SHAPELESS
    }
    if not odd:
        return page
    known = frozenset().union(*(_letters_of(font) for font in fonts))
    return page.translate({ord(letter): INSTEAD for letter in odd if ord(letter) not in known})


def _letters_of(font: bytes) -> frozenset[int]:
    try:
        with TTFont(io.BytesIO(font), lazy=True) as opened:
            return frozenset(opened.getBestCmap() or ())
    except TTLibError:
        return frozenset()
