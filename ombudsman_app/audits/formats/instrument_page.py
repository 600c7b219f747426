"""An instrument as its page shows it: also one that is still wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ombudsman_app.audits.instrument_draft import Content, dimensions_of, indicators_of, weight_sum
from ombudsman_app.audits.scoring.exact import decimal_of, half_up

from .problems import ShownProblem

_WHOLE = Decimal(100)


@dataclass(frozen=True)
class ShownWeight:
    """A weight as a bar: `width` of 100, and what it brings to the total of 100 points."""

    width: float
    points: Decimal | None


@dataclass(frozen=True)
class ShownIndicator:
    """A question in its place."""

    number: int
    part: Mapping[str, Any]
    weight: ShownWeight
    problems: Sequence[ShownProblem]


@dataclass(frozen=True)
class ShownDimension:
    """A dimension in its place with its questions, and how far their weights are from 100."""

    place: int
    part: Mapping[str, Any]
    weight: ShownWeight
    sum: Decimal
    missing: Decimal  # below 0 where they are too many
    indicators: Sequence[ShownIndicator]
    problems: Sequence[ShownProblem]


@dataclass(frozen=True)
class ShownInstrument:
    """The whole."""

    dimensions: Sequence[ShownDimension]
    sum: Decimal
    missing: Decimal
    indicators: int
    critical: int
    may_be_na: int
    unverified: int
    problems: Sequence[ShownProblem]


def shown_instrument(content: Content, problems: Sequence[ShownProblem] = ()) -> ShownInstrument:
    """Lay an instrument out."""
    dimensions = [_dimension(place, one, problems) for place, one in enumerate(dimensions_of(content))]
    everything = [one.part for dimension in dimensions for one in dimension.indicators]
    total = Decimal(weight_sum(dimensions_of(content)))
    return ShownInstrument(
        dimensions=dimensions,
        sum=total,
        missing=_WHOLE - total,
        indicators=len(everything),
        critical=_count(everything, "critical", True),
        may_be_na=_count(everything, "may_be_na", True),
        unverified=_count(everything, "standard_verified", "unverified"),
        problems=problems,
    )


def _dimension(place: int, part: Mapping[str, Any], problems: Sequence[ShownProblem]) -> ShownDimension:
    own = [one for one in problems if one.place.dimension == place]
    total = Decimal(weight_sum(indicators_of(part)))
    return ShownDimension(
        place=place,
        part=part,
        weight=_weight(part.get("weight"), _WHOLE),
        sum=total,
        missing=_WHOLE - total,
        indicators=[
            ShownIndicator(
                number,
                one,
                _weight(one.get("weight"), decimal_of(part.get("weight"))),
                [problem for problem in own if problem.place.indicator == number],
            )
            for number, one in enumerate(indicators_of(part))
        ],
        problems=[one for one in own if one.place.indicator is None],
    )


def _weight(given: object, of: Decimal | None) -> ShownWeight:
    weight = decimal_of(given)
    if weight is None or not 0 <= weight <= _WHOLE:
        return ShownWeight(0, None)
    return ShownWeight(float(weight), half_up(weight * of / _WHOLE, 2) if of is not None else None)


def _count(parts: Iterable[Mapping[str, Any]], key: str, value: object) -> int:
    return sum(part.get(key) == value for part in parts)
