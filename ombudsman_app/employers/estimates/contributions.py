"""Contributions of workers month by month: not registered, wages reported too low, programmes missing.

Formulas: `arrears_estimate.formulas`. Each programme is rounded once per worker and month.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ombudsman_app.employers.states import Programme

from .inputs import Payment, Span, Wage
from .late import Debt, late_charge, months_late, unknown_holidays
from .money import product, share_of
from .months import Month
from .rates import Ceiling, rates
from .result import Estimate, Step


@dataclass(frozen=True)
class Work:
    """What is estimated. `reported`: the wage that BPJS was told, of which contributions were paid."""

    workers: int
    span: Span
    wage: Wage
    shares: Mapping[Programme, Decimal]
    reported: int = 0
    payment: Payment | None = None


@dataclass(frozen=True)
class Portion:
    """Months in a row that cost the same."""

    first: Month | None
    last: Month | None
    months: int
    wage: int
    ceiling: Ceiling | None
    bases: dict[Programme, int]
    amounts: dict[Programme, int]


def estimate_contributions(work: Work, cautions: list[Step]) -> Estimate:
    """Return the estimate with its steps. Every month of the input must have a wage and a ceiling."""
    portions = list(_portions(work))
    totals = {
        programme: work.workers * sum(one.amounts[programme] * one.months for one in portions)
        for programme in work.shares
    }
    last = portions[-1].amounts
    in_a_month = work.workers * sum(last.values())
    charge, late_steps = _late(work, portions)
    fine = share_of(in_a_month, rates().ladder.fine_rate)
    return Estimate(
        total=sum(totals.values()),
        per_programme=totals,
        per_worker_month={**{p.value: amount for p, amount in last.items()}, "total": sum(last.values())},
        late_charge=charge,
        admin_fine_per_month=fine,
        assumed_wage=work.wage.is_assumed,
        steps=(*_steps(work, portions), *late_steps, fine_step(in_a_month, fine), *cautions),
    )


def fine_step(in_a_month: int, fine: int) -> Step:
    """Say what 0.1 % of a month's contribution is."""
    ladder = rates().ladder
    formula = product(f"{ladder.fine_rate} x {in_a_month}", in_a_month * ladder.fine_rate)
    values = {"rate": str(ladder.fine_rate), "base": in_a_month, "formula": formula, "amount": fine}
    return Step("admin_fine", {**values, "legal": ladder.legal})


def _portions(work: Work) -> Iterator[Portion]:
    """Months are put together while wage and ceiling stay the same."""
    held: Portion | None = None
    for month in work.span:
        wage = work.wage.of(month)
        ceiling = rates().ceiling(month) if month and Programme.JP in work.shares else None
        if held and (wage, ceiling) == (held.wage, held.ceiling):
            held = replace(held, last=month, months=held.months + 1)
            continue
        if held:
            yield held
        bases = {programme: _base(programme, wage, work.reported, ceiling) for programme in work.shares}
        amounts = {programme: share_of(bases[programme], share) for programme, share in work.shares.items()}
        held = Portion(month, month, 1, wage, ceiling, bases, amounts)
    if held:
        yield held


def _base(programme: Programme, wage: int, reported: int, ceiling: Ceiling | None) -> int:
    """Return the part of the wage of which nothing was paid; for JP below the ceiling."""
    if programme is Programme.JP and ceiling:
        return min(wage, ceiling.rupiah) - min(reported, ceiling.rupiah)
    return wage - reported


def _late(work: Work, portions: list[Portion]) -> tuple[int | None, list[Step]]:
    if work.payment is None:
        return None, []
    debts, number = [], 0
    months = iter(work.span)
    for portion in portions:
        amount = work.workers * sum(portion.amounts.values())
        for _ in range(portion.months):
            number += 1
            month = next(months)
            debts.append(Debt(amount, _months_late(work.payment, month, number), month))
    charge, steps = late_charge(debts)
    if work.span.period:
        steps += unknown_holidays(work.span.period)
    return charge, steps


def _months_late(payment: Payment, month: Month | None, number: int) -> int:
    """Paid in the month after number 12, the last of twelve is one month late and the first twelve."""
    if payment.on and month:
        return months_late(month, payment.on)
    return (payment.after_month or 0) - number + 1


def _steps(work: Work, portions: list[Portion]) -> Iterator[Step]:
    for portion in portions:
        yield _portion_step(work, portion)
        for programme in work.shares:
            yield _programme_step(work, portion, programme)


def _portion_step(work: Work, portion: Portion) -> Step:
    row = work.wage.minimum(portion.first)
    return Step(
        "months",
        {
            "from": str(portion.first) if portion.first else None,
            "to": str(portion.last) if portion.last else None,
            "months": portion.months,
            "workers": work.workers,
            "wage": portion.wage,
            "reported_wage": work.reported or None,
            "minimum_wage_of": f"{row.name} {row.year}" if row else None,
            "jp_ceiling": portion.ceiling.rupiah if portion.ceiling else None,
        },
    )


def _programme_step(work: Work, portion: Portion, programme: Programme) -> Step:
    share, base, amount = work.shares[programme], portion.bases[programme], portion.amounts[programme]
    total = amount * work.workers * portion.months
    one = product(f"{base} x {share}", base * share)
    return Step(
        "programme",
        {
            "programme": programme.value,
            "base": base,
            "rate": str(share),
            "per_worker_month": amount,
            "workers": work.workers,
            "months": portion.months,
            "amount": total,
            "formula": f"{one}; x {work.workers} x {portion.months} = {total}",
        },
    )
