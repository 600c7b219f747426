"""An outreach event on a phone: planned, reported, corrected, read by everybody; then in the portal."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.models import OutreachEvent
from ombudsman_app.coverage.outreach_states import OutreachState
from tests.factories.accounts import UserFactory
from tests.factories.outreach import ZONE

from . import journeys
from .hands import Fingers
from .live import Site
from .people import PHONE, People
from .test_accessibility import Inspector

TITLE, PLACE = "Sosialisasi nelayan Mamuju", "/cakupan/76.02"


@pytest.fixture
def people(chromium: Browser, site: Site) -> Iterator[People]:
    made = People(chromium, site.url)
    yield made
    made.close()
    assert made.problems == []


def test_given_a_phone_when_an_event_is_planned_and_reported_then_its_place_says_so(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        keeper = str(UserFactory(Role.PREVENTION_ASSISTANT, name="Demo Pencegahan").email)
    phone = people.person(PHONE, language="id")
    journeys.sign_in(phone, keeper, site=site, face="staff")
    seen, hands = Inspector(phone), Fingers(phone)
    phone.goto("/staff/outreach")
    seen.look("no event yet")
    hands.press("main a[href='/staff/outreach/new']")
    plans(phone, hands, seen, "Kantor Cabang")
    expect(phone).to_have_url(f"{site.url}/staff/outreach/{event_id(site)}/report")
    reports(phone, hands, seen, "86")
    expect(phone.locator("#result")).to_contain_text("86")
    seen.look("what came of it")
    hands.press("main a[href$='/report']")
    phone.locator("input[name=participants]").fill("88")
    hands.press("main form .actions button[type=submit]")
    expect(phone.locator("main s").first).to_have_text("86")
    phone.goto("/staff/outreach/places")
    expect(phone.locator(".tile-list")).to_contain_text("88")
    seen.look("where nobody went")
    visitor = people.person(PHONE, language="id")
    is_public(visitor, "88")
    assert seen.found == []


def test_given_an_officer_of_a_government_when_reporting_from_the_phone_then_it_is_marked_as_theirs(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        officer = str(
            UserFactory(Role.OFFICE_OFFICER, name="Demo Pemda", portal_office="pemkab_mamuju").email
        )
    phone = people.person(PHONE, language="id")
    journeys.sign_in(phone, officer, site=site, face="portal")
    seen, hands = Inspector(phone), Fingers(phone)
    phone.goto("/portal/outreach")
    seen.look("no own event yet")
    hands.press("main a[href='/portal/outreach/new']")
    plans(phone, hands, seen, "")
    reports(phone, hands, seen, "40")
    expect(phone.locator("#result")).to_contain_text("40")
    seen.look("the own event")
    phone.goto(PLACE)
    expect(phone.locator("#outreach")).to_contain_text("dilaporkan oleh kantor ini")
    assert seen.found == []
    with site.app.app_context():
        assert db.session.scalars(select(OutreachEvent.state)).one() is OutreachState.HELD


def plans(phone: Page, hands: Fingers, seen: Inspector, holder: str) -> None:
    """Fill the form; `holder`: how the office begins that is chosen, where there is a choice."""
    phone.locator("input[name=title]").fill(TITLE)
    place = phone.locator("select[name=region] option", has_text="76.02")
    phone.locator("select[name=region]").select_option(value=place.get_attribute("value"))
    phone.locator("input[name=venue]").fill("Balai nelayan")
    phone.locator("input[name=on]").fill((today(ZONE) - timedelta(days=1)).isoformat())
    phone.locator("input[name=at]").fill("09.00")
    if holder:
        office = phone.locator("select[name=office] option", has_text="Mamuju").first
        phone.locator("select[name=office]").select_option(value=office.get_attribute("value"))
    phone.locator("input[name=target_groups][value=fisher]").check()
    seen.look("the plan")
    hands.press("main form .actions button[type=submit]")


def reports(phone: Page, hands: Fingers, seen: Inspector, came: str) -> None:
    """Say what came of it."""
    phone.locator("input[name=participants]").fill(came)
    phone.locator("select[name=known_by]").select_option("attendance_list")
    phone.locator("textarea[name=asked_most]").fill("Berapa iurannya?")
    seen.look("the report")
    hands.press("main form .actions button[type=submit]")


def is_public(visitor: Page, came: str) -> None:
    """Without an account, on the page of the place."""
    seen = Inspector(visitor)
    visitor.goto(PLACE)
    expect(visitor.locator("#outreach")).to_contain_text(TITLE)
    expect(visitor.locator("#outreach")).to_contain_text(came)
    expect(visitor.locator("main")).not_to_contain_text("Berapa iurannya?")
    seen.look("the page of the place")
    assert seen.found == []


def event_id(site: Site) -> int:
    with site.app.app_context():
        return db.session.scalars(select(OutreachEvent.id)).one()
