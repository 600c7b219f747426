"""What is not paid comes out to the rupiah: examples of the domain file, a table counted by another hand."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ombudsman_app.employers.estimates.estimate import estimate
from ombudsman_app.employers.states import RULES

from . import naive_contributions as naive

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("estimates.yaml").read_text(encoding="utf-8")
)["cases"]
EXAMPLES = {example["id"]: example for example in RULES.arrears_estimate["examples"]}


def found_for(**given: Any) -> dict[str, Any]:
    return estimate(given).as_json()


def example(name: str) -> dict[str, Any]:
    return {"type": EXAMPLES[name]["type"], **EXAMPLES[name]["input"]}


def test_given_ten_workers_nobody_registered_when_estimated_then_it_is_the_example() -> None:
    found = found_for(**example("E1"), paid_after_month=12)

    assert found["per_worker_month"] == EXAMPLES["E1"]["per_worker_month"]
    assert found["total"] == EXAMPLES["E1"]["total"] == 37_977_600
    assert found["late_charge"] == EXAMPLES["E1"]["late_charge_2pct_if_all_paid_after_month_12"] == 4_937_088
    assert found["admin_fine_per_month"] == EXAMPLES["E1"]["admin_fine_per_month"] == 3_165
    assert found_for(**example("E1"))["late_charge"] is None


def test_given_wages_reported_too_low_when_estimated_then_it_is_the_example() -> None:
    found = found_for(**example("E2"))

    assert found["per_worker_month"]["total"] == EXAMPLES["E2"]["per_worker_month"] == 69_230
    assert found["total"] == EXAMPLES["E2"]["total"] == 8_307_600


def test_given_a_contract_when_estimated_then_it_is_the_example() -> None:
    found = found_for(**example("E3"))

    assert found["per_programme"] == {"JKK": EXAMPLES["E3"]["JKK"], "JKM": EXAMPLES["E3"]["JKM"]}
    assert found["total"] == EXAMPLES["E3"]["total"] == 3_550_000


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_given_a_case_of_the_table_when_estimated_then_every_rupiah_is_there(case: dict[str, Any]) -> None:
    found = found_for(**case["given"])

    assert (found["total"], found["per_programme"]) == (case["total"], case["per_programme"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_given_the_table_when_counted_by_another_hand_then_it_is_the_same(case: dict[str, Any]) -> None:
    given = case["given"]
    if "contract_value_without_vat" in given:
        assert naive.contract(given["contract_value_without_vat"]) == case["per_programme"]
        return
    if given["type"] == "jakon":
        given = {**given, "programs": ["JKK", "JKM"], "jkk_class": "very_high"}

    assert naive.contributions(given) == case["per_programme"]


def test_there_are_more_than_sixty_cases_with_names_of_their_own() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_given_the_steps_when_added_up_then_they_make_the_total(case: dict[str, Any]) -> None:
    found = found_for(**case["given"])
    steps = [step for step in found["steps"] if step["step"] in ("programme", "slices_sum")]

    assert sum(step["amount"] for step in steps) == found["total"]
    assert "bukan tagihan" in found["disclaimer"]
    assert RULES.arrears_estimate["disclaimer_id"] in found["disclaimer"]


def test_given_a_new_ceiling_when_estimated_then_a_worker_month_is_that_of_the_last_month() -> None:
    given = {"type": "pds_workers", "workers": 10, "wage": 12_000_000, "from": "2026-01", "to": "2026-03"}
    found = found_for(**given, jkk_class="medium", programs=["JP"])

    assert found["per_worker_month"] == {"JP": 332_589, "total": 332_589}
    spans = [(s["from"], s["to"], s["jp_ceiling"]) for s in found["steps"] if s["step"] == "months"]
    assert spans == [("2026-01", "2026-02", 10_547_400), ("2026-03", "2026-03", 11_086_300)]


def test_given_an_unknown_wage_when_estimated_then_the_assumption_is_flagged() -> None:
    given = {"type": "pwbd", "workers": 4, "from": "2025-12", "to": "2026-01", "scale": "micro"}
    found = found_for(**given, region="76.04", jkk_class="low")

    assert found["assumed_wage"] is True
    wages = [(s["wage"], s["minimum_wage_of"]) for s in found["steps"] if s["step"] == "months"]
    assert wages == [(3_104_430, "Sulawesi Barat 2025"), (3_315_934, "Sulawesi Barat 2026")]
    assert found_for(**given, wage=3_000_000, wage_is_assumed=True, jkk_class="low")["assumed_wage"] is True
    assert found_for(**given, wage=3_000_000, jkk_class="low")["assumed_wage"] is False


def cautions(**given: Any) -> list[str]:
    return [step["code"] for step in found_for(**given)["steps"] if step["step"] == "caution"]


def test_given_what_a_reader_must_know_when_estimated_then_it_stands_among_the_steps() -> None:
    given = {"type": "pwbd", "workers": 4, "wage": 3_000_000, "jkk_class": "low", "scale": "micro"}

    assert cautions(**given, months=2) == ["no_cover_for_the_past", "unverified"]
    assert "jkp_inside_jkk" in cautions(**given, months=2, programs=["JKK", "JKP"])
    assert "beyond_scale" in cautions(**given, months=2, programs=["JHT"])
    assert "ceiling_not_checked" in cautions(**given, months=2, programs=["JP"], jp_ceiling_above_wage=True)
    assert "not_registered" in cautions(**given, months=2, paid_after_month=2)
    newest = {**given, "programs": ["JP"], "from": "2027-01"}
    assert "ceiling_not_known" not in cautions(**newest, to="2027-02")
    assert "ceiling_not_known" in cautions(**newest, to="2027-03")
