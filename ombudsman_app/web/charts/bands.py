"""The bands of a scheme: what a total is called. The limits are the caller's, from the data of the scheme."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Band:
    """One band from `low` on; `label` is its word. zone: green, yellow, red or empty, as may be `letter`."""

    letter: str
    label: str
    zone: str
    low: Decimal
    high: Decimal
