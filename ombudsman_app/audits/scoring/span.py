"""How far a total could lie from where it lies because too few cases were looked at. No database.

A rule of the product, no law: an indicator with a low sample (fewer cases, or fewer people asked, than the
instrument wants) could have come out anywhere. The span of a total goes from what it would be with all of
them at 0 to what it would be with all of them at 100. Without low samples it is the total itself.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .exact import half_up
from .formula import FULL, TOTAL_DECIMALS


def span_of(result: Mapping[str, Any]) -> tuple[int, int]:
    """Return the span of a kept result (`Result.as_snapshot`), both ends in hundredths."""
    total = Fraction(result["total_exact"])
    low = high = total
    for dimension in result["dimensions"]:
        for one in dimension["indicators"]:
            if one["low_sample"] and one["score"] is not None:
                share = Fraction(dimension["weight"]) * Fraction(one["effective_weight"]) / FULL
                low -= share * Fraction(one["score"]) / FULL
                high += Fraction(one["cost"])
    return _hundredths(max(low, Fraction(0))), _hundredths(min(high, Fraction(FULL)))


def _hundredths(value: Fraction) -> int:
    rounded: Decimal = half_up(value, TOTAL_DECIMALS)
    return int(rounded.scaleb(TOTAL_DECIMALS))
