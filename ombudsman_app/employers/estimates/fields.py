"""What the input of each type of estimate may hold: one table for reading, for the schema and for forms."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from ombudsman_app.employers.states import Programme

from .rates import rates

MOST_WORKERS = 10_000_000
MOST_WAGE = 10_000_000_000  # rupiah a month
MOST_MONTHS = 600
MOST_RUPIAH = 10**15  # of a contract or a bill: still exact in a double


class EstimateType(StrEnum):
    """What is estimated (design.md §12)."""

    PWBD = "pwbd"
    PDS_WORKERS = "pds_workers"
    PDS_WAGE = "pds_wage"
    PDS_PROGRAM = "pds_program"
    ARREARS = "arrears"
    FINE = "fine"
    JAKON = "jakon"


class Kind(StrEnum):
    """What a field holds."""

    WHOLE = "whole"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    MONTH = "month"
    DAY = "day"
    REGION = "region"
    BILLS = "bills"


@dataclass(frozen=True)
class Field:
    """One key. `says` is the English description of the schema."""

    name: str
    kind: Kind
    says: str
    needed: bool = False
    least: int = 0
    most: int = MOST_WAGE
    choices: tuple[str, ...] = ()


def _whole(name: str, says: str, most: int, least: int = 0) -> Field:
    return Field(name, Kind.WHOLE, says, least=least, most=most)


_PROGRAMMES = tuple(Programme)
_SIZES = tuple(rates().required)
_CLASSES = tuple(rates().jkk)
_WORKERS = _whole("workers", "How many workers.", MOST_WORKERS)
_WAGE = _whole("wage", "Wage of one worker a month, whole rupiah; without it give region.", MOST_WAGE, 1)
_PERIOD = (
    Field("from", Kind.MONTH, "First month."),
    Field("to", Kind.MONTH, "Last month, included."),
    _whole("months", "Number of months, instead of to, or of from and to.", MOST_MONTHS, 1),
)
_ASSUMED = (
    Field("region", Kind.REGION, "Where they work: the minimum wage is taken when the wage is unknown."),
    Field("wage_is_assumed", Kind.FLAG, "The wage is an assumption, such as a minimum wage of the regency."),
)
_CEILING = Field("jp_ceiling_above_wage", Kind.FLAG, "The JP ceiling is above the wage in every month.")
_PAID = (
    Field("paid_on", Kind.DAY, "All is paid on this day: adds the late charge; needs from."),
    _whole("paid_after_month", "All is paid in the month after this one: the same, without from.", 2_000, 1),
)
_CLASS = Field("jkk_class", Kind.CHOICE, "Class of risk, where JKK is asked.", choices=_CLASSES)
_SCALE = Field("scale", Kind.CHOICE, "Size of the business: says which programmes.", choices=_SIZES)
_ASKED = Field("programs", Kind.CHOICES, "Programmes; without them give scale.", choices=_PROGRAMMES)
_BY_WORKERS = (_WORKERS, _WAGE, *_ASSUMED, *_PERIOD, _CLASS, _ASKED, _SCALE, _CEILING, *_PAID)


def _needed(fields: tuple[Field, ...], *names: str) -> Mapping[str, Field]:
    return MappingProxyType(
        {one.name: replace(one, needed=True) if one.name in names else one for one in fields}
    )


FIELDS: Mapping[EstimateType, Mapping[str, Field]] = MappingProxyType(
    {
        EstimateType.PWBD: _needed(_BY_WORKERS, "workers"),
        EstimateType.PDS_WORKERS: _needed(_BY_WORKERS, "workers"),
        EstimateType.PDS_WAGE: _needed(
            (
                _WORKERS,
                _whole("true_wage", "Wage that is paid, a month; without it give region.", MOST_WAGE, 1),
                _whole("reported_wage", "Wage that was reported to BPJS, a month.", MOST_WAGE),
                *(*_ASSUMED, *_PERIOD, _CLASS, _ASKED, _SCALE, _CEILING, *_PAID),
            ),
            *("workers", "reported_wage"),
        ),
        EstimateType.PDS_PROGRAM: _needed(
            (
                *(_WORKERS, _WAGE, *_ASSUMED, *_PERIOD, _CLASS),
                replace(_ASKED, says="Programmes that are missing; without them give scale and joined."),
                _SCALE,
                Field("joined", Kind.CHOICES, "Programmes it takes part in.", choices=_PROGRAMMES),
                *(_CEILING, *_PAID),
            ),
            "workers",
        ),
        EstimateType.ARREARS: _needed(
            (
                *_PERIOD,
                _whole("billed", "Billed for each month, whole rupiah.", MOST_RUPIAH),
                _whole("paid", "Paid for each month.", MOST_RUPIAH),
                Field(
                    "bills", Kind.BILLS, "Instead: what was billed and paid for each month.", most=MOST_MONTHS
                ),
                *(
                    replace(_PAID[0], says="What is open is paid on this day: adds the late charge."),
                    _PAID[1],
                ),
            )
        ),
        EstimateType.FINE: _needed(
            (
                _whole("contribution_per_month", "What should be paid for one month.", MOST_RUPIAH),
                Field("warning_2_received_on", Kind.DAY, "Day of receipt of the second warning."),
                Field("warning_2_ended_on", Kind.DAY, "Instead: last day of the second warning."),
                Field("until", Kind.DAY, "The fine is counted up to this day."),
                _whole("months", "Instead: number of months after the second warning.", MOST_MONTHS),
            ),
            "contribution_per_month",
        ),
        EstimateType.JAKON: _needed(
            (
                _whole("contract_value_without_vat", "Value of the contract without VAT.", MOST_RUPIAH),
                _whole("contract_value_with_vat", "The other number, kept beside it.", MOST_RUPIAH),
                replace(_WORKERS, says="Instead of a value: how many workers."),
                *(_WAGE, *_ASSUMED, *_PERIOD, *_PAID),
            )
        ),
    }
)
BILL_FIELDS: Mapping[str, Field] = _needed(
    (
        Field("month", Kind.MONTH, "Month of the contribution."),
        _whole("billed", "Billed, whole rupiah.", MOST_RUPIAH),
        _whole("paid", "Paid of it.", MOST_RUPIAH),
        Field("paid_on", Kind.DAY, "Day on which that was paid."),
    ),
    *("month", "billed"),
)
