"""Rates are taken out of the domain file whole, or the file is refused."""

from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ombudsman_app.core.workflow.shape import RulesBroken
from ombudsman_app.employers.estimates.minimum_wages import minimum_wage
from ombudsman_app.employers.estimates.months import Month
from ombudsman_app.employers.estimates.rates import rates, rates_from
from ombudsman_app.employers.states import RULES, Programme


def test_given_the_shipped_file_when_loaded_then_every_rate_is_an_exact_decimal() -> None:
    held = rates()

    assert [rate.rate for rate in held.jkk.values()] == [
        Decimal(text) for text in ("0.0024", "0.0054", "0.0089", "0.0127", "0.0174")
    ]
    assert {p: held.others[p].rate for p in (Programme.JKM, Programme.JHT, Programme.JP)} == {
        Programme.JKM: Decimal("0.003"),
        Programme.JHT: Decimal("0.057"),
        Programme.JP: Decimal("0.03"),
    }
    assert (held.jkp_from_jkk, held.late_rate, held.due_day) == (Decimal("0.0014"), Decimal("0.02"), 15)
    assert (held.ladder.warning_days, held.ladder.fine_rate) == (10, Decimal("0.001"))


def test_given_independent_workers_and_migrants_when_loaded_then_relief_has_its_months() -> None:
    held = rates().independent

    assert (held.jkk_least, held.jkm, held.migrants, held.migrant_months) == (10_000, 6_800, 370_000, 24)
    assert [(row.group, row.factor, str(row.first), str(row.last)) for row in held.relief] == [
        ("transport", Decimal("0.5"), "2026-01", "2027-03"),
        ("non_transport", Decimal("0.5"), "2026-04", "2026-12"),
    ]


@pytest.mark.parametrize(
    ("month", "rupiah"),
    [
        (Month(2023, 2), None),
        (Month(2023, 3), 9_559_600),
        (Month(2024, 2), 9_559_600),
        (Month(2024, 3), 10_042_300),
        (Month(2026, 2), 10_547_400),
        (Month(2026, 3), 11_086_300),
        (Month(2031, 1), 11_086_300),
    ],
)
def test_given_a_month_when_asked_then_its_ceiling_is_that_of_the_last_march(
    month: Month, rupiah: int | None
) -> None:
    found = rates().ceiling(month)

    assert (found.rupiah if found else None) == rupiah


def test_given_a_regency_when_asked_then_the_minimum_wage_is_its_own_or_its_provinces() -> None:
    found = minimum_wage("76.04", 2026)

    assert found
    assert (found.name, found.rupiah) == ("Sulawesi Barat", 3_315_934)
    assert minimum_wage("76", 2023) is None
    assert minimum_wage("95", 2026) is None


def changed(part: str, *path: Any, to: Any) -> Any:
    held = deepcopy(getattr(RULES, part))
    place = held
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return replace(RULES, **{part: held})


@pytest.mark.parametrize(
    "rules",
    [
        changed("rates_pu", "JKK", "classes", 0, "rate", to=0.5),
        changed("rates_pu", "JKK", "classes", 0, "id", to="low"),
        changed("rates_pu", "JKM", "rate", to=1.5),
        changed("rates_pu", "JKM", "rate", to="0.3%"),
        changed("rates_pu", "JHT", "worker", to=0.03),
        changed("rates_pu", "JKP", "government", to=0.0023),
        changed("rates_pu", "JKN", to={}),
        changed("jp_wage_ceiling", "rows", 1, "from", to="2023-03-01"),
        changed("jp_wage_ceiling", "rows", 1, "from", to="2024-03-02"),
        changed("jp_wage_ceiling", "rows", 1, "rupiah", to=9_559_600),
        changed("jp_wage_ceiling", "rows", to=[]),
        changed("rates_jakon", "by_contract_value", 1, "from", to=100_000_001),
        changed("rates_jakon", "by_contract_value", 4, "to", to=9_000_000_000),
        changed("rates_jakon", "by_contract_value", 0, "JKK", to=0.0),
        changed("rates_bpu", "relief", 0, "to", to="2025-12"),
        changed("rates_bpu", "JKM", "rupiah", to=16_800),
        changed("rates_pmi", "JKK_JKM", "months", to=0),
        changed("sanction_ladder", "steps", 2, "day_type", to="calendar"),
    ],
    ids=range(18),
)
def test_given_rates_that_do_not_fit_when_loaded_then_the_file_is_refused(rules: Any) -> None:
    with pytest.raises(RulesBroken):
        rates_from(rules)
