"""A slow line, and a line that breaks at the worst moment."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from ombudsman_app.attachments.models import Attachment
from ombudsman_app.complaints.models import ClarificationAnswer
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory
from tests.factories.complaints import TeamFactory
from tests.factories.examination import REPLY, asked_letter

from . import journeys
from .people import PHONE
from .photos import photo
from .sending import choose

# "3G" of browser tools: 1.6 Mbit/s down, 750 kbit/s up, 150 ms each way.
THIRD_GENERATION = {
    "offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000,
}  # fmt: skip


def slowed(page: Page) -> Page:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", THIRD_GENERATION)
    return page


def test_given_a_slow_line_when_filing_then_every_step_is_usable(person):
    page = slowed(person(PHONE))
    receipt = journeys.file_complaint(page)
    assert receipt.ticket


def test_given_the_script_never_arrives_when_filing_then_the_page_works_without(people, person):
    people.may_lose_line()
    page = person(PHONE)
    page.route("**/*.js", lambda route: route.abort())
    assert journeys.file_complaint(page).ticket


@pytest.mark.parametrize("file", ["**/*.css", "**/*.woff2"])
def test_given_a_lost_style_or_font_when_filing_then_the_words_are_there(people, person, file):
    people.may_lose_line()
    page = person(PHONE)
    page.route(file, lambda route: route.abort())
    page.goto("/lapor?q=mamuju")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("label.choice").first).to_be_visible()


def test_given_no_connection_when_typing_then_a_line_says_so_and_goes_away_again(people, person):
    people.may_lose_line()
    page = person(PHONE)
    journeys.to_narrative(page)

    page.context.set_offline(True)
    notice = page.locator(".offline")
    expect(notice).to_be_visible()
    journeys.type_and_let_keep(page, journeys.NARRATIVE)
    page.context.set_offline(False)

    expect(notice).to_be_hidden()
    journeys.go_on(page)
    page.wait_for_url("**/waktu")


def test_given_the_line_breaks_while_an_answer_is_sent_when_coming_back_then_the_text_is_there(
    people, person
):
    people.may_lose_line()
    page = person(PHONE)
    journeys.to_narrative(page)
    journeys.type_and_let_keep(page, journeys.NARRATIVE)

    page.context.set_offline(True)
    journeys.go_on(page)  # held back: the page and its words stay
    expect(page.locator(".offline")).to_have_text(page.locator("body").get_attribute("data-unsent") or "")
    journeys.go_on(page)  # a browser may be wrong about the line
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto("/lapor/kejadian")

    expect(page.locator("textarea[name=narrative]")).to_have_value(journeys.NARRATIVE)


@pytest.mark.parametrize("has_arrived", [False, True], ids=["before", "after"])
def test_given_the_line_breaks_at_sending_when_sent_again_then_it_is_one_complaint(
    site, people, person, has_arrived
):
    """Once the request is lost, once only its answer."""
    people.may_lose_line()
    page = person(PHONE)
    journeys.fill_all(page)

    def lose(route):
        if route.request.method != "POST":
            return route.continue_()
        if has_arrived:
            route.fetch(max_redirects=0)
        return route.abort("connectionreset")

    page.route("**/lapor/periksa", lose)
    journeys.go_on(page)
    page.wait_for_url("chrome-error://**")
    assert journeys.complaints_in(site) == int(has_arrived)
    page.unroute("**/lapor/periksa")
    page.goto("/lapor/periksa")
    if not has_arrived:
        journeys.go_on(page)

    assert journeys.receipt_on(page).code
    assert journeys.complaints_in(site) == 1


def test_given_a_slow_line_when_an_office_explains_with_a_photo_then_both_arrive_once(person, site, tmp_path):
    with site.app.app_context():
        officer = UserFactory(Role.OFFICE_OFFICER).email
        letter = asked_letter(TeamFactory())
    picture = tmp_path / "papan.jpg"
    picture.write_bytes(photo(7))
    page = slowed(person(PHONE))
    journeys.sign_in(page, officer, face="portal")
    page.goto(f"/portal/clarifications/{letter.id}/answer")

    choose(page, picture)
    page.locator("textarea[name=text]").fill(REPLY)
    page.locator("form[data-after-upload] button[type=submit]").click()

    expect(page.locator("#answers")).to_contain_text(REPLY)
    with site.app.app_context():
        (answer,) = db.session.scalars(select(ClarificationAnswer)).all()
        assert db.session.scalars(select(Attachment.folder)).all() == [answer.files_id]
