"""Months as they stand in numbers of papers."""

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def roman_month(month: int) -> str:
    """Return XI for 11."""
    return _ROMAN[month - 1]
