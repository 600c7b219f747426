"""Each row of a list gets its verdict and the reasons in words."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.employers.models import Employer, Noncompliance
from ombudsman_app.imports.models import ImportBlock, ImportRow
from ombudsman_app.imports.states import Verdict

from ..documents.desk import make_all
from ..factories.employers import EmployerFactory
from .lists import HOME, Bringer, row, xlsx
from .ods import WRITERS

PERSON = "7602011203800001"
WHY = "Dikembalikan kepada pemberi daftar untuk diperbaiki"

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "NPWP as a float": ({"npwp": 1.2345678e14}, "identifier"),
    "NIB as a float": ({"nib": 9.1e12}, "identifier"),
    "NIB too short": ({"nib": "123"}, "identifier"),
    "no name": ({"name": ""}, "missing"),
    "name too long": ({"name": "A" * 201}, "too_long"),
    "place elsewhere": ({"place": "Kota Bandung"}, "region_unknown"),
    "workers in words": ({"workers": "banyak"}, "number"),
    "workers below zero": ({"workers": -5}, "negative"),
    "half a worker": ({"workers": 2.5}, "number"),
    "day that is none": ({"day": "31-02-2026"}, "day"),
    "day in words only": ({"day": "minggu lalu"}, "day"),
    "day of the future": ({"day": "2999-01-01"}, "day_future"),
}
RIGHT: dict[str, dict[str, Any]] = {
    "day as text": {"day": "1 Oktober 2026"},
    "day with slashes": {"day": "01/10/2026"},
    "day as a number of the sheet": {"day": 46296.0},
    "old NPWP with dots": {"npwp": "01.234.567.8-760.000"},
    "a range of workers": {"workers": "90 - 110"},
    "thousands": {"workers": "1.200"},
    "place by name": {"place": "Kabupaten Mamuju"},
    "formula as a name": {"name": "=HYPERLINK(1)"},
    "right to left": {"name": "PT \u202eajaM"},
}


def verdicts(bringer: Bringer, run_id: int) -> dict[int, tuple[Verdict, str]]:
    with bringer.app.app_context():
        rows = db.session.query(ImportRow).filter_by(run_id=run_id)
        return {row.number: (row.verdict, row.reasons or "") for row in rows}


@pytest.mark.parametrize("write", WRITERS)
def test_given_cells_that_cannot_be_read_when_checked_then_each_row_says_why(
    bringer: Bringer, write: Callable[..., bytes]
) -> None:
    rows = [row(number, **wrong) for number, (wrong, _code) in enumerate(WRONG.values(), 1)]
    run_id = bringer.checked(write(rows))
    found = verdicts(bringer, run_id)
    for number, (name, (_wrong, code)) in enumerate(WRONG.items(), 2):
        assert found[number][0] is Verdict.REJECTED, name
        assert f'"{code}"' in found[number][1], name
    page = bringer.page(run_id, "/rows?verdict=rejected")
    assert "Lembar kerja" in page or "teks" in page
    assert not re.search(r"identifier|region_unknown|day_future", page)


@pytest.mark.parametrize("write", WRITERS)
def test_given_cells_as_people_write_them_when_checked_then_they_are_taken(
    bringer: Bringer, write: Callable[..., bytes]
) -> None:
    run_id = bringer.checked(write([row(number, **right) for number, right in enumerate(RIGHT.values(), 1)]))
    found = verdicts(bringer, run_id)
    assert {name: found[number][0] for number, name in enumerate(RIGHT, 2)} == dict.fromkeys(
        RIGHT, Verdict.NEW
    )


def test_given_the_same_employer_twice_when_checked_then_only_another_day_adds_to_it(
    bringer: Bringer,
) -> None:
    rows = [row(1), row(1), row(1, workers=50), row(1, day="2026-10-20", workers=60)]
    run_id = bringer.checked(xlsx(rows))
    found = verdicts(bringer, run_id)
    assert [found[number][0] for number in (2, 3, 4, 5)] == ["new", "rejected", "rejected", "change"]
    assert "row_twice" in found[3][1]
    assert "row_contradicts" in found[4][1]
    bringer.applied(run_id)
    with bringer.app.app_context():
        only = db.session.query(Employer).one()
        assert (only.workers, str(only.observed_on)) == (60, "2026-10-20")


def test_given_a_branch_a_name_and_other_numbers_when_checked_then_a_person_decides(bringer: Bringer) -> None:
    with bringer.app.app_context():
        EmployerFactory(
            name="PT Satu Contoh", nib="9100000000001", tax_number="0012345678901000", nitku="000000"
        )
        EmployerFactory(name="PT Dua Contoh")
        db.session.remove()
    heads = ("Nama", "NIB", "NPWP", "NITKU", "Kabupaten")
    rows = [
        ("PT Satu Contoh Cabang", "", "0012345678901000", "0012345678901000000001", "76.02"),
        ("CV Dua Contoh", "", "", "", "76.02"),
        ("PT Dua Contoh", "", "", "", "76.04"),
        ("PT Lain", "9100000000001", "0098765432101000", "", "76.02"),
    ]
    found = verdicts(bringer, bringer.checked(xlsx(rows, heads)))
    assert [found[number][0] for number in (2, 3, 4, 5)] == ["doubtful", "doubtful", "new", "doubtful"]
    assert "branch" in found[2][1]
    assert "same_name" in found[3][1]
    assert "other_npwp" in found[5][1]


def test_given_only_an_npp_when_checked_then_a_person_decides_once_and_it_is_known_the_next_time(
    bringer: Bringer,
) -> None:
    with bringer.app.app_context():
        known = EmployerFactory(name="PT Nomor Contoh", npp="KK000001").id
        db.session.remove()
    heads = ("Nama", "NPP", "Kabupaten", "Jumlah TK", "Tanggal")
    content = xlsx(
        [
            ("PT Nomor Contoh", "KK000001", "76.02", "100", "2026-10-01"),
            ("PT Baru Contoh", "KK000002", "76.02", "50", "2026-10-01"),
            ("PT Baru Contoh", "KK000002", "76.02", "60", "2026-10-20"),
        ],
        heads,
    )
    run_id = bringer.checked(content)
    found = verdicts(bringer, run_id)
    assert [found[number][0] for number in (2, 3, 4)] == ["doubtful", "new", "change"]
    assert "hanya NIB atau NPWP" in bringer.page(run_id, "/doubtful")
    bringer.visitor.post(f"{HOME}/{run_id}/doubtful?row=2", {"decision": f"same-{known}"})
    bringer.applied(run_id)
    with bringer.app.app_context():
        assert db.session.query(Employer).count() == 2
    assert bringer.run(bringer.checked(content)).counts == {"unchanged": 3, "blank": 0}


def test_given_the_number_of_a_human_being_then_it_lies_nowhere_in_clear(bringer: Bringer) -> None:
    run_id = bringer.checked(xlsx([row(1, npwp=PERSON), row(2, npwp=PERSON[:-3])]))
    bringer.applied(run_id)
    page = bringer.page(run_id, "/rows")
    assert PERSON not in page
    with bringer.app.app_context():
        made = db.session.query(Employer).one()
        assert made.npwp is None
        assert made.npwp_sealed is not None
        stored = [block.sealed for block in db.session.query(ImportBlock)]
        assert stored
        assert all(PERSON.encode() not in one for one in stored)
        folder = bringer.app.extensions["settings"].data_dir
        assert all(PERSON.encode() not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_given_kinds_of_noncompliance_when_applied_then_they_are_open_and_gone_when_undone(
    bringer: Bringer,
) -> None:
    heads = ("Nama", "NIB", "Jenis Ketidakpatuhan", "Jumlah TK", "TK Terdaftar")
    run_id = bringer.checked(xlsx([("PT Satu", "9100000000001", "PDS-TK, PDS Upah", 10, 4)], heads))
    bringer.applied(run_id)
    with bringer.app.app_context():
        assert {row.breach for row in db.session.query(Noncompliance)} == {"pds_workers", "pds_wage"}
        assert db.session.query(Employer).one().open_breaches == 6
    bringer.step(run_id, "undo")
    bringer.work()
    with bringer.app.app_context():
        assert db.session.query(Noncompliance).count() == db.session.query(Employer).count() == 0


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_given_rows_that_were_not_taken_when_fetched_then_the_reason_stands_beside_and_nothing_computes(
    bringer: Bringer, form: str
) -> None:
    run_id = bringer.checked(xlsx([row(1), row(2, name="=1+1", nib="12"), row(3, name="@SUM(A1)", nib="1")]))
    answer = bringer.visitor.post(f"{HOME}/{run_id}/rejected", {"form": form, "reason": WHY})
    assert answer.status_code == 302, answer.text
    make_all(bringer.app, "imports.rejected")
    file = bringer.visitor.get(f"{answer.location}/file")
    assert file.status_code == 200
    assert "attachment" in file.headers["Content-Disposition"]
    if form == "csv":
        text = file.data.decode("utf-8-sig")
        assert "'=1+1" in text
        assert "'@SUM(A1)" in text
        return
    sheet = load_workbook(io.BytesIO(file.data)).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert [line[1] for line in lines[1:]] == ["'=1+1", "'@SUM(A1)"]
    assert lines[0][-1] == "Mengapa tidak diambil"
    assert all("NIB" in str(line[-1]) for line in lines[1:])


def test_given_another_person_when_fetching_rejected_rows_then_there_is_nothing(
    bringer: Bringer, another_visitor: Any
) -> None:
    run_id = bringer.checked(xlsx([row(1, nib="12")]))
    answer = bringer.visitor.post(f"{HOME}/{run_id}/rejected", {"form": "csv", "reason": WHY})
    other = Bringer(bringer.app, another_visitor)
    assert other.visitor.get(answer.location).status_code == 404
    with bringer.app.app_context():
        assert db.session.query(Job).filter_by(kind="imports.rejected").count() == 1


def test_given_no_reason_when_fetching_rejected_rows_then_it_is_asked_for_and_told_in_the_trail(
    bringer: Bringer,
) -> None:
    run_id = bringer.checked(xlsx([row(1, nib="12")]))
    refused = bringer.visitor.post(f"{HOME}/{run_id}/rejected", {"form": "csv", "reason": ""})
    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    assert (
        bringer.visitor.post(f"{HOME}/{run_id}/rejected", {"form": "csv", "reason": WHY}).status_code == 302
    )
    with bringer.app.app_context():
        event = select(TrailEntry).where(TrailEntry.event == "imports:rejected:ordered")
        assert [WHY in str(entry.changes) for entry in db.session.scalars(event)] == [True]
