"""A walk past the register of employers and estimates of contributions. Needs a demonstration."""

from typing import Any

from playwright.sync_api import Page
from sqlalchemy import ColumnElement, select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.employers import demo
from ombudsman_app.employers.models import Employer

from . import journeys
from .live import Site
from .tour import Stop

LIST = "/staff/employers"


def through_register(site: Site, page: Page, stop: Stop) -> None:
    """The register, an employer, what looks alike, what is said, an estimate. 16 stops."""
    with site.app.app_context():
        sign_ins = accounts_demo.load()
        demo.load()
        largest = _first(Employer.scale.is_not(None), by=Employer.gap_high.desc())
        joined = _first(Employer.same_as_id.is_not(None), by=Employer.id)
        alike = _first(Employer.name.startswith("PT Samudra Cabang"), by=Employer.id)
    journeys.enter_demo(page, sign_ins, Role.PREVENTION_ASSISTANT)
    _register(page, stop)
    _employer(page, stop, largest.id)
    _alike(page, stop, joined.id, alike.id, largest.name)
    _estimate(page, stop, largest.id)


def _register(page: Page, stop: Stop) -> None:
    for name, path in (
        ("staff-employers", LIST),
        ("staff-employers-gap", f"{LIST}?gap=yes"),
        ("staff-employers-none", f"{LIST}?q=PT Sawti Rekan"),
    ):
        page.goto(path)
        stop(name)


def _employer(page: Page, stop: Stop, employer: int) -> None:
    page.goto(f"{LIST}/{employer}")
    stop("staff-employer-of-register")
    page.goto(f"{LIST}/{employer}/observe")
    page.locator("input[name=workers]").fill("banyak")
    _refused(page)
    stop("staff-employer-observe-missing")
    page.goto(f"{LIST}/{employer}/breach")
    _refused(page)
    stop("staff-employer-breach-missing")


def _alike(page: Page, stop: Stop, joined: int, alike: int, name: str) -> None:
    page.goto(f"{LIST}/{joined}")
    stop("staff-employer-joined")
    page.goto(f"{LIST}/{alike}")
    stop("staff-employer-alike")
    page.locator("main a[href*='/same-as?other=']").first.click()
    page.locator("main textarea[name=reason]").wait_for()
    stop("staff-employer-side-by-side")
    page.goto(f"{LIST}/new")
    stop("staff-employer-new")
    page.locator("input[name=name]").fill(name)
    _refused(page)
    stop("staff-employer-new-alike")


def _estimate(page: Page, stop: Stop, employer: int) -> None:
    page.goto(f"{LIST}/{employer}/estimates")
    stop("staff-estimates-none")
    page.goto(f"{LIST}/{employer}/estimate?type=pds_workers")
    stop("staff-estimate")
    page.locator("input[name=wage]").fill("tiga juta")
    _refused(page)
    stop("staff-estimate-missing")
    page.locator("input[name=wage]").fill("3.500.000")
    page.locator("select[name=jkk_class]").select_option("medium")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/employers/estimates/*")
    stop("staff-estimate-result")
    page.goto(f"{LIST}/{employer}/estimates")
    stop("staff-estimates")


def _refused(page: Page) -> None:
    page.locator("main form .actions button[type=submit]").click()
    page.locator(".error-summary").wait_for()


def _first(which: ColumnElement[bool], *, by: Any) -> Employer:
    """Return the first employer of Mamuju in this order."""
    found = (
        select(Employer)
        .join(RepresentativeOffice, RepresentativeOffice.id == Employer.representative_office_id)
        .where(which, RepresentativeOffice.code == "MAM")
        .order_by(by, Employer.id)
        .limit(1)
    )
    return db.session.scalars(found).one()
