"""A walk through the portal: a letter that asks an office, its time, its answer, what became of it."""

from datetime import timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Page

from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.commands import load_shipped
from tests.factories.accounts import UserFactory
from tests.factories.complaints import TeamFactory
from tests.factories.examination import REPLY, asked_letter, examined, request
from tests.factories.pauses import AskedTimeFactory

from . import journeys
from .live import Site
from .tour_case import Stop, Walk

LETTERS = "/portal/clarifications"


def through_requests(site: Site, page: Page, stop: Stop) -> None:
    """What an officer of a branch meets, and an office without account. 23 stops."""
    with site.app.app_context(), stopped_at(now() - timedelta(days=30)):
        load_shipped()
        team = TeamFactory()
        late = asked_letter(team)
    with site.app.app_context():
        officer = UserFactory(Role.OFFICE_HEAD, name="Demo Kepala Cabang")
        unopened = request(examined(team), team)
        asked = asked_letter(team)
    walk = Walk(site, page, stop, team)
    journeys.sign_in(page, officer.email, face="portal")
    walk.stop("portal-start")
    walk.see("portal-letters", LETTERS)
    walk.see("portal-letter-unopened", f"{LETTERS}/{unopened.id}")
    walk.press("main form button[type=submit]")
    walk.stop("portal-letter-opened")
    walk.see("portal-letter-late", f"{LETTERS}/{late.id}")
    walk.see("portal-letter-days", f"{LETTERS}/{asked.id}/clocks/{asked.clock_id}")
    walk.see("portal-letter-more-time", f"{LETTERS}/{asked.id}/more-time")
    page.locator("input[name=days]").fill("5")
    page.locator("textarea[name=reason]").fill("Arsip kantor lama belum ditemukan semuanya.")
    walk.press("main form button[type=submit]")
    walk.see("portal-letter-time-asked", f"{LETTERS}/{asked.id}")
    walk.see("portal-letter-answer", f"{LETTERS}/{asked.id}/answer")
    page.locator("textarea[name=text]").fill(REPLY)
    walk.press("form[data-after-upload] button[type=submit]")
    walk.stop("portal-letter-answered")
    page.locator("a[href$=acknowledgement]").first.click()
    walk.stop("portal-acknowledgement")
    walk.press("main form button[type=submit]")
    walk.stop("portal-acknowledgement-made")
    walk.see("portal-letters-done", f"{LETTERS}?show=done")
    _time(walk, f"/staff/complaints/{asked.case_id}/clocks/{asked.clock_id}")
    _by_link(walk)


def _time(walk: Walk, answered: str) -> None:
    """The examiner meets a request that was answered meanwhile, one to decide, and the form of a pause."""
    with walk.site.app.app_context():
        letter = asked_letter(walk.team)
        AskedTimeFactory(letter.clock_id, letter.id, UserFactory(Role.OFFICE_OFFICER).id)
    clock = f"/staff/complaints/{letter.case_id}/clocks/{letter.clock_id}"
    walk.enter_as(Role.EXAMINER)
    walk.see("clock-time-answered", answered)
    walk.see("clock-time-waits", clock)
    walk.see("clock-pause", f"{clock}/pause")


def _by_link(walk: Walk) -> None:
    """An office without account gets a link from the examiner, opens it by name and answers."""
    page = walk.page
    with walk.site.app.app_context():
        letter = asked_letter(walk.team)
    walk.enter_as(Role.EXAMINER)
    walk.see("links", f"/staff/complaints/{letter.case_id}/links")
    walk.press("main form button[type=submit]")
    walk.stop("links-made")
    address = page.locator("#answer-link").inner_text()
    code = page.locator("#answer-code").get_attribute("value") or ""
    page.context.clear_cookies(name="sid")
    walk.see("link-unopened", urlsplit(address).path)
    page.locator("input[name=name]").fill("Siti Rahmawati")
    page.locator("input[name=position]").fill("Kepala Bidang Pelayanan")
    page.locator("input[name=code]").fill(code)
    page.locator("input[name=answers_for_office]").check()
    walk.press("main form button[type=submit]")
    walk.stop("link-opened")
    page.locator("textarea[name=text]").fill(REPLY)
    walk.press("form[data-after-upload] button[type=submit]")
    walk.stop("link-sent")
    page.context.clear_cookies(name="sid")
    walk.see("link-ended", urlsplit(address).path)
