"""A password is forgotten: asked for at the door, mailed, set, and the second factor still asked."""

import re

import pytest
from playwright.sync_api import expect

from ombudsman_app.core.policy import Role
from tests.factories.accounts import PASSWORD, UserFactory
from tests.notifications.post import mailing, scripted, sent_rounds

from . import journeys
from .live import Site
from .people import SCREENS, Person

NEW = "burung enggang terbang di atas teluk"
LINK = re.compile(r"http://localhost:\d+/staff/first-password/\S+")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("has_scripts", [True, False])
def test_given_a_forgotten_password_when_the_mailed_link_is_used_then_one_signs_in_with_the_second_factor(
    site: Site, person: Person, screen: str, has_scripts: bool
) -> None:
    with site.app.app_context():
        email = UserFactory(Role.EXAMINER).email
    page = person(SCREENS[screen], java_script_enabled=has_scripts)
    with scripted() as server, mailing(site.app, server.port):
        page.goto("/staff/sign-in")
        page.locator("a[href$='/forgotten-password']").click()
        page.locator("main button[type=submit]").click()
        expect(page.locator("input[name=email]")).to_have_attribute("aria-invalid", "true")
        page.locator("input[name=email]").fill(email)
        page.keyboard.press("Enter")
        expect(page.locator(".notice.success")).to_be_visible()
        sent_rounds(site.app, "accounts.mail_link")
        sent_rounds(site.app)
        [mail] = server.box.mails()
    found = LINK.search(mail.get_body(("plain",)).get_content())
    assert found

    page.goto(found[0])
    page.locator("input[name=password]").fill(NEW)
    page.locator("input[name=again]").fill(NEW)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/sign-in?ready=yes")

    expect(page.locator("input[name=code]")).to_be_visible()
    journeys.type_sign_in(page, email, PASSWORD)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    site.forget_codes()
    page.goto("/staff/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(NEW)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()  # the password alone opens nothing
    journeys.sign_in(page, email, NEW, site=site)
    page.goto(found[0])
    expect(page.locator("h1")).to_have_text("Tautan ini tidak berlaku lagi")
