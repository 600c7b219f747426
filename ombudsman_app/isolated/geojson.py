"""Areas of a GeoJSON file, one feature at a time: the file may be large, what is held of it is not.

Strict where it matters: UTF-8, a FeatureCollection, numbers that are numbers, degrees that lie in Indonesia.
Each ring becomes places on a grid; two neighbours that share points in the file share them on the grid.
"""

import json
import os
import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeAlias

from . import verdicts as v

PIECE_BYTES = 4 * 1024 * 1024
FEATURE_BYTES = 48 * 1024 * 1024
WEST, EAST, SOUTH, NORTH = 92.0, 144.0, -13.0, 8.0  # Indonesia and the sea around it
LEFT, TOP = 90, 10  # degrees: where the grid begins
ROW_BITS = 17  # a place is y << 17 | x, one number
UNITS = {2: 100, 5: 1_000}  # places in a degree, by how long a code is: province, regency
_TOKENS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}"]', re.DOTALL)
_CODE = re.compile(r"\d{2}(?:\.?\d{2})?")
_NAMES = ("nama", "name", "namobj", "wadmkk", "wadmpr")
Ring: TypeAlias = "array[int]"  # of places, not closed


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one feature, by name. `at`: longitude and latitude, where that helps."""

    number: int
    code: str
    name: str
    why: str
    at: tuple[float, float] | None = None


class WrongFeature(Exception):
    """This feature cannot be taken; the others are still looked at."""

    def __init__(self, why: str, at: tuple[float, float] | None = None) -> None:
        super().__init__(why)
        self.why, self.at = why, at


@dataclass(frozen=True)
class Found:
    """One feature: whose it is, and its rings; of each polygon the outer one is first."""

    number: int
    code: str
    name: str
    polygons: list[list[Ring]]


def read(body: int, heard: Callable[[int], None]) -> Iterator[Found | Wrong]:
    """Yield what each feature holds or why it is not taken; tell how many bytes are read. Raises Refusal."""
    for number, text in _features(body, heard):
        code = name = ""
        try:
            feature = _parsed(text)
            about = _object(feature.get("properties"))
            code, name = _code(about), _name(about)
            if not code:
                raise WrongFeature("code")
            yield Found(number, code, name, _polygons(feature.get("geometry"), UNITS[len(code)]))
        except WrongFeature as wrong:
            yield Wrong(number, code, name, wrong.why, wrong.at)


def _features(body: int, heard: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
    """Yield the text of each object in the list "features", numbered from 1."""
    scan, offset = _Scan(), 0
    while piece := os.pread(body, PIECE_BYTES, offset):
        if not offset and piece.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"{":
            raise v.Refusal(v.UNKNOWN_TYPE)
        offset += len(piece)
        yield from scan.features(piece)
        heard(offset)
    if not offset:
        raise v.Refusal(v.EMPTY)
    scan.end()


class _Scan:
    """Finds features by counting braces outside of texts; between two of them nothing is held."""

    def __init__(self) -> None:
        self._held, self._at, self._begun = b"", 0, -1
        self._depth = self._number = 0
        self._last, self._is_collection, self._in_text = b"", False, False

    def features(self, piece: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the features that end in this piece. Raises Refusal for one that is too large."""
        self._held += piece
        self._in_text = False
        for token in _TOKENS.finditer(self._held, self._at):
            word = token[0]
            if word == b'"':  # a text that goes on in the next piece
                self._at, self._in_text = token.start(), True
                break
            self._at = token.end()
            if word == b"{":
                self._depth += 1
                if self._depth == 2 and self._last == b'"features"':
                    self._begun = token.start()
            elif word == b"}":
                self._depth -= 1
                if self._depth == 1 and self._begun >= 0:
                    self._number += 1
                    yield self._number, self._held[self._begun : self._at]
                    self._begun = -1
            elif self._depth == 1:
                self._last = word
                self._is_collection = self._is_collection or word == b'"FeatureCollection"'
        self._forget()

    def end(self) -> None:
        """Raise Refusal if the file ends too early or is something else."""
        if self._depth or self._in_text:
            raise v.Refusal(v.DAMAGED)
        if not self._number or not self._is_collection:
            raise v.Refusal(v.UNKNOWN_TYPE)

    def _forget(self) -> None:
        kept = self._begun if self._begun >= 0 else self._at
        self._held, self._at = self._held[kept:], self._at - kept
        self._begun = 0 if self._begun >= 0 else -1
        if len(self._held) > FEATURE_BYTES:
            raise v.Refusal(v.TOO_COMPLEX)


def _parsed(text: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(text.decode("utf-8"), parse_constant=float))
    except RecursionError:
        raise v.Refusal(v.TOO_COMPLEX) from None
    except ValueError:  # UnicodeDecodeError too
        raise v.Refusal(v.DAMAGED) from None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _code(about: Mapping[str, Any]) -> str:
    """Return a Kemendagri code with dots, from `kode` or `code`, written with or without them."""
    for key, value in about.items():
        if key.lower() in ("kode", "code") and isinstance(value, str | int) and not isinstance(value, bool):
            digits = str(value).strip()
            if _CODE.fullmatch(digits):
                plain = digits.replace(".", "")
                return plain if len(plain) == 2 else f"{plain[:2]}.{plain[2:]}"
    return ""


def _name(about: Mapping[str, Any]) -> str:
    for key, value in about.items():
        if key.lower() in _NAMES and isinstance(value, str):
            return "".join(letter for letter in " ".join(value.split()) if letter.isprintable())[:80]
    return ""


def _polygons(geometry: Any, unit: int) -> list[list[Ring]]:
    found = _object(geometry)
    kind, given = found.get("type"), found.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise WrongFeature("shape")
    polygons: Any = [given] if kind == "Polygon" else given
    try:
        return [[_ring(ring, unit) for ring in polygon] for polygon in polygons]
    except (TypeError, IndexError, KeyError, OverflowError):
        raise WrongFeature("shape") from None


def _ring(points: list[list[float]], unit: int) -> Ring:
    """Put a ring on the grid; points that fall together are one, and a way there and back again is none.

    A place outside of Indonesia is refused. Both directions of a shared border become the same places.
    """
    flat = array("q")
    for point in points:
        x, y = point[0], point[1]
        if not (WEST <= x <= EAST and SOUTH <= y <= NORTH):
            raise WrongFeature("outside" if isfinite(x) and isfinite(y) else "number", _shown(x, y))
        place = int((TOP - y) * unit + 0.5) << ROW_BITS | int((x - LEFT) * unit + 0.5)
        if flat and place == flat[-1]:
            continue
        if len(flat) > 1 and place == flat[-2]:
            flat.pop()
        else:
            flat.append(place)
    while len(flat) > 1 and flat[0] == flat[-1]:
        flat.pop()
    while len(flat) > 2 and flat[1] == flat[-1]:
        del flat[0], flat[-1]
    return flat


def _shown(x: float, y: float) -> tuple[float, float] | None:
    """A place for a sentence, if it can be said."""
    within = abs(x) < 1e9 and abs(y) < 1e9
    return (round(float(x), 3), round(float(y), 3)) if within else None
