"""The register leaves as a sheet: what stands in it, who may have it, and what happens in between."""

import io
import resource
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.accounts.queries import office_for
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.policy import Role
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.findings import jobs
from ombudsman_app.findings.models import RegisterExport
from ombudsman_app.findings.states import Decision, FindingState, Origin
from ombudsman_app.web.export import About, Column, harmless, write_sheet

from ..conftest import StoppedClock
from ..factories.findings import SheetFactory, many_findings, person
from ..visitor import Visitor
from ..web.test_statements import CEILINGS

NEW, WHY = "/staff/findings/exports/new", {"reason": "Bahan rapat evaluasi triwulan."}
FORMULAS = [
    "=1+1", "+62 812", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "＠x",
    '=HYPERLINK("http://x")',
]  # fmt: skip
DAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Desk:
    """An analyst in Mamuju who asks for sheets."""

    app: Flask
    asker: Visitor
    asker_id: int

    def ask(self, query: str = "", visitor: Visitor | None = None) -> str:
        answer = (visitor or self.asker).submit(f"{NEW}?{query}", WHY)
        assert answer.status_code == 302, answer.text
        return answer.location

    def job(self) -> UUID | None:
        with self.app.app_context():
            return db.session.scalars(
                select(RegisterExport.job_uuid).order_by(RegisterExport.id.desc())
            ).first()

    def work(self) -> tuple[JobState, str]:
        """Let the job of the last sheet run once."""
        uuid = self.job()
        assert uuid is not None
        with self.app.app_context():
            claimed = claim(uuid)
            assert claimed is not None
            db.session.remove()
        perform(self.app, claimed)
        with self.app.app_context():
            row = db.session.execute(select(Job.state, Job.reason).where(Job.uuid == uuid)).one()
            return row.state, row.reason

    def book(self, page: str) -> Workbook:
        file = self.asker.client.get(f"{page}/file")
        assert file.status_code == 200
        assert file.headers["Content-Disposition"].startswith("attachment")
        return load_workbook(io.BytesIO(file.data))


@pytest.fixture
def inside(app: Flask, clock: StoppedClock) -> Callable[..., Any]:
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            return function(*given, **more)

    return call


@pytest.fixture
def desk(app: Flask, inside: Callable[..., Any]) -> Desk:
    asker = inside(person, Role.ANALYST).user_id
    return Desk(app, Visitor(app).enter(asker), asker)


def at(text: str) -> datetime:
    """A day of a sheet has no zone."""
    return datetime.fromisoformat(text)


def events(app: Flask) -> list[str]:
    with app.app_context():
        return [
            one for one in db.session.scalars(select(TrailEntry.event).order_by(TrailEntry.seq))
            if one.startswith("findings:export")
        ]  # fmt: skip


def test_given_filters_when_the_sheet_is_written_then_it_holds_those_rows_with_real_dates(
    desk: Desk, inside: Callable[..., Any]
) -> None:
    inside(many_findings, 1, reference="TM-1", next_due_on=date(2026, 11, 10), is_received=True)
    inside(many_findings, 1, reference="TM-2", state=FindingState.DONE, is_open=False, done_on=DAY)
    inside(many_findings, 1, reference="TM-3", origin=Origin.LHP)
    inside(many_findings, 1, reference="TM-4", handling="KPG")

    page = desk.ask("kind=improvement_suggestion")
    assert "Simpan lembar" not in desk.asker.get(page).text
    assert desk.work() == (JobState.DONE, "")

    assert "Simpan lembar (XLSX)" in desk.asker.get(page).text
    book = desk.book(page)
    sheet, words = book["Temuan"], book["Definisi"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:3] == ("Nomor temuan", "Catatan", "Kantor")
    (row,) = rows
    told = dict(zip(head, row, strict=True))
    assert told["Nomor temuan"] == "TM-1"
    assert told["Jenis"] == "Saran perbaikan"
    assert told["Dikirim pada"] == at("2026-11-02")
    assert told["Hari terakhir"] == at("2026-11-10")
    assert (told["Hari lewat tenggat"], told["Penerimaan terbukti"], told["Selesai pada"]) == (10, "Ya", None)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L2"
    assert book.active.cell(2, 8).is_date
    said = {line[0]: line[1] for line in words.iter_rows(values_only=True) if line[0]}
    assert said["Per waktu (Asia/Makassar)"] == at("2026-11-20T09:00")
    assert said["Alasan"] == WHY["reason"]
    assert said["Saringan"] == "Jenis: Saran perbaikan"
    assert set(head) <= set(said), "each column is explained"
    assert "Hanya untuk" in said["Temuan"]
    assert events(desk.app) == ["findings:export:asked", "findings:export:made"]


def test_given_english_is_spoken_when_asked_then_the_sheet_is_english(
    desk: Desk, inside: Callable[..., Any]
) -> None:
    inside(many_findings, 1)
    desk.asker.client.set_cookie("language", "en")
    page = desk.ask()
    desk.work()
    book = desk.book(page)
    assert book.sheetnames == ["Findings", "Definitions"]
    assert book["Findings"]["A1"].value == "Number of the finding"


def test_given_texts_that_look_like_formulas_when_written_then_they_are_texts(
    desk: Desk, inside: Callable[..., Any]
) -> None:
    for number, text in enumerate(FORMULAS):
        inside(many_findings, 1, reference=f"TM-{number:02}", summary=text)
    page = desk.ask()
    assert desk.work()[0] is JobState.DONE
    cells = list(desk.book(page)["Temuan"].iter_rows(min_row=2))
    assert len(cells) == len(FORMULAS)
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n", "d"}
    assert all(row[6].value.startswith("'") for row in cells), [row[6].value for row in cells]


def test_given_a_text_that_is_too_long_for_a_cell_then_its_end_is_marked() -> None:
    assert harmless("a" * 32_767) == "a" * 32_767
    assert harmless("a" * 32_768) == "a" * 32_766 + "…"
    assert harmless("") == ""
    assert harmless("Papan tarif = tidak ada") == "Papan tarif = tidak ada"


def test_given_ten_thousand_rows_when_written_then_memory_grows_by_little_more_than_the_file(
    app: Flask, tmp_path: Path
) -> None:
    columns = [Column(f"K{number}", "text", 20, "x") for number in range(12)]
    about = About("Temuan", "tanda", now(), "Asia/Makassar", [])

    def peak() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def rows(number: int) -> Iterator[list[str]]:
        return ([f"{row} papan tarif tidak ditempel {place}" for place in range(12)] for row in range(number))

    with app.test_request_context():
        write_sheet(columns, rows(100), about, scratch=tmp_path / "sheet")
        before = peak()
        content = write_sheet(columns, rows(10_000), about, scratch=tmp_path / "sheet")
    grown = (peak() - before) * 1024
    assert load_workbook(io.BytesIO(content), read_only=True)["Temuan"].max_row == 10_001
    assert grown < 10 * len(content) + 24 * limits.MIB, f"{grown / limits.MIB:.0f} MiB"
    assert not (tmp_path / "sheet").exists(), "nothing stays behind"


# --- who may ---------------------------------------------------------------------------------------------


def test_given_somebody_else_when_fetching_then_there_is_nothing(
    desk: Desk, inside: Callable[..., Any], another_visitor: Visitor
) -> None:
    inside(many_findings, 1)
    page = desk.ask()
    desk.work()
    another_visitor.enter(inside(person, Role.ANALYST).user_id)
    for path in (page, f"{page}/file"):
        assert another_visitor.get(path).status_code == 404
    head = Visitor(desk.app).enter(inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id)
    assert head.get(page).status_code == 404, "one's own small sheet is nobody else's"


def _take_right(user_id: int) -> Any:
    taking = update(RoleGrant).where(RoleGrant.user_id == user_id).values(revoked_at=now())
    return command(lambda: db.session.execute(taking))()


def test_given_the_right_goes_before_between_and_after_then_nothing_leaves(
    desk: Desk, inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside(many_findings, 6)
    monkeypatch.setattr(jobs, "_AT_ONCE", 2)
    page = desk.ask()
    batches: list[str] = []

    def gone(point: str) -> None:
        batches.append(point)
        if len(batches) == 2:
            _take_right(desk.asker_id)

    monkeypatch.setattr(jobs, "crash_point", gone)
    assert desk.work() == (JobState.FAILED, "not_allowed")
    assert len(batches) == 2, "it ended before the third batch"
    assert inside(lambda: db.session.scalars(select(ProducedFile.id)).all()) == []
    assert desk.asker.get(f"{page}/file").status_code in (302, 403, 404)


def test_given_it_dies_in_the_middle_when_it_runs_again_then_there_is_one_whole_file(
    desk: Desk, inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside(many_findings, 6)
    monkeypatch.setattr(jobs, "_AT_ONCE", 2)
    page = desk.ask()
    seen: list[str] = []

    def dies_once(point: str) -> None:
        seen.append(point)
        if len(seen) == 2:
            raise OSError("killed")

    monkeypatch.setattr(jobs, "crash_point", dies_once)
    assert desk.work()[0] is JobState.WAITING
    inside(command(lambda: db.session.execute(update(Job).values(run_after=now()))))
    assert desk.work()[0] is JobState.DONE
    assert len(list(desk.book(page)["Temuan"].iter_rows(min_row=2))) == 6
    assert len(inside(lambda: db.session.scalars(select(ProducedFile.id)).all())) == 1
    scratch = desk.app.extensions["settings"].run_dir
    assert [path for path in scratch.iterdir() if path.name.startswith("sheet-")] == []


def test_given_more_rows_than_were_allowed_by_now_when_written_then_nothing_leaves(
    desk: Desk, inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORT_ALONE", 3)
    inside(many_findings, 3)
    desk.ask()
    inside(many_findings, 1)
    assert desk.work() == (JobState.FAILED, "too_many_rows")


def test_given_many_rows_when_asked_then_another_person_allows_it_and_only_the_asker_fetches_it(
    desk: Desk, inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORT_ALONE", 3)
    inside(many_findings, 5)
    head = Visitor(desk.app).enter(inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id)
    page = desk.ask()
    assert "Menunggu orang lain" in desk.asker.get(page).text
    assert desk.job() is None
    assert desk.asker.post(f"{page}/decide", {"verdict": "yes"}).status_code == 403
    inbox = head.get("/staff/notifications/").text
    assert "Seseorang meminta banyak temuan sebagai lembar." in inbox

    assert head.submit(page, {}).status_code == 405
    assert head.post(f"{page}/decide", {}).status_code == 422
    assert head.post(f"{page}/decide", {"verdict": "yes"}).status_code == 302
    assert head.post(f"{page}/decide", {"verdict": "no"}).status_code == 409
    assert desk.work() == (JobState.DONE, "")

    assert len(list(desk.book(page)["Temuan"].iter_rows(min_row=2))) == 5
    assert head.get(f"{page}/file").status_code in (403, 404)
    assert "Simpan lembar" not in head.get(page).text
    assert events(desk.app)[:2] == ["findings:export:asked", "findings:export:decided"]


def test_given_it_was_not_allowed_then_no_sheet_is_written(
    desk: Desk, inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORT_ALONE", 1)
    inside(many_findings, 2)
    page = desk.ask()
    head = Visitor(desk.app).enter(inside(person, Role.HEAD_OF_ASSISTANTS).user_id)
    head.post(f"{page}/decide", {"verdict": "no"})
    assert "Tidak diizinkan" in desk.asker.get(page).text
    assert desk.job() is None


def test_given_a_head_who_asks_when_deciding_then_another_one_must(
    desk: Desk, inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORT_ALONE", 1)
    inside(many_findings, 2)
    head = Visitor(desk.app).enter(inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id)
    page = desk.ask(visitor=head)
    assert head.post(f"{page}/decide", {"verdict": "yes"}).status_code == 403
    sheet = inside(SheetFactory)
    own = (
        update(RegisterExport)
        .where(RegisterExport.id == sheet.id)
        .values(decided_by_id=sheet.asked_by_id, decided_at=now(), decision=Decision.ALLOWED)
    )
    with pytest.raises(IntegrityError):
        inside(command(lambda: db.session.execute(own)))


def test_given_sheets_that_wait_when_another_head_opens_the_register_then_a_line_leads_to_the_oldest(
    desk: Desk, inside: Callable[..., Any]
) -> None:
    oldest, newer = inside(SheetFactory).id, inside(SheetFactory).id
    inside(SheetFactory, "KPG")
    head = Visitor(desk.app).enter(inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id)
    page = head.get("/staff/findings")
    assert head.queries <= CEILINGS["staff.findings.register"]
    assert "2 lembar menunggu keputusan Anda" in page.text
    assert f'href="/staff/findings/exports/{oldest}"' in page.text
    head.post(f"/staff/findings/exports/{oldest}/decide", {"verdict": "no"})
    page = head.get("/staff/findings?overdue=yes")
    assert "1 lembar menunggu keputusan Anda" in page.text
    assert f'href="/staff/findings/exports/{newer}"' in page.text
    head.post(f"/staff/findings/exports/{newer}/decide", {"verdict": "no"})
    assert "menunggu keputusan Anda" not in head.get("/staff/findings").text
    inside(SheetFactory)
    assert "menunggu keputusan Anda" not in desk.asker.get("/staff/findings").text


def test_given_the_own_sheet_of_a_head_then_no_line_asks_for_a_decision(
    desk: Desk, inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORT_ALONE", 1)
    inside(many_findings, 2)
    head = Visitor(desk.app).enter(inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id)
    desk.ask(visitor=head)
    assert "menunggu keputusan Anda" not in head.get("/staff/findings").text


def test_given_too_many_or_no_rows_when_asking_then_it_says_so(
    desk: Desk, inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Tidak ada yang dapat ditulis" in desk.asker.get(NEW).text
    monkeypatch.setattr(limits, "EXPORT_ROWS", 3)
    inside(many_findings, 4)
    assert "Barisnya terlalu banyak" in desk.asker.get(NEW).text
    assert desk.asker.post(NEW, WHY).status_code == 422
    assert desk.asker.post(NEW, {"reason": ""}).status_code == 422


def test_given_a_right_to_export_in_one_office_and_to_read_in_another_then_only_the_one_leaves_the_house(
    desk: Desk, inside: Callable[..., Any]
) -> None:
    """An examiner may read findings and carry none out; a second role elsewhere does not change that."""
    inside(many_findings, 1, reference="TM-1")
    inside(many_findings, 1, reference="TM-2", handling="KPG")
    inside(_also_examines_in_kupang, desk.asker_id)
    assert "TM-2" in desk.asker.get("/staff/findings").text
    page = desk.ask()
    assert desk.work() == (JobState.DONE, "")
    rows = list(desk.book(page)["Temuan"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["TM-1"]


@command
def _also_examines_in_kupang(user_id: int) -> None:
    place = office_for(Role.EXAMINER, "KPG")
    assert place is not None
    grant = RoleGrant(user_id=user_id, role=Role.EXAMINER, office_id=place.id, valid_from=DAY, given_at=now())
    db.session.add(grant)
