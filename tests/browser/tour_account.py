"""A walk past the door and the own account, in every main state. Needs a house with second factor."""

import re
from collections.abc import Callable

from playwright.sync_api import Page
from sqlalchemy import select, text

from ombudsman_app.accounts.models import User
from ombudsman_app.accounts.second_factor import fitting_step
from ombudsman_app.core import sessions
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db, write_aside
from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory, code_at
from tests.notifications.post import mailing, scripted

from . import journeys
from .live import Site

Stop = Callable[[str], None]


def secret_on(page: Page) -> str:
    """Return the secret as the page shows it for typing."""
    return (page.locator(".factor-secret").text_content() or "").replace(" ", "")


def enrol(page: Page) -> list[str]:
    """Confirm the phone and return the recovery codes that are shown."""
    page.locator("input[name=first_code]").fill(code_at(now(), secret_on(page)))
    page.locator("main .factor-steps button[type=submit]").click()
    page.wait_for_url(re.compile("/recovery-codes"))
    return page.locator(".recovery-codes code").all_text_contents()


def through_account(site: Site, page: Page, stop: Stop) -> None:
    """Sign-in, phone, recovery codes, account, proof, an ended session. 20 stops."""

    def see(name: str, path: str) -> None:
        page.goto(path)
        stop(name)

    def press(selector: str) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state()

    with site.app.app_context():
        email = UserFactory(
            Role.PVL_ASSISTANT, Role.EXAMINER, office="MAM", name="Demo Rahmawati Kartikasari",
            has_second_factor=False,
        ).email  # fmt: skip
    _through_forgotten(site, page, stop)
    see("account-sign-in", "/staff/sign-in")
    journeys.type_sign_in(page, email, "salah")
    press("main button[type=submit]")
    page.locator(".error-summary").wait_for()
    stop("account-sign-in-wrong")
    press("button[name=code_by]")
    stop("account-sign-in-recovery")
    page.goto("/staff/sign-in")
    journeys.type_sign_in(page, email)
    press("main button[type=submit]")
    page.wait_for_url(re.compile("/second-factor"))
    stop("account-enrol")
    page.locator("details summary").click()
    page.locator("input[name=first_code]").fill("000000")
    assert fitting_step(secret_on(page), "000000") is None
    press("main .factor-steps button[type=submit]")
    page.locator(".error-summary").wait_for()
    stop("account-enrol-wrong")
    enrol(page)
    stop("account-recovery-codes")
    press("main form button[type=submit]")
    page.wait_for_url("**/staff/")
    see("account", "/staff/account")
    _more_sessions(site, email)
    see("account-elsewhere", "/staff/account")
    page.goto("/staff/account/password")
    page.locator("input[name=password]").fill("pendek")
    press("main form button[type=submit]")
    page.locator(".error-summary").wait_for()
    stop("account-password-wrong")
    _run(site, "update stored_session set proved_at = null")
    page.goto("/staff/account")
    press("form[action$=new-recovery-codes] button")
    stop("account-confirm")
    page.locator("input[name=proof_password]").fill("salah")
    press("main form button[type=submit]")
    stop("account-confirm-wrong")
    press("button[name=proof_code_by]")
    stop("account-confirm-recovery")
    page.goto("/staff/account/password")
    _run(site, "delete from stored_session")
    press("main form button[type=submit]")
    stop("account-session-ended")
    _run(site, "update user_account set totp_secret = null, totp_since = null")
    journeys.type_sign_in(page, email)
    press("main button[type=submit]")
    stop("account-send-again")
    press("main form button[type=submit]")
    stop("account-enrol-first")


def _through_forgotten(site: Site, page: Page, stop: Stop) -> None:
    """The page for a forgotten password: without mail, empty, refused, sent; and a link that ended."""
    page.goto("/staff/forgotten-password")
    stop("forgotten-no-mail")
    with scripted() as server, mailing(site.app, server.port):
        page.goto("/staff/forgotten-password")
        stop("forgotten")
        page.locator("main form button[type=submit]").click()
        page.locator(".error-summary").wait_for()
        stop("forgotten-empty")
        page.locator("input[name=email]").fill("tidak.ada@example.test")
        page.locator("main form button[type=submit]").click()
        page.locator(".notice.success").wait_for()
        stop("forgotten-sent")
    page.goto("/staff/first-password/1-1799999999-" + "0" * 64)
    stop("forgotten-link-ended")


def _more_sessions(site: Site, email: str) -> None:
    with site.app.app_context():
        user_id = db.session.scalar(select(User.id).where(User.email == email))
        db.release()
        with write_aside() as aside:
            for browser in ("Samsung Internet, Android", "Firefox, Windows", ""):
                sessions.start(aside, user_id=user_id, browser=browser)


def _run(site: Site, statement: str) -> None:
    with site.app.app_context(), db.engine.begin() as connection:
        connection.execute(text(statement))
