"""Visits stand in a month with its days off; one's own go to a calendar program; teams are reminded once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import icalendar
import ics
import pytest
from sqlalchemy import select

from ombudsman_app.audits.commands.reminding import remind_of_visits
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.audits import AuditFactory
from ..factories.findings import person
from ..visitor import Visitor

MONTH, FILE = "/staff/audits/calendar", "/staff/audits/calendar.ics"
DAYS = {"planned_from": date(2026, 12, 23), "planned_until": date(2026, 12, 26)}  # over Christmas
Inside = Callable[..., Any]


@pytest.fixture
def inside(inside: Inside, clock: StoppedClock) -> Inside:
    clock.at("2026-12-22T09:00+08:00")
    return inside


def test_given_a_visit_when_the_month_is_opened_then_days_off_are_named(
    visitor: Visitor, inside: Inside
) -> None:
    lead = inside(person, Role.AUDITOR)
    inside(AuditFactory, AuditState.PLANNED, lead=lead, **DAYS)
    page = visitor.enter(lead.user_id).get(f"{MONTH}?month=2026-12").text
    assert page.count("Kantor Cabang Mamuju") >= 8, "four squares, four days of the list"
    assert "Natal" in page
    assert "akhir pekan" in page
    assert "Kantor Cabang" not in visitor.get(f"{MONTH}?month=2026-11").text
    for bad in ("2026-13", "x", "9999-12", "2026-1"):
        assert visitor.get(f"{MONTH}?month={bad}").status_code == 200


def test_given_one_person_at_two_offices_on_one_day_when_shown_then_it_says_so(
    visitor: Visitor, inside: Inside
) -> None:
    lead = inside(person, Role.AUDITOR)
    inside(AuditFactory, AuditState.PLANNED, lead=lead, **DAYS)
    other = {"planned_from": date(2026, 12, 26), "planned_until": date(2026, 12, 28)}
    inside(AuditFactory, AuditState.PLANNED, lead=lead, office="pemkab_mamuju", **other)
    page = visitor.enter(lead.user_id).get(f"{MONTH}?month=2026-12").text
    assert "juga di kantor lain" in page
    assert 'class="clash"' in page


def test_given_a_plan_without_fixed_days_when_shown_then_it_is_no_visit(
    visitor: Visitor, inside: Inside
) -> None:
    lead = inside(person, Role.AUDITOR)
    whole = {"planned_from": date(2026, 12, 1), "planned_until": date(2027, 1, 31)}
    inside(AuditFactory, AuditState.PLANNED, lead=lead, **whole)
    assert "Tidak ada kunjungan" in visitor.enter(lead.user_id).get(f"{MONTH}?month=2026-12").text


def test_given_own_visits_when_fetched_then_two_calendar_programs_read_them(
    visitor: Visitor, inside: Inside
) -> None:
    lead = inside(person, Role.AUDITOR)
    audit = inside(AuditFactory, AuditState.PLANNED, lead=lead, **DAYS)
    inside(AuditFactory, AuditState.PLANNED, office="pemkab_mamuju", **DAYS)  # of somebody else
    answer = visitor.enter(lead.user_id).get(FILE)
    assert answer.mimetype == "text/calendar"
    (one,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (date(2026, 12, 23), date(2026, 12, 27))
    assert str(one["UID"]).startswith(f"audit-visit-{audit.id}@")
    assert "Mamuju" in one["SUMMARY"]
    (event,) = ics.Calendar(answer.text).events
    assert event.all_day
    assert event.begin.date() == date(2026, 12, 23)


@pytest.mark.parametrize("visits", [1, 12])
def test_the_month_costs_the_same_however_many_visits(visitor: Visitor, inside: Inside, visits: int) -> None:
    lead = inside(person, Role.AUDITOR)
    for _ in range(visits):
        inside(AuditFactory, AuditState.PLANNED, lead=lead, **DAYS)
    visitor.enter(lead.user_id).get(f"{MONTH}?month=2026-12")
    assert visitor.queries <= 5


def test_given_a_visit_on_the_next_day_when_the_morning_comes_then_its_team_is_reminded_once(
    inside: Inside, clock: StoppedClock
) -> None:
    audit = inside(AuditFactory, AuditState.PLANNED, **DAYS)
    inside(AuditFactory, AuditState.PLANNED, office="pemkab_mamuju", planned_from=date(2026, 12, 28))
    clock.at("2026-12-22T06:00+08:00")
    assert inside(remind_of_visits) == 0, "nobody is woken"
    clock.at("2026-12-22T09:00+08:00")
    for _ in range(2):
        inside(remind_of_visits)
    told = inside(lambda: db.session.execute(select(Notification.kind, Notification.record_id)).all())
    assert [tuple(row) for row in told] == [("audits.visit_near", audit.id)]
