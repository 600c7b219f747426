"""Schemes: how the Ombudsman read a total in which years. Results of two schemes never share a trend line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any

from .definition.shipped import audit_rules, words
from .exact import half_up
from .formula import FULL, TOTAL_DECIMALS
from .problems import Problem, SchemeInvalid
from .reader import Reader, shown

TITLE, TEXT = 200, 500
MOST_BANDS, MOST_DIMENSIONS, MOST_SOURCES = 20, 20, 20
_YEARS = re.compile(r"([0-9]{4})-([0-9]{4})?", re.ASCII)
_STEP = Decimal(1).scaleb(-TOTAL_DECIMALS)


class Zone(StrEnum):
    """The colour of a band. Never the only sign."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Verified(StrEnum):
    """How sure the scheme is (the marks of the domain files)."""

    TEXT = "text"
    PRESS = "press"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Band:
    """From `min` to `max`, both included. The zones before 2022 had no letters."""

    id: str
    min: Decimal
    max: Decimal
    zone: Zone
    title_id: str
    title_en: str


@dataclass(frozen=True)
class Scheme:
    """The bands of some years. Without bands (cut-offs unknown) a total has no category."""

    id: str
    title_id: str
    title_en: str
    first_year: int
    last_year: int | None
    legal: str
    weights: tuple[tuple[str, Decimal], ...]  # of the dimensions, where known
    bands: tuple[Band, ...]  # best first
    cap: str  # the category that a failed critical indicator allows at most; empty: no cap
    verified: Verified
    src: tuple[str, ...]

    @property
    def cap_band(self) -> Band | None:
        return next((band for band in self.bands if self.cap and band.id == self.cap), None)


def band_for(scheme: Scheme, total: Decimal) -> Band | None:
    """Return the band of the total, rounded half up to two decimals first; None where there are none."""
    rounded = half_up(total, TOTAL_DECIMALS)
    return next((band for band in scheme.bands if band.min <= rounded <= band.max), None)


def schemes() -> tuple[Scheme, ...]:
    """Return the shipped schemes, oldest first."""
    return tuple(_shipped().values())


def scheme(name: str) -> Scheme | None:
    """Return a shipped scheme by its id."""
    return _shipped().get(name)


def scheme_of_year(year: int) -> Scheme | None:
    """Return the scheme the Ombudsman used in a year; None before the first."""
    return next(
        (
            one
            for one in schemes()
            if one.first_year <= year and (one.last_year is None or year <= one.last_year)
        ),
        None,
    )


def scheme_mapping(one: Scheme) -> dict[str, Any]:
    """Return what `read_scheme` reads back as the same."""
    bands = [
        {**{field.name: str(getattr(band, field.name)) for field in fields(Band)}, "id": band.id or None}
        for band in one.bands
    ]
    return {
        "id": one.id,
        "title_id": one.title_id,
        "title_en": one.title_en,
        "years": f"{one.first_year}-{one.last_year or ''}",
        "legal": one.legal,
        "weights": {name: str(weight) for name, weight in one.weights},
        "bands": bands or None,
        "cap": one.cap or None,
        "verified": str(one.verified),
        "src": list(one.src),
    }


def read_scheme(mapping: Mapping[str, Any]) -> Scheme:
    """Return the scheme that the mapping describes. Raises SchemeInvalid with every problem."""
    problems: list[Problem] = []
    known = {field.name for field in fields(Scheme)} - {"first_year", "last_year"} | {"years"}
    reader = Reader(mapping, "", problems, known)
    if not reader.given:
        raise SchemeInvalid(problems or [Problem("", "not_a_mapping")])
    bands = _bands(reader)
    first, last = _years(reader)
    read = Scheme(
        id=reader.id("id"),
        title_id=reader.text("title_id", TITLE),
        title_en=reader.text("title_en", TITLE),
        first_year=first,
        last_year=last,
        legal=reader.text("legal", TEXT, needed=False),
        weights=_weights(reader),
        bands=bands,
        cap=_cap(reader, bands),
        verified=reader.choice("verified", Verified) or Verified.UNVERIFIED,
        src=tuple(map(str, reader.items("src", MOST_SOURCES))) if reader.given.get("src") else (),
    )
    if problems:
        raise SchemeInvalid(problems)
    return read


def _years(reader: Reader) -> tuple[int, int | None]:
    given = reader.given.get("years")
    found = _YEARS.fullmatch(given) if isinstance(given, str) else None
    first, last = (int(found[1]), int(found[2]) if found[2] else None) if found else (0, None)
    if found is None or (last is not None and last < first):
        reader.note("years", "years")
    return first, last


def _weights(reader: Reader) -> tuple[tuple[str, Decimal], ...]:
    if not reader.given.get("weights"):
        return ()
    given = reader.given["weights"]
    names = [name for name in given if isinstance(name, str)] if isinstance(given, Mapping) else []
    inner = Reader(given, reader.at("weights"), reader.problems, names[:MOST_DIMENSIONS])
    found = [(name, inner.number(name, 0, FULL, 4)) for name in names[:MOST_DIMENSIONS]]
    weights = tuple((name, weight) for name, weight in found if weight is not None)
    if len(weights) == len(found) and (total := sum(weight for _name, weight in weights)) != FULL:
        reader.note("weights_do_not_sum", "weights", sum=str(total), wanted=str(FULL))
    return weights


def _bands(reader: Reader) -> tuple[Band, ...]:
    if reader.given.get("bands") is None:
        return ()
    before = len(reader.problems)
    read = [
        _band(Reader(given, f"bands[{number}]", reader.problems, (field.name for field in fields(Band))))
        for number, given in enumerate(reader.items("bands", MOST_BANDS))
    ]
    found = sorted(read, key=lambda band: band.min, reverse=True)
    names = [band.id for band in found if band.id]
    for name in {name for name in names if names.count(name) > 1}:
        reader.note("double_id", "bands", value=name)
    if len(reader.problems) == before and found:
        _note_gaps(reader, found)
    return tuple(found)


def _band(reader: Reader) -> Band:
    low, high = (reader.number(key, 0, FULL, TOTAL_DECIMALS) for key in ("min", "max"))
    if low is not None and high is not None and low > high:
        reader.note("band_order")
    return Band(
        id=reader.id("id") if reader.has("id") else "",
        min=low if low is not None else Decimal(0),
        max=high if high is not None else Decimal(0),
        zone=reader.choice("zone", Zone) or Zone.RED,
        title_id=reader.text("title_id", TITLE),
        title_en=reader.text("title_en", TITLE),
    )


def _note_gaps(reader: Reader, bands: list[Band]) -> None:
    """Bands touch: what is rounded to two decimals is in exactly one."""
    for above, below in pairwise(bands):
        if below.max + _STEP != above.min:
            reader.note("bands_do_not_touch", "bands", below=str(below.max), above=str(above.min))
    if bands[0].max != FULL or bands[-1].min != 0:
        reader.note("bands_do_not_cover", "bands")


def _cap(reader: Reader, bands: tuple[Band, ...]) -> str:
    if not reader.has("cap"):
        return ""
    cap = reader.given["cap"]
    if cap not in [band.id for band in bands if band.id]:
        reader.note("unknown_cap", "cap", value=shown(cap))
        return ""
    return str(cap)


@cache
def _shipped() -> dict[str, Scheme]:
    assessment = audit_rules()["ombudsman_assessment"]
    read = (read_scheme(_canonical(given, assessment["bands"])) for given in assessment["schemes"])
    return {one.id: one for one in read}


def _canonical(given: Mapping[str, Any], bands: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a scheme of the law file into the form that all schemes have."""
    name = given["bands"]
    weights = {one["id"]: one["weight"] for one in given.get("dimensions", ()) if "weight" in one}
    return {
        "id": given["id"],
        "title_id": given["id_label"],
        "title_en": words()["schemes"][given["id"]],
        "years": given["years"],
        "legal": given.get("legal", ""),
        "weights": weights,
        "bands": [_canonical_band(name, band) for band in bands[name]] if name else None,
        "cap": words()["caps"].get(name) if name else None,
        "verified": given["verified"],
        "src": given["src"],
    }


def _canonical_band(name: str, band: Mapping[str, Any]) -> dict[str, Any]:
    english = words()["bands"][name][band.get("id", band["zone"])]
    return {
        "id": band.get("id"),
        **{key: band[key] for key in ("min", "max", "zone")},
        "title_id": band["id_label"],
        "title_en": english,
    }
