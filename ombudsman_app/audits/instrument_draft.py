"""A draft of an instrument: keys and values that may still be wrong. No database.

The shape is always sound (dimensions hold indicators, each a mapping), because only the functions here change
it; whether it can be scored is for `read_definition` to say. Each change returns a new mapping.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import count
from typing import Any, Literal

from ombudsman_app.audits.scoring.definition import Definition, as_mapping, read_definition
from ombudsman_app.audits.scoring.definition.reading import MOST_DIMENSIONS, MOST_INDICATORS
from ombudsman_app.audits.scoring.definition.shipped import audit_rules
from ombudsman_app.audits.scoring.definition.writing import digest_of
from ombudsman_app.audits.scoring.exact import decimal_of
from ombudsman_app.audits.scoring.problems import InstrumentInvalid, Problem
from ombudsman_app.audits.scoring.reader import ID_CHARACTERS

Content = Mapping[str, Any]
Act = Literal["up", "down", "duplicate", "remove"]
ACTS: tuple[Act, ...] = ("up", "down", "duplicate", "remove")
HEAD = (
    *("id", "title_id", "title_en", "version", "scheme", "origin"),
    *("anchors_id", "anchors_en", "min_denominator", "min_respondents"),
)
_DIMENSION = ("id", "title_id", "title_en", "description_id", "description_en", "weight")


class TooManyParts(ValueError):
    """No instrument holds so many. `most` says how many it may."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def empty_content(
    key: str, *, title_id: str, title_en: str, number: str, scheme: str, origin: str = ""
) -> dict[str, Any]:
    """Return a draft without questions; words of the scale and least samples are those of the rules."""
    types = audit_rules()["instrument"]["answer_types"]
    return {
        "id": key,
        "title_id": title_id,
        "title_en": title_en,
        "version": number,
        "scheme": scheme,
        **({"origin": origin} if origin else {}),
        "anchors_id": dict(types["scale4"]["anchors_id"]),
        "anchors_en": dict(types["scale4"]["anchors_en"]),
        "min_denominator": types["percentage"]["min_denominator"],
        "min_respondents": types["survey_negative"]["min_respondents"],
        "dimensions": [],
    }


def read_draft(content: Content) -> tuple[Definition | None, list[Problem]]:
    """Return the instrument if it can be scored, else all that is wrong with it."""
    try:
        return read_definition(content), []
    except InstrumentInvalid as invalid:
        return None, invalid.problems


def draft_digest(content: Content) -> str:
    """Return the fingerprint: of the canonical form where there is one."""
    definition, _problems = read_draft(content)
    return digest_of(as_mapping(definition) if definition else content)


def dimensions_of(content: Content) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = content["dimensions"]
    return found


def indicators_of(dimension: Content) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dimension["indicators"]
    return found


def part_at(content: Content, place: int, number: int | None = None) -> dict[str, Any] | None:
    """Return a dimension, or one of its indicators, by their places from 0; None if there is none."""
    dimensions = dimensions_of(content)
    if place >= len(dimensions):
        return None
    if number is None:
        return dimensions[place]
    indicators = indicators_of(dimensions[place])
    return indicators[number] if number < len(indicators) else None


def with_head(content: Content, given: Content) -> dict[str, Any]:
    """Return it with another head; dimensions stay."""
    return {**deepcopy(dict(given)), "dimensions": deepcopy(dimensions_of(content))}


def with_dimension(content: Content, place: int | None, given: Content) -> dict[str, Any]:
    """Return it with one dimension written anew, or with one more at the end. Raises TooManyParts."""
    changed = deepcopy(dict(content))
    texts = {key: given[key] for key in _DIMENSION if key in given}
    if place is None:
        if len(dimensions_of(changed)) >= MOST_DIMENSIONS:
            raise TooManyParts(MOST_DIMENSIONS)
        dimensions_of(changed).append({**texts, "indicators": []})
    else:
        held = dimensions_of(changed)[place]
        dimensions_of(changed)[place] = {**texts, "indicators": indicators_of(held)}
    return changed


def with_indicator(
    content: Content, place: int, number: int | None, given: Content, *, into: int | None = None
) -> dict[str, Any]:
    """Return it with one question written anew, or one more at the end; `into`: moved to that dimension.

    The identity through versions (`item`) stays also where the id changes. Raises TooManyParts.
    """
    changed = deepcopy(dict(content))
    dimensions = dimensions_of(changed)
    target = place if into is None else into
    if number is None:
        _refuse_more(changed)
        indicators_of(dimensions[target]).append(dict(given))
        return changed
    held = indicators_of(dimensions[place])[number]
    item = held.get("item") or held.get("id")
    written = dict(given)
    if item and item != written.get("id"):
        written["item"] = item
    _follow(changed, held.get("id"), written.get("id"))
    if target == place:
        indicators_of(dimensions[place])[number] = written
    else:
        del indicators_of(dimensions[place])[number]
        indicators_of(dimensions[target]).append(written)
    return changed


def with_weights(content: Content, place: int | None, weights: Sequence[str]) -> dict[str, Any]:
    """Return it with the weights of all dimensions, or of the indicators of one, in their order."""
    changed = deepcopy(dict(content))
    dimensions = dimensions_of(changed)
    parts = dimensions if place is None else indicators_of(dimensions[place])
    for part, weight in zip(parts, weights, strict=True):
        part["weight"] = weight
    return changed


def arranged(content: Content, act: Act, place: int, number: int | None = None) -> dict[str, Any]:
    """Return it with a part moved by one, taken out, or there twice. Raises TooManyParts.

    A copy is another question: it gets ids and an identity that are free.
    """
    changed = deepcopy(dict(content))
    parts = dimensions_of(changed) if number is None else indicators_of(dimensions_of(changed)[place])
    at = place if number is None else number
    if act == "remove":
        del parts[at]
    elif act == "duplicate":
        if number is None and len(parts) >= MOST_DIMENSIONS:
            raise TooManyParts(MOST_DIMENSIONS)
        _refuse_more(changed, len(parts[at]["indicators"]) if number is None else 1)
        parts.insert(at + 1, _renamed(deepcopy(parts[at]), _names(changed)))
    else:
        other = at + (-1 if act == "up" else 1)
        if 0 <= other < len(parts):
            parts[at], parts[other] = parts[other], parts[at]
    return changed


def copied(content: Content, number: str) -> dict[str, Any]:
    """Return a draft of the next version: every question keeps its identity."""
    return {**deepcopy(dict(content)), "version": number}


def next_number(taken: Sequence[str], wanted: str = "1.0") -> str:
    """Return the wanted number, or the next free one behind it: 1.0, 1.1, 1.2."""
    if wanted not in taken:
        return wanted
    first, _dot, second = wanted.partition(".")
    start = int(second.split(".")[0]) if second else 0
    return next(name for step in count(start + 1) if (name := f"{first}.{step}") not in taken)


def weight_sum(parts: Sequence[Content]) -> str:
    """Return the sum of the weights that can be read, plain."""
    numbers = (decimal_of(part.get("weight")) for part in parts)
    total = sum(number for number in numbers if number is not None)
    return format(total, "f") if total else "0"


def _follow(content: Content, before: object, after: object) -> None:
    """Let conditions follow a question that is called differently now."""
    if not before or not after or before == after:
        return
    for dimension in dimensions_of(content):
        for indicator in indicators_of(dimension):
            condition = indicator.get("relevant_if")
            if condition and condition.get("indicator") == before:
                condition["indicator"] = after


def _refuse_more(content: Content, more: int = 1) -> None:
    if sum(len(indicators_of(one)) for one in dimensions_of(content)) + more > MOST_INDICATORS:
        raise TooManyParts(MOST_INDICATORS)


def _names(content: Content) -> set[str]:
    """Return every id and item in use."""
    found: set[str] = set()
    for dimension in dimensions_of(content):
        found.add(str(dimension.get("id")))
        for indicator in indicators_of(dimension):
            found |= {str(indicator.get("id")), str(indicator.get("item") or indicator.get("id"))}
    return found


def _renamed(part: dict[str, Any], taken: set[str]) -> dict[str, Any]:
    """Give a copy, and all in it, names that are free."""
    part["id"] = _free(str(part.get("id") or "I"), taken)
    part.pop("item", None)
    for indicator in part.get("indicators", ()):
        _renamed(indicator, taken)
    return part


def _free(name: str, taken: set[str]) -> str:
    stem = name[: ID_CHARACTERS - 4]
    found = next(f"{stem}_{step}" for step in count(2) if f"{stem}_{step}" not in taken)
    taken.add(found)
    return found
