"""The queue in a real browser: it follows at once, by hand and by keys; and it works without any script."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory
from tests.factories.complaints import many_complaints

from . import journeys
from .people import DESK, SCREENS
from .test_accessibility import Inspector

QUEUE = "/staff/complaints/"
LATE = date(2020, 1, 6)


@pytest.fixture
def officer(site) -> str:
    """An examiner with three cases of their own among sixty; five wait for an answer, four are urgent."""
    with site.app.app_context():
        user = UserFactory(Role.EXAMINER, name="Sari Wulandari")
        email = user.email
        many_complaints(48, due_on=LATE)
        many_complaints(3, due_on=LATE, officer_id=user.id, state=ComplaintState.ASSIGNED)
        many_complaints(5, due_on=LATE, awaits_answer=True, substance="jkm_claim")
        many_complaints(4, due_on=LATE, urgency="emergency", registration_number=None)
    return email


@pytest.fixture
def queue(person, site, officer) -> Page:
    page = person(DESK, language="en")
    journeys.sign_in(page, officer, site=site)
    page.goto(QUEUE)
    page.evaluate("window.isStillHere = true")
    return page


def is_still_here(page: Page) -> bool:
    """Whether the page was never left since it was opened."""
    return page.evaluate("window.isStillHere === true")


def rows(page: Page):
    return page.locator("#queue tbody tr")


def test_given_boxes_and_chips_when_chosen_then_the_list_follows_without_leaving_the_page(queue, site):
    expect(queue.locator("#queue-count")).to_have_text("60 complaints")
    queue.get_by_role("link", name="Waiting for an answer").click()
    expect(rows(queue)).to_have_count(5)
    expect(queue).to_have_url(f"{site.url}{QUEUE}?unanswered=yes")
    expect(queue.locator("#queue-count")).to_have_text("5 complaints")
    queue.locator("#queue-boxes summary").click()
    expect(queue.locator("#unanswered")).to_be_checked()
    queue.locator("#service").select_option("jht_claim")
    expect(queue.locator("#queue-list .empty")).to_be_visible()
    queue.get_by_role("link", name="Clear filters").click()
    expect(rows(queue)).to_have_count(25)
    expect(queue.locator("#service")).to_have_value("")
    expect(queue.locator("#queue-boxes")).to_have_attribute("open", "")
    assert is_still_here(queue)


def test_given_steps_in_the_queue_when_going_back_then_list_boxes_and_address_agree(queue):
    queue.get_by_role("link", name="Mine").click()
    expect(rows(queue)).to_have_count(3)
    queue.get_by_role("link", name="Overdue 60").click()
    expect(queue.locator("#queue-count")).to_have_text("60 complaints")
    queue.go_back()
    expect(rows(queue)).to_have_count(3)
    expect(queue.locator("#whose")).to_have_value("mine")
    queue.go_forward()
    expect(queue.locator("#queue-count")).to_have_text("60 complaints")
    assert is_still_here(queue)
    queue.reload()
    expect(queue.get_by_role("link", name="Overdue 60")).to_have_attribute("aria-current", "true")


def test_given_words_when_typed_then_the_list_follows_and_the_focus_stays(queue):
    queue.locator("#search-q").press_sequentially("zzz")
    expect(queue.locator("#queue-list .empty")).to_be_visible()
    expect(queue.locator("#search-q")).to_be_focused()
    queue.locator("#search-q").fill("mamuju")
    expect(rows(queue)).to_have_count(25)
    queue.go_back()  # all that was typed is one step
    expect(queue.locator("#search-q")).to_have_value("")
    assert is_still_here(queue)


def test_given_no_line_when_filtering_then_it_is_told_and_the_old_list_stays(queue, people):
    people.may_lose_line()
    queue.route("**/staff/complaints/?*", lambda route: route.abort())
    queue.get_by_role("link", name="Mine").click()
    expect(queue.locator("#queue-notice [role=alert]")).to_be_visible()
    expect(rows(queue)).to_have_count(25)
    queue.unroute("**/staff/complaints/?*")
    queue.locator("#queue-notice a").click()
    expect(rows(queue)).to_have_count(3)
    expect(queue.locator("#queue-notice [role=alert]")).to_have_count(0)


def test_given_the_session_ended_when_filtering_then_the_door_opens(queue, site):
    queue.context.clear_cookies(name="sid")
    queue.get_by_role("link", name="Mine").click()
    queue.wait_for_url(re.compile(r"/staff/sign-in.next="))


def test_given_only_keys_then_pages_filters_cases_and_desk_are_reached(queue):
    first = rows(queue).first.locator("th a").inner_text()
    queue.keyboard.press("n")
    expect(queue.locator("#queue-list")).to_be_focused()
    expect(rows(queue).first.locator("th a")).not_to_have_text(first)
    queue.keyboard.press("j")
    expect(rows(queue).first.locator("th a")).to_be_focused()
    queue.keyboard.press("p")
    expect(rows(queue).first.locator("th a")).to_have_text(first)
    queue.keyboard.press("f")
    expect(queue.locator("#state")).to_be_focused()
    queue.locator("h1").click()
    queue.keyboard.press("/")
    queue.keyboard.type("mj")  # typing is not walking
    expect(queue.locator("#search-q")).to_have_value("mj")
    queue.locator("#search-q").fill("")
    expect(rows(queue)).to_have_count(25)
    queue.locator("h1").click()
    queue.keyboard.press("m")
    expect(rows(queue)).to_have_count(3)
    queue.keyboard.press("j")
    queue.keyboard.press("o")
    queue.wait_for_url("**/staff/complaints/4*")
    queue.go_back()
    queue.keyboard.press("g")
    queue.keyboard.press("d")
    queue.wait_for_url("**/staff/")


def test_given_the_keys_switched_off_then_they_rest_until_switched_on(queue):
    queue.keyboard.press("?")
    expect(queue.locator("#keyboard")).to_be_visible()
    queue.get_by_role("button", name="Switch these keys off").click()
    queue.keyboard.press("Escape")
    queue.keyboard.press("j")
    queue.keyboard.press("?")
    expect(queue.locator("#keyboard")).to_be_hidden()
    expect(rows(queue).first.locator("th a")).not_to_be_focused()
    queue.reload()
    queue.get_by_role("button", name="Keyboard").click()
    queue.get_by_role("button", name="Switch these keys on").click()
    queue.keyboard.press("Escape")
    queue.keyboard.press("j")
    expect(rows(queue).first.locator("th a")).to_be_focused()


@pytest.mark.parametrize("screen", SCREENS)
def test_given_no_script_then_filters_views_and_pages_work_by_links_and_buttons(
    person, site, officer, screen
):
    page = person(SCREENS[screen], language="en", java_script_enabled=False)
    journeys.sign_in(page, officer, site=site)
    page.goto(QUEUE)
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Previous").click()
    expect(rows(page)).to_have_count(25)
    page.locator("#queue-boxes summary").click()
    page.locator("#service").select_option("jkm_claim")
    page.locator("#unanswered").check()
    page.get_by_role("button", name="Filter").click()
    expect(rows(page)).to_have_count(5)
    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name of the view").fill("Santunan menunggu")
    page.get_by_label("The queue opens with this view").check()
    page.get_by_role("button", name="Save the view").click()
    expect(rows(page)).to_have_count(5)
    page.goto(QUEUE)
    expect(page.get_by_role("link", name="Santunan menunggu")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="All open").click()
    expect(page.locator("#queue-count")).to_have_text("60 complaints")
    page.get_by_role("link", name="Change your views").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have no views yet")).to_be_visible()


@pytest.mark.parametrize(("screen", "language", "scheme"), [("phone", "id", "light"), ("desk", "en", "dark")])
def test_given_the_queue_in_each_state_when_inspected_then_nothing_is_in_the_way(
    person, site, officer, screen, language, scheme
):
    page = person(SCREENS[screen], language=language, color_scheme=scheme)
    journeys.sign_in(page, officer, site=site)
    inspector = Inspector(page)
    for path in (
        "?all=yes", "?whose=nobody&urgent=yes&q=mam", "?q=zzzz", "?state=bogus&foo=1", "views",
        "views/new?whose=mine&urgent=yes",
    ):  # fmt: skip
        page.goto(QUEUE + path)
        if page.locator("#queue-boxes summary").count():
            page.locator("#queue-boxes summary").click()
        inspector.look(path)
    page.locator("form .button[type=submit]").last.click()
    page.locator(".error-summary").wait_for()
    inspector.look("no name")
    page.locator("#label").fill("Sebuah nama yang cukup panjang untuk sebuah tampilan daftar")
    page.locator("form .button[type=submit]").last.click()
    page.locator("#queue-chips [aria-current]").first.wait_for()
    inspector.look("saved")
    page.locator("#queue-tags a[href$='/views']").click()
    page.locator(".saved-views .button").first.click()
    page.locator("#label").wait_for()
    inspector.look("change")
    assert inspector.found == []
