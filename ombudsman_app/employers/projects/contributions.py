"""What a project would cost in contributions, by the slices of its value: an estimate, never a bill."""

from dataclasses import dataclass

from ombudsman_app.employers.estimates.estimate import TYPE, estimate
from ombudsman_app.employers.estimates.fields import EstimateType


@dataclass(frozen=True)
class Contribution:
    """Whole rupiah. `missing`: what the value that was not told would have cost."""

    expected: int
    missing: int


def contribution_of(net: int | None, registered: int | None) -> Contribution | None:
    """Estimate JKK and JKM for a value without VAT, and for what was not registered; None: not known.

    The slices are progressive, so what is missing is the difference of two estimates.
    """
    if not net:
        return None
    expected = _of(net)
    told = net if registered is None else min(registered, net)
    return Contribution(expected, expected - (_of(told) if told else 0))


def _of(net: int) -> int:
    return estimate({TYPE: EstimateType.JAKON.value, "contract_value_without_vat": net}).total
