"""Counts and percentages as people type them, in Indonesian notation."""

import re
from decimal import Decimal

from .errors import FigureRefused

_COUNT = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3})+")
_PERCENT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,4}))?\s*%?")


def typed_count(text: str, field: str) -> int | None:
    """Read 1.234.567; None for nothing. Raises FigureRefused."""
    plain = "".join(text.split())
    if not plain:
        return None
    if not _COUNT.fullmatch(plain):
        raise FigureRefused(field=field, why="count")
    return int(plain.replace(".", ""))


def typed_percent(text: str) -> Decimal | None:
    """Read 33,73 with its decimals, and 33.73 as the same; None for nothing. Raises FigureRefused."""
    plain = text.strip()
    if not plain:
        return None
    found = _PERCENT.fullmatch(plain)
    if found is None:
        raise FigureRefused(field="percent", why="percent")
    whole, rest = found.groups()
    return Decimal(f"{whole}.{rest}" if rest else whole)
