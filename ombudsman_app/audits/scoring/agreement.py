"""How far two assessors agree: percent agreement and Cohen's kappa, exactly. Source: design.md §12.

Kappa = (po - pe) / (1 - pe) over the indicators on both sheets; answers are names, their order says nothing.
Where both used one and the same answer throughout, chance alone explains all and kappa does not exist.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .answers import Answer
from .definition.shape import Definition
from .exact import decimal_of, plain, written
from .problems import Invalid, Problem
from .reader import shown

DECIMALS = 4
NO_COMMON = "no indicator stands on both sheets"
CHANCE_IS_ONE = "chance agreement is 1: kappa does not exist"
NOT_APPLICABLE = "na"
_LONGEST_WORD = 200


class SheetsInvalid(Invalid):
    """Sheets that cannot be compared."""


@dataclass(frozen=True)
class Agreement:
    """Agreement of some indicators. `observed` and `kappa` are None where they do not exist."""

    n: int
    observed: Fraction | None
    kappa: Fraction | None
    note: str | None

    def as_json(self) -> dict[str, Any]:
        numbers = {"percent_agreement": self.observed, "kappa": self.kappa}
        shown_as = {
            name: None if number is None else written(number, DECIMALS, DECIMALS)
            for name, number in numbers.items()
        }
        return {"n": self.n, **shown_as, "note": self.note}


@dataclass(frozen=True)
class Compared:
    """Two sheets beside each other."""

    whole: Agreement
    by_dimension: dict[str, Agreement]
    differ: tuple[str, ...]  # indicators on which the two do not agree

    def as_json(self) -> dict[str, Any]:
        parts = {name: one.as_json() for name, one in self.by_dimension.items()}
        return {**self.whole.as_json(), "by_dimension": parts}


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Return the agreement of pairs of answers."""
    n = len(pairs)
    if not n:
        return Agreement(0, None, None, NO_COMMON)
    observed = Fraction(sum(one == other for one, other in pairs), n)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum((Fraction(first[word] * second[word], n * n) for word in first), Fraction(0))
    if chance == 1:
        return Agreement(n, observed, None, CHANCE_IS_ONE)
    return Agreement(n, observed, (observed - chance) / (1 - chance), None)


def compare_sheets(definition: Definition, a: Mapping[str, Hashable], b: Mapping[str, Hashable]) -> Compared:
    """Compare two sheets of answers by indicator, whole and by dimension."""
    common = [one.id for one in definition.indicators if one.id in a and one.id in b]
    by_dimension = {
        dimension.id: agreement(
            [(a[one.id], b[one.id]) for one in dimension.indicators if one.id in a and one.id in b]
        )
        for dimension in definition.dimensions
    }
    differ = tuple(name for name in common if a[name] != b[name])
    return Compared(agreement([(a[name], b[name]) for name in common]), by_dimension, differ)


def word_of(answer: Answer) -> str:
    """Return the name of an answer for the comparison: equal answers, equal names."""
    if answer.is_na:
        return NOT_APPLICABLE
    if answer.denominator is not None:
        return f"{answer.numerator}/{answer.denominator}"
    return word_of_value(answer.value)


def word_of_value(value: object) -> str:
    """Return the name of a bare value: 3, "3" and 3.0 are one."""
    number = decimal_of(value)
    return plain(number) if number is not None else str(value).strip()


def read_sheet(given: object, where: str, definition: Definition) -> dict[str, str]:
    """Return the names of the answers on one sheet. Raises SheetsInvalid."""
    if not isinstance(given, Mapping):
        raise SheetsInvalid([Problem(where, "not_a_mapping")])
    known, problems, read = definition.by_id, [], {}
    for name, value in given.items():
        if name not in known:
            problems.append(Problem(where, "unknown_indicator", {"value": shown(name)}))
        elif (word := _word(value)) is None:
            problems.append(Problem(f"{where}.{name}", "not_an_answer"))
        else:
            read[name] = word
    if problems:
        raise SheetsInvalid(problems)
    return read


def _word(value: object) -> str | None:
    """Return the name of a value or of an answer as `audits score` takes it; None for what is neither."""
    if isinstance(value, Mapping):
        if "na" in value:
            return NOT_APPLICABLE
        if {"numerator", "denominator"} <= set(value):
            parts = [value[key] for key in ("numerator", "denominator")]
            return "/".join(map(str, parts)) if all(type(part) is int for part in parts) else None
        return _word(value["value"]) if "value" in value and not isinstance(value["value"], Mapping) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    word = word_of_value(value)
    return word if 0 < len(word) <= _LONGEST_WORD else None
