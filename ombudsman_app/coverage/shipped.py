"""The figures that are shipped (`rules/coverage.yaml`), as rows of the tables. No database in here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ombudsman_app.core.workflow.rules import Level as SourceLevel
from ombudsman_app.core.workflow.rules import load, sources

from .checks import Claim
from .models import SourceKind
from .states import NATION_CODE, RULES, Definition, Level, Part

_FILE = Path(__file__).parent / "data" / "shipped_figures.yaml"
_LEVELS = {
    "nasional": Level.NATION,
    "provinsi": Level.PROVINCE,
    "kabupaten": Level.REGENCY,
    "wilayah cabang Labuan Bajo": Level.AREA,
    "unknown": Level.UNKNOWN,
}
_KINDS = {SourceLevel.OFFICIAL: SourceKind.OFFICIAL, SourceLevel.PRESS: SourceKind.PRESS}


@dataclass(frozen=True)
class _Words:
    version: int
    figures: dict[str, dict[str, Any]]
    targets: dict[str, dict[str, Any]]


_WORDS = load(_FILE, _Words)


@dataclass(frozen=True)
class ShippedFigure:
    """One figure before it is stored: the claim, its place, and the words beside it.

    `whole`: the key of the figure whose part it is.
    """

    key: str
    claim: Claim
    level: Level
    place_code: str
    place_name: str
    source: str
    published: date | None
    words: Mapping[str, str]
    whole: str = ""


@dataclass(frozen=True)
class ShippedSource:
    """One source of the registry that a figure names."""

    key: str
    kind: SourceKind
    title: str
    url: str
    published: date | None


@dataclass(frozen=True)
class ShippedTarget:
    """What a place should reach in a year."""

    place_code: str
    definition: Definition
    year: int
    percent: Decimal
    paper: str
    source: str


def shipped_figures() -> list[ShippedFigure]:
    """Return every figure of the file; parts and twin statements are figures of their own."""
    return [one for row in RULES.figures for one in _figures(row)]


def shipped_sources() -> list[ShippedSource]:
    """Return the sources that the figures name, with the day that the figures give them."""
    known = sources()
    days: dict[str, date | None] = {}
    for row in RULES.figures:
        for key in row["src"]:
            days[key] = days.get(key) or _day(row.get("published"))
    return [
        ShippedSource(
            key, _KINDS.get(known[key].level, SourceKind.OTHER), known[key].title, known[key].url or "", day
        )
        for key, day in days.items()
    ]


def shipped_targets() -> list[ShippedTarget]:
    """Return the targets that stand beside figures of the file."""
    rows = {row["id"]: row for row in RULES.figures}
    return [
        ShippedTarget(
            rows[key]["place"],
            Definition(rows[key]["definition"]),
            told["year"],
            Decimal(str(rows[key]["target_percent"])),
            told.get("paper", ""),
            rows[key]["src"][0],
        )
        for key, told in _WORDS.targets.items()
    ]


def _figures(row: Mapping[str, Any]) -> Iterator[ShippedFigure]:
    told = _WORDS.figures.get(row["id"], {})
    whole = _figure(row, told)
    yield whole
    if twin := told.get("twin"):
        words = {**whole.words, "speaker": twin["speaker"]}
        claim = replace(whole.claim, part=Part(twin["part"]))
        yield replace(whole, key=f"{whole.key}-{twin['part']}", claim=claim, words=words)
    for name, part in told.get("parts", {}).items():
        definition = Definition(told.get("parts_of", row["definition"]))
        count = int(row["parts"][name])
        claim = Claim(definition, Part(part), as_of=whole.claim.as_of, numerator=count)
        words = {"unit": whole.words["unit"], "speaker": whole.words["speaker"]}
        key = f"{whole.key}-{part}"
        yield replace(whole, key=key, claim=claim, words=words, whole=whole.key)


def _figure(row: Mapping[str, Any], told: Mapping[str, Any]) -> ShippedFigure:
    quoted = row.get("percent")
    claim = Claim(
        Definition(row["definition"]) if row["definition"] else None,
        Part(told.get("part", "")),
        as_of=_day(row.get("as_of")),
        numerator=row.get("numerator"),
        denominator=row.get("denominator"),
        quoted=None if quoted is None else Decimal(str(quoted)),
        text=told.get("text", ""),
        is_not_to_be_used=row["status"] == "do_not_use",
    )
    level = _LEVELS[row["level"]]
    is_coded = level in (Level.NATION, Level.PROVINCE, Level.REGENCY)
    words = {name: told.get(name, row.get(name) or "") for name in ("unit", "speaker")}
    return ShippedFigure(
        row["id"],
        claim,
        level,
        row["place"] if is_coded else (NATION_CODE if level is Level.UNKNOWN else ""),
        row["place_name"],
        row["src"][0],
        _day(row.get("published")),
        {**words, "note": told.get("note", ""), "text": told.get("text", "")},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
