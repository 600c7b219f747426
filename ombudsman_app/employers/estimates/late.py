"""The charge of 2 % for each full or started month of delay, and the last days of payment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from ombudsman_app.core.workflow.holiday_calendar import shipped

from .money import product, rounded
from .months import Month, started_months
from .rates import rates
from .result import Step, caution


@dataclass(frozen=True)
class Debt:
    """What one month owes, and for how many full or started months it is late."""

    amount: int
    months_late: int
    month: Month | None

    def as_json(self) -> dict[str, Any]:
        due = due_on(self.month).isoformat() if self.month else None
        named = str(self.month) if self.month else None
        return {"month": named, "due_on": due, "amount": self.amount, "months_late": self.months_late}


@cache
def due_on(month: Month) -> date:
    """Return the last day to pay a month: the 15th of the next one, or the working day after it."""
    day = month.plus(1).day(rates().due_day)
    while not shipped().is_working_day(day):
        day += timedelta(days=1)
    return day


def months_late(month: Month, paid_on: date) -> int:
    return started_months(due_on(month), paid_on)


def late_charge(debts: Iterable[Debt]) -> tuple[int, list[Step]]:
    """Return 2 % of every debt times its months, rounded once in the end, and the steps."""
    held = list(debts)
    rupiah_months = sum(debt.amount * debt.months_late for debt in held)
    exact = rupiah_months * rates().late_rate
    charge = rounded(exact)
    step = {
        "rate": str(rates().late_rate),
        "debts": [debt.as_json() for debt in held if debt.months_late > 0],
        "rupiah_months": rupiah_months,
        "formula": product(f"{rates().late_rate} x {rupiah_months}", exact),
        "amount": charge,
        "legal": rates().late_legal,
    }
    return charge, [Step("late_charge", step)]


def unknown_holidays(months: Iterable[Month]) -> list[Step]:
    """Return a caution for each year of which the calendar holds no day off (DI7)."""
    years = sorted({due_on(month).year for month in months} - shipped().years)
    return [caution("holidays_not_known", year=year) for year in years]
