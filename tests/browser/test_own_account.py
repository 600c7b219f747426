"""A first day, another browser left open, text that outlives its session; without scripts too."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.complaints import CaseFactory, TeamFactory

from . import journeys
from .live import Site
from .people import DESK, PHONE, SCREENS
from .tour_account import enrol

REASON = "Memeriksa alamat untuk pemanggilan.\nDua baris, supaya panjang."
NAME = "Demo Kenari Qwyx"


def run(site: Site, statement: str) -> None:
    with site.app.app_context(), db.engine.begin() as connection:
        connection.execute(text(statement))


def assigned_case(site: Site) -> tuple[str, str]:
    """Return the address of a case with a sealed name, and that of its examiner."""
    with site.app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.ASSIGNED, team, identity={"full_name": NAME})
        return f"/staff/complaints/{case.id}", team.users[Role.EXAMINER].email


def submit(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("has_scripts", [True, False])
def test_given_a_new_colleague_when_signing_in_first_then_phone_codes_and_desk_follow(
    site, person, screen, has_scripts
):
    with site.app.app_context():
        email = UserFactory(Role.EXAMINER, has_second_factor=False).email
    page = person(SCREENS[screen], java_script_enabled=has_scripts)
    page.goto("/staff/")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/second-factor"))
    picture = page.locator(".factor-picture")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
    page.locator("details summary").click()
    codes = enrol(page)
    assert len(set(codes)) == 10
    expect(page.locator("[data-behaviour=print]")).to_be_visible(visible=has_scripts)
    submit(page)
    page.wait_for_url("**/staff/")

    other = person(DESK)
    other.goto("/staff/sign-in")
    other.locator("button[name=code_by]").click()
    other.locator("input[name=email]").fill(email)
    other.locator("input[name=password]").fill(PASSWORD)
    other.locator("input[name=code]").fill(codes[0].lower())
    other.locator("main button[type=submit]").first.click()
    other.wait_for_url("**/staff/")
    page.goto("/staff/account")
    expect(page.locator("#sessions tbody tr")).to_have_count(2)
    page.locator("form[action$=end-session] button").click()
    expect(page.locator("#sessions tbody tr")).to_have_count(1)
    other.reload()
    expect(other.locator("input[name=password]")).to_be_visible()


def test_given_recovery_codes_when_copied_then_the_clipboard_has_them_line_by_line(site, people):
    with site.app.app_context():
        email = UserFactory(Role.EXAMINER, has_second_factor=False).email
    page = people.person(DESK, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/staff/sign-in")
    journeys.type_sign_in(page, email)
    submit(page)
    page.wait_for_url(re.compile("/second-factor"))
    codes = enrol(page)

    page.locator("[data-behaviour=copy]").click()
    expect(page.locator("[data-behaviour=copy] [role=status]")).to_be_visible()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert [line.strip() for line in copied.splitlines() if line.strip()] == codes


@pytest.mark.parametrize("has_scripts", [True, False])
def test_given_an_old_sign_in_when_opening_an_identity_then_the_proof_comes_between_and_the_reason_stays(
    site, person, has_scripts
):
    case, email = assigned_case(site)
    page = person(PHONE, java_script_enabled=has_scripts)
    journeys.sign_in(page, email)
    page.goto(f"{case}/identity")
    page.locator("textarea[name=reason]").fill(REASON)
    run(site, "update stored_session set proved_at = '2020-01-01 00:00:00'")
    submit(page)

    page.locator("input[name=proof_password]").fill("salah")
    submit(page)
    expect(page.locator("#proof_password-error")).to_be_visible()
    site.forget_codes()
    page.locator("input[name=proof_password]").fill(PASSWORD)
    page.locator("input[name=proof_code]").fill(journeys.code_now())
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text(NAME)
    with site.app.app_context():
        assert db.session.execute(text("select reason from identity_access")).scalars().all() == [REASON]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_given_the_session_ends_while_a_reason_is_typed_when_sending_then_it_arrives_after_the_sign_in(
    site, person, has_scripts
):
    case, email = assigned_case(site)
    page = person(DESK, java_script_enabled=has_scripts)
    journeys.sign_in(page, email)
    page.goto(f"{case}/identity")
    page.locator("textarea[name=reason]").fill(REASON)
    run(site, "delete from stored_session")
    submit(page)

    site.forget_codes()
    journeys.type_sign_in(page, email)
    submit(page)
    submit(page)  # "send it again"

    expect(page.locator("main")).to_contain_text(NAME)
    with site.app.app_context():
        assert db.session.execute(text("select reason from identity_access")).scalars().all() == [REASON]
