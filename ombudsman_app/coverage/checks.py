"""Whether a figure can be true, and what is odd about it. Arithmetic alone, no database.

Bounds that no source gives are settings of the product (`rules/figures.yaml`), marked as unverified there.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from ombudsman_app.core.workflow.rules import Mark, load

from .errors import FigureRefused
from .states import PARTS, Definition, FigureStatus, Flag, Part


@dataclass(frozen=True)
class FigureBounds:
    """`rules/figures.yaml`. Percentages and points as whole numbers or decimals in text; people as counts."""

    version: int
    first_year: int
    first_year_why: str
    most_people: int
    flagged_above_percent: int
    refused_above_percent: int
    tolerance_points: str
    silent_after_months: int
    percent_classes: tuple[int, ...]
    count_classes: tuple[int, ...]
    src: tuple[str, ...]
    verified: Mark


BOUNDS = load(Path(__file__).parent / "rules" / "figures.yaml", FigureBounds)
_TOLERANCE = Decimal(BOUNDS.tolerance_points)
_PLACES = Decimal("0.0001")  # what is stored; two are shown (`coverage.md` §4.5)


@dataclass(frozen=True)
class Claim:
    """What a source says of one place.

    `quoted`: the percentage as it is written there (34 stays 34). `as_of`: the day for which it holds, None
    where the source does not say. `reason`: why a figure above 100 % is right.
    """

    definition: Definition | None
    part: Part = Part.WHOLE
    as_of: date | None = None
    numerator: int | None = None
    denominator: int | None = None
    quoted: Decimal | None = None
    text: str = ""
    reason: str = ""
    is_not_to_be_used: bool = False


@dataclass(frozen=True)
class Checked:
    """What is stored beside the claim. `percent` has four decimals; None: there is none."""

    status: FigureStatus
    percent: Decimal | None
    as_of: date | None
    flags: tuple[Flag, ...] = field(default=())


def check(claim: Claim, *, published: date | None, today: date) -> Checked:
    """Judge one claim. `published`: the day of the source. Raises FigureRefused with the field and why."""
    _refuse_strange_day(claim.as_of, today)
    _refuse_strange_counts(claim)
    flags = _day_flags(claim.as_of, published)
    as_of = claim.as_of or published
    if claim.is_not_to_be_used:
        return Checked(FigureStatus.DO_NOT_USE, None, as_of, flags)
    if claim.definition is None:
        return _without_definition(claim, as_of, flags)
    if claim.part not in PARTS[claim.definition]:
        raise FigureRefused(field="part", why="part")
    if claim.numerator is None and claim.quoted is None:
        return _words_alone(claim, as_of, flags)
    percent = _percent(claim)
    _refuse_impossible(percent, claim)
    if percent is not None and percent > BOUNDS.flagged_above_percent:
        flags = (*flags, Flag.ABOVE_100)
    flags = (*flags, *_parting(claim, percent))
    is_whole = claim.numerator is not None and claim.denominator is not None
    return Checked(FigureStatus.COMPUTED if is_whole else FigureStatus.QUOTED, percent, as_of, flags)


def percent_of(numerator: int, denominator: int) -> Decimal:
    """Return numerator ÷ denominator × 100 with four decimals, halves up."""
    share = Decimal(numerator) * 100 / Decimal(denominator)
    return share.quantize(_PLACES, rounding=ROUND_HALF_UP)


def _percent(claim: Claim) -> Decimal | None:
    if claim.numerator is not None and claim.denominator is not None:
        return percent_of(claim.numerator, claim.denominator)
    return None if claim.quoted is None else claim.quoted.quantize(_PLACES, rounding=ROUND_HALF_UP)


def _parting(claim: Claim, percent: Decimal | None) -> tuple[Flag, ...]:
    """Say whether source and sum part by more than a tenth of a point (`coverage.yaml`, rules).

    A source that writes 80 for 79,86 has rounded: within half of its last decimal that is all there is to it.
    """
    if claim.quoted is None or percent is None or abs(claim.quoted - percent) <= _TOLERANCE:
        return ()
    half = Decimal(5).scaleb(-places_of(claim.quoted) - 1)
    return (Flag.ROUNDED if abs(claim.quoted - percent) <= half else Flag.DIFFERS,)


def places_of(number: Decimal) -> int:
    """Return how many decimals a number was written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _refuse_strange_day(day: date | None, today: date) -> None:
    if day is None:
        return
    if day.year < BOUNDS.first_year:
        raise FigureRefused(field="as_of", why="too_early")
    if day > today:
        raise FigureRefused(field="as_of", why="future")


def _refuse_strange_counts(claim: Claim) -> None:
    for name, number in (("numerator", claim.numerator), ("denominator", claim.denominator)):
        if number is not None and not 0 <= number <= BOUNDS.most_people:
            raise FigureRefused(field=name, why="people")
    if claim.denominator == 0:
        raise FigureRefused(field="denominator", why="zero")


def _refuse_impossible(percent: Decimal | None, claim: Claim) -> None:
    for found in (percent, claim.quoted):
        if found is not None and not 0 <= found <= BOUNDS.refused_above_percent:
            raise FigureRefused(field="percent", why="impossible")
    highest = max((one for one in (percent, claim.quoted) if one is not None), default=Decimal(0))
    if highest > BOUNDS.flagged_above_percent and not claim.reason.strip():
        raise FigureRefused(field="reason", why="above_100")


def _without_definition(claim: Claim, as_of: date | None, flags: tuple[Flag, ...]) -> Checked:
    """A percentage of nobody knows what is no figure; a count may be kept, and is never drawn."""
    if claim.quoted is not None or claim.denominator is not None:
        raise FigureRefused(field="definition", why="definition")
    if claim.numerator is not None:
        return Checked(FigureStatus.QUOTED, None, as_of, flags)
    return _words_alone(claim, as_of, flags)


def _words_alone(claim: Claim, as_of: date | None, flags: tuple[Flag, ...]) -> Checked:
    if not claim.text.strip():
        raise FigureRefused(field="numerator", why="empty")
    return Checked(FigureStatus.QUALITATIVE, None, as_of, flags)


def _day_flags(as_of: date | None, published: date | None) -> tuple[Flag, ...]:
    if as_of is not None:
        return ()
    return (Flag.APPROXIMATE,) if published is not None else (Flag.UNDATED,)
