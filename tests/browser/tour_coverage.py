"""A walk past the public pages of coverage. Needs a demonstration."""

from datetime import timedelta

from playwright.sync_api import Page
from sqlalchemy import delete

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.produced import store as produced
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.coverage.commands import load_shipped_figures
from ombudsman_app.coverage.commands.sheets import order_sheet
from ombudsman_app.coverage.models import CoverageFigure, CoverageSheet
from ombudsman_app.coverage.queries.sheets import SheetOf, sheet_of

from .live import Site
from .tour import Stop


def through_coverage(site: Site, page: Page, stop: Stop) -> None:
    """Nation, places, another definition, two days, where numbers come from, the sheet. 11 stops."""
    with site.app.app_context():
        load_shipped_figures()
        ids = {row.key: row.id for row in db.session.query(CoverageFigure)}
    for name, path in (
        ("coverage", "/cakupan"),
        ("coverage-province", "/cakupan/53"),
        ("coverage-regency", "/cakupan/53.15"),
        ("coverage-silent", "/cakupan/76"),
        ("coverage-paid", "/cakupan?ukuran=vulnerable_paid"),
        ("coverage-two-days", "/cakupan/perbandingan"),
        ("coverage-number", f"/cakupan/angka/{ids['C003']}"),
        ("coverage-number-odd", f"/cakupan/angka/{ids['C104']}"),
    ):
        page.goto(path)
        stop(name)
    _sheet(site, page, stop)


def _sheet(site: Site, page: Page, stop: Stop) -> None:
    """Ask for a sheet, wait for it, find it ready. Nobody draws here: its file is put there by hand."""
    page.goto("/cakupan/lembar?tempat=53")
    language = str(page.locator("html").get_attribute("lang"))[:2]
    selection = SheetOf("53", "ucj", None, language)
    with site.app.app_context():
        db.session.execute(delete(CoverageSheet))
        db.session.commit()
        page.goto("/cakupan/lembar?tempat=53")
        stop("coverage-sheet")
        order_sheet(selection)
        page.goto("/cakupan/lembar?tempat=53")
        stop("coverage-sheet-waits")
        asked = sheet_of(selection)
        assert asked is not None
        assert asked.job is not None
        asked.job.state, asked.job.ended_at, asked.job.once_key = JobState.DONE, now(), None
        db.session.add(ProducedFile(
            uuid=produced.write(b"%PDF-1.7"), job_uuid=asked.job.uuid, saved_as="cakupan-53.pdf",
            media_type="application/pdf", size_bytes=8, sha256="0" * 64, made_at=now(),
            ends_at=now() + timedelta(days=1),
        ))  # fmt: skip
        db.session.commit()
    page.goto("/cakupan/lembar?tempat=53")
    stop("coverage-sheet-ready")
