"""Was a project registered in time and for its whole value? The rule is that of the file."""

from dataclasses import dataclass
from datetime import date

import pytest

from ombudsman_app.core.workflow.deadlines import Unit, explain
from ombudsman_app.core.workflow.holiday_calendar import shipped
from ombudsman_app.employers.projects.rules import REGISTRATION, Standing, is_vat_odd
from ombudsman_app.employers.projects.verdict import Timing, Verdict, standing_of, verdict_of

DUE = date(2026, 3, 31)
TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Facts:
    due_on: date | None = DUE
    registered_on: date | None = None
    cancelled_on: date | None = None
    registered_value: int | None = None
    current_net: int | None = None


def test_the_length_is_that_of_the_file() -> None:
    assert (REGISTRATION.length, REGISTRATION.unit) == (14, Unit.WORKING_DAYS)
    assert "Permenaker 44/2015 Pasal 3(3)" in REGISTRATION.legal


def test_given_joint_leave_after_the_spk_when_counted_then_the_last_day_lies_behind_it() -> None:
    """By hand: 14 working days from 9 March 2026, with Nyepi and Idul Fitri and their joint leave."""
    counted = explain(date(2026, 3, 9), REGISTRATION.length, REGISTRATION.unit, shipped("76"))
    days = [step.day.isoformat() for step in counted.steps if step.counted]
    assert days == [
        *("2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-16", "2026-03-17"),
        *("2026-03-25", "2026-03-26", "2026-03-27", "2026-03-30", "2026-03-31", "2026-04-01"),
        *("2026-04-02", "2026-04-06"),  # between them Wafat Yesus Kristus and a weekend
    ]
    assert counted.due == date(2026, 4, 6)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (Facts(), Verdict(Timing.UNREGISTERED, 234, 0)),
        (Facts(due_on=TODAY), Verdict(Timing.RUNNING, 0, 0)),
        (Facts(due_on=date(2026, 12, 1)), Verdict(Timing.RUNNING, 11, 0)),
        (Facts(registered_on=DUE), Verdict(Timing.IN_TIME, 0, 0)),
        (Facts(registered_on=date(2026, 4, 1)), Verdict(Timing.LATE, 1, 0)),
        (Facts(due_on=None), Verdict(Timing.UNKNOWN, 0, 0)),
        (Facts(due_on=None, registered_on=DUE), Verdict(Timing.UNKNOWN, 0, 0)),
        (Facts(cancelled_on=DUE), Verdict(Timing.CANCELLED, 0, 0)),
        (Facts(cancelled_on=date(2026, 4, 1)), Verdict(Timing.UNREGISTERED, 234, 0)),
        (Facts(due_on=None, cancelled_on=DUE), Verdict(Timing.CANCELLED, 0, 0)),
        (Facts(cancelled_on=DUE, registered_on=DUE), Verdict(Timing.IN_TIME, 0, 0)),
        (
            Facts(registered_on=DUE, registered_value=900, current_net=1_000),
            Verdict(Timing.IN_TIME, 0, 100),
        ),
        (
            Facts(registered_on=DUE, registered_value=1_001, current_net=1_000),
            Verdict(Timing.IN_TIME, 0, 0),
        ),
        (Facts(registered_on=DUE, registered_value=900), Verdict(Timing.IN_TIME, 0, 0)),
    ],
)
def test_given_the_facts_when_judged_then_one_verdict_follows(facts: Facts, verdict: Verdict) -> None:
    assert verdict_of(facts, TODAY) == verdict
    assert verdict.is_breach is (verdict.timing is Timing.UNREGISTERED)


def test_what_the_dates_say_does_not_depend_on_the_day_of_reading() -> None:
    assert standing_of(DUE, None, None) is Standing.OPEN
    assert standing_of(None, None, None) is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("value", "net", "is_odd"),
    [
        (1_110_000_000, 1_000_000_000, False),  # 11 percent
        (1_100_000_000, 1_000_000_000, False),
        (1_000_000_000, 1_000_000_000, False),  # free of it
        (1_250_000_000, 1_000_000_000, True),
        (900_000_000, 1_000_000_000, True),
        (1, 0, True),
        (0, 0, False),
    ],
)
def test_given_two_values_when_vat_is_unusual_then_a_person_looks(value: int, net: int, is_odd: bool) -> None:
    assert is_vat_odd(value, net) is is_odd
