"""Anybody takes a sheet of figures along: made once for all, at the wish of a person, never by a look."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.produced import store
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.coverage import sheet_jobs
from ombudsman_app.coverage.commands.sheets import SHEET, forget_sheets
from ombudsman_app.coverage.models import CoverageSheet
from ombudsman_app.coverage.states import Definition
from ombudsman_app.web.pdf import Paper

from ..factories.coverage import FigureFactory, SheetFactory
from ..factories.coverage import claim as said
from ..visitor import Visitor

NTT = "/cakupan/lembar?tempat=53"
MAKE, BEING_MADE, SAVE = "Buat lembar", "Lembar sedang dibuat", "Simpan lembar (PDF)"
pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def figures(app: Flask) -> None:
    with app.app_context():
        FigureFactory("53", said(percent="33.73"))
        FigureFactory("53.15", said(100, 1000, as_of=date(2025, 6, 30)))
        FigureFactory("53.15", said(340, 1000))


@pytest.fixture
def drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Pages without a render server; with one: test_sheet_on_paper.py."""
    drawn: list[str] = []

    def draw(_template: str, *, printed: object, **_more: object) -> Paper:
        drawn.append(printed.name)  # type: ignore[attr-defined]
        return Paper(b"%PDF-1.7", (), 1)

    monkeypatch.setattr(sheet_jobs, "draw", draw)
    return drawn


def work(app: Flask) -> list[JobState]:
    """Carry out what waits; return how each ended."""
    with app.app_context():
        waiting = list(
            db.session.scalars(select(Job.uuid).where(Job.kind == SHEET, Job.state == JobState.WAITING))
        )
    for uuid in waiting:
        with app.app_context():
            claimed = claim(uuid)
            assert claimed is not None
            db.session.remove()
        perform(app, claimed)
    with app.app_context():
        return list(db.session.scalars(select(Job.state).where(Job.uuid.in_(waiting))))


def jobs(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).where(Job.kind == SHEET)) or 0


def file_of(page: str) -> str:
    found = re.search(r"/cakupan/lembar/[0-9a-f-]{36}", page)
    assert found is not None
    return found[0]


def test_given_a_province_when_its_sheet_is_asked_for_then_it_is_made_once_and_everybody_takes_it(
    app: Flask, visitor: Visitor, another_visitor: Visitor, drawn_at_once: list[str]
) -> None:
    assert "/cakupan/lembar?tempat=53" in visitor.get("/cakupan/53").text
    assert MAKE in visitor.get(NTT).text
    assert visitor.submit(NTT).location.endswith(NTT)
    assert BEING_MADE in visitor.get(NTT).text
    assert work(app) == [JobState.DONE]

    page = another_visitor.get(NTT).text
    assert SAVE in page
    file = another_visitor.client.get(file_of(page))
    assert (file.data, file.mimetype) == (b"%PDF-1.7", "application/pdf")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="cakupan-53-ucj-')
    assert another_visitor.post(NTT).status_code == 302
    assert (jobs(app), drawn_at_once) == (1, ["Nusa Tenggara Timur"])


def test_given_nobody_pressed_the_button_when_the_page_is_read_then_nothing_is_made(
    app: Flask, visitor: Visitor
) -> None:
    for address in ("/cakupan/lembar", NTT, f"{NTT}&tanggal=2026-06-30", "/cakupan/lembar?tempat=53.15"):
        for _time in range(3):
            assert visitor.get(address).status_code == 200
            visitor.client.head(address)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(CoverageSheet)) == 0
    assert jobs(app) == 0


def test_given_it_is_being_made_when_it_is_asked_for_again_then_the_same_is_meant(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    assert all(MAKE in one.get(NTT).text for one in (visitor, another_visitor))
    assert visitor.post(NTT).status_code == another_visitor.post(NTT).status_code == 302
    assert jobs(app) == 1


def test_given_a_newer_figure_when_the_sheet_is_asked_for_then_another_one_is_made(
    app: Flask, visitor: Visitor, drawn_at_once: list[str]
) -> None:
    visitor.submit(NTT)
    work(app)
    old = file_of(visitor.get(NTT).text)
    with app.app_context():
        FigureFactory("53", said(percent="36", as_of=date(2026, 9, 30)))
    assert MAKE in visitor.get(NTT).text
    visitor.submit(NTT)
    work(app)
    assert file_of(visitor.get(NTT).text) != old
    assert visitor.client.get(old).status_code == 200, "who has the address keeps it for its day"


def test_given_a_figure_comes_while_it_is_drawn_then_nothing_old_is_kept(
    app: Flask, visitor: Visitor, drawn_at_once: list[str]
) -> None:
    visitor.submit(NTT)
    with app.app_context():
        FigureFactory("53", said(percent="36", as_of=date(2026, 9, 30)))
    assert work(app) == [JobState.DONE]
    assert drawn_at_once == []
    assert MAKE in visitor.get(NTT).text


def test_given_somebody_asks_for_one_sheet_after_another_then_patience_is_asked_for(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    with stopped_at(now()):
        codes = [*(f"53.{number:02}" for number in range(1, 22)), "53.71"]
        answers = [visitor.submit(f"/cakupan/lembar?tempat={code}").status_code for code in codes[:13]]
        assert answers == [302] * 12 + [429], "of all together"
        assert another_visitor.submit(NTT).status_code == 429
    with stopped_at(now() + timedelta(minutes=2)):
        assert another_visitor.submit(NTT).status_code == 302
        later = [visitor.submit(f"/cakupan/lembar?tempat={code}").status_code for code in codes[13:22]]
        assert later == [302] * 8 + [429], "of one address"
    assert jobs(app) == 21


@pytest.mark.parametrize("asked", ["tempat=99", "tempat=53.99", "tempat=../..", "ukuran=segment_coverage.pu"])
def test_given_a_place_or_a_measure_without_figures_then_there_is_no_such_sheet(
    app: Flask, visitor: Visitor, asked: str
) -> None:
    assert visitor.get(f"/cakupan/lembar?{asked}").status_code == 404
    assert visitor.post(f"/cakupan/lembar?{asked}").status_code == 404
    assert jobs(app) == 0


def test_given_a_day_without_figures_then_the_day_before_it_is_meant_so_that_days_make_no_sheets(
    app: Flask, visitor: Visitor
) -> None:
    for day in ("2026-07-01", "2026-08-15", "2026-06-30"):
        assert "30 Juni 2026" in visitor.get(f"/cakupan/lembar?tempat=53.15&tanggal={day}").text
    assert "30 Juni 2025" in visitor.get("/cakupan/lembar?tempat=53.15&tanggal=2026-06-29").text
    assert "30 Juni 2025" in visitor.get("/cakupan/lembar?tempat=53.15&tanggal=2014-01-01").text
    visitor.submit("/cakupan/lembar?tempat=53.15&tanggal=2026-07-01")
    visitor.post("/cakupan/lembar?tempat=53.15&tanggal=2026-08-15")
    assert jobs(app) == 1


def test_given_two_definitions_then_each_has_a_sheet_of_its_own(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        FigureFactory("53", said(percent="17.5", definition=Definition.LABOUR_FORCE_SHARE))
    visitor.submit(NTT)
    visitor.submit(f"{NTT}&ukuran=labour_force_share")
    assert jobs(app) == 2


def test_given_a_file_that_somebody_changed_then_it_does_not_leave(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        sheet = SheetFactory(b"%PDF-1.7 right")
        name = db.session.scalars(select(ProducedFile.uuid)).one()
        (store.folder() / name.hex).write_bytes(b"%PDF-1.7 wrong")
    assert visitor.client.get(f"/cakupan/lembar/{sheet}").status_code == 404


def test_given_a_file_of_an_officer_then_no_sheet_leads_to_it(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        sheet = SheetFactory()
        _give_to_somebody()
    assert visitor.client.get(f"/cakupan/lembar/{sheet}").status_code == 404
    assert visitor.client.get(f"/cakupan/lembar/{UUID(int=4)}").status_code == 404


@command
def _give_to_somebody() -> None:
    db.session.scalars(select(ProducedFile)).one().owner_id = 7


def test_given_two_days_have_passed_when_swept_then_the_row_is_gone(app: Flask, visitor: Visitor) -> None:
    visitor.submit(NTT)
    with app.app_context(), stopped_at(now() + timedelta(days=2, minutes=1)):
        assert forget_sheets()
        assert not forget_sheets()
        assert db.session.scalar(select(func.count()).select_from(CoverageSheet)) == 0


def test_given_the_renderer_is_away_then_the_page_says_so_and_the_button_comes_again(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_jobs, "draw", _broken)
    visitor.submit(NTT)
    for _attempt in range(3):
        with app.app_context():
            _run_now()
        work(app)
    page = visitor.get(NTT).text
    assert "Belum dapat dibuat saat ini" in page
    assert MAKE in page
    visitor.submit(NTT)
    assert jobs(app) == 2


def _broken(*_given: object, **_more: object) -> Paper:
    raise ValueError("no paper")


@command
def _run_now() -> None:
    for one in db.session.scalars(select(Job).where(Job.kind == SHEET, Job.state == JobState.WAITING)):
        one.run_after = now()


def test_asking_leaves_a_row_on_the_trail_that_names_nobody(app: Flask, visitor: Visitor) -> None:
    visitor.submit(NTT)
    with app.app_context():
        entry = db.session.scalars(
            select(TrailEntry).where(TrailEntry.event == "coverage:sheet:ordered")
        ).one()
        assert entry.actor_id is None
        assert "53" in json.dumps(entry.changes)
