"""A changed calendar: later at once, earlier only when the head of the office releases it (DI7)."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import Engine, event, select, update

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.cli.main import main
from ombudsman_app.complaints.commands import recount_open_clocks, release_earlier_day
from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed, RecordChanged
from ombudsman_app.core.limits import ID_DIGITS
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.commands import import_holidays, load_shipped
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayKind
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.core.workflow.package_days import as_csv
from ombudsman_app.core.workflow.recounting import Recount
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, ComplaintFactory, more_history
from ..visitor import Visitor

# D01 is 14 calendar days: Friday 4 December. T02 is 7 working days: Tuesday 1 December.
FRIDAY = "2026-11-20T09:00+08:00"
D01_DUE, D01_LATER = date(2026, 12, 4), date(2026, 12, 7)
DUE, LATER = date(2026, 12, 1), date(2026, 12, 2)
TUESDAY = date(2026, 11, 24)
OFF = [
    DayOff(day, HolidayKind.NATIONAL, "Hari Pemilihan", "ID", "Keppres", "1") for day in (TUESDAY, D01_DUE)
]
FAR_DAY = DayOff(date(2026, 6, 30), HolidayKind.NATIONAL, "Hari Lain", "ID", "Keppres", "1")


@pytest.fixture
def house(in_app: Flask, clock: StoppedClock) -> Flask:
    """The shipped days in the table, on a Friday morning in Mamuju."""
    clock.at(FRIDAY)
    load_shipped()
    return in_app


def clock_of(case: Complaint, name: str = "T02") -> ComplaintClock:
    found = select(ComplaintClock).where(ComplaintClock.complaint_id == case.id, ComplaintClock.clock == name)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def next_due(case: Complaint) -> date:
    return db.session.scalars(select(Complaint.next_due_on).where(Complaint.id == case.id)).one()


def notes(act: str) -> list[TrailEntry]:
    return list(db.session.scalars(select(TrailEntry).where(TrailEntry.event == f"complaints:clock:{act}")))


def person(role: Role, office: str = "MAM") -> Actor:
    actor = actor_for(UserFactory(role, password=None, office=office).id)
    assert actor is not None
    return actor


def waiting_case() -> Complaint:
    """A case that was counted with two days off, which the government then took back."""
    import_holidays(OFF, actor=STRANGER)
    case = ComplaintFactory()
    import_holidays([FAR_DAY], actor=STRANGER)
    assert recount_open_clocks(STRANGER) == Recount(moved=0, waiting=2)
    return case


def test_given_a_new_day_off_when_recounting_then_open_clocks_move_at_once(house: Flask) -> None:
    case = ComplaintFactory()
    assert (clock_of(case).due_on, next_due(case)) == (DUE, DUE)
    before = clock_of(case).calendar_version
    import_holidays(OFF, actor=STRANGER)

    assert recount_open_clocks(STRANGER) == Recount(moved=2, waiting=0)

    stored = clock_of(case)
    assert (stored.due_on, stored.proposed_due_on, next_due(case)) == (LATER, None, LATER)
    assert stored.calendar_version == calendar_of("76").version != before
    told = {row["clock"]: row for row in (json.loads(one.changes) for one in notes("moved"))}
    assert told["D01"]["due_on"] == ["2026-12-04", "2026-12-07"]
    assert told["T02"]["calendar_version"] == [before, stored.calendar_version]
    assert {one.subject_id for one in notes("moved")} == {case.id}

    assert recount_open_clocks(STRANGER) == Recount()
    assert len(notes("moved")) == 2


def test_given_a_day_off_taken_back_when_recounting_then_the_earlier_day_waits(house: Flask) -> None:
    case = waiting_case()

    stored = clock_of(case)
    assert (stored.due_on, stored.proposed_due_on, next_due(case)) == (LATER, DUE, LATER)
    assert stored.calendar_version != calendar_of("76").version
    assert json.loads(notes("proposed")[0].changes)["proposed_due_on"] == [None, "2026-12-04"]
    assert recount_open_clocks(STRANGER) == Recount(moved=0, waiting=2)
    assert len(notes("proposed")) == 2

    import_holidays(OFF, actor=STRANGER)
    assert recount_open_clocks(STRANGER) == Recount()
    assert clock_of(case).proposed_due_on is None
    assert len(notes("withdrawn")) == 2


def test_given_a_waiting_day_when_the_head_releases_it_then_the_clock_ends_earlier(house: Flask) -> None:
    case = waiting_case()

    release_earlier_day(clock_of(case), actor=person(Role.HEAD_OF_REPRESENTATIVE))

    stored = clock_of(case)
    assert (stored.due_on, stored.proposed_due_on, next_due(case)) == (DUE, None, DUE)
    assert stored.calendar_version == calendar_of("76").version
    assert json.loads(notes("released")[0].changes)["due_on"] == ["2026-12-02", "2026-12-01"]
    with pytest.raises(RecordChanged):
        release_earlier_day(clock_of(case), actor=person(Role.HEAD_OF_REPRESENTATIVE))


def test_given_a_day_is_released_then_who_works_on_the_case_is_told_the_day_and_nothing_else(
    house: Flask,
) -> None:
    case, intake = waiting_case(), person(Role.PVL_ASSISTANT)

    release_earlier_day(clock_of(case), actor=person(Role.HEAD_OF_REPRESENTATIVE))

    told = select(Notification).where(Notification.kind == "complaints.day_released")
    lines = [(line.person_id, line.facts, line.label) for line in db.session.scalars(told)]
    assert (intake.user_id, f'{{"day": "{clock_of(case).due_on}"}}', case.ticket) in lines


@pytest.mark.parametrize(
    ("role", "office"), [(Role.EXAMINER, "MAM"), (Role.CHAIR, "MAM"), (Role.HEAD_OF_REPRESENTATIVE, "BKL")]
)
def test_given_anybody_else_when_releasing_then_the_day_stays(house: Flask, role: Role, office: str) -> None:
    case = waiting_case()
    with pytest.raises(NotAllowed):
        release_earlier_day(clock_of(case), actor=person(role, office))
    assert clock_of(case).due_on == LATER


def test_given_a_calendar_that_changed_again_when_releasing_then_nothing_moves(house: Flask) -> None:
    case = waiting_case()
    import_holidays(OFF, actor=STRANGER)  # not recounted yet
    with pytest.raises(RecordChanged):
        release_earlier_day(clock_of(case), actor=person(Role.HEAD_OF_REPRESENTATIVE))
    assert (clock_of(case).due_on, notes("released")) == (LATER, [])


@command
def _end_target(case: Complaint) -> None:
    target = clock_of(case).id
    db.session.execute(update(ComplaintClock).where(ComplaintClock.id == target).values(ended_on=DUE))


@command
def _close(case: Complaint) -> None:
    db.session.execute(update(Complaint).where(Complaint.id == case.id).values(is_open=False))


def test_ended_clocks_and_closed_cases_never_move(house: Flask) -> None:
    ended, closed = ComplaintFactory(), ComplaintFactory()
    _end_target(ended)
    _close(closed)
    import_holidays(OFF, actor=STRANGER)

    assert recount_open_clocks(STRANGER).moved == 1  # D01 of the first
    assert (clock_of(ended).due_on, clock_of(closed).due_on) == (DUE, DUE)
    assert next_due(ended) == D01_LATER


def test_a_regional_day_moves_the_clocks_of_its_province_alone(house: Flask) -> None:
    here, elsewhere = ComplaintFactory(), ComplaintFactory(office="kc_bengkulu")
    local = DayOff(TUESDAY, HolidayKind.REGIONAL, "Hari Jadi", "76", "Gubernur", "1")
    import_holidays([local], actor=STRANGER)

    assert recount_open_clocks(STRANGER).moved == 1
    assert (clock_of(here).due_on, clock_of(elsewhere).due_on) == (LATER, DUE)


def test_given_a_day_of_receipt_that_becomes_a_day_off_then_the_clock_starts_on_the_next(
    house: Flask,
) -> None:
    """What arrives on a day off counts as received on the next working day (calendar.md §1)."""
    case = ComplaintFactory()
    today_off = DayOff(date(2026, 11, 20), HolidayKind.NATIONAL, "Hari Berkabung", "ID", "Keppres", "1")
    import_holidays([today_off], actor=STRANGER)
    recount_open_clocks(STRANGER)
    assert (clock_of(case).start_on, clock_of(case).due_on) == (date(2026, 11, 23), LATER)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*call: object) -> None:
        seen.append(str(call[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_a_recount_costs_by_the_batch_not_by_the_clock(house: Flask) -> None:
    case = ComplaintFactory()
    more_history(case.id, steps=1, clocks=600)
    import_holidays(OFF, actor=STRANGER)
    with counted(house.extensions["engine"]) as seen:
        assert recount_open_clocks(STRANGER) == Recount(moved=2, waiting=600)
    batches = 2
    assert len([one for one in seen if not one.startswith("BEGIN")]) <= 9 * batches + 1, "\n".join(seen)
    proposed = select(ComplaintClock.proposed_due_on).where(ComplaintClock.length == 3)
    assert set(db.session.scalars(proposed)) == {date(2026, 11, 26)}  # three working days, Tuesday off


# --- pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_recounted", [False, True])
def test_given_a_waiting_day_then_pages_show_no_list_that_ends_elsewhere(
    app: Flask, clock: StoppedClock, is_recounted: bool
) -> None:
    clock.at(FRIDAY)
    with app.app_context():
        load_shipped()
        case = waiting_case()
        _end_target(case)
        if is_recounted:
            import_holidays(OFF, actor=STRANGER)
            recount_open_clocks(STRANGER)
    for page in _pages(app, case):
        assert "7 Desember 2026" in page
        assert ("kalender sebelumnya" in page) is not is_recounted
        assert ('<ol class="days' in page) is is_recounted


def test_given_a_year_without_joint_leave_then_pages_say_that_the_day_may_change(
    app: Flask, clock: StoppedClock
) -> None:
    clock.at("2027-12-20T09:00+08:00")
    with app.app_context():
        case = ComplaintFactory()
        _end_target(case)  # it ends in December
    for page in _pages(app, case):
        assert "Cuti bersama tahun 2028 belum diketahui" in page


def _pages(app: Flask, case: Complaint) -> list[str]:
    """The page of the reporter, and of the office the page of each clock that its case page leads to."""
    with app.app_context():
        examiner = UserFactory(Role.EXAMINER, password=None)
    reporter, officer = Visitor(app), Visitor(app).enter(examiner.id)
    reporter.submit("/lacak", {"ticket": case.ticket, "access_code": CODE})
    at = f"/staff/complaints/{case.id}"
    clocks = re.findall(rf'href="({at}/clocks/\d+)"', officer.get(at).text)
    assert clocks
    return [reporter.get("/lacak/laporan").text, *(officer.get(one).text for one in clocks)]


# --- the command line -----------------------------------------------------------------------------------


def _run(app: Flask, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    settings = app.extensions["settings"]
    monkeypatch.setenv("OMBUDSMAN_DATA", str(settings.data_dir))
    monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", settings.database_url)
    db.release()
    return CliRunner().invoke(main, ["holidays", *words])


def test_given_an_import_then_clocks_move_or_wait_and_a_head_releases_them(
    house: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    case, head = ComplaintFactory(), UserFactory(Role.HEAD_OF_REPRESENTATIVE, password=None)
    file = tmp_path / "days.csv"
    for days, said in (
        (OFF, "2 open clocks moved to a later day, 0 wait for a release."),
        ([FAR_DAY], "0 open clocks moved to a later day, 2 wait for a release."),
        ([FAR_DAY], "0 open clocks moved to a later day, 2 wait for a release."),
    ):
        file.write_text(as_csv(days), encoding="utf-8")
        done = _run(house, monkeypatch, "import", "--yes", "--holidays", str(file))
        assert done.stdout.splitlines()[-1] == said, done.output

    done = _run(house, monkeypatch, "proposals")
    assert done.exit_code == 0, done.output
    listed = done.stdout.splitlines()
    stored = clock_of(case)
    assert f"{stored.id}  MAM  {case.ticket}  T02   2026-12-02 -> 2026-12-01" in listed
    assert len(listed) == 2

    examiner = UserFactory(Role.EXAMINER, password=None)
    for clock_id, email, words in (
        (str(stored.id), examiner.email, "head of the office"),
        (str(stored.id), "nobody@example.test", "no active account"),
        ("9" * ID_DIGITS, head.email, "no such clock"),
        ("x", head.email, "CLOCK_ID"),
    ):
        refused = _run(house, monkeypatch, "release", clock_id, "--by", email)
        assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
        assert words in refused.stderr

    done = _run(house, monkeypatch, "release", str(stored.id), "--by", head.email)
    assert done.exit_code == 0, done.output
    assert (clock_of(case).due_on, notes("released")[0].actor_id) == (DUE, head.id)
