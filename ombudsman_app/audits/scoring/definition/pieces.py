"""What the whole and its questions have alike: weights, and the words of the scale."""

from collections.abc import Mapping
from decimal import Decimal

from ombudsman_app.audits.scoring.reader import Reader

from .shape import SCALE, Anchors

ANCHOR = 200
_WEIGHT_DECIMALS = 4


def read_anchors(reader: Reader, key: str, *, needed: bool = False) -> Anchors:
    """Return the words of all five steps, empty where there are none."""
    if not reader.has(key):
        if needed:
            reader.note("missing", key=key)
        return ()
    given = reader.given[key]
    if not isinstance(given, Mapping) or set(given) != set(SCALE):
        reader.note("anchors_unfit", key, known=", ".join(SCALE))
        return ()
    steps = Reader(given, reader.at(key), reader.problems, SCALE)
    return tuple((step, steps.text(step, ANCHOR)) for step in SCALE)


def read_weight(reader: Reader) -> Decimal:
    """Return a weight above 0 and of 100 at most; 0 where there is none."""
    weight = reader.number("weight", -1_000_000, 100, _WEIGHT_DECIMALS)
    if weight is not None and weight <= 0:
        reader.note("weight_not_positive", "weight")
    return weight if weight is not None else Decimal(0)
