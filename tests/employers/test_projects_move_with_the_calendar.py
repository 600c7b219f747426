"""A changed calendar moves the last day to register: later at once, earlier when the head says so (DI7)."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.core.workflow.holiday_calendar import HolidayKind
from ombudsman_app.core.workflow.models import Holiday
from ombudsman_app.core.workflow.recounting import Recount
from ombudsman_app.employers.commands.projects import (
    RegistrationInput,
    note_registration,
    recount_project_days,
)
from ombudsman_app.employers.models import Project
from ombudsman_app.employers.projects.rules import Standing

from ..conftest import StoppedClock
from ..factories.employers import keeper_of
from ..factories.findings import person
from ..factories.projects import ProjectFactory
from ..visitor import Visitor

MOVED = date(2026, 3, 30)  # a working day between the SPK and the last day


@pytest.fixture
def in_calendar(app: Flask, clock: StoppedClock) -> Flask:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        load_shipped()
    return app


@command
def day_off(day: date, *, is_off: bool) -> None:
    if is_off:
        kind = HolidayKind.NATIONAL
        db.session.add(Holiday(day=day, kind=kind, name="Hari baru", source="uji", version="uji"))
    else:
        db.session.execute(delete(Holiday).where(Holiday.day == day))


def held(app: Flask, project: Any) -> Project:
    with app.app_context():
        return db.session.get_one(Project, project.id)


def test_given_a_new_day_off_when_counted_again_then_open_ones_move_and_registered_ones_stay(
    in_calendar: Flask,
) -> None:
    with in_calendar.app_context():
        project, registered = ProjectFactory(), ProjectFactory()
        told = RegistrationInput(date(2026, 4, 7))
        note_registration(registered, told, version=registered.version, actor=keeper_of())
        day_off(MOVED, is_off=True)
        assert recount_project_days(STRANGER) == Recount(1, 0)
        assert recount_project_days(STRANGER) == Recount(0, 0), "a second run changes nothing"
    assert held(in_calendar, project).due_on == date(2026, 4, 7)
    assert held(in_calendar, registered).due_on == date(2026, 4, 6)
    assert held(in_calendar, registered).standing is Standing.LATE


def test_given_an_earlier_day_when_proposed_then_it_holds_once_the_head_releases_it(
    in_calendar: Flask, visitor: Visitor
) -> None:
    with in_calendar.app_context():
        day_off(MOVED, is_off=True)
        project = ProjectFactory()
        day_off(MOVED, is_off=False)
        assert recount_project_days(STRANGER) == Recount(0, 1)
        head, keeper = person(Role.HEAD_OF_REPRESENTATIVE).user_id, keeper_of().user_id
    assert held(in_calendar, project).due_on == date(2026, 4, 7)
    assert held(in_calendar, project).proposed_due_on == date(2026, 4, 6)

    address = f"/staff/employers/projects/{project.id}"
    version = {"version": str(held(in_calendar, project).version)}
    assert visitor.enter(keeper).post(f"{address}/release-day", version).status_code == 403
    visitor.enter(head)
    assert "6 April 2026" in visitor.get(f"{address}/days").text
    assert visitor.post(f"{address}/release-day", version).status_code == 302
    assert held(in_calendar, project).due_on == date(2026, 4, 6)
    assert visitor.post(f"{address}/release-day", version).status_code == 409
