"""Reads an instrument from keys and values and says all that is wrong with it at once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from ombudsman_app.audits.scoring.problems import InstrumentInvalid, Problem
from ombudsman_app.audits.scoring.reader import Reader

from .pieces import read_anchors, read_weight
from .reading_indicators import read_indicator
from .relevance import note_relevance
from .shape import Definition, Dimension, Indicator

TITLE, TEXT = 200, 500
MOST_DIMENSIONS, MOST_INDICATORS = 20, 300
MOST_OF_A_SAMPLE = 10_000
WHOLE = Decimal(100)
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}", re.ASCII)


def read_definition(mapping: Mapping[str, Any]) -> Definition:
    """Return the instrument that the mapping describes. Raises InstrumentInvalid with every problem."""
    problems: list[Problem] = []
    reader = Reader(mapping, "", problems, (field.name for field in fields(Definition)))
    if not reader.given:
        raise InstrumentInvalid(problems or [Problem("", "not_a_mapping")])
    dimensions = _dimensions(reader, problems)
    definition = Definition(
        id=reader.id("id"),
        title_id=reader.text("title_id", TITLE),
        title_en=reader.text("title_en", TITLE),
        version=_version(reader),
        scheme=reader.id("scheme"),
        origin=reader.text("origin", TEXT, needed=False),
        anchors_id=read_anchors(reader, "anchors_id", needed=True),
        anchors_en=read_anchors(reader, "anchors_en", needed=True),
        min_denominator=_sample(reader, "min_denominator"),
        min_respondents=_sample(reader, "min_respondents"),
        dimensions=dimensions,
    )
    _note_doubles(dimensions, problems)
    note_relevance(dimensions, problems)
    if problems:
        raise InstrumentInvalid(problems)
    return definition


def _version(reader: Reader) -> str:
    version = reader.text("version", TITLE)
    if version and not _VERSION.fullmatch(version):
        reader.note("bad_version", "version")
    return version


def _sample(reader: Reader, key: str) -> int:
    if not reader.has(key):
        reader.note("missing", key=key)
    return reader.whole(key, 1, MOST_OF_A_SAMPLE) or 1


def _dimensions(reader: Reader, problems: list[Problem]) -> tuple[Dimension, ...]:
    given = reader.items("dimensions", MOST_DIMENSIONS)
    found = tuple(_dimension(one, f"dimensions[{n}]", problems) for n, one in enumerate(given))
    if sum(len(dimension.indicators) for dimension in found) > MOST_INDICATORS:
        reader.note("too_many", "dimensions", most=MOST_INDICATORS)
    if found:
        _note_sum(reader, "dimensions", (dimension.weight for dimension in found))
    return found


def _dimension(given: object, where: str, problems: list[Problem]) -> Dimension:
    reader = Reader(given, where, problems, (field.name for field in fields(Dimension)))
    indicators = tuple(
        read_indicator(
            Reader(one, f"{where}.indicators[{n}]", problems, (field.name for field in fields(Indicator)))
        )
        for n, one in enumerate(reader.items("indicators", MOST_INDICATORS))
    )
    if indicators:
        _note_sum(reader, "indicators", (indicator.weight for indicator in indicators))
    return Dimension(
        id=reader.id("id"),
        title_id=reader.text("title_id", TITLE),
        title_en=reader.text("title_en", TITLE),
        description_id=reader.text("description_id", TEXT, needed=False),
        description_en=reader.text("description_en", TEXT, needed=False),
        weight=read_weight(reader),
        indicators=indicators,
    )


def _note_sum(reader: Reader, key: str, weights: Iterable[Decimal]) -> None:
    """Weights make 100, to the last decimal. Where one could not be read, that is told already."""
    given = list(weights)
    if all(given) and sum(given) != WHOLE:
        reader.note("weights_do_not_sum", key, sum=str(sum(given)), wanted=str(WHOLE))


def _note_doubles(dimensions: tuple[Dimension, ...], problems: list[Problem]) -> None:
    """Ids are names of questions and groups in one form, so that no two are alike, whatever they name."""
    ids: set[str] = set()
    items: set[str] = set()
    for number, dimension in enumerate(dimensions):
        where = f"dimensions[{number}]"
        _note_double(dimension.id, ids, Problem(f"{where}.id", "double_id"), problems)
        for place, indicator in enumerate(dimension.indicators):
            at = f"{where}.indicators[{place}]"
            _note_double(indicator.id, ids, Problem(f"{at}.id", "double_id"), problems)
            _note_double(indicator.item, items, Problem(f"{at}.item", "double_item"), problems)


def _note_double(word: str, seen: set[str], said: Problem, problems: list[Problem]) -> None:
    if word and word in seen:
        problems.append(Problem(said.where, said.code, {"value": word}))
    seen.add(word)
