"""The dated rates of contributions, out of `rules/employers.yaml`, with everything in them checked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.core.workflow.shape import RulesBroken, fit
from ombudsman_app.employers.states import RULES, EmployerRules, Programme

from . import rate_rows as rows
from .money import decimal_of
from .months import Month, month_of

CASUAL = "construction_casual"  # beside the four sizes: daily, piece-rate and seasonal workers, Pasal 6(4)
_WHERE = "employers.yaml"


@dataclass(frozen=True)
class Rate:
    """What is paid of a wage for one programme, by employer and worker together."""

    programme: Programme
    rate: Decimal
    legal: str
    verified: Mark


@dataclass(frozen=True)
class Ceiling:
    """The highest wage of which JP is paid, from a month on until the next row."""

    first: Month
    rupiah: int
    verified: Mark


@dataclass(frozen=True)
class Slice:
    """A part of a contract's value. `end` is None for the last one."""

    start: int
    end: int | None
    rates: dict[Programme, Decimal]


@dataclass(frozen=True)
class Construction:
    """Rates of construction work: by wage, or by the value of the contract in slices."""

    by_wage: dict[Programme, Decimal]
    slices: tuple[Slice, ...]
    verified: Mark


@dataclass(frozen=True)
class Ladder:
    """What the ladder of PP 86/2013 needs to be counted."""

    warning_days: int  # working days of the second warning
    fine_rate: Decimal  # a month
    fine_days: int  # that the step of the fine lasts at most
    legal: str


@dataclass(frozen=True)
class Relief:
    """A share that is left of what independent workers pay, in some months (PP 50/2025)."""

    group: str
    factor: Decimal
    programmes: frozenset[Programme]
    first: Month
    last: Month


@dataclass(frozen=True)
class Independent:
    """Least contributions of workers without an employer (BPU), a month, and of migrants (PMI) for a term."""

    jkk_least: int
    jkm: int
    relief: tuple[Relief, ...]
    migrants: int
    migrant_months: int


@dataclass(frozen=True)
class Rates:
    """All rates. `first` is the month from which employers must join (Perpres 109/2013)."""

    version: str
    first: Month
    jkk: dict[str, Rate]
    others: dict[Programme, Rate]
    jkp_from_jkk: Decimal
    ceilings: tuple[Ceiling, ...]
    late_rate: Decimal
    late_legal: str
    due_day: int  # of the month after
    ladder: Ladder
    construction: Construction
    independent: Independent
    required: dict[str, tuple[Programme, ...]]

    def ceiling(self, month: Month) -> Ceiling | None:
        """Return the row of the month; None before the first one."""
        held = [row for row in self.ceilings if row.first <= month]
        return held[-1] if held else None

    def rate(self, programme: Programme, jkk_class: str | None) -> Rate:
        """Return the rate of a programme; that of JKK by the class of risk."""
        return self.jkk[jkk_class or ""] if programme is Programme.JKK else self.others[programme]


@cache
def rates() -> Rates:
    """Return the rates of the shipped file, read and checked once. Raises RulesBroken."""
    return rates_from(RULES)


def rates_from(rules: EmployerRules) -> Rates:
    """Return the rates of a file of rules. Raises RulesBroken for what does not fit together."""
    pu = fit(rows.WageEarners, rules.rates_pu, f"{_WHERE}: rates_pu")
    ladder = rules.sanction_ladder
    late = fit(rows.Late, ladder["late_payment_charge"], f"{_WHERE}: late_payment_charge")
    scale = rules.business_scale
    return Rates(
        version=f"{_WHERE} {rules.version}",
        first=_month(str(scale["start"])),
        jkk=_jkk(pu),
        others=_others(pu),
        jkp_from_jkk=_jkp(pu.JKP),
        ceilings=_ceilings(rules.jp_wage_ceiling),
        late_rate=_share(late.rate_per_month, "late_payment_charge"),
        late_legal=late.legal,
        due_day=next(duty["day_of_next_month"] for duty in rules.duties if duty["id"] == "pay_term"),
        ladder=_ladder(ladder),
        construction=_construction(rules.rates_jakon),
        independent=_independent(rules.rates_bpu, rules.rates_pmi),
        required=_required(scale["programs_required"]),
    )


def _share(number: float, where: str) -> Decimal:
    rate = decimal_of(number)
    if not 0 < rate < 1:
        raise RulesBroken(f"{_WHERE}: {where}: a rate lies between 0 and 1")
    return rate


def _jkk(pu: rows.WageEarners) -> dict[str, Rate]:
    found = {
        row.id: Rate(Programme.JKK, _share(row.rate, row.id), pu.JKK.legal, pu.JKK.verified)
        for row in pu.JKK.classes
    }
    in_order = [rate.rate for rate in found.values()]
    if len(found) != len(pu.JKK.classes) or in_order != sorted(in_order):
        raise RulesBroken(f"{_WHERE}: rates_pu.JKK: the classes must differ and rise")
    return found


def _others(pu: rows.WageEarners) -> dict[Programme, Rate]:
    """JKP costs nothing beside JKK: its share is taken out of it."""
    for name, row in (("JHT", pu.JHT), ("JP", pu.JP)):
        if decimal_of(row.employer) + decimal_of(row.worker) != decimal_of(row.total):
            raise RulesBroken(f"{_WHERE}: rates_pu.{name}: employer and worker do not make the total")
    shares: tuple[tuple[Programme, float, rows.JkmRow | rows.SharedRow], ...] = (
        (Programme.JKM, pu.JKM.rate, pu.JKM),
        (Programme.JHT, pu.JHT.total, pu.JHT),
        (Programme.JP, pu.JP.total, pu.JP),
    )
    found = {
        programme: Rate(programme, _share(share, programme), row.legal, row.verified)
        for programme, share, row in shares
    }
    found[Programme.JKP] = Rate(Programme.JKP, Decimal(0), pu.JKP.legal, pu.JKP.verified)
    return found


def _jkp(row: rows.JkpRow) -> Decimal:
    taken = decimal_of(row.recomposed_from_JKK)
    if taken + decimal_of(row.government) != decimal_of(row.total) or row.extra_cost_for_employer:
        raise RulesBroken(f"{_WHERE}: rates_pu.JKP: the shares do not make the total")
    return taken


def _ceilings(held: dict[str, Any]) -> tuple[Ceiling, ...]:
    table = fit(rows.CeilingTable, held, f"{_WHERE}: jp_wage_ceiling")
    found = tuple(Ceiling(_month(row.from_), row.rupiah, row.verified) for row in table.rows)
    if not found or any(a.first >= b.first or a.rupiah >= b.rupiah for a, b in pairwise(found)):
        raise RulesBroken(f"{_WHERE}: jp_wage_ceiling: the rows must rise, one after the other")
    return found


def _ladder(held: dict[str, Any]) -> Ladder:
    steps = {step["id"]: step for step in held["steps"]}
    warning, fine = steps["warning_2"], steps["fine"]
    if warning["day_type"] != "working":
        raise RulesBroken(f"{_WHERE}: sanction_ladder: the second warning runs in working days")
    rate = _share(fine["rate_per_month"], "sanction_ladder.fine")
    return Ladder(warning["max_days"], rate, fine["max_days"], fine["legal"])


def _construction(held: dict[str, Any]) -> Construction:
    by_wage = fit(rows.ByWage, held["by_wage"], f"{_WHERE}: rates_jakon.by_wage")
    cut = [fit(rows.SliceRow, row, f"{_WHERE}: by_contract_value") for row in held["by_contract_value"]]
    if (
        not cut
        or cut[0].from_ != 0
        or cut[-1].to is not None
        or any(a.to != b.from_ for a, b in pairwise(cut))
    ):
        raise RulesBroken(f"{_WHERE}: by_contract_value: the slices must follow each other from 0 on")
    slices = (Slice(row.from_, row.to, _pair(row.JKK, row.JKM)) for row in cut)
    return Construction(_pair(by_wage.JKK, by_wage.JKM), tuple(slices), by_wage.verified)


def _pair(jkk: float, jkm: float) -> dict[Programme, Decimal]:
    return {Programme.JKK: _share(jkk, "rates_jakon"), Programme.JKM: _share(jkm, "rates_jakon")}


def _independent(bpu: dict[str, Any], pmi: dict[str, Any]) -> Independent:
    jkm, both, migrants = bpu["JKM"]["rupiah"], bpu["JKK_JKM_minimum"]["rupiah"], pmi["JKK_JKM"]
    relief = tuple(_relief(row) for row in bpu["relief"])
    if not 0 < jkm < both or migrants["rupiah"] <= 0 or migrants["months"] <= 0:
        raise RulesBroken(f"{_WHERE}: rates_bpu, rates_pmi: the amounts do not fit each other")
    return Independent(both - jkm, jkm, relief, migrants["rupiah"], migrants["months"])


def _relief(held: dict[str, Any]) -> Relief:
    row = fit(rows.ReliefRow, held, f"{_WHERE}: rates_bpu.relief")
    first, last = _month(f"{row.from_}-01"), _month(f"{row.to}-01")
    if last < first:
        raise RulesBroken(f"{_WHERE}: rates_bpu.relief: it ends before it begins")
    return Relief(row.group, _share(row.factor, "relief"), frozenset(row.programs), first, last)


def _required(held: dict[str, list[str]]) -> dict[str, tuple[Programme, ...]]:
    return {size: tuple(Programme(word) for word in words) for size, words in held.items()}


def _month(text: str) -> Month:
    day = date.fromisoformat(text)
    if day.day != 1:
        raise RulesBroken(f"{_WHERE}: {text}: rates change on the first day of a month")
    return month_of(day)
