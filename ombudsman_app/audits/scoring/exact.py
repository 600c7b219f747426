"""Numbers without loss: read as Decimal, counted as Fraction, written half up."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

LONGEST_NUMBER = 40  # characters, before anything is counted
LARGEST = Decimal(10) ** 12
MOST_DECIMALS = 30
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_CONTEXT = Context(prec=200)


def decimal_of(given: object) -> Decimal | None:
    """Return the number as it was written; None for what is none (bool, NaN, infinity, words, too long).

    A float stands for the shortest number that reads back as it: 1.2 is 1.2.
    """
    if isinstance(given, bool):
        return None
    if isinstance(given, str):
        text = given
        is_number = len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text) is not None
        return _bounded(Decimal(text)) if is_number else None
    if isinstance(given, int):
        return Decimal(given) if abs(given) < LARGEST else None
    if isinstance(given, float):
        return _bounded(Decimal(repr(given)))
    return _bounded(given) if isinstance(given, Decimal) else None


def _bounded(number: Decimal) -> Decimal | None:
    if not number.is_finite() or abs(number) >= LARGEST:
        return None
    return number if decimals_of(number) <= MOST_DECIMALS else None


def decimals_of(number: Decimal) -> int:
    """Return how many places behind the point a finite number needs."""
    exponent = number.normalize(_CONTEXT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(number: Decimal) -> str:
    """Write a number without exponent and without zeros that say nothing."""
    return "0" if number == 0 else format(number.normalize(_CONTEXT), "f")


def half_up(value: Fraction | Decimal, places: int) -> Decimal:
    """Round half away from zero, from the exact value."""
    exact = Fraction(value)
    units, rest = divmod(abs(exact.numerator) * 10**places, exact.denominator)
    units += 2 * rest >= exact.denominator
    return Decimal(-units if exact < 0 else units).scaleb(-places, _CONTEXT)


def written(value: Fraction | Decimal, most: int, least: int = 0) -> str:
    """Write with at most `most` and at least `least` places behind the point."""
    rounded = half_up(value, most)
    return format(rounded.quantize(Decimal(1).scaleb(-max(decimals_of(rounded), least)), ROUND_HALF_UP), "f")
