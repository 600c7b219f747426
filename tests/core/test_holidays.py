"""The days off in the wheel, and the table that an administrator keeps."""

from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from ombudsman_app.cli.main import main
from ombudsman_app.complaints.models import ComplaintClock
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.workflow.commands import change_by, import_holidays, load_shipped
from ombudsman_app.core.workflow.holiday_calendar import (
    LONGEST,
    LONGEST_VERSION,
    SHIPPED,
    CalendarBroken,
    DayOff,
    HolidayCalendar,
    HolidayKind,
    read_file,
    shipped,
)
from ombudsman_app.core.workflow.models import Holiday, calendar_of, stored_days
from ombudsman_app.core.workflow.package_days import as_csv, days_from_package

from ..factories.complaints import ComplaintFactory

# Typed from the calendar rules (2026: SKB 3 Menteri 1497/2025, 2/2025, 5/2025), not from the package.
NATIONAL = {
    2025: "1-1 1-27 1-29 3-29 3-31 4-1 4-18 4-20 5-1 5-12 5-29 6-1 6-6 6-27 8-17 9-5 12-25",
    2026: "1-1 1-16 2-17 3-19 3-21 3-22 4-3 4-5 5-1 5-14 5-27 5-31 6-1 6-16 8-17 8-25 12-25",
    2027: "1-1 1-5 2-6 3-8 3-10 3-11 3-26 3-28 5-1 5-6 5-17 5-20 6-1 6-6 8-15 8-17 12-25 12-26",
}
JOINT_LEAVE = {
    2025: "1-28 3-28 4-2 4-3 4-4 4-7 5-13 5-30 6-9 8-18 12-26",
    2026: "2-16 3-18 3-20 3-23 3-24 5-15 5-28 12-24",
    2027: "2-5 3-9 3-12 3-15 3-25 5-18 5-19 12-24",
}


@pytest.mark.parametrize(
    ("kind", "lists"), [(HolidayKind.NATIONAL, NATIONAL), (HolidayKind.JOINT_LEAVE, JOINT_LEAVE)]
)
@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_shipped_days_are_those_of_the_decrees(
    kind: HolidayKind, lists: dict[int, str], year: int
) -> None:
    expected = [date(year, *map(int, day.split("-"))) for day in lists[year].split()]
    assert [day.day for day in shipped().days if day.day.year == year and day.kind is kind] == expected


def test_election_days_are_off() -> None:
    for day in (date(2024, 2, 14), date(2024, 11, 27)):
        assert not shipped().is_working_day(day)


@pytest.mark.skipif(
    not shipped().version.startswith(f"holidays {metadata.version('holidays')} · "),
    reason="another version of the package",
)
def test_the_shipped_file_is_what_generating_gives() -> None:
    assert as_csv(days_from_package()) == SHIPPED.read_text(encoding="utf-8")


def test_given_a_year_when_listing_then_its_days_are_printed() -> None:
    done = CliRunner().invoke(main, ["holidays", "list", "2026"])
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert len(lines) == 17 + 8
    assert lines[-2] == "2026-12-24  joint leave       ID   Cuti Bersama Hari Raya Natal"


@pytest.mark.parametrize("year", ["", "26", "²026", "1999", "20261"])
def test_given_a_strange_year_when_listing_then_one_sentence_says_so(year: str) -> None:
    done = CliRunner().invoke(main, ["holidays", "list", year])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


# --- the table ----------------------------------------------------------------------------------------

CHRISTMAS = DayOff(date(2026, 12, 25), HolidayKind.NATIONAL, "Natal", "ID", "package", "1")
EVE = DayOff(date(2026, 12, 24), HolidayKind.JOINT_LEAVE, "Cuti Bersama", "ID", "package", "1")


@command
def _empty_table() -> None:
    db.session.query(Holiday).delete()


@command
def _enter_by_hand(day: DayOff) -> None:
    db.session.add(
        Holiday(day=day.day, kind=day.kind, name=day.name, scope=day.scope, source="by hand", version="1")
    )


def test_given_an_import_when_run_twice_then_the_second_changes_nothing(in_app: Flask) -> None:
    _empty_table()

    first, second = (import_holidays([CHRISTMAS, EVE], actor=STRANGER) for _ in range(2))

    assert (len(first.added), bool(second)) == (2, False)
    assert stored_days() == [EVE, CHRISTMAS]
    assert not calendar_of().is_working_day(EVE.day)


def test_given_a_day_that_was_dropped_when_importing_then_only_it_goes(in_app: Flask) -> None:
    _empty_table()
    import_holidays([CHRISTMAS, EVE], actor=STRANGER)

    change = change_by([CHRISTMAS])
    assert (change.added, change.removed) == ((), (EVE,))

    import_holidays([CHRISTMAS], actor=STRANGER)
    assert stored_days() == [CHRISTMAS]


def test_given_a_day_entered_by_hand_when_importing_then_it_stays(in_app: Flask) -> None:
    _empty_table()
    _enter_by_hand(EVE)
    local = DayOff(date(2026, 11, 24), HolidayKind.REGIONAL, "Hari Jadi", "76", "by hand", "1")
    _enter_by_hand(local)

    import_holidays([CHRISTMAS, EVE], actor=STRANGER)

    assert [day.source for day in stored_days()] == ["by hand", "by hand", "package"]
    assert [calendar_of(code).is_working_day(local.day) for code in (None, "76", "51")] == [True, False, True]


def test_given_a_table_with_days_when_seeding_again_then_it_is_left_to_the_person(in_app: Flask) -> None:
    _empty_table()
    assert load_shipped() == "Days off: 354 loaded."
    assert (load_shipped(), len(stored_days())) == (None, 354)


def test_given_an_empty_table_when_counting_then_the_shipped_days_hold(in_app: Flask) -> None:
    _empty_table()
    assert calendar_of().version == shipped().version


def test_given_days_of_three_sources_with_long_names_when_filing_then_the_clocks_know_their_calendar(
    in_app: Flask,
) -> None:
    _empty_table()
    for number, name in enumerate(("Surat Keputusan", "Instruksi Gubernur", "Edaran Sekretaris"), 2):
        version = f"{name} {number:03d} Tahun 2027".ljust(LONGEST["version"], "x")
        day = DayOff(
            date(2027, 6, number), HolidayKind.NATIONAL, "Libur", "ID", name.ljust(200, "x"), version
        )
        import_holidays([day], actor=STRANGER)

    case = ComplaintFactory()

    stored = db.session.scalars(
        select(ComplaintClock.calendar_version).where(ComplaintClock.complaint_id == case.id)
    ).all()
    assert set(stored) == {calendar_of("76").version}
    assert len(stored[0]) <= LONGEST_VERSION


def test_the_version_of_a_calendar_tells_its_days_and_nothing_else() -> None:
    plain = HolidayCalendar([CHRISTMAS, EVE])
    local = DayOff(date(2026, 11, 24), HolidayKind.REGIONAL, "Hari Jadi", "76", "package", "1")

    assert HolidayCalendar([EVE, CHRISTMAS]).version == plain.version
    assert HolidayCalendar([CHRISTMAS, EVE, local]).version == plain.version
    assert HolidayCalendar([CHRISTMAS, EVE, local], province="76").version != plain.version
    assert HolidayCalendar([CHRISTMAS]).version != plain.version
    assert plain.version.startswith("1 · ")
    assert HolidayCalendar([]).version


@pytest.mark.parametrize("column", LONGEST)
def test_given_a_cell_that_no_column_holds_when_importing_then_the_line_is_refused(
    in_app: Flask, tmp_path: Path, column: str
) -> None:
    whole = {"name": "Natal", "scope": "ID", "source": "SKB", "version": "1"}
    for cell in ("x" * (LONGEST[column] + 1), "Na\x00tal"):
        day = DayOff(CHRISTMAS.day, HolidayKind.NATIONAL, **{**whole, column: cell})
        file = tmp_path / "days.csv"
        file.write_text(as_csv([day]), encoding="utf-8")
        with pytest.raises(CalendarBroken, match=f"line 2: {column} must be"):
            read_file(file)
        with pytest.raises(CalendarBroken, match=column):
            import_holidays([day], actor=STRANGER)
    assert stored_days() == []
