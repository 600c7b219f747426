"""Construction work: by the value of the contract in slices, or by the wages of its workers."""

from collections.abc import Iterator
from decimal import Decimal

from ombudsman_app.employers.states import Programme

from .contributions import Work, estimate_contributions
from .inputs import payment_of, span_of, wage_of
from .money import plain, rounded
from .problems import EstimateRefused, Problem
from .rates import Slice, rates
from .reading import Read
from .result import Estimate, Step, caution

_VALUE, _WITH_VAT = "contract_value_without_vat", "contract_value_with_vat"
_BY_WAGE = (
    *("workers", "wage", "region", "wage_is_assumed", "from", "to", "months"),
    *("paid_on", "paid_after_month"),
)


def estimate_construction(read: Read, problems: list[Problem]) -> Estimate:
    """Return JKK and JKM of a project. Raises EstimateRefused."""
    if read[_VALUE] is None and any(read[name] is not None for name in _BY_WAGE):
        return _by_wage(read, problems)
    if read[_VALUE] is None and not any(problem.field == _VALUE for problem in problems):
        problems.append(Problem(_VALUE, "missing_either", {"other": "workers"}))
    for name in _BY_WAGE:
        if read[name] is not None:
            problems.append(Problem(_VALUE, "either", {"other": name}))
    with_vat = read[_WITH_VAT]
    if with_vat is not None and read[_VALUE] is not None and with_vat < read[_VALUE]:
        problems.append(Problem(_WITH_VAT, "value_order"))
    if problems:
        raise EstimateRefused(problems)
    return _by_value(read[_VALUE], with_vat)


def _by_value(value: int, with_vat: int | None) -> Estimate:
    """Progressive: each slice of the value at its own rate; each programme is rounded once."""
    exact = dict.fromkeys((Programme.JKK, Programme.JKM), Decimal(0))
    steps = []
    for row, part in _parts(value):
        for programme, rate in row.rates.items():
            exact[programme] += part * rate
        steps.append(_slice_step(row, part))
    found = {programme: rounded(amount) for programme, amount in exact.items()}
    steps += [_sum_step(programme, exact[programme], amount) for programme, amount in found.items()]
    if with_vat is not None:
        steps.append(caution("value_without_vat", with_vat=with_vat))
    return Estimate(total=sum(found.values()), per_programme=found, steps=tuple(steps))


def _parts(value: int) -> Iterator[tuple[Slice, int]]:
    for row in rates().construction.slices:
        part = min(value, row.end or value) - row.start
        if part > 0:
            yield row, part


def _slice_step(row: Slice, part: int) -> Step:
    amounts = {programme.value: plain(part * rate) for programme, rate in row.rates.items()}
    return Step(
        "slice",
        {
            "from": row.start,
            "to": row.end,
            "value": part,
            "rates": {programme.value: str(rate) for programme, rate in row.rates.items()},
            "amounts": amounts,
            "formula": "; ".join(f"{part} x {row.rates[p]} = {amounts[p]}" for p in row.rates),
        },
    )


def _sum_step(programme: Programme, exact: Decimal, amount: int) -> Step:
    formula = f"{plain(exact)}, rounded {amount}" if exact != amount else str(amount)
    return Step("slices_sum", {"programme": programme.value, "amount": amount, "formula": formula})


def _by_wage(read: Read, problems: list[Problem]) -> Estimate:
    if read[_WITH_VAT] is not None:
        problems.append(Problem(_WITH_VAT, "needs", {"other": _VALUE}))
    if read["workers"] is None and not any(problem.field == "workers" for problem in problems):
        problems.append(Problem("workers", "missing"))
    span = span_of(read, problems)
    wage = wage_of(read, span, problems)
    payment = payment_of(read, span, problems)
    if problems:
        raise EstimateRefused(problems)
    work = Work(read["workers"], span, wage, rates().construction.by_wage, payment=payment)
    cautions = [caution("assumed_wage")] if wage.is_assumed else []
    return estimate_contributions(work, [*cautions, caution("no_cover_for_the_past")])
