"""Notes of the field come to a suggestion that says how it came; a person takes it or not."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ombudsman_app.audits.scoring.answers import Answer
from ombudsman_app.audits.scoring.claims import (
    SOME_LEFT_OUT,
    TOO_FEW,
    UNVERIFIED,
    LimitOf,
    claim_standards,
)
from ombudsman_app.audits.scoring.definition import bpjstk_branch_v1
from ombudsman_app.audits.scoring.samples import (
    ClaimFile,
    How,
    Outcome,
    SamplesUnfit,
    Suggestion,
    programme_of,
    suggest_from_claims,
    suggest_from_counters,
    suggest_from_officers,
    suggest_from_timer,
    suggest_from_users,
)
from ombudsman_app.audits.scoring.score import score_of
from ombudsman_app.core.workflow.deadlines import Unit, explain
from ombudsman_app.core.workflow.holiday_calendar import shipped

BRANCH = bpjstk_branch_v1()
MONDAY = date(2026, 11, 2)  # a November without holidays
STANDARDS = claim_standards()


def _claims(*files: ClaimFile, programme: str = "JHT", **more: Any) -> Suggestion:
    return suggest_from_claims(files, programme, BRANCH, shipped(), **more)


def _file(complete: date | None, decided: date | None, programme: str = "JHT", **more: Any) -> ClaimFile:
    return ClaimFile(programme, more.pop("received_on", None), complete, decided, **more)


def test_the_standards_are_those_of_the_instrument() -> None:
    found = {one.id: (programme, one) for one in BRANCH.indicators if (programme := programme_of(one))}

    assert {name: programme for name, (programme, _one) in found.items()} == {
        "P11": "JHT",
        "P12": "JKK",
        "P13": "JKM",
        "P14": "JP",
        "P15": "JKP",
    }
    for programme, one in found.values():
        standard = STANDARDS[programme]
        assert (one.standard_days, one.standard_day_type) == (standard.days, "working")
        assert one.standard_verified == standard.verified
        assert programme in one.question_id


@pytest.mark.parametrize("programme", ["JHT", "JKM", "JKK", "JP", "JKP", "JAKON_CERTIFICATE"])
def test_given_the_last_day_and_the_day_after_when_counted_then_one_is_in_time(programme: str) -> None:
    # Working days from a Monday without holidays: n days later is n plus the weekends passed over.
    days = STANDARDS[programme].days
    last = MONDAY + timedelta(days=days + 2 * ((days + MONDAY.weekday()) // 5))
    if last.weekday() >= 5:
        last += timedelta(days=7 - last.weekday())
    after = last + timedelta(days=3 if last.weekday() == 4 else 1)
    found = _claims(_file(MONDAY, last, programme), _file(MONDAY, after, programme), programme=programme)

    assert [line.outcome for line in found.lines] == [Outcome.IN_TIME, Outcome.LATE]
    assert [line.taken for line in found.lines] == [days, days + 1]
    assert {line.due for line in found.lines} == {last}
    assert found.answer == Answer(numerator=1, denominator=2)
    assert (UNVERIFIED in found.warnings) == (programme in ("JKK", "JP", "JKP"))
    assert found.sentence == "1 of 2 files were decided in time"


def test_given_a_holiday_in_between_when_counted_then_it_is_no_working_day() -> None:
    # 25 December 2026 is a Friday and Christmas, the 24th joint leave: from Monday the 21st, five
    # working days are 22, 23, 28, 29 and 30 December.
    found = _claims(
        _file(date(2026, 12, 21), date(2026, 12, 30)), _file(date(2026, 12, 21), date(2026, 12, 31))
    )
    assert [(line.outcome, line.taken) for line in found.lines] == [(Outcome.IN_TIME, 5), (Outcome.LATE, 6)]


def test_given_a_shorter_promise_when_counted_then_the_promise_counts_and_a_longer_one_does_not() -> None:
    wednesday = MONDAY + timedelta(days=2)
    found = _claims(
        _file(MONDAY, wednesday, promised_days=1),
        _file(MONDAY, wednesday, promised_days=2),
        _file(MONDAY, MONDAY + timedelta(days=8), promised_days=30),
    )
    assert [(line.outcome, line.days, line.limit_of) for line in found.lines] == [
        (Outcome.LATE, 1, LimitOf.PROMISE),
        (Outcome.IN_TIME, 2, LimitOf.PROMISE),
        (Outcome.LATE, 5, LimitOf.LAW),
    ]


def test_given_a_shorter_promise_everywhere_when_the_law_is_unverified_then_nobody_is_warned() -> None:
    files = [_file(MONDAY, MONDAY, "JKK", promised_days=3)] * 5
    assert _claims(*files, programme="JKK").warnings == ()


def test_given_a_file_complete_on_a_sunday_when_counted_then_its_clock_begins_on_monday() -> None:
    found = _claims(_file(MONDAY - timedelta(days=1), MONDAY + timedelta(days=7)))
    (line,) = found.lines
    assert (line.outcome, line.taken, line.due) == (Outcome.IN_TIME, 5, MONDAY + timedelta(days=7))


def test_given_files_without_an_end_when_counted_then_only_those_that_are_over_are_late() -> None:
    files = [_file(MONDAY, None), _file(None, None), _file(MONDAY, MONDAY), _file(MONDAY, MONDAY, "JKM")]
    due = MONDAY + timedelta(days=7)

    before = _claims(*files, as_of=due)
    assert [line.outcome for line in before.lines] == [
        Outcome.OPEN_IN_TIME,
        Outcome.NOT_COMPLETE,
        Outcome.IN_TIME,
    ]
    assert before.answer == Answer(numerator=1, denominator=1)
    assert before.warnings == (TOO_FEW, SOME_LEFT_OUT)

    after = _claims(*files, as_of=due + timedelta(days=1))
    assert after.answer == Answer(numerator=1, denominator=2)
    assert _claims(*files).answer == Answer(numerator=1, denominator=1)


def test_given_papers_that_were_asked_for_later_when_counted_then_the_days_lost_are_told() -> None:
    (line,) = _claims(_file(MONDAY, MONDAY, received_on=MONDAY - timedelta(days=10))).lines
    assert line.asked_again == 10


def test_given_no_file_that_counts_when_counted_then_there_is_no_suggestion() -> None:
    found = _claims(_file(None, None), _file(MONDAY, MONDAY, "JKM"))
    assert (found.answer, found.code) == (None, "no_claims")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([_file(MONDAY, MONDAY - timedelta(days=1))], "days_in_wrong_order"),
        ([_file(MONDAY, MONDAY, received_on=MONDAY + timedelta(days=1))], "days_in_wrong_order"),
        ([_file(None, MONDAY, received_on=MONDAY + timedelta(days=1))], "days_in_wrong_order"),
        ([_file(MONDAY, date(2099, 1, 1))], "days_too_far_apart"),
        ([_file(date(1, 1, 1), None)], "day_out_of_range"),
        ([_file(date(9999, 12, 31), None)], "day_out_of_range"),
        ([_file(MONDAY, MONDAY, promised_days=0)], "promise_below_one_day"),
        ([_file(MONDAY, MONDAY)] * 1_001, "too_many_files"),
    ],
)
def test_given_strange_files_when_counted_then_the_file_is_named(
    files: Sequence[ClaimFile], code: str
) -> None:
    with pytest.raises(SamplesUnfit) as unfit:
        _claims(*files)
    assert unfit.value.code == code


def test_given_an_unknown_programme_when_counted_then_it_is_refused() -> None:
    with pytest.raises(SamplesUnfit, match="unknown_programme"):
        _claims(programme="KUR")


def test_given_a_decision_on_the_saturday_after_the_last_day_when_counted_then_it_is_late() -> None:
    friday, saturday = date(2026, 11, 6), date(2026, 11, 7)
    last = _file(date(2026, 10, 30), friday)
    assert [
        (line.outcome, line.taken) for line in _claims(last, _file(date(2026, 10, 30), saturday)).lines
    ] == [
        (Outcome.IN_TIME, 5),
        (Outcome.LATE, 6),
    ]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), max_size=12), st.sampled_from(["JHT", "JP"])
)
def test_a_file_is_in_time_just_when_no_more_days_were_taken_than_the_standard_has(
    days: list[tuple[int, int]], programme: str
) -> None:
    files = [
        _file(
            date(2026, 1, 1) + timedelta(days=start),
            date(2026, 1, 1) + timedelta(days=start + length),
            programme,
        )
        for start, length in days
    ]
    found = _claims(*files, programme=programme)

    standard = STANDARDS[programme].days
    for line in found.lines:
        assert (line.outcome is Outcome.IN_TIME) == (line.taken <= standard)
        assert shipped().is_working_day(line.due)
    assert found.values["in_time"] == sum(line.taken <= standard for line in found.lines)


def test_given_an_application_on_a_working_day_when_counted_then_the_end_is_that_of_the_house() -> None:
    (line,) = _claims(_file(date(2026, 11, 20), date(2026, 11, 20))).lines
    assert line.due == explain(date(2026, 11, 20), 5, Unit.WORKING_DAYS, shipped()).due


P18 = BRANCH.by_id["P18"]


@pytest.mark.parametrize(
    ("seconds", "how", "minutes", "score"),
    [
        ([900], How.MEDIAN, "15", 100),
        ([900, 901], How.MEDIAN, "15.008333", 75),  # 900.5 s
        ([60, 900, 5400], How.MEDIAN, "15", 100),
        ([60, 900, 5400], How.MEAN, "35.333333", 50),  # 2120 s
        ([0, 0, 0], How.MEAN, "0", 100),
        ([900] * 9_999 + [901], How.MEAN, "15.000002", 75),  # above 15 by less than two millionths
    ],
)
def test_given_readings_of_a_timer_when_counted_then_the_middle_is_suggested_in_minutes(
    seconds: list[int], how: How, minutes: str, score: int
) -> None:
    found = suggest_from_timer(P18, seconds, how)
    assert found.answer == Answer(value=Decimal(minutes))
    assert score_of(P18, found.answer) == score
    assert minutes in found.sentence


@settings(deadline=None)
@given(st.lists(st.integers(0, 7_200), min_size=1, max_size=40))
def test_the_median_is_that_of_another_program(seconds: list[int]) -> None:
    found = suggest_from_timer(P18, seconds).answer
    assert found
    exact = Fraction(median(map(Fraction, seconds))) / 60
    assert abs(Fraction(found.value or 0) - exact) <= Fraction(1, 2 * 10**6)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        ([], "no_notes"),
        ([1.5], "strange_reading"),
        ([True], "strange_reading"),
        ([-1], "strange_reading"),
        ([86_401], "strange_reading"),
        ([1] * 10_001, "too_many_notes"),
    ],
)
def test_given_strange_readings_when_counted_then_they_are_refused(seconds: list[Any], code: str) -> None:
    with pytest.raises(SamplesUnfit, match=code):
        suggest_from_timer(P18, seconds)


def test_given_several_counters_when_read_then_the_lowest_counts_and_each_is_shown() -> None:
    scale = BRANCH.by_id["I10"]
    readings = {"Loket 1": Answer(value="4"), "Loket 2": Answer(value="1"), "Loket 3": Answer(na="ditutup")}
    found = suggest_from_counters(scale, readings)

    assert found.answer == Answer(value="1")
    assert found.values == {"n": 3, "counter": "Loket 2", "alike": False}
    assert [(name, score) for name, _answer, score in found.lines] == [
        ("Loket 1", 100),
        ("Loket 2", 25),
        ("Loket 3", None),
    ]


def test_given_counters_with_a_measure_when_read_then_the_worst_is_the_one_with_the_lowest_score() -> None:
    fast_and_slow = {
        "1": Answer(value=Decimal(10)),
        "2": Answer(value=Decimal(50)),
        "3": Answer(value=Decimal(20)),
    }
    assert suggest_from_counters(P18, fast_and_slow).answer == Answer(value=Decimal(50))
    checks = {"1": Answer(value=Decimal(12)), "2": Answer(value=Decimal(3))}
    assert suggest_from_counters(BRANCH.by_id["I06"], checks).answer == Answer(value=Decimal(3))
    asked = {"1": Answer(numerator=1, denominator=30), "2": Answer(numerator=9, denominator=30)}
    assert suggest_from_counters(BRANCH.by_id["O05"], asked).answer == Answer(numerator=9, denominator=30)


def test_given_counters_where_nothing_applies_or_can_be_divided_when_read_then_it_is_told() -> None:
    assert suggest_from_counters(P18, {"1": Answer(na="x")}).answer is None
    with pytest.raises(SamplesUnfit, match="no_notes"):
        suggest_from_counters(P18, {})
    with pytest.raises(SamplesUnfit, match="nothing_to_divide"):
        suggest_from_counters(BRANCH.by_id["P11"], {"1": Answer(numerator=0, denominator=0)})


@pytest.mark.parametrize(
    ("values", "step", "mean", "warnings"),
    [
        (["3", "3", "3", "4"], "3", "3.25", ()),
        (["3", "4", "4", "4"], "3", "3.75", ()),
        (["0", "0", "0", "3"], "0", "0.75", ()),
        (["4", "4", "4", "4", "4"], "4", "4", ()),
        (["1", "2"], "1", "1.5", (TOO_FEW,)),
    ],
)
def test_given_interviews_with_officers_when_counted_then_the_mean_is_rounded_down(
    values: list[str], step: str, mean: str, warnings: tuple[str, ...]
) -> None:
    found = suggest_from_officers(BRANCH.by_id["I01"], values)
    assert found.answer == Answer(value=step)
    assert (found.values["mean"], found.values["wanted"], found.warnings) == (mean, 4, warnings)


@pytest.mark.parametrize(("n", "warnings"), [(29, (TOO_FEW,)), (30, ())])
def test_given_interviews_with_users_when_counted_then_the_share_is_suggested(
    n: int, warnings: tuple[str, ...]
) -> None:
    found = suggest_from_users(BRANCH, BRANCH.by_id["O02"], [True, True] + [False] * (n - 2))
    assert found.answer == Answer(numerator=2, denominator=n)
    assert found.warnings == warnings


def test_given_notes_of_another_kind_when_counted_then_they_are_refused() -> None:
    for call in (
        lambda: suggest_from_timer(BRANCH.by_id["I01"], [1]),
        lambda: suggest_from_officers(P18, ["1"]),
        lambda: suggest_from_users(BRANCH, BRANCH.by_id["P11"], [True]),
    ):
        with pytest.raises(SamplesUnfit, match="other_kind_of_answer"):
            call()
    with pytest.raises(SamplesUnfit, match="strange_reading"):
        suggest_from_officers(BRANCH.by_id["I01"], ["5"])
