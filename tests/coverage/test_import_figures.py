"""Lists of figures by the door: dry run with reasons, proposals, release by another, revision, undo."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.models import CoverageSource
from ombudsman_app.coverage.states import Definition, Flag, Level, Part, Standing
from ombudsman_app.imports.states import RunState

from ..conftest import StoppedClock
from ..imports.lists import csv_of, reading, xlsx
from ..visitor import Visitor
from .figure_lists import HEADS, OUTSIDE, FigureBringer, line


@pytest.fixture
def bringer(app: Flask, visitor: Visitor, clock: StoppedClock) -> Iterator[FigureBringer]:
    clock.at("2026-11-20T09:00+08:00")
    with reading(app):
        yield FigureBringer(app, visitor)


def rows(*lines: Sequence[Any], heads: Sequence[str] = HEADS) -> bytes:
    return xlsx(lines, heads)


def test_given_a_list_when_applied_and_released_then_it_is_public_and_the_same_list_changes_nothing(
    bringer: FigureBringer,
) -> None:
    book = rows(
        line("53.15", "Kab. Manggarai Barat", day="Juni 2026", percent="33,73"),
        line("5371", "", day="2026-06-30", above="90.000", below="200.000", percent=""),
        line("", "Kabupaten Flores Timur", day="30/06/2026", percent=34),
        line("53", "NTT", day="30 Juni 2026", percent=33.5),
    )
    run = bringer.checked(book)
    assert bringer.figures() == [], "a dry run writes nothing"
    assert bringer.run(run).counts.get("new") == 4, (bringer.run(run).counts, bringer.why(run))
    bringer.applied(run)

    found = bringer.figures(Standing.PROPOSED)
    assert [(one.place_code, one.percent, one.quoted_places, one.as_of) for one in found] == [
        ("53.15", Decimal("33.73"), 2, date(2026, 6, 30)),
        ("53.71", Decimal("45"), None, date(2026, 6, 30)),
        ("53.06", Decimal("34"), 0, date(2026, 6, 30)),
        ("53", Decimal("33.5"), 1, date(2026, 6, 30)),
    ]
    assert {one.import_id for one in found} == {run}
    assert [one.level for one in found] == [Level.REGENCY, Level.REGENCY, Level.REGENCY, Level.PROVINCE]
    with bringer.app.app_context():
        (source,) = db.session.scalars(select(CoverageSource).where(CoverageSource.key.is_(None)))
        assert (source.title, source.kind) == ("BPJS Ketenagakerjaan NTT", "bpjs")

    again = bringer.checked(book)
    assert bringer.run(again).counts.get("unchanged") == 4
    bringer.release(run)
    assert len(bringer.figures(Standing.CURRENT)) == 4
    after = bringer.checked(book)
    assert bringer.run(after).counts.get("unchanged") == 4
    assert bringer.step(after, "apply").status_code == 409
    assert len(bringer.figures()) == 4


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (line(percent="3373"), "33,73"),
        (line(percent=3373), "33,73"),
        (line(percent="1.234"), "write it as 33,73"),
        (line(percent=0.3373), "may be a share of one"),
        (line(percent="-3"), "below zero"),
        (line(percent="", above="12,5"), "no whole number"),
        (line(percent="", above=1.234, below="2000"), "no whole number of persons"),
        (line(percent="120"), "More than 100%"),
        (line(percent=""), "Write a number"),
        (line(day="2033-06-30"), "lies in the future"),
        (line(day="Juni 2033"), "lies in the future"),
        (line(day="2012-06-30"), "works since 2014"),
        (line(day="2026"), "is no day"),
        (line(53.1, ""), "may be 53.10"),
        (line("99.99"), "no province, regency or city bears this code"),
        (line("abc"), "is no Kemendagri code"),
        (line("", "Kupang"), "fits more than one place: Kabupaten Kupang, Kota Kupang"),
        (line("", "Atlantis"), "no province, regency or city bears this name"),
        (line("", "Jumlah"), "row of totals"),
        (line("", ""), "whose figure is it"),
        (line("53.15", "Kota Kupang"), "belongs to Kabupaten Manggarai Barat"),
        (line(definition="Peserta bahagia"), "none of the definitions"),
    ],
)
def test_given_a_bad_row_when_it_is_checked_then_it_is_not_taken_and_the_page_says_why(
    bringer: FigureBringer, given: Sequence[Any], said: str
) -> None:
    run = bringer.checked(rows(given, line("53.06")))
    assert bringer.run(run).counts == {"new": 1, "rejected": 1, "blank": 0}
    assert said in bringer.why(run, "rejected").replace("&#39;", "'")


@pytest.mark.parametrize(
    ("given", "said", "code", "percent"),
    [
        (line(percent="33.73"), "it was read as a comma", "53.15", "33.73"),
        (line(percent=33.734567), "two are kept", "53.15", "33.73"),
        (line(percent="0,34%"), "", "53.15", "0.34"),
        (line(53.1, "Kabupaten Manggarai", percent=34), "", "53.10", "34"),
        (line("5315", percent="34"), "", "53.15", "34"),
        (line("53.15", "Mabar Raya", percent="34"), "is not known here", "53.15", "34"),
        (line("", "Manggarai Barat", percent="34"), "", "53.15", "34"),
        (line("91.01", percent="34"), "before a split", "93.01", "34"),
        (line(percent="34", day="Juni 2026"), "its last day is taken", "53.15", "34"),
        (line(percent="", above="1.234.567", below="2,469,134"), "", "53.15", "50"),
    ],
)
def test_given_an_odd_row_when_it_is_applied_then_it_is_read_as_said_and_the_page_tells(
    bringer: FigureBringer, given: Sequence[Any], said: str, code: str, percent: str
) -> None:
    run = bringer.checked(rows(given))
    assert bringer.run(run).counts.get("new") == 1, bringer.why(run)
    assert said in bringer.why(run, "new")
    bringer.applied(run)
    (one,) = bringer.figures()
    assert (one.place_code, one.percent) == (code, Decimal(percent))
    assert (Flag.OLD_CODE in one.flags) == (code == "93.01")


def test_given_two_definitions_in_one_list_when_checked_then_the_second_is_a_list_of_its_own(
    bringer: FigureBringer,
) -> None:
    run = bringer.checked(
        rows(
            line("53.15", definition=""),
            line("53.06", definition="UCJ"),
            line("53.71", definition="Angkatan kerja"),
        )
    )
    assert bringer.run(run).counts == {"new": 2, "rejected": 1, "blank": 0}
    assert "Bring it as a list of its own" in bringer.why(run, "rejected")
    bringer.applied(run)
    assert {one.definition for one in bringer.figures()} == {Definition.UCJ}


def test_given_no_definition_in_the_rows_when_a_head_says_it_then_it_is_that_one(
    bringer: FigureBringer,
) -> None:
    mute = bringer.checked(rows(line(definition="")))
    assert "does not say what it counts" in bringer.why(mute, "rejected")
    said = bringer.checked(csv_of([("53.15", "33,73")], heads=("Kode Wilayah", "UCJ (%)")).encode(), "a.csv")
    bringer.applied(said)
    assert [one.definition for one in bringer.figures()] == [Definition.UCJ]


def test_given_the_same_place_twice_when_checked_then_one_is_taken(bringer: FigureBringer) -> None:
    run = bringer.checked(rows(line(), line(), line(percent="34")))
    assert bringer.run(run).counts == {"new": 1, "rejected": 2, "blank": 0}
    page = bringer.why(run, "rejected")
    assert "Row 2 says the same" in page
    assert "Row 2 says otherwise" in page


def test_given_parts_that_do_not_add_up_when_applied_then_both_are_kept_and_the_whole_is_flagged(
    bringer: FigureBringer,
) -> None:
    said: dict[str, Any] = {"definition": "Pekerja rentan", "percent": ""}
    heads = (*HEADS, "Sumber dana")
    village: list[Sequence[Any]] = [
        [*line(**said, above=100), ""],
        [*line(**said, above=30), "APBN"],
        [*line(**said, above=30), "Donasi"],
        [*line("53.06", **said, above=60), ""],
        [*line("53.06", **said, above=60), "CSR"],
        [*line("53", **said, above=90), ""],
    ]
    run = bringer.checked(rows(*village, heads=heads))
    assert bringer.run(run).counts.get("new") == 6, bringer.why(run)
    assert "do not add up" in bringer.why(run, "new")
    bringer.applied(run)
    found = {(one.place_code, one.part): one for one in bringer.figures()}
    assert len(found) == 6
    assert found["53.15", Part.WHOLE].flags == [Flag.PARTS_DIFFER]
    assert found["53.06", Part.WHOLE].flags == []
    assert found["53", Part.WHOLE].flags == [Flag.SUM_DIFFERS]
    assert "do not add up" in bringer.decider().get(f"{OUTSIDE}/{run}").text


def test_given_a_released_list_when_a_second_one_differs_then_the_old_value_stays_readable(
    bringer: FigureBringer,
) -> None:
    first = bringer.checked(rows(line(), line("53.06")))
    bringer.applied(first)
    bringer.release(first)
    (old, _other) = bringer.figures()
    second = bringer.checked(rows(line(percent="35,10"), line("53.06")))
    assert bringer.run(second).counts == {"change": 1, "unchanged": 1, "blank": 0}
    assert "33,73" in bringer.why(second, "change")
    bringer.applied(second)
    (new,) = bringer.figures(Standing.PROPOSED)
    assert new.supersedes_id == old.id
    assert new.revision_reason
    third = bringer.checked(rows(line(percent="36")))
    assert "waits for a decision already" in bringer.why(third, "rejected")

    bringer.release(second)
    old, _other, new = bringer.figures()
    assert (old.standing, old.superseded_by_id) == (Standing.SUPERSEDED, new.id)
    assert new.standing is Standing.CURRENT
    public = Visitor(bringer.app)
    assert "33,73%" in public.get(f"/cakupan/angka/{old.id}").text
    page = public.get(f"/cakupan/angka/{new.id}").text
    assert "35,10%" in page
    assert "33,73%" in page


def test_given_an_applied_list_when_nobody_decided_then_it_is_taken_back_without_a_trace(
    bringer: FigureBringer,
) -> None:
    run = bringer.checked(rows(line(), line("53.06")))
    bringer.applied(run)
    assert len(bringer.figures()) == 2
    bringer.step(run, "undo")
    bringer.work()
    assert bringer.run(run).state is RunState.UNDONE
    assert bringer.figures() == []
    with bringer.app.app_context():
        assert db.session.scalar(select(CoverageSource).where(CoverageSource.key.is_(None))) is None


def test_given_a_released_list_when_it_is_taken_back_then_it_stays_and_the_page_says_why(
    bringer: FigureBringer,
) -> None:
    run = bringer.checked(rows(line()))
    bringer.applied(run)
    bringer.release(run)
    bringer.step(run, "undo")
    bringer.work()
    assert bringer.run(run).state is RunState.APPLIED
    assert "It cannot be taken back" in bringer.page(run)
    assert [one.standing for one in bringer.figures()] == [Standing.CURRENT]


def test_given_who_brought_it_or_an_office_elsewhere_when_releasing_then_it_is_refused(
    bringer: FigureBringer,
) -> None:
    bringer = FigureBringer(bringer.app, bringer.visitor, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE)
    run = bringer.checked(rows(line()))
    bringer.applied(run)
    assert "Another person decides" in bringer.visitor.get(f"{OUTSIDE}/{run}").text
    assert bringer.visitor.post(f"{OUTSIDE}/{run}/release", {}).status_code == 409
    elsewhere = bringer.decider(office="MAM")
    assert elsewhere.get(f"{OUTSIDE}/{run}").status_code == 404
    assert elsewhere.post(f"{OUTSIDE}/{run}/release", {}).status_code == 404
    assert [one.standing for one in bringer.figures()] == [Standing.PROPOSED]
    bringer.release(run)
    twice = bringer.decider()
    twice.get(f"{OUTSIDE}/{run}")
    assert twice.post(f"{OUTSIDE}/{run}/release", {}).status_code == 409


@pytest.mark.both_databases
def test_given_a_list_that_another_person_applied_when_who_brought_it_decides_row_by_row_then_it_is_refused(
    bringer: FigureBringer,
) -> None:
    bringer = FigureBringer(bringer.app, bringer.visitor, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE)
    run = bringer.checked(rows(line()))
    who_brought, bringer.visitor = bringer.visitor, bringer.decider(Role.ANALYST)
    bringer.applied(run)
    bringer.visitor = who_brought
    (one,) = bringer.figures()
    page = f"/staff/coverage/{one.id}"

    shown = bringer.visitor.get(page).text
    assert f"{page}/release" not in shown
    assert page not in bringer.visitor.get("/staff/coverage?mine=yes").text
    assert page in bringer.decider().get("/staff/coverage?mine=yes").text
    assert bringer.visitor.post(f"{page}/release", {"version": "1"}).status_code == 409
    assert [row.standing for row in bringer.figures()] == [Standing.PROPOSED]
    assert f"{page}/release" in bringer.decider().get(page).text


def test_given_an_applied_list_then_who_decides_is_told_and_not_who_brought_it(
    bringer: FigureBringer,
) -> None:
    head = bringer.decider()
    run = bringer.checked(rows(line(), line("53.06")))
    bringer.applied(run)
    assert f"{OUTSIDE}/{run}" in bringer.page(run), "the way to the proposals"
    waits = "A list of coverage figures was applied."
    assert waits in head.get("/staff/notifications/").text
    assert waits not in bringer.visitor.get("/staff/notifications/").text
    head.get(f"{OUTSIDE}/{run}")
    head.post(f"{OUTSIDE}/{run}/send-back", {"reason": "Daftar ini untuk bulan yang lain."})
    assert waits not in head.get("/staff/notifications/").text
    assert "sent back" in bringer.visitor.get("/staff/notifications/").text


def test_given_a_list_when_it_is_sent_back_then_the_reason_stands_there_and_it_may_come_again(
    bringer: FigureBringer,
) -> None:
    run = bringer.checked(rows(line()))
    bringer.applied(run)
    head = bringer.decider(Role.HEAD_OF_ASSISTANTS)
    head.get(f"{OUTSIDE}/{run}")
    assert head.post(f"{OUTSIDE}/{run}/send-back", {"reason": ""}).status_code == 422
    answer = head.post(f"{OUTSIDE}/{run}/send-back", {"reason": "Daftar ini untuk bulan yang lain."})
    assert answer.status_code == 302
    (one,) = bringer.figures()
    assert (one.standing, one.decision_reason) == (Standing.REFUSED, "Daftar ini untuk bulan yang lain.")
    again = bringer.checked(rows(line()))
    assert bringer.run(again).counts.get("new") == 1


def test_given_a_list_when_released_then_the_number_of_statements_does_not_grow_with_its_rows(
    bringer: FigureBringer,
) -> None:
    counted, head = [], bringer.decider()
    for days in (1, 9):
        given = [line("53.15", day=f"2026-{month:02}-01") for month in range(1, days + 1)]
        run = bringer.checked(rows(*given), source=f"Sumber {days}")
        bringer.applied(run)
        head.get(f"{OUTSIDE}/{run}")
        head.post(f"{OUTSIDE}/{run}/release", {})
        counted.append(head.queries)
    assert counted[0] == counted[1]
