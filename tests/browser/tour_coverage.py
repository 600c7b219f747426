"""A walk past the public pages of coverage. Needs a demonstration."""

from playwright.sync_api import Page

from ombudsman_app.core.db import db
from ombudsman_app.coverage.commands import load_shipped_figures
from ombudsman_app.coverage.models import CoverageFigure

from .live import Site
from .tour import Stop


def through_coverage(site: Site, page: Page, stop: Stop) -> None:
    """Nation, a province, a regency, another definition, two days, where numbers come from. 8 stops."""
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
