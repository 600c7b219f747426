"""Inputs that fit together: which months, which wage, which programmes, paid when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ombudsman_app.employers.states import Programme

from .fields import MOST_MONTHS
from .minimum_wages import MinimumWage, minimum_wage
from .months import Month, Period
from .problems import Problem
from .rates import rates
from .reading import Read


@dataclass(frozen=True)
class Span:
    """How many months, and which ones where that is known."""

    months: int
    period: Period | None

    def __iter__(self) -> Iterator[Month | None]:
        return iter(self.period) if self.period else iter([None] * self.months)


@dataclass(frozen=True)
class Payment:
    """When all is paid: on a day, or in the month after the one with this number. None: nobody said."""

    on: date | None = None
    after_month: int | None = None


@dataclass(frozen=True)
class Wage:
    """A wage a month: one that was said, or the minimum wage of a place, which differs by year."""

    rupiah: int | None
    region: str | None
    is_assumed: bool

    def minimum(self, month: Month | None) -> MinimumWage | None:
        """Return the row of the minimum wage, None where a wage was said."""
        if self.rupiah is not None or self.region is None or month is None:
            return None
        return minimum_wage(self.region, month.year)

    def of(self, month: Month | None) -> int:
        row = self.minimum(month)
        return row.rupiah if row else self.rupiah or 0


def span_of(read: Read, problems: list[Problem]) -> Span:
    """Return the months of `from`, `to`, `months`. What does not fit is added to the problems."""
    first, last, months = read["from"], read["to"], read["months"]
    if first is None:
        if last is not None:
            problems.append(Problem("to", "needs", {"other": "from"}))
        elif months is None:
            problems.append(Problem("from", "missing_either", {"other": "months"}))
        return Span(months or 0, None)
    if last is None and months is None:
        problems.append(Problem("to", "missing_either", {"other": "months"}))
        return Span(0, None)
    period = Period(first, last or first.plus(months - 1))
    if period.last < first:
        problems.append(Problem("to", "before", {"other": "from"}))
    elif months is not None and len(period) != months:
        problems.append(Problem("months", "not_equal", {"other": "to"}))
    elif len(period) > MOST_MONTHS:
        problems.append(Problem("to", "too_many_months", {"most": MOST_MONTHS}))
    elif first < rates().first:
        problems.append(Problem("from", "too_early", {"first": str(rates().first)}))
    else:
        return Span(len(period), period)
    return Span(0, None)


def wage_of(read: Read, span: Span, problems: list[Problem], name: str = "wage") -> Wage:
    """Return the wage that was given, else the minimum wage of the region in each year."""
    given, region = read[name], read["region"]
    if given is not None:
        return Wage(given, None, bool(read["wage_is_assumed"]))
    # One that was given and refused is not missing as well.
    if region is None:
        if not any(problem.field in (name, "region") for problem in problems):
            problems.append(Problem(name, "missing_either", {"other": "region"}))
    elif span.period is None:
        if not any(problem.field in ("from", "to", "months") for problem in problems):
            problems.append(Problem("region", "needs", {"other": "from"}))
    else:
        for year in range(span.period.first.year, span.period.last.year + 1):
            if minimum_wage(region, year) is None:
                problems.append(Problem("region", "no_minimum_wage", {"region": region, "year": year}))
    return Wage(None, region, is_assumed=True)


def programmes_of(read: Read, problems: list[Problem]) -> tuple[Programme, ...]:
    """Return the programmes that are asked, else those that the size requires, in the order of the house."""
    if read["programs"] is not None:
        asked = {Programme(word) for word in read["programs"]}
    elif read["scale"] is not None:
        asked = set(rates().required[read["scale"]]) - {Programme(word) for word in read.get("joined") or ()}
        if not asked:
            problems.append(Problem("joined", "nothing_missing"))
    else:
        asked = set()
        if not any(problem.field in ("programs", "scale") for problem in problems):
            problems.append(Problem("programs", "scale_needed", {"other": "scale"}))
    if read.get("joined") and read["programs"] is not None:
        problems.append(Problem("programs", "either", {"other": "joined"}))
    has_class = read["jkk_class"] is not None or any(problem.field == "jkk_class" for problem in problems)
    if Programme.JKK in asked and not has_class:
        problems.append(Problem("jkk_class", "missing"))
    return tuple(programme for programme in Programme if programme in asked)


def payment_of(read: Read, span: Span, problems: list[Problem]) -> Payment | None:
    """Return when all is paid, None if nobody said."""
    on, after = read["paid_on"], read["paid_after_month"]
    if on is not None and after is not None:
        problems.append(Problem("paid_on", "either", {"other": "paid_after_month"}))
    elif on is not None and span.period is None and not _is_refused(problems, "from", "to", "months"):
        problems.append(Problem("paid_on", "needs", {"other": "from"}))
    elif after is not None and span.period is not None:
        problems.append(Problem("paid_after_month", "either", {"other": "from"}))
    elif after is not None and after < span.months:
        problems.append(Problem("paid_after_month", "paid_too_soon"))
    return None if on is None and after is None else Payment(on, after)


def refuse_without_ceiling(
    read: Read, span: Span, wage: Wage, problems: list[Problem], name: str = "wage"
) -> None:
    """JP needs the ceiling of each month, or the word that it is above the wage."""
    is_above = read["jp_ceiling_above_wage"]
    if span.period is None:
        if not is_above and not _is_refused(problems, "from", "to", "months", "jp_ceiling_above_wage"):
            problems.append(Problem("jp_ceiling_above_wage", "ceiling_unsaid"))
        return
    if rates().ceiling(span.period.first) is None:
        problems.append(Problem("from", "no_ceiling", {"first": str(rates().ceilings[0].first)}))
    elif is_above and not problems:
        for month in span.period:
            ceiling = rates().ceiling(month)
            if ceiling and wage.of(month) > ceiling.rupiah:
                row = {"month": str(month), "rupiah": ceiling.rupiah}
                problems.append(Problem(name, "above_ceiling", row))
                return


def _is_refused(problems: list[Problem], *fields: str) -> bool:
    return any(problem.field in fields for problem in problems)
