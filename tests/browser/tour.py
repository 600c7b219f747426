"""A walk past every page and every main state of it. `stop` is called at each, with a name for it."""

from collections.abc import Callable

from playwright.sync_api import Page

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.complaints import demo as complaints_demo
from ombudsman_app.core.policy import Role

from . import journeys
from .live import Site

Stop = Callable[[str], None]
QUESTIONS = (
    ("when", journeys.answer_when),
    ("told", journeys.answer_told),
    ("remedy", journeys.answer_remedy),
    ("evidence", journeys.answer_evidence),
    ("urgency", journeys.answer_urgency),
    ("confidentiality", journeys.answer_confidentiality),
    ("identity", journeys.answer_identity),
)
LONG = "PERHATIAN " + "sangatpanjangtanpaspasi" * 12 + "\n\n" + "Petugas berkata besok. " * 60


def through_public(page: Page, stop: Stop) -> None:
    """Front page, offices, all questions with their refusals, receipt, status. 40 stops."""

    def see(name: str, path: str) -> None:
        page.goto(path)
        stop(name)

    see("public-start", "/")
    see("public-offices", "/kantor")
    see("public-offices-found", "/kantor?q=mamuju")
    page.locator("main .offices a").first.click()
    page.wait_for_url("**/kantor/*")
    stop("public-office")
    see("public-not-found", "/tidak-ada")
    see("public-office-search", "/lapor")
    see("public-office-none", "/lapor?q=atlantis")
    see("public-office-company", "/lapor?q=PT Sawit Makmur Jaya")
    see("public-employer", "/lapor/pemberi-kerja")
    see("public-office-found", "/lapor?q=mamuju")
    journeys.go_on(page)
    stop("public-office-missing")
    _answer_all(page, stop)
    page.goto("/lapor/periksa")
    journeys.go_on(page)
    receipt = journeys.receipt_on(page)
    stop("public-receipt")
    journeys.go_on(page)
    page.locator("#access-code").wait_for(state="detached")
    stop("public-receipt-noted")
    see("public-already-sent", "/lapor")
    see("public-follow", "/lacak")
    journeys.go_on(page)
    page.locator(".error-summary").wait_for()
    stop("public-follow-missing")
    page.locator("input[name=ticket]").fill(receipt.ticket)
    page.locator("input[name=access_code]").fill("SALAHSALAHSALAHS")
    journeys.go_on(page)
    page.locator(".error-summary li").nth(1).wait_for(state="detached")
    stop("public-follow-wrong")
    journeys.follow(page, receipt)
    stop("public-status")
    page.locator("details summary").first.click()
    stop("public-status-counted")


def _answer_all(page: Page, stop: Stop) -> None:
    journeys.choose_office(page)
    page.wait_for_url("**/lapor/loket")
    stop("public-counter")
    journeys.choose_counter(page)
    page.wait_for_url("**/lapor/layanan")
    stop("public-service")
    journeys.go_on(page)
    page.locator(".error-summary").wait_for()
    stop("public-service-missing")
    page.goto("/lapor/layanan")
    journeys.answer_service(page)
    page.wait_for_url("**/kejadian")
    journeys.go_on(page)
    page.locator(".error-summary").wait_for()
    stop("public-narrative-missing")
    page.goto("/lapor/kejadian")
    page.locator("textarea").press_sequentially(journeys.NARRATIVE)
    page.locator("[data-kept]").wait_for()
    stop("public-narrative")
    journeys.answer_narrative(page)
    for name, answer in QUESTIONS:
        page.wait_for_load_state()
        stop(f"public-{name}")
        answer(page)
    page.wait_for_url("**/periksa")
    stop("public-check")
    page.goto("/lapor/identitas?dari=periksa")
    page.locator("input[name=phone]").fill("hubungi saya")
    page.locator("input[name=email]").fill("bukan alamat")
    journeys.go_on(page)
    page.locator(".error-summary").wait_for()
    stop("public-identity-wrong")
    page.goto("/lapor/kejadian?dari=periksa")
    page.locator("textarea").fill(LONG)
    journeys.go_on(page)
    page.wait_for_url("**/periksa")
    stop("public-check-long")
    page.goto("/lapor/hapus")
    stop("public-forget")


def through_staff(site: Site, page: Page, stop: Stop) -> None:
    """The door, desk, queue without and with cases, views, a case, components, notices. A demonstration."""

    def see(name: str, path: str) -> None:
        page.goto(path)
        stop(name)

    with site.app.app_context():
        sign_ins = accounts_demo.load()
    see("staff-forgotten-password", "/staff/forgotten-password")
    see("staff-sign-in", "/staff/sign-in")
    page.locator("main button[type=submit]").first.click()
    page.locator(".error-summary").wait_for()
    stop("staff-sign-in-missing")
    journeys.enter_demo(page, sign_ins, Role.PVL_ASSISTANT)
    stop("staff-desk-empty")
    see("staff-queue-empty", "/staff/complaints/")
    with site.app.app_context():
        complaints_demo.load()
    see("staff-desk", "/staff/")
    see("staff-queue", "/staff/complaints/")
    see("staff-queue-overdue", "/staff/complaints/?overdue=yes")
    see("staff-queue-none", "/staff/complaints/?state=closed&urgent=yes")
    see("staff-queue-misread", "/staff/complaints/?state=gone&page=7")
    _views(page, stop)
    see("staff-case", "/staff/complaints/1")
    page.locator("details summary").first.click()
    stop("staff-case-table")
    see("staff-not-found", "/staff/complaints/999999")
    see("staff-components", "/staff/design")
    page.goto("/staff/complaints/?all=yes")
    if page.locator(".menu-button").is_visible():
        page.locator(".menu-button").click()
        stop("staff-menu")
    else:
        page.keyboard.press("j")
        page.keyboard.press("?")
        stop("staff-queue-keys")
    journeys.enter_demo(page, sign_ins, Role.EXAMINER)
    see("staff-case-examiner", "/staff/complaints/1")
    see("staff-notifications", "/staff/notifications/")
    see("staff-preferences", "/staff/notifications/preferences")


def _views(page: Page, stop: Stop) -> None:
    """Save what is filtered under a name, and look at all of one's views."""
    page.goto("/staff/complaints/views")
    stop("staff-views-empty")
    page.goto("/staff/complaints/views/new?whose=mine&urgent=yes")
    keep = page.locator("main form button[type=submit]")
    keep.click()
    page.locator(".error-summary").wait_for()
    stop("staff-view-missing")
    page.locator("input[name=label]").fill("Mendesak milik saya")
    keep.click()
    page.wait_for_url("**/complaints/?*")
    page.goto("/staff/complaints/views")
    stop("staff-views")
