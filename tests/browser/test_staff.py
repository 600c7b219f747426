"""The intake officer finds the new complaint in the queue and reads it; the identity stays sealed."""

import pytest
from playwright.sync_api import expect

from ombudsman_app.complaints import demo as complaints_demo
from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory

from . import journeys
from .people import DESK, PHONE, SCREENS


@pytest.mark.parametrize("screen", SCREENS)
def test_given_a_new_complaint_when_the_officer_signs_in_then_it_waits_and_names_nobody(site, person, screen):
    receipt = journeys.file_complaint(person(PHONE))
    page = person(SCREENS[screen])

    journeys.sign_in(page, journeys.intake_officer(site))
    expect(page.locator("main")).to_contain_text(receipt.ticket)
    journeys.shows_nobody(page)
    page.goto("/staff/complaints/")
    journeys.shows_nobody(page)
    page.get_by_role("link", name=receipt.ticket).click()

    expect(page.locator("h1")).to_have_text(receipt.ticket)
    expect(page.locator("main")).to_contain_text(journeys.NARRATIVE)
    expect(page.locator("main .sealed")).to_be_visible()
    expect(page.locator("main .deadline")).to_have_count(2)
    expect(page.locator("#menu [aria-current=page]")).to_have_attribute("href", "/staff/complaints/")
    journeys.shows_nobody(page)


def test_given_an_officer_elsewhere_when_opening_the_address_then_it_does_not_exist(site, person):
    journeys.file_complaint(person(PHONE))
    with site.app.app_context():
        email = UserFactory(Role.PVL_ASSISTANT, office="KPG").email
    page = person(DESK, language="en")
    journeys.sign_in(page, email)

    page.goto("/staff/complaints/")
    expect(page.locator("#queue")).to_have_count(0)
    answer = page.goto("/staff/complaints/1")

    assert answer is not None
    assert answer.status == 404
    expect(page.locator("body")).not_to_contain_text(journeys.NARRATIVE)


def test_given_the_session_ended_while_the_form_stood_open_when_signing_in_then_it_still_works(site, person):
    email = journeys.intake_officer(site)
    page = person(DESK)
    page.goto("/staff/sign-in")
    journeys.type_sign_in(page, email)
    page.context.clear_cookies(name="sid")

    page.locator("main button[type=submit]").first.click()
    page.locator("main form button[type=submit]").click()  # "send it again"; no password, no code is kept
    expect(page.locator("input[name=email]")).to_have_value(email)
    expect(page.locator("input[name=code]")).to_have_value("")
    journeys.type_sign_in(page, email)
    page.locator("main button[type=submit]").first.click()

    page.wait_for_url("**/staff/")


def test_given_a_signed_in_officer_when_signing_out_then_back_shows_nothing(site, person):
    page = person(DESK)
    journeys.sign_in(page, journeys.intake_officer(site))
    page.goto("/staff/complaints/")

    page.locator("form[action$='sign-out'] button").click()
    page.wait_for_url("**/staff/sign-in*")
    page.go_back()

    expect(page.locator("input[name=password]")).to_be_visible()


def test_given_somebody_reads_out_a_ticket_when_its_end_is_typed_then_the_queue_finds_it(
    demo_site, demo_people
):
    with demo_site.app.app_context():
        complaints_demo.load()
    page = demo_people.person(DESK)
    journeys.sign_in(page, journeys.intake_officer(demo_site))
    page.goto("/staff/complaints/")
    ticket = page.locator("#queue tbody th").nth(2).inner_text()

    page.locator("main input[type=search]").fill(ticket[-6:].lower())
    page.keyboard.press("Enter")
    expect(page.locator("#queue tbody tr")).to_have_count(1)
    expect(page.locator("#queue")).to_contain_text(ticket)
    page.locator("main input[type=search]").fill("100%_")
    page.keyboard.press("Enter")
    expect(page.locator("main .empty")).to_be_visible()
