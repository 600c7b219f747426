"""Amounts of rupiah and shares as people type them."""

import re
from decimal import Decimal, InvalidOperation

MOST = 10**15  # far above any contract; fits both databases
_RUPIAH = re.compile(
    r"(?:rp\.?\s*)?(-?)\s*([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,15})(?:,(?:00?|-))?", re.IGNORECASE
)
_SHARE = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?\s*%?")


class NoAmount(ValueError):
    """What was typed is no whole number of rupiah. `why`: unreadable, negative, large."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read_rupiah(typed: str, most: int = MOST) -> int | None:
    """Read Rp2.500.000.000,00 or 2500000000; None for nothing. Raises NoAmount."""
    text = " ".join(typed.split())
    if not text:
        return None
    found = _RUPIAH.fullmatch(text)
    if found is None:
        raise NoAmount("unreadable")
    amount = int(found[2].replace(".", ""))
    if found[1] and amount:
        raise NoAmount("negative")
    if amount > most:
        raise NoAmount("large")
    return amount


def read_share(typed: str) -> int | None:
    """Read 40, 40% or 33,33% as hundredths of a percent; None for nothing. Raises NoAmount."""
    text = typed.strip()
    if not text:
        return None
    found = _SHARE.fullmatch(text)
    if found is None:
        raise NoAmount("unreadable")
    hundredths = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    if hundredths > 10_000:
        raise NoAmount("large")
    return hundredths


def whole_rupiah(amount: object) -> int:
    """Return an amount of a file in whole rupiah, half up. Raises NoAmount."""
    try:
        read = Decimal(str(amount))
    except InvalidOperation:
        raise NoAmount("unreadable") from None
    if not read.is_finite():
        raise NoAmount("unreadable")
    if read < 0:
        raise NoAmount("negative")
    if read > MOST:
        raise NoAmount("large")
    return int(read.to_integral_value(rounding="ROUND_HALF_UP"))
