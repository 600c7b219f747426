"""Somebody with a phone files a complaint about a counter in Mamuju and follows it."""

import pytest
from playwright.sync_api import expect

from . import journeys
from .people import SCREENS


@pytest.mark.parametrize(
    ("screen", "language"),
    [
        ("phone", "id"),
        ("desk", "en"),
        pytest.param("phone", "en", marks=pytest.mark.full),
        pytest.param("desk", "id", marks=pytest.mark.full),
    ],
)
def test_given_a_newcomer_when_filing_then_ticket_and_code_open_the_status(person, screen, language):
    page = person(SCREENS[screen], language=language)
    page.goto("/")
    page.locator("main a[href='/lapor']").first.click()

    receipt = journeys.file_complaint(page)
    journeys.follow(page, receipt)

    expect(page.locator("main")).to_contain_text(receipt.ticket)
    expect(page.locator(".deadline time")).to_be_visible()
    page.locator("details summary").first.click()
    expect(page.locator(".days li").first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(journeys.NAME)
