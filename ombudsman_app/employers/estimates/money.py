"""Whole rupiah from exact products: multiplied first, rounded half up once (`arrears_estimate.money`)."""

from decimal import ROUND_HALF_UP, Decimal

_RUPIAH = Decimal(1)


def share_of(rupiah: int, rate: Decimal) -> int:
    """Return a part in whole rupiah, half up. Exact up to 28 digits, which no input reaches."""
    return rounded(rupiah * rate)


def rounded(exact: Decimal) -> int:
    """Return whole rupiah, half up."""
    return int(exact.quantize(_RUPIAH, ROUND_HALF_UP))


def product(factors: str, exact: Decimal) -> str:
    """Write a product with its exact and, where it differs, its rounded value."""
    amount = rounded(exact)
    return f"{factors} = {amount}" if exact == amount else f"{factors} = {plain(exact)}, rounded {amount}"


def plain(number: Decimal) -> str:
    """Write a number without exponent and without zeros that say nothing."""
    return f"{number.normalize():f}"


def decimal_of(number: float | int) -> Decimal:
    """Return a rate as it is written in a rules file: the shortest number that reads back as the float."""
    return Decimal(repr(number))
