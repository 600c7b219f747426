"""A walk past compliance cases: the branch on a phone, then the desk. Needs a demonstration."""

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.employers import case_demo, demo
from ombudsman_app.employers.compliance.rules import CaseState
from ombudsman_app.employers.models import CaseForwarding, EmployerComplianceCase

from . import journeys
from .live import Site
from .tour import Stop


def through_employers(site: Site, page: Page, stop: Stop) -> None:
    """The branch opens, records, protests; the desk sees the list, a case, pictures, a paper. 14 stops."""
    with site.app.app_context():
        sign_ins = accounts_demo.load()
        demo.load()
        case_demo.load()
        unopened = _forwarded(CaseState.FORWARDED, is_received=False)
        warned = _forwarded(CaseState.WARNED_1)
        disputed = _forwarded(CaseState.DISPUTED)
    journeys.enter_demo(page, sign_ins, Role.OFFICE_OFFICER, face="portal")
    _branch(page, stop, unopened.id, warned.id, disputed.id)
    journeys.enter_demo(page, sign_ins, Role.PREVENTION_ASSISTANT, face="staff")
    _desk(page, stop, warned.case_id)


def _branch(page: Page, stop: Stop, unopened: int, warned: int, disputed: int) -> None:
    home = "/portal/compliance"

    def see(name: str, path: str) -> None:
        page.goto(path)
        stop(name)

    see("portal-employers", home)
    see("portal-employers-ended", f"{home}?show=ended")
    see("portal-employer-unopened", f"{home}/{unopened}")
    see("portal-employer-disputed", f"{home}/{disputed}")
    see("portal-employer", f"{home}/{warned}")
    page.locator("main a[href*='/clocks/']").first.click()
    page.locator("ol.days").wait_for()
    stop("portal-employer-days")
    page.goto(f"{home}/{warned}")
    page.locator("main a.button[href$='/steps/new']").first.click()
    page.locator("input[name=number]").wait_for()
    stop("portal-employer-step")
    page.locator("main form[data-after-upload] button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    stop("portal-employer-step-missing")
    see("portal-employer-protest", f"{home}/{warned}/dispute")


def _desk(page: Page, stop: Stop, case: int) -> None:
    home = "/staff/employers/cases"
    for name, path in (
        ("staff-employer-cases", home),
        ("staff-employer-cases-none", f"{home}?state=not_proven&overdue=yes"),
        ("staff-employer-case", f"{home}/{case}"),
        ("staff-employer-pictures", f"{home}/pictures"),
    ):
        page.goto(path)
        stop(name)
    page.goto(f"{home}/print")
    page.locator("main ul.plain-list a").first.click()
    page.locator("#print").wait_for()
    stop("staff-employer-paper")


def _forwarded(state: CaseState, *, is_received: bool = True) -> CaseForwarding:
    """The first case of the demonstration that stands there and was sent to the branch."""
    found = (
        select(CaseForwarding)
        .join(EmployerComplianceCase, EmployerComplianceCase.id == CaseForwarding.case_id)
        .where(
            EmployerComplianceCase.state == state,
            CaseForwarding.is_received.is_(is_received),
            CaseForwarding.released_at.is_not(None),
        )
        .order_by(CaseForwarding.id)
        .limit(1)
    )
    return db.session.scalars(found).one()
