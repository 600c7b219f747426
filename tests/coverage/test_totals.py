"""Totals are sums, whatever the borders of the day; who is silent is named."""

from datetime import date
from decimal import Decimal

import pytest

from ombudsman_app.coverage.borders import SUCCESSIONS, code_today, codes_on, cut_since, province_on
from ombudsman_app.coverage.queries import Measure, Shown, regency_codes, totals, totals_of
from ombudsman_app.coverage.states import Definition, FigureStatus

from ..factories.coverage import DAY, FigureFactory, claim

UCJ, BEFORE = Measure(Definition.UCJ), date(2021, 12, 31)


def shown(code: str, numerator: int, denominator: int, as_of: date = DAY) -> Shown:
    return Shown(
        *(1, code, code, as_of, numerator, denominator, None, None, None),
        FigureStatus.COMPUTED, (), "", 1, None, "",
    )  # fmt: skip


@pytest.mark.usefixtures("in_app")
def test_given_two_regencies_then_the_province_is_their_sum_and_no_mean() -> None:
    FigureFactory("53.04", claim(90, 100))
    FigureFactory("53.15", claim(100, 1000))
    FigureFactory("53.21", claim(percent="3"))  # gives no counts
    found = totals(UCJ)
    ntt = found["53"]
    assert (ntt.numerator, ntt.denominator, ntt.percent) == (190, 1100, Decimal("17.2727"))
    assert (ntt.counted, ntt.places) == (2, 22)
    assert "53.21" not in ntt.silent
    assert len(ntt.silent) == 19
    assert found["ID"].numerator == 190
    assert found["ID"].places == 514
    assert found["17"].percent is None


@pytest.mark.usefixtures("in_app")
def test_given_an_old_figure_then_its_place_is_silent() -> None:
    FigureFactory("53.04", claim(90, 100, as_of=date(2025, 6, 29)))
    FigureFactory("53.15", claim(100, 1000))
    assert "53.04" in totals(UCJ)["53"].silent
    assert "53.15" not in totals(UCJ)["53"].silent
    assert "53.04" not in totals(UCJ, on=date(2025, 12, 31))["53"].silent


@pytest.mark.usefixtures("in_app")
def test_given_split_provinces_then_the_nation_is_the_same_by_any_borders() -> None:
    codes = regency_codes()
    assert len(codes) == 514
    figures = {code: shown(code, 7 * n % 1000, 1000 + 13 * n % 1000) for n, code in enumerate(codes)}
    now, then = totals_of(figures, codes), totals_of(figures, codes, borders=BEFORE)
    assert (now["ID"].numerator, now["ID"].denominator) == (then["ID"].numerator, then["ID"].denominator)
    assert len(now) == 39
    assert len(then) == 35
    papua = ("91", "93", "94", "95")
    assert then["91"].numerator == sum(now[code].numerator for code in papua)
    assert then["92"].numerator == now["92"].numerator + now["96"].numerator
    assert then["53"] == now["53"]
    for some in (now, then):
        assert some["ID"].numerator == sum(one.numerator for code, one in some.items() if code != "ID")
        assert some["ID"].places == 514


def test_given_the_laws_then_each_code_moved_once_into_the_province_they_made() -> None:
    old = [code for one in SUCCESSIONS for code in one.codes]
    new = [code for one in SUCCESSIONS for code in one.codes.values()]
    assert len(set(old)) == len(old) == 26
    assert len(set(new)) == len(new) == 26
    for one in SUCCESSIONS:
        assert {code[:2] for code in one.codes.values()} == {one.province}


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (None, 0),
        (date(2022, 7, 24), 26),
        (date(2022, 7, 25), 6),
        (date(2022, 12, 7), 6),
        (date(2022, 12, 8), 0),
    ],
)
def test_given_a_day_then_the_borders_are_those_of_that_day(day: date | None, moved: int) -> None:
    assert len(codes_on(day)) == moved


def test_given_a_regency_that_moved_then_its_province_depends_on_the_day() -> None:
    assert code_today("91.01") == "93.01"
    assert code_today("53.15") == "53.15"
    assert province_on("93.01", BEFORE) == "91"
    assert province_on("93.01", DAY) == "93"
    assert [one.law for one in cut_since("91", BEFORE)] == ["UU 14/2022", "UU 15/2022", "UU 16/2022"]
    assert cut_since("91", DAY) == []
