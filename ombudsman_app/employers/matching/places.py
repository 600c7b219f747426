"""The regency of a row, however a list writes it: Kab. Mamuju, 76.02, KOTA MAKASSAR, Mamuju."""

import csv
import gzip
import re
from functools import cache
from typing import NamedTuple

from ombudsman_app.directory.reference.shipped import DATA
from ombudsman_app.employers.naming import normalised


class Place(NamedTuple):
    """`name` without its kind; empty: not known. `kind`: kota, kabupaten, or empty where it is not said."""

    name: str
    kind: str


NOWHERE = Place("", "")
_KINDS = {"kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota", "kotamadya": "kota", "kodya": "kota"}
_WITHOUT_MEANING = frozenset({"administrasi", "adm", "madya", "regency", "city", "of"})
_CODE = re.compile(r"([0-9]{2})\.?([0-9]{2})(?:\..*)?")


@cache
def place_of(written: str) -> Place:
    """Return the place that a list names, by code of Kemendagri or by name."""
    text = written.strip()
    if found := _CODE.fullmatch(text):
        return _by_code().get(f"{found[1]}.{found[2]}", Place(found[1] + found[2], ""))
    if not text or text in ("-", "?"):
        return NOWHERE
    return _read(text)


def is_elsewhere(one: Place, other: Place) -> bool:
    """Return whether both are known and differ. Bima may be the city or the regency of Bima."""
    if not one.name or not other.name:
        return False
    return one.name != other.name or bool(one.kind and other.kind and one.kind != other.kind)


def _read(text: str) -> Place:
    words = [word for word in normalised(text).tokens if word not in _WITHOUT_MEANING]
    kind = _KINDS.get(words[0], "") if len(words) > 1 else ""
    return Place("".join(words[1:] if kind else words), kind)


@cache
def _by_code() -> dict[str, Place]:
    """Return regencies and cities by code. Read once, 514 rows."""
    with gzip.open(DATA / "regions.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {row["code"]: _read(row["name"]) for row in csv.DictReader(file) if len(row["code"]) == 5}
