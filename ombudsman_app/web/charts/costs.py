"""What cost the most points: lying bars, the dearest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .shape import checked, share


@dataclass(frozen=True)
class Loss:
    """What a bar is drawn from: points of the total that an indicator did not bring."""

    code: str
    label: str
    lost: Decimal
    score: Decimal
    is_alarm: bool = False


@dataclass(frozen=True)
class Cost:
    """One bar, against the longest."""

    loss: Loss
    width: float


@dataclass(frozen=True)
class Costs:
    """The dearest; `others` are those that cost something and are not shown, `rest` what they cost."""

    shown: list[Cost]
    others: int
    rest: Decimal
    total: Decimal


def costs(losses: Sequence[Loss], *, most: int = 10) -> Costs:
    """Return the dearest `most`; what cost nothing is left out, so none shown means that none was lost.

    Equal ones keep the order of their codes. Raises ImpossibleChart for negative points.
    """
    dear = sorted((one for one in losses if checked(float(one.lost))), key=lambda one: (-one.lost, one.code))
    shown, others = dear[:most], dear[most:]
    longest = float(shown[0].lost) if shown else 0.0
    return Costs(
        [Cost(one, share(float(one.lost), longest)) for one in shown],
        len(others),
        sum((one.lost for one in others), Decimal(0)),
        sum((one.lost for one in dear), Decimal(0)),
    )
