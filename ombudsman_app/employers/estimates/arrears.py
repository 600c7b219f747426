"""Arrears: billed less paid for each month, and the charge of 2 % for what came or comes late."""

from dataclasses import dataclass
from datetime import date

from .inputs import Span, payment_of, span_of
from .late import Debt, due_on, late_charge, months_late, unknown_holidays
from .months import Month
from .problems import EstimateRefused, Problem
from .rates import rates
from .reading import Read
from .result import Estimate, Step

_OF_BILLS = ("from", "to", "months", "billed", "paid", "paid_after_month")


@dataclass(frozen=True)
class Bill:
    """One month. `paid_on`: the day on which the paid part came; None: in time, or nobody said."""

    number: int
    month: Month | None
    billed: int
    paid: int
    paid_on: date | None

    @property
    def open(self) -> int:
        return self.billed - self.paid


def estimate_arrears(read: Read, problems: list[Problem]) -> Estimate:
    """Return what is open, with the late charge where a day of payment is known. Raises EstimateRefused."""
    bills = _bills(read, problems) if read["bills"] is not None else _equal_bills(read, problems)
    if problems:
        raise EstimateRefused(problems)
    is_charged = read["paid_on"] or read["paid_after_month"] or any(bill.paid_on for bill in bills)
    charge: int | None = None
    late_steps: list[Step] = []
    if is_charged:
        charge, late_steps = late_charge([debt for bill in bills for debt in _debts(bill, read)])
        late_steps += unknown_holidays(bill.month for bill in bills if bill.month)
    return Estimate(
        total=sum(bill.open for bill in bills),
        late_charge=charge,
        steps=(*(_step(bill, read) for bill in bills), *late_steps),
    )


def _bills(read: Read, problems: list[Problem]) -> list[Bill]:
    for other in _OF_BILLS:
        if read[other] is not None:
            problems.append(Problem("bills", "either", {"other": other}))
    rows = sorted((row for row in read["bills"] if row["month"]), key=lambda row: row["month"])
    for number, row in enumerate(read["bills"]):
        if row["month"] and row["month"] < rates().first:
            problems.append(Problem(f"bills[{number}].month", "too_early", {"first": str(rates().first)}))
        if row["paid"] and row["billed"] is not None and row["paid"] > row["billed"]:
            problems.append(Problem(f"bills[{number}].paid", "more_than_billed"))
        if row["paid_on"] and not row["paid"]:
            problems.append(Problem(f"bills[{number}].paid_on", "needs", {"other": "paid"}))
    return [
        Bill(number, row["month"], row["billed"] or 0, row["paid"] or 0, row["paid_on"])
        for number, row in enumerate(rows, 1)
    ]


def _equal_bills(read: Read, problems: list[Problem]) -> list[Bill]:
    """The same was billed and paid in every month."""
    billed, paid = read["billed"], read["paid"] or 0
    if billed is None:
        if not any(problem.field == "billed" for problem in problems):
            problems.append(Problem("billed", "missing_either", {"other": "bills"}))
        return []
    span: Span = span_of(read, problems)
    payment_of(read, span, problems)
    if paid > billed:
        problems.append(Problem("paid", "more_than_billed"))
    return [Bill(number, month, billed, paid, None) for number, month in enumerate(span, 1)]


def _debts(bill: Bill, read: Read) -> list[Debt]:
    """The part that came late, and the part that is still open."""
    found = []
    if bill.month and bill.paid_on:
        found.append(Debt(bill.paid, months_late(bill.month, bill.paid_on), bill.month))
    if late := _open_months_late(bill, read):
        found.append(Debt(bill.open, late, bill.month))
    return found


def _open_months_late(bill: Bill, read: Read) -> int:
    if bill.month and read["paid_on"]:
        return months_late(bill.month, read["paid_on"])
    if read["paid_after_month"]:
        return int(read["paid_after_month"]) - bill.number + 1
    return 0


def _step(bill: Bill, read: Read) -> Step:
    paid_late = months_late(bill.month, bill.paid_on) if bill.month and bill.paid_on else 0
    return Step(
        "bill",
        {
            "month": str(bill.month) if bill.month else None,
            "number": bill.number,
            "billed": bill.billed,
            "paid": bill.paid,
            "open": bill.open,
            "due_on": due_on(bill.month).isoformat() if bill.month else None,
            "paid_months_late": paid_late,
            "open_months_late": _open_months_late(bill, read),
            "formula": f"{bill.billed} - {bill.paid} = {bill.open}",
        },
    )
