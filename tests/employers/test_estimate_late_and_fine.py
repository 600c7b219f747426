"""The charge of 2 % and the fine of 0.1 %: counted in full or started months, never in one number."""

from typing import Any

import pytest

from ombudsman_app.employers.estimates.estimate import estimate

from .naive_contributions import half_up, late

WORK = {
    **{"type": "pds_workers", "workers": 10, "wage": 3_200_000, "jkk_class": "medium"},
    **{"programs": ["JKK", "JKM", "JHT", "JP"], "from": "2025-11", "to": "2026-10"},
}


def found_for(**given: Any) -> dict[str, Any]:
    return estimate(given).as_json()


# Last days to pay, looked up by hand: 15 Dec, 15 Jan, 18 Feb (Sunday, joint leave, Imlek), 16 Mar (Sunday),
# 15 Apr, 18 May (joint leave, weekend), 15 Jun, 15 Jul, 18 Aug (weekend, 17 August), 15 Sep, 15 Oct, 16 Nov.
@pytest.mark.parametrize(
    ("paid_on", "months_late"),
    [
        ("2025-12-15", [0] * 12),
        ("2025-12-16", [1] + [0] * 11),
        ("2026-01-15", [1] + [0] * 11),
        ("2026-01-16", [2, 1] + [0] * 10),
        ("2026-02-18", [3, 2] + [0] * 10),
        ("2026-02-19", [3, 2, 1] + [0] * 9),
        ("2026-11-15", [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
        ("2026-11-16", [12, 11, 9, 8, 8, 6, 6, 5, 3, 3, 2, 0]),
        ("2026-11-17", [12, 11, 9, 9, 8, 6, 6, 5, 3, 3, 2, 1]),
        ("2026-11-20", [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
        ("2026-12-15", [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
        ("2026-12-16", [13, 12, 10, 9, 9, 7, 7, 6, 4, 4, 3, 1]),
    ],
)
def test_given_a_day_of_payment_when_estimated_then_each_started_month_counts(
    paid_on: str, months_late: list[int]
) -> None:
    found = found_for(**WORK, paid_on=paid_on)

    assert found["late_charge"] == late([3_164_800] * 12, months_late)
    (step,) = [step for step in found["steps"] if step["step"] == "late_charge"]
    assert [debt["months_late"] for debt in step["debts"]] == [months for months in months_late if months]
    assert found["total"] == 37_977_600  # the charge is never in it


def test_given_a_new_ceiling_when_charged_then_each_month_counts_with_its_own_amount() -> None:
    given = {**WORK, "wage": 12_000_000, "programs": ["JP"], "from": "2026-02", "to": "2026-03"}
    found = found_for(**given, paid_on="2026-04-30")

    assert found["late_charge"] == late([3_164_220, 3_325_890], [2, 1])


def test_given_a_sum_of_half_rupiahs_when_charged_then_it_is_rounded_once() -> None:
    given = {**WORK, "workers": 1, "wage": 2_500, "programs": ["JKM"], "from": "2026-08", "to": "2026-09"}
    # 2,500 x 0.3 % = 7.5, so 8; 2 % x 8 x (2 + 1) = 0.48
    assert found_for(**given, paid_on="2026-10-20")["late_charge"] == 0
    # 2 % x 8 x (3 + 2) = 0.8
    assert found_for(**given, paid_on="2026-11-20")["late_charge"] == 1


@pytest.mark.parametrize(("after", "months_late"), [(2, [2, 1]), (3, [3, 2]), (12, [12, 11])])
def test_given_months_without_dates_when_paid_later_then_the_first_waits_longest(
    after: int, months_late: list[int]
) -> None:
    given = {"type": "arrears", "months": 2, "billed": 5_000_001, "paid": 1_000_000}

    found = found_for(**given, paid_after_month=after)

    assert (found["total"], found["late_charge"]) == (8_000_002, late([4_000_001] * 2, months_late))


def test_given_bills_when_estimated_then_the_rest_is_open_and_late_parts_are_charged() -> None:
    bills = [
        {"month": "2026-02", "billed": 5_000_000, "paid": 2_000_000},
        {"month": "2026-01", "billed": 5_000_000, "paid": 5_000_000, "paid_on": "2026-03-02"},
        {"month": "2026-03", "billed": 4_000_000},
    ]
    found = found_for(type="arrears", bills=bills, paid_on="2026-06-30")

    # January was paid in the first month after 18 February; 16 March and 15 April to 30 June: 4 and 3 months
    assert found["total"] == 3_000_000 + 4_000_000
    assert found["late_charge"] == late([5_000_000, 3_000_000, 4_000_000], [1, 4, 3])
    assert [step["month"] for step in found["steps"] if step["step"] == "bill"] == [
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    assert found["admin_fine_per_month"] is None


def test_given_bills_without_a_day_when_estimated_then_there_is_no_charge() -> None:
    given = {"type": "arrears", "from": "2026-01", "to": "2026-04", "billed": 5_000_000, "paid": 0}

    assert (found_for(**given)["total"], found_for(**given)["late_charge"]) == (20_000_000, None)
    assert found_for(**given, paid_on="2026-02-18")["late_charge"] == 0


# Ten working days after 2 March 2026 end on the 16th; after 12 March on 2 April (Nyepi, Idul Fitri, leave).
@pytest.mark.parametrize(
    ("warning", "until", "months"),
    [
        ({"warning_2_ended_on": "2026-03-16"}, "2026-03-16", 0),
        ({"warning_2_ended_on": "2026-03-16"}, "2026-03-17", 1),
        ({"warning_2_ended_on": "2026-03-16"}, "2026-04-16", 1),
        ({"warning_2_ended_on": "2026-03-16"}, "2026-04-17", 2),
        ({"warning_2_ended_on": "2026-01-31"}, "2026-02-28", 1),
        ({"warning_2_ended_on": "2026-01-31"}, "2026-03-01", 2),
        ({"warning_2_received_on": "2026-03-02"}, "2026-03-10", 0),
        ({"warning_2_received_on": "2026-03-02"}, "2026-03-16", 0),
        ({"warning_2_received_on": "2026-03-02"}, "2026-06-30", 4),
        ({"warning_2_received_on": "2026-03-12"}, "2026-04-02", 0),
        ({"warning_2_received_on": "2026-03-12"}, "2026-04-03", 1),
    ],
)
def test_given_a_second_warning_when_fined_then_months_count_from_its_end(
    warning: dict[str, str], until: str, months: int
) -> None:
    found = found_for(type="fine", contribution_per_month=3_164_800, until=until, **warning)

    assert found["total"] == half_up(3_164_800 * months, 1_000)
    assert (found["admin_fine_per_month"], found["late_charge"]) == (3_165, None)


@pytest.mark.parametrize(
    ("base", "months", "total"), [(500, 1, 1), (499, 1, 0), (1_250, 2, 3), (0, 5, 0), (9, 0, 0)]
)
def test_given_a_number_of_months_when_fined_then_it_is_rounded_once(
    base: int, months: int, total: int
) -> None:
    assert found_for(type="fine", contribution_per_month=base, months=months)["total"] == total
