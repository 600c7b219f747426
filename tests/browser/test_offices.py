"""Finding the office: while one types, by where the phone is, from the poster at the counter."""

from playwright.sync_api import expect
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Counter

from . import journeys
from .people import DESK, PHONE

MAMUJU = {"latitude": -2.6786, "longitude": 118.8933}


def test_given_a_script_when_typing_then_offices_appear_by_themselves(person):
    page = person(PHONE)
    page.goto("/lapor")

    page.locator("input[type=search]").press_sequentially("mamuju")

    expect(page.locator("label.choice", has_text=journeys.OFFICE)).to_be_visible()
    expect(page.locator("input[type=search]")).to_be_focused()
    page.locator("label.choice", has_text=journeys.OFFICE).click()
    journeys.go_on(page)
    page.wait_for_url("**/lapor/loket")


def test_given_the_phone_tells_where_it_is_then_the_nearest_office_stands_first(person):
    page = person(PHONE, geolocation=MAMUJU, permissions=["geolocation"])
    page.goto("/kantor")

    page.locator("[data-behaviour=near-me] button").click()

    page.wait_for_url("**/kantor?*lat=*")
    expect(page.locator("main .offices li").first).to_contain_text("Mamuju")


def test_given_the_phone_does_not_tell_then_the_page_says_how_to_go_on(person):
    page = person(PHONE, permissions=[])
    page.goto("/kantor")
    words = page.locator("[data-behaviour=near-me]").get_attribute("data-refused")
    assert words

    page.locator("[data-behaviour=near-me] button").click()

    expect(page.locator("[data-behaviour=near-me]")).to_contain_text(words)


def test_given_the_poster_of_a_counter_when_opened_then_office_and_counter_are_known(site, person):
    with site.app.app_context():
        code = db.session.scalars(select(Counter.code).where(Counter.reference == "demo_kc_mamuju_2")).one()
    page = person(PHONE)
    page.goto(f"/lapor/loket/{code.lower()}")
    expect(page.locator("main")).to_contain_text(journeys.OFFICE)

    journeys.go_on(page)
    journeys.answer_service(page)
    page.goto("/lapor/periksa")

    expect(page.locator("main")).to_contain_text("Loket 2")


def test_given_a_company_when_looked_for_then_the_way_to_who_must_act_is_shown(person):
    page = person(DESK, language="en")
    page.goto("/lapor?q=PT Sawit Makmur Jaya")
    page.locator("#found a[href='/lapor/pemberi-kerja']").click()
    page.locator("input[name=employer_name]").fill("PT Sawit Makmur Jaya")
    journeys.go_on(page)

    page.goto("/lapor/periksa")
    expect(page.locator("main")).to_contain_text("PT Sawit Makmur Jaya")
