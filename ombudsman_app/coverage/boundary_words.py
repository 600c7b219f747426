"""Why boundaries are not taken, in words. The command speaks English, as all commands do."""

from collections.abc import Mapping
from typing import Any

REFUSED = {
    "empty": "the file is empty",
    "unknown_type": "this is no GeoJSON with a FeatureCollection",
    "damaged": "the file ends too early, is no valid JSON or is not in UTF-8",
    "too_complex": "one area holds more than can be read (48 MB), or all of them more than can be drawn",
    "too_big": "the file is larger than 512 MB, or one area needs more memory than a child may have",
    "too_long": "reading took too long",
    "areas": "no area can be taken",
}
WRONG = {
    "code": "has no code of a province or regency in `kode` or `code`",
    "shape": "is no Polygon or MultiPolygon of numbers",
    "number": "holds NaN or Infinity",
    "outside": "lies outside of Indonesia, or its numbers are no degrees",
    "twisted": "has an outline that crosses itself",
    "complex": "has an outline too long to be looked through",
    "empty": "has no outline",
    "unknown": "has a code that the directory does not know",
}


def sentence_of(wrong: Mapping[str, Any]) -> str:
    """Return "feature 12 (53.15 Manggarai Barat) has an outline that crosses itself, near 119.9 -8.5"."""
    called = " ".join(word for word in (str(wrong["code"]), str(wrong["name"])) if word)
    at = wrong.get("at")
    place = f", near {at[0]:g} {at[1]:g}" if at else ""
    name = f" ({called})" if called else ""
    return f"feature {wrong['number']}{name} {WRONG[str(wrong['why'])]}{place}"
