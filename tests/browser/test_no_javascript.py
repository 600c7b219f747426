"""An old phone without scripts: the same way, to the last page."""

import pytest
from playwright.sync_api import expect

from . import journeys
from .people import DESK, PHONE, SCREENS


@pytest.mark.parametrize("screen", ["phone", pytest.param("desk", marks=pytest.mark.full)])
def test_given_no_javascript_when_filing_then_the_whole_way_works(site, person, screen):
    page = person(SCREENS[screen], java_script_enabled=False)
    page.goto("/")
    page.locator("main a[href='/lapor']").first.click()

    receipt = journeys.file_complaint(page)
    journeys.follow(page, receipt)

    expect(page.locator(".deadline time")).to_be_visible()
    page.locator("details summary").first.click()
    expect(page.locator(".days li").first).to_be_visible()
    officer = person(DESK, java_script_enabled=False)
    journeys.sign_in(officer, journeys.intake_officer(site))
    officer.get_by_role("link", name=receipt.ticket).click()
    expect(officer.locator("main .sealed")).to_be_visible()
    journeys.shows_nobody(officer)


def test_given_no_javascript_when_the_menu_is_opened_then_every_page_is_in_reach(person):
    page = person(PHONE, java_script_enabled=False)
    page.goto("/")
    page.locator(".menu-button").click()
    page.locator("#menu a[href='/lacak']").click()
    page.wait_for_url("**/lacak")


def test_given_no_javascript_when_an_answer_is_missing_then_the_page_says_so_and_keeps_the_rest(person):
    page = person(PHONE, java_script_enabled=False, language="en")
    journeys.choose_office(page)
    page.goto("/lapor/identitas")
    page.locator("input[name=full_name]").fill(journeys.NAME)
    page.locator("input[name=phone]").fill("telepon saya")
    journeys.go_on(page)

    expect(page.locator(".error-summary a")).to_have_attribute("href", "#phone")
    expect(page.locator("input[name=full_name]")).to_have_value(journeys.NAME)
    expect(page.locator("input[name=phone]")).to_have_value("telepon saya")
