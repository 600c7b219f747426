"""Figures as open data: three CSV files and the data package that describes them (frictionless v1)."""

from collections.abc import Iterable, Iterator
from typing import Any

from .figure_words import DEFINITION_WORDS, PART_WORDS
from .models import CoverageFigure, CoverageSource
from .states import PARTS, RULES

FIGURES, SOURCES, MEASURES = "angka.csv", "sumber.csv", "ukuran.csv"
Field = tuple[str, str, str]  # name, type of the table schema, what it means
FIGURE_FIELDS: tuple[Field, ...] = (
    ("id", "integer", "number of the figure, also in the address /cakupan/angka/<id>"),
    ("place_code", "string", "Kemendagri code with dots; ID: the nation; empty: an area without a code"),
    ("place_name", "string", "name of the place"),
    ("level", "string", "nation, province, regency (and cities), area, unknown"),
    ("province_code", "string", "province by the borders of as_of"),
    ("definition", "string", "what is counted (ukuran.csv); empty: the source does not say"),
    ("part", "string", "which part of the definition (ukuran.csv); empty: all together"),
    ("programme", "string", "JKK, JKM, JHT, JP or JKP; empty: what the definition means"),
    ("as_of", "date", "day for which it holds, or of the source (flag approximate); empty: no day known"),
    ("numerator", "integer", "persons above the line"),
    ("denominator", "integer", "persons below the line"),
    ("percent_quoted", "string", "percentage as the source writes it, with its decimals"),
    ("percent", "number", "percentage: computed from both counts, else quoted"),
    ("status", "string", "computed, quoted, qualitative, do_not_use"),
    ("standing", "string", "current, superseded, withdrawn"),
    ("superseded_by", "integer", "number of the figure that took its place"),
    ("flags", "string", "what is odd about it, parted by spaces"),
    ("text", "string", "what the source says without a number"),
    ("unit", "string", "whom the number counts, in words of the source"),
    ("speaker", "string", "who said it, in the function they spoke in"),
    ("note", "string", "what is to be known beside the number"),
    ("source_id", "integer", "source (sumber.csv)"),
    ("source_place", "string", "page, sheet or row of the source"),
)
SOURCE_FIELDS: tuple[Field, ...] = (
    ("id", "integer", "number of the source"),
    ("key", "string", "name in the registry of sources"),
    ("kind", "string", "bpjs, official, statistics, press, other"),
    ("title", "string", "title"),
    ("url", "string", "address, as it was when it was read"),
    ("published_on", "date", "day of the source; empty: it bears none"),
)
MEASURE_FIELDS: tuple[Field, ...] = (
    ("definition", "string", "definition"),
    ("part", "string", "part; empty: all together"),
    ("name", "string", "name in words"),
    ("part_name", "string", "name of the part in words"),
    ("numerator", "string", "what stands above the line"),
    ("denominator", "string", "what stands below the line"),
)
_SCHEMAS = {FIGURES: FIGURE_FIELDS, SOURCES: SOURCE_FIELDS, MEASURES: MEASURE_FIELDS}
_KEYS = {FIGURES: ["id"], SOURCES: ["id"], MEASURES: ["definition", "part"]}


def figure_row(one: CoverageFigure) -> list[str]:
    """Return one figure as a row of `angka.csv`."""
    quoted = "" if one.quoted is None else f"{one.quoted:.{one.quoted_places or 0}f}"
    return [
        _text(value)
        for value in (
            *(one.id, one.place_code, one.place_name, one.level, one.province_code),
            *(one.definition, one.part, one.programme, one.as_of, one.numerator, one.denominator),
            *(quoted, one.percent, one.status, one.standing, one.superseded_by_id),
            *(" ".join(one.flags), one.text, one.unit, one.speaker, one.note),
            *(one.source_id, one.source_place),
        )
    ]


def source_row(one: CoverageSource) -> list[str]:
    """Return one source as a row of `sumber.csv`."""
    return [_text(value) for value in (one.id, one.key, one.kind, one.title, one.url, one.published_on)]


def measure_rows() -> Iterator[list[str]]:
    """Yield every definition with every part as rows of `ukuran.csv`."""
    for definition, parts in PARTS.items():
        words = DEFINITION_WORDS[definition]
        for part in parts:
            said = (words.name, PART_WORDS[part], words.numerator, words.denominator)
            yield [definition, part, *(str(one) for one in said)]


def data_package(*, title: str, home: str, sources: Iterable[CoverageSource], made_on: str) -> dict[str, Any]:
    """Return the descriptor. `home`: the public address of the pages; `made_on`: an ISO day."""
    return {
        "profile": "tabular-data-package",
        "name": "cakupan-bpjs-ketenagakerjaan",
        "title": title,
        "homepage": home,
        "created": f"{made_on}T00:00:00Z",
        "version": str(RULES.version),
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": one.title, **({"path": one.url} if one.url else {})} for one in sources]
        or [{"title": title}],
        "resources": [_resource(name, fields) for name, fields in _SCHEMAS.items()],
    }


def _resource(name: str, fields: tuple[Field, ...]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [{"name": field, "type": kind, "description": says} for field, kind, says in fields],
        "primaryKey": _KEYS[name],
        "missingValues": [""],
    }
    if name == FIGURES:
        schema["foreignKeys"] = [
            {"fields": ["source_id"], "reference": {"resource": "sumber", "fields": ["id"]}}
        ]
    return {
        "profile": "tabular-data-resource",
        "name": name.removesuffix(".csv"),
        "path": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
