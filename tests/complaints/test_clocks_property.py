"""A clock lives through pauses, their ends, more time, new days off; its last day is always a naive one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random  # noqa: TID251 - repeats by its seed and guards nothing
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import (
    MoreTimeInput,
    PauseInput,
    ask_for_pause,
    ask_for_time,
    decide_time,
    end_pause,
    recount_open_clocks,
    release_pause,
)
from ombudsman_app.complaints.errors import PauseRefused
from ombudsman_app.complaints.models import ClockPause, Complaint, ComplaintClock
from ombudsman_app.complaints.queries import ClockOfCase, PauseOfCase
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoreTimeRefused
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.core.workflow.commands import import_holidays, load_shipped
from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayKind, shipped

from ..conftest import StoppedClock
from ..factories.complaints import Team, TeamFactory
from ..factories.examination import asked_letter
from ..factories.findings import person
from ..naive import ONE_DAY, last_day

ZONE = ZoneInfo("Asia/Makassar")
REASON = "Banjir menutup kantor itu sejak kemarin sore."


class Life:
    """One time to explain, what happens to it, and what a naive count makes of it."""

    def __init__(self, team: Team, officer: Actor, clock: StoppedClock, seed: int) -> None:
        self.team, self.officer, self.wall = team, officer, clock
        self.dice, self.today = Random(seed), date(2026, 11, 20)
        self.off = {day.day for day in shipped("76").days}
        self.paused: set[date] = set()
        self.rows: list[DayOff] = []
        self.granted = 0
        self.letter = asked_letter(team)
        self.first = (self.clock().start_on, self.clock().length)

    def clock(self) -> ComplaintClock:
        wanted = select(ComplaintClock).where(ComplaintClock.id == self.letter.clock_id)
        return db.session.scalars(wanted.execution_options(populate_existing=True)).one()

    def case(self) -> Complaint:
        wanted = select(Complaint).where(Complaint.id == self.clock().complaint_id)
        return db.session.scalars(wanted.execution_options(populate_existing=True)).one()

    def pause(self) -> None:
        days = self.dice.randint(1, 5)
        case = self.case()
        given = PauseInput("respondent_unable", days, REASON)
        found = ClockOfCase(case, self.clock())
        asked = ask_for_pause(found, given, version=case.version, actor=self.team.examiner)
        self.sleep(self.dice.randint(0, 1))  # it waits for the head and runs on
        released = PauseOfCase(self.case(), self.clock(), asked)
        release_pause(released, version=self.case().version, actor=self.team.head)
        self.paused |= {self.today + ONE_DAY * number for number in range(days)}

    def end(self) -> None:
        wanted = select(ClockPause).where(ClockPause.first_on.is_not(None)).order_by(ClockPause.id.desc())
        pause = db.session.scalars(wanted.limit(1)).first()
        if pause is not None:
            found = PauseOfCase(self.case(), self.clock(), pause)
            end_pause(found, REASON, version=self.case().version, actor=self.team.head)
            self.paused = {day for day in self.paused if day <= self.today}

    def extend(self) -> None:
        asked = ask_for_time(
            self.letter.id, MoreTimeInput(self.dice.randint(2, 6), REASON), actor=self.officer
        )
        days = self.dice.randint(1, asked.days)
        decide_time(self.case(), asked, days, "", version=self.case().version, actor=self.team.head)
        self.granted += days

    def new_day_off(self) -> None:
        day = self.today + ONE_DAY * self.dice.randint(1, 30)
        if day not in self.off:
            self.rows.append(DayOff(day, HolidayKind.NATIONAL, "Hari Libur Baru", "ID", "Keppres", "2"))
            import_holidays(self.rows, actor=STRANGER)  # a file holds all that still holds
            recount_open_clocks(STRANGER)
            self.off.add(day)

    def sleep(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.wall.at(datetime(self.today.year, self.today.month, self.today.day, 10, tzinfo=ZONE).isoformat())


@pytest.mark.parametrize("seed", range(4))
def test_given_any_life_of_a_clock_then_its_last_day_is_that_of_a_naive_count(
    in_app: Flask, clock: StoppedClock, seed: int
) -> None:
    clock.at("2026-11-20T09:00+08:00")
    load_shipped()
    life = Life(TeamFactory(), person(Role.OFFICE_OFFICER), clock, seed)
    acts: list[Callable[[], Any]] = [life.pause, life.end, life.extend, life.new_day_off]
    done, reasons = 0, set[str]()
    for _turn in range(16):
        act = life.dice.choice(acts)
        try:
            act()
            done += 1
        except (PauseRefused, MoreTimeRefused) as refused:  # nothing moves then
            reasons.add(refused.details["why"])
        held, (start, length) = life.clock(), life.first
        is_working = held.unit == Unit.WORKING_DAYS
        wanted = last_day(start, length + life.granted, life.off, life.paused, is_working=is_working)
        assert held.due_on == wanted, (seed, act.__name__)
        assert life.case().next_due_on == wanted
        life.sleep(life.dice.randint(0, 2))
    assert done >= 6
    assert reasons <= {"over", "waits", "not_paused", "too_long", "too_often"}
