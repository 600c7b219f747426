"""Everything by keyboard alone, and one always sees where one is."""

import pytest
from playwright.sync_api import Page, expect

from ombudsman_app.complaints import demo as complaints_demo
from ombudsman_app.complaints.states import ComplaintState as S
from ombudsman_app.core.policy import Role
from tests.factories.complaints import CaseFactory, TeamFactory

from . import journeys
from .hands import look, tab_to
from .people import DESK, SCREENS


def send(page: Page) -> None:
    tab_to(page, "main .actions button[type=submit]")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("screen", SCREENS)
def test_given_only_a_keyboard_when_filing_then_the_receipt_is_reached(person, screen):
    page = person(SCREENS[screen])
    page.goto("/")
    tab_to(page, "main a[href='/lapor']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lapor")
    tab_to(page, "input[type=search]")
    page.keyboard.type("mamuju")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lapor?q=mamuju")
    expect(page.locator("input[name=office]").first).to_be_visible()
    tab_to(page, "input[name=office]")
    page.keyboard.press("Space")
    send(page)
    page.wait_for_url("**/lapor/loket")
    tab_to(page, "input[name=counter]")
    page.keyboard.press("ArrowUp")
    send(page)
    page.wait_for_url("**/layanan")
    tab_to(page, "input[name=substance]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[value=jkk_claim]")).to_be_checked()
    send(page)
    page.wait_for_url("**/kejadian")
    tab_to(page, "textarea")
    page.keyboard.type("Sudah empat kali saya datang dan selalu disuruh pulang.")
    send(page)
    page.wait_for_url("**/waktu")
    tab_to(page, "input[type=checkbox]")
    page.keyboard.press("Space")
    send(page)
    for slug in ("upaya", "harapan", "bukti", "mendesak", "kerahasiaan"):
        page.wait_for_url(f"**/{slug}")
        if page.locator("input[type=radio]").count():
            tab_to(page, "input[type=radio]")
            page.keyboard.press("Space")
        send(page)
    page.wait_for_url("**/identitas")
    send(page)
    page.wait_for_url("**/periksa")
    send(page)

    assert journeys.receipt_on(page).ticket


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", ["/", "/kantor", "/lapor?q=mamuju", "/lacak", "/lapor/pemberi-kerja"])
def test_given_a_page_when_tabbing_through_then_order_is_the_eyes_and_nothing_traps(person, screen, path):
    page = person(SCREENS[screen])
    page.goto(path)
    walk_through(page)


def walk_through(page: Page) -> None:
    """From the skip link to the end: in the order of the page, always in sight, never caught."""
    page.keyboard.press("Tab")
    first = look(page)
    assert 'class="skip"' in first["what"]
    places = [first["place"]]
    for _ in range(200):
        page.keyboard.press("Tab")
        here = look(page)
        if here["isNowhere"] or here["place"] == first["place"]:
            break
        places.append(here["place"])
    else:
        raise AssertionError(f"never came out: {here['what']}")
    assert places == sorted(places)
    assert len(places) > 4


@pytest.mark.parametrize("screen", SCREENS)
def test_given_a_case_when_tabbing_through_then_nothing_lies_over_the_focus(site, person, screen):
    """The tabs stick at the top, on a phone the buttons at the bottom (WCAG 2.4.11)."""
    with site.app.app_context():
        team = TeamFactory()
        cases = [CaseFactory(state, team).id for state in (S.FORMAL_VERIFICATION, S.MATERIAL_VERIFICATION)]
    page = person(SCREENS[screen])
    journeys.sign_in(page, team.users[Role.PVL_ASSISTANT].email)
    for path in (f"{cases[0]}", f"{cases[0]}/formal", f"{cases[1]}/material", f"{cases[0]}/declare"):
        page.goto(f"/staff/complaints/{path}")
        walk_through(page)


def test_given_the_skip_link_when_used_then_the_next_stop_lies_in_the_content(person):
    page = person(DESK)
    page.goto("/lapor")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main input[type=search]")).to_be_focused()


def test_given_the_queue_when_using_its_keys_then_rows_help_and_case_open(demo_site, demo_people):
    with demo_site.app.app_context():
        complaints_demo.load()
    page = demo_people.person(DESK)
    journeys.sign_in(page, journeys.intake_officer(demo_site))
    page.goto("/staff/complaints/")
    rows = page.locator("#queue tbody a")

    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    look(page)
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keyboard")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("main input[type=search]")).to_be_focused()
    page.keyboard.type("j")  # typing is not walking
    expect(page.locator("main input[type=search]")).to_have_value("j")
    rows.nth(0).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/complaints/*")
    expect(page.locator("main .sealed")).to_be_visible()
