"""A walk past the portal, findings and visits, and the desks that write, judge, release. A demonstration."""

from datetime import timedelta

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.complaints.commands import OfficeAnswer, answer_request, open_request
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.findings import demo
from ombudsman_app.findings.models import Finding, FindingClock, VisitObservation
from tests.factories.complaints import TeamFactory
from tests.factories.examination import REPLY, examined, request

from . import journeys
from .live import Site
from .tour import Stop

WAITS, LATE, BACK = "DEMO. Waktu tunggu", "DEMO. Kotak saran", "DEMO. Loket prioritas"
ANSWERED, DONE, PEMDA = "DEMO. Standar layanan", "DEMO. Kursi roda", "DEMO. Daftar penerima"


class _Walk:
    """One person after another, on one page."""

    def __init__(self, site: Site, page: Page, stop: Stop) -> None:
        self.site, self.page, self.stop = site, page, stop
        with site.app.app_context():
            self._sign_ins = accounts_demo.load()
            demo.load()

    def enter(self, key: str, face: str = "staff") -> None:
        journeys.enter_demo(self.page, self._sign_ins, key, face=face)

    def see(self, name: str, path: str) -> None:
        self.page.goto(path)
        self.stop(name)

    def finding(self, begins: str) -> str:
        with self.site.app.app_context():
            found = select(Finding.id).where(Finding.summary.startswith(begins))
            return f"findings/{db.session.scalars(found).one()}"


def through_findings(site: Site, page: Page, stop: Stop) -> None:
    """The branch and the Pemda on the portal; visits, the register, a judgement, the ladder. 42 stops."""
    walk = _Walk(site, page, stop)
    _asked_to_explain(walk)
    _branch(walk)
    _pemda(walk)
    _visits(walk)
    _register(walk)
    _invitation(walk)


def _asked_to_explain(walk: _Walk) -> None:
    """Letters that ask the branch: not opened, waiting, answered; the answer, empty and missing."""
    page = walk.page
    with walk.site.app.app_context():
        with stopped_at(now() - timedelta(days=40)):
            team = TeamFactory()
        officer = accounts_demo.demo_actor(Role.OFFICE_OFFICER)
        assert officer is not None
        with stopped_at(now() - timedelta(days=5)):
            letters = [request(examined(team), team).id for _ in range(3)]
            for one in letters[1:]:
                open_request(one, actor=officer)
            answer_request(letters[2], OfficeAnswer(REPLY, "B-12/KC/XI/2026"), actor=officer)
    walk.enter(Role.OFFICE_OFFICER, "portal")
    walk.see("portal-letters", "/portal/clarifications")
    walk.see("portal-letters-done", "/portal/clarifications?show=done")
    unopened, waiting, answered = (f"/portal/clarifications/{one}" for one in letters)
    walk.see("portal-letter-unopened", unopened)
    walk.see("portal-letter", waiting)
    walk.see("portal-letter-answer", f"{waiting}/answer")
    page.locator("main form[data-after-upload] button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    walk.stop("portal-letter-answer-missing")
    page.goto(waiting)
    page.locator("a[href*='/clocks/']").first.click()
    page.locator("ol.days").wait_for()
    walk.stop("portal-letter-days")
    walk.see("portal-letter-answered", answered)


def _branch(walk: _Walk) -> None:
    page = walk.page
    walk.enter(Role.OFFICE_OFFICER, "portal")
    walk.stop("portal-start")
    walk.see("portal-start-answered", "/portal/?show=answered")
    walk.see("portal-findings", "/portal/findings")
    walk.see("portal-findings-done", "/portal/findings?show=done")
    walk.see("portal-finding", f"/portal/{walk.finding(WAITS)}")
    walk.see("portal-finding-late", f"/portal/{walk.finding(LATE)}")
    with walk.site.app.app_context():
        of_late = select(FindingClock.finding_id, FindingClock.id).order_by(FindingClock.id)
        finding_id, clock_id = db.session.execute(of_late).first() or (0, 0)
    walk.see("portal-finding-days", f"/portal/findings/{finding_id}/clocks/{clock_id}")
    walk.see("portal-finding-back", f"/portal/{walk.finding(BACK)}")
    page.locator("main form[action$='/open'] button").click()
    page.locator("#history").wait_for()
    walk.stop("portal-finding-reasons")
    walk.see("portal-finding-answered", f"/portal/{walk.finding(ANSWERED)}")
    walk.see("portal-finding-done", f"/portal/{walk.finding(DONE)}")
    walk.see("portal-answer", f"/portal/{walk.finding(WAITS)}/respond")
    page.locator("label").filter(has=page.locator("input[value=accept]")).click()
    page.locator("textarea[name=text]").fill("Kami menerima temuan ini.")
    page.locator("main form[data-after-upload] button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    walk.stop("portal-answer-missing")
    walk.see("portal-colleagues", "/portal/colleagues")


def _pemda(walk: _Walk) -> None:
    walk.enter("office_officer_pemda", "portal")
    walk.see("portal-finding-unopened", f"/portal/{walk.finding(PEMDA)}")


def _visits(walk: _Walk) -> None:
    page = walk.page
    walk.enter(Role.PREVENTION_ASSISTANT)
    walk.see("staff-visits", "/staff/findings/visits")
    with walk.site.app.app_context():
        is_old = VisitObservation.reference.is_not(None)
        visits = [
            db.session.scalars(select(VisitObservation.id).where(which)).first()
            for which in (is_old, ~is_old)
        ]
    walk.see("staff-visit-source", f"/staff/findings/visits/{visits[0]}")
    walk.see("staff-visit", f"/staff/findings/visits/{visits[1]}")
    walk.see("staff-visit-office", "/staff/findings/visits/new")
    page.locator("#offices a").first.click()
    page.locator("textarea[name=seen]").wait_for()
    walk.stop("staff-visit-new")
    page.locator("main form .actions button").click()
    page.locator(".error-summary").wait_for()
    walk.stop("staff-visit-missing")
    page.goto(f"/staff/findings/visits/{visits[1]}")
    page.locator("main a.button.second").first.click()
    page.locator("input[name=summary]").wait_for()
    walk.stop("staff-finding-new")


def _register(walk: _Walk) -> None:
    walk.enter(Role.REVIEWER)
    walk.see("staff-findings", "/staff/findings")
    walk.see("staff-findings-none", "/staff/findings?state=draft&overdue=yes")
    walk.see("staff-finding-judge", f"/staff/{walk.finding(ANSWERED)}")
    walk.see("staff-finding-done", f"/staff/{walk.finding(DONE)}")
    walk.enter(Role.PREVENTION_ASSISTANT)
    walk.see("staff-findings-late", "/staff/findings")
    walk.page.locator(".chart details summary").click()
    walk.page.locator(".chart details table").wait_for()
    walk.stop("staff-findings-table")
    walk.see("staff-finding-paper", f"/staff/{walk.finding(WAITS)}/answers/new")
    walk.see("staff-findings-sheet", "/staff/findings/exports/new")
    walk.page.locator("textarea[name=reason]").fill("Bahan rapat evaluasi triwulan.")
    walk.page.locator("main form .actions button").click()
    walk.page.locator("main dl.facts").wait_for()
    walk.stop("staff-findings-sheet-asked")
    walk.enter(Role.HEAD_OF_REPRESENTATIVE)
    walk.see("staff-finding-ladder", f"/staff/{walk.finding(LATE)}")
    walk.see("staff-finding-waits", f"/staff/{walk.finding(WAITS)}")


def _invitation(walk: _Walk) -> None:
    walk.enter(Role.ADMINISTRATOR)
    walk.see("staff-people", "/staff/accounts")
    walk.see("staff-invite", "/staff/accounts/invite")
