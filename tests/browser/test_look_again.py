"""The page of a receipt that is being made: it changes by itself, and its link does it without scripts."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState
from tests.factories.documents import drawn

from . import journeys
from .live import Site
from .people import PHONE, Person

AGAIN = "main a[href='/lacak/tanda-terima']"
OPEN = "main form[action$='/buka'] button"


def ask_for_receipt(page: Page) -> None:
    """From a report that was just sent to the page that waits for its receipt."""
    journeys.file_complaint(page)
    page.locator(AGAIN).click()
    page.locator("main form .actions button").click()
    expect(page.locator(AGAIN)).to_be_visible()
    expect(page.locator(OPEN)).to_have_count(0)


def make(site: Site) -> None:
    """The work that nobody waits for is done."""
    with site.app.app_context():
        waiting = select(Document).where(Document.state == DocumentState.BEING_MADE)
        drawn(db.session.scalars(waiting).one())


def test_given_a_receipt_is_being_made_when_it_is_done_then_its_page_changes_by_itself(
    site: Site, person: Person
) -> None:
    page = person(PHONE)
    ask_for_receipt(page)
    with page.expect_response("**/lacak/tanda-terima") as looked:
        pass  # nobody touches the page: it asks, and finds it as it was
    assert looked.value.request.resource_type == "fetch"
    expect(page.locator(AGAIN)).to_be_visible()

    make(site)

    expect(page.locator(OPEN)).to_be_visible()
    expect(page.locator(AGAIN)).to_have_count(0)


def test_given_no_scripts_when_the_receipt_is_made_then_the_link_shows_it(site: Site, person: Person) -> None:
    page = person(PHONE, java_script_enabled=False)
    ask_for_receipt(page)
    page.locator(AGAIN).click()
    expect(page.locator(OPEN)).to_have_count(0)
    make(site)

    page.locator(AGAIN).click()

    expect(page.locator(OPEN)).to_be_visible()


def test_given_the_line_breaks_while_looking_then_the_page_stays_and_finds_it_later(
    site: Site, people, person: Person
) -> None:
    page = person(PHONE)
    ask_for_receipt(page)
    people.may_lose_line()
    page.context.set_offline(True)
    page.wait_for_event("requestfailed")
    expect(page.locator(AGAIN)).to_be_visible()
    make(site)

    page.context.set_offline(False)

    expect(page.locator(OPEN)).to_be_visible()
