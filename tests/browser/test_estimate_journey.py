"""An estimate is filled in by keyboard, read step by step, and printed; nobody takes it for a bill."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from ombudsman_app.core.policy import Role
from tests.documents.drawing import printed
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, ObservationFactory

from . import journeys
from .hands import Keyboard
from .live import Site
from .people import DESK, PATIENCE_MS, PHONE, People
from .test_accessibility import Inspector

COMPANY = "PT Ikan Segar Tapandullu"
NOT_A_BILL = "perkiraan, bukan tagihan"


@pytest.fixture
def people(chromium: Browser, site: Site, served: str) -> Iterator[People]:
    """`served` works the queue beside the site, so that the papers are made for real."""
    made = People(chromium, site.url)
    yield made
    made.close()
    assert made.problems == []


def test_given_what_is_known_when_counted_by_keyboard_then_it_is_read_and_printed(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        employer = EmployerFactory(name=COMPANY)
        ObservationFactory(employer, (30, 30), (12, 12), wage_paid=3_500_000)
        home = f"/staff/employers/{employer.id}"
        email = str(UserFactory(Role.EXAMINER, name="Demo Pemeriksa").email)
    desk = people.person(DESK)
    journeys.sign_in(desk, email, site=site)
    seen, hands = Inspector(desk), Keyboard(desk)

    desk.goto(home)
    hands.press("main a[href$='/estimates']")
    seen.look("no estimate yet")
    hands.press("main a[href*='type=pds_workers']")
    expect(desk.locator("input[name=workers]")).to_have_value("18")
    refused(desk, hands, seen)
    counted(desk, hands, seen)
    paper = saved(desk, hands, "pdf", seen)
    said = " ".join(printed("pdftotext", "-layout", str(paper), "-").split())
    assert COMPANY in said
    assert NOT_A_BILL in said.lower()

    desk.go_back()
    desk.goto(home + "/estimates")
    hands.press("main a[href*='/employers/estimates/']")
    book = load_workbook(io.BytesIO(saved(desk, hands, "xlsx", seen).read_bytes()), read_only=True)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any(NOT_A_BILL in cell.lower() for cell in cells)

    phone = people.person(PHONE, language="en")
    journeys.sign_in(phone, email, site=site)
    on_phone = Inspector(phone)
    phone.goto(home + "/estimates")
    on_phone.look("estimates of an employer")
    phone.locator("main a[href*='/employers/estimates/']").first.click()
    expect(phone.locator("main .notice.warning")).to_be_visible()
    steps = phone.locator("main .scroll").first
    assert steps.evaluate("part => part.scrollWidth <= part.clientWidth"), "a step is cut off on a phone"
    on_phone.look("an estimate")
    assert seen.found == on_phone.found == []


def refused(desk: Page, hands: Keyboard, seen: Inspector) -> None:
    """A word in place of a wage is told beside its box, and stays there."""
    desk.locator("input[name=wage]").fill("tiga juta")
    hands.press("main form button[type=submit]")
    expect(desk.locator("#wage-error")).to_be_visible()
    expect(desk.locator("input[name=wage]")).to_have_value("tiga juta")
    seen.look("a wage in words")


def counted(desk: Page, hands: Keyboard, seen: Inspector) -> None:
    """The total, each step, and the sentence that it is no bill."""
    desk.locator("input[name=wage]").fill("3.500.000")
    desk.locator("select[name=jkk_class]").select_option(index=1)
    for programme in ("JKK", "JKM", "JHT"):
        desk.locator(f"input[name=programmes][value={programme}]").check()
    hands.press("main form button[type=submit]")
    expect(desk.locator("main .notice.warning")).to_contain_text("bukan tagihan")
    expect(desk.locator("main")).to_contain_text("18")
    seen.look("an estimate with its steps")


def saved(desk: Page, hands: Keyboard, paper: str, seen: Inspector) -> Path:
    """Ask for a paper, see how far it is, save it."""
    hands.press(f"button[name=paper][value={paper}]")
    saves = desk.locator("main a[download]")
    expect(saves.or_(desk.locator("main .progress"))).to_be_visible()
    expect(saves).to_be_visible(timeout=PATIENCE_MS)  # the bar goes to it by itself
    seen.look(f"{paper} is ready")
    with desk.expect_download() as waited:
        saves.click()
    return Path(waited.value.path())
