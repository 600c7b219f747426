"""By keyboard alone: an employer is found by a misspelt name, opened, and an observation is added."""

import pytest
from playwright.sync_api import Page, expect

from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, ObservationFactory

from . import journeys
from .hands import Keyboard, tab_to
from .live import Site
from .people import SCREENS, People
from .test_accessibility import Inspector

COMPANY = "PT Tappalang Raya Sentosa"
LIST = "/staff/employers"


@pytest.mark.parametrize("screen", SCREENS)
def test_given_a_misspelt_name_when_working_by_keyboard_then_the_employer_is_found_and_an_observation_added(
    site: Site, people: People, screen: str
) -> None:
    with site.app.app_context():
        employer = EmployerFactory(name=COMPANY)
        ObservationFactory(employer, (100, 100), (90, 90))
        for number in range(3):
            EmployerFactory(name=f"CV Kalukku Jaya {number}")
        email = str(UserFactory(Role.PREVENTION_ASSISTANT, name="Demo Pencegahan").email)
        home = f"{LIST}/{employer.id}"
    page = people.person(SCREENS[screen], language="id")
    journeys.sign_in(page, email, site=site)
    seen, hands = Inspector(page), Keyboard(page)

    page.goto(LIST)
    hands.write("main input[type=search]", "Tapalang")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#employers")).to_have_count(0)
    seen.look("nothing has this name")
    hands.press("main .empty a[href*='q=tappalang']")
    expect(page.locator("#employers tbody tr")).to_have_count(1)

    hands.press("#employers tbody a")
    page.wait_for_url(f"**{home}")
    hands.press(f"main a[href='{home}/observe']")
    refused(page, hands, seen)

    page.keyboard.type("10102026")  # the tenth of October, whatever stands first in this browser
    expect(page.locator("input[name=observed_on]")).to_have_value("2026-10-10")
    tab_to(page, "select[name=source_kind]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("select[name=source_kind]")).not_to_have_value("")
    hands.write("textarea[name=source], input[name=source]", "Surat Disnaker 560/12, Oktober 2026")
    hands.write("input[name=workers]", "314-377")
    hands.write("input[name=registered]", "90")
    hands.press("main form .actions button[type=submit]")

    page.wait_for_url(f"**{home}")
    expect(page.locator("#observations tbody tr")).to_have_count(2)
    newest = page.locator("#observations tbody tr").first
    expect(newest).to_contain_text("10 Okt 2026")
    expect(newest).to_contain_text("Surat Disnaker 560/12")
    expect(page.locator("main")).to_contain_text("224–287")
    seen.look("the observation is there")
    assert seen.found == []


def refused(page: Page, hands: Keyboard, seen: Inspector) -> None:
    """Sent while empty, the form says what is missing; the summary has the focus and leads to the boxes."""
    hands.press("main form .actions button[type=submit]")
    expect(page.locator(".error-summary")).to_be_focused()
    seen.look("nothing was filled in")
    tab_to(page, ".error-summary a[href='#observed_on']")
    page.keyboard.press("Enter")
    expect(page.locator("#observed_on")).to_be_focused()
