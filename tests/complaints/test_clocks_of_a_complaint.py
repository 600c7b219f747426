"""The legal day and the first clocks, in the zone of the office that handles the case (DI7)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.states import CLOCKS, TARGETS
from ombudsman_app.core.clock import stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.workflow.deadlines import Unit, explain
from ombudsman_app.core.workflow.holiday_calendar import shipped

from ..factories.complaints import ComplaintFactory


def filed(app: Flask, instant: str, office: str = "kc_mamuju") -> tuple[Complaint, dict[str, ComplaintClock]]:
    with app.app_context(), stopped_at(datetime.fromisoformat(instant)):
        case = ComplaintFactory(office=office)
        clocks = db.session.scalars(select(ComplaintClock).where(ComplaintClock.complaint_id == case.id))
        return case, {clock.clock: clock for clock in clocks}


@pytest.mark.parametrize(
    ("instant", "office", "day"),
    [
        ("2026-11-20T15:59:59+00:00", "kc_mamuju", date(2026, 11, 20)),  # 23:59:59 WITA
        ("2026-11-20T16:00:00+00:00", "kc_mamuju", date(2026, 11, 21)),  # midnight WITA
        ("2026-11-20T16:30:00+00:00", "kc_bengkulu", date(2026, 11, 20)),  # 23:30 WIB, same instant
        ("2026-11-20T17:00:00+00:00", "kc_bengkulu", date(2026, 11, 21)),
        ("2026-12-31T16:00:00+00:00", "kc_ntt", date(2027, 1, 1)),
    ],
)
def test_the_day_of_receipt_is_that_of_the_office(app: Flask, instant: str, office: str, day: date) -> None:
    case, _clocks = filed(app, instant, office)
    assert case.received_on == day
    assert case.ticket.split("-")[1] == str(day.year)


@pytest.mark.parametrize(
    "instant",
    [
        "2026-11-20T09:00+08:00",  # Friday in office hours
        "2026-11-20T23:50+08:00",  # Friday, after hours
        "2026-11-21T10:00+08:00",  # Saturday
        "2026-12-24T15:00+08:00",  # before Christmas, joint leave and the weekend
        "2027-03-05T16:00+08:00",  # before Nyepi and Idul Fitri
        "2026-12-31T23:59+08:00",
    ],
)
def test_each_first_clock_is_what_explain_counts(app: Flask, instant: str) -> None:
    case, clocks = filed(app, instant)
    assert set(clocks) == {"D01", "T02"}
    for name, clock in clocks.items():
        rule = {**CLOCKS, **TARGETS}[name]
        assert (clock.length, clock.unit) == (rule.span[0], rule.span[1].value)
        counted = explain(clock.start_on, clock.length, Unit(clock.unit), shipped("76"))
        assert clock.due_on == counted.due, name
        assert sum(step.counted for step in counted.steps) == clock.length
        assert clock.calendar_version
        assert clock.rule_version
    local = datetime.fromisoformat(instant).astimezone(ZoneInfo("Asia/Makassar")).date()
    assert all(clock.start_on >= local for clock in clocks.values())
    assert case.next_due_on == min(clock.due_on for clock in clocks.values())


def test_given_a_filing_before_a_long_holiday_then_the_clock_waits_for_it(app: Flask) -> None:
    """D01 is three working days: Thursday 24 December 2026 is joint leave, Christmas and a weekend follow."""
    _case, clocks = filed(app, "2026-12-23T10:00+08:00")
    assert clocks["D01"].due_on > date(2026, 12, 28)
