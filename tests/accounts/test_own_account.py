"""Who one is here, in which browsers one is signed in, and another password (AU5)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.models import User
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.core.trail.models import TrailEntry
from tests.factories.accounts import PASSWORD, UserFactory
from tests.visitor import Visitor

ACCOUNT, DESK = "/staff/account", "/staff/"
END, END_OTHERS, CHANGE = f"{ACCOUNT}/end-session", f"{ACCOUNT}/end-other-sessions", f"{ACCOUNT}/password"
NEW = "perahu mawas"  # twelve characters


@pytest.fixture
def sari(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.PVL_ASSISTANT, Role.EXAMINER, email="sari@example.test", name="Demo Sari")


def _session_ids(page: str) -> list[str]:
    return re.findall(r'name="session" value="(\d+)"', page)


def _cookie(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("sid")
    return found.value if found else ""


def test_given_an_account_when_opening_it_then_it_tells_person_roles_codes_and_browsers(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    firefox = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"}
    another_visitor.client.environ_base.update(firefox)
    another_visitor.sign_in(sari)
    visitor.sign_in(sari)

    page = visitor.get(ACCOUNT).text

    assert "Demo Sari" in page
    assert "sari@example.test" in page
    assert page.count("Perwakilan Provinsi Sulawesi Barat") >= 2
    assert "Firefox, Windows" in page
    assert len(_session_ids(page)) == 1
    assert f'href="{ACCOUNT}"' in visitor.get(DESK).text


def test_given_two_browsers_when_one_ends_the_other_then_it_acts_on_the_next_request(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    visitor.sign_in(sari)
    another_visitor.sign_in(sari)
    (other,) = _session_ids(visitor.get(ACCOUNT).text)

    assert visitor.post(END, {"session": other}).location == f"{ACCOUNT}#sessions"

    assert another_visitor.get(DESK).location.startswith("/staff/sign-in")
    assert visitor.get(DESK).status_code == 200
    with app.app_context():
        assert "accounts:sessions:ended" in db.session.scalars(select(TrailEntry.event)).all()


def test_given_many_browsers_when_all_others_are_ended_then_this_one_stays(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    others = [Visitor(app).sign_in(sari) for _ in range(3)]
    visitor.sign_in(sari).get(ACCOUNT)

    visitor.post(END_OTHERS)

    assert {other.get(DESK).status_code for other in others} == {302}
    assert _session_ids(visitor.get(ACCOUNT).text) == []
    assert visitor.get(DESK).status_code == 200


def test_given_the_session_of_somebody_else_when_ending_it_by_its_number_then_it_goes_on(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    with app.app_context():
        budi = UserFactory(Role.EXAMINER)
    another_visitor.sign_in(budi)
    visitor.sign_in(sari).get(ACCOUNT)
    with app.app_context():
        foreign = db.session.scalar(select(StoredSession.id).where(StoredSession.user_id == budi.id))
    for number in (foreign, 999_999_999, -1, "", "1e3", "²", "9" * 40):
        assert visitor.post(END, {"session": str(number)}).status_code == 302
    visitor.post(END_OTHERS)
    assert another_visitor.get(DESK).status_code == 200


def test_given_a_session_that_idled_or_ended_when_looking_then_it_is_not_listed(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    start = now()
    with stopped_at(start):
        another_visitor.sign_in(sari)
    with stopped_at(start + timedelta(minutes=29)):
        assert len(_session_ids(visitor.sign_in(sari).get(ACCOUNT).text)) == 1
    with stopped_at(start + timedelta(minutes=31)):
        assert _session_ids(visitor.get(ACCOUNT).text) == []


def test_given_another_password_when_it_is_changed_then_other_browsers_are_out_and_this_one_goes_on(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    another_visitor.sign_in(sari)
    visitor.sign_in(sari).get(CHANGE)
    before = _cookie(visitor)

    answer = visitor.post(CHANGE, {"old_password": PASSWORD, "password": NEW, "again": NEW})

    assert answer.location == ACCOUNT
    assert visitor.get(DESK).status_code == 200
    assert another_visitor.get(DESK).status_code == 302
    assert _cookie(visitor) != before, "a copy of the cookie is worth nothing now"
    another_visitor.client.set_cookie("sid", before)
    assert another_visitor.get(DESK).status_code == 302
    Visitor(app).sign_in(sari, NEW)


def test_given_an_old_proof_when_the_password_is_changed_then_grave_acts_still_ask_for_the_code(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    """The old password alone must not open what needs the phone too (PD2, AU2)."""
    visitor.enter(sari.id, proved_ago=timedelta(minutes=10)).get(CHANGE)
    changed = visitor.post(CHANGE, {"old_password": PASSWORD, "password": NEW, "again": NEW})
    assert changed.status_code == 302
    assert visitor.post("/staff/account/new-recovery-codes").status_code == 403
    assert visitor.post("/staff/account/replace-phone").status_code == 403


def test_given_a_wrong_or_weak_password_when_changing_then_it_is_said_and_nothing_changes(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    another_visitor.sign_in(sari)
    visitor.sign_in(sari).get(CHANGE)
    for field, form in (
        ("old_password", {"old_password": "wrong", "password": NEW, "again": NEW}),
        ("old_password", {"old_password": "", "password": NEW, "again": NEW}),
        ("password", {"old_password": PASSWORD, "password": "elevenchars", "again": "elevenchars"}),
        ("again", {"old_password": PASSWORD, "password": NEW, "again": "other"}),
    ):
        answer = visitor.post(CHANGE, form)
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert NEW not in answer.text
    assert another_visitor.get(DESK).status_code == 200
    Visitor(app).sign_in(sari)
    with app.app_context():
        assert "accounts:proof:failed" in db.session.scalars(select(TrailEntry.event)).all()


def test_given_old_passwords_by_guessing_when_changing_then_one_waits_and_nobody_else_does(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    start = now().replace(second=5)
    form = {"old_password": "wrong", "password": NEW, "again": NEW}
    with app.app_context():
        budi = UserFactory(Role.EXAMINER)
    with stopped_at(start):
        visitor.sign_in(sari).get(CHANGE)
        assert [visitor.post(CHANGE, form).status_code for _ in range(6)] == [422] * 5 + [429]
        another_visitor.sign_in(budi).get(CHANGE)
        right = {"old_password": PASSWORD, "password": NEW, "again": NEW}
        assert another_visitor.post(CHANGE, right).status_code == 302
        Visitor(app, "203.0.113.9").sign_in(sari)


def test_given_a_house_without_second_factor_when_signing_in_then_no_code_is_asked_or_offered(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], is_demo=True)
    assert 'name="code"' not in visitor.get("/staff/sign-in").text
    answer = visitor.post("/staff/sign-in", {"email": sari.email, "password": PASSWORD})
    assert answer.location == DESK
    assert "replace-phone" not in visitor.get(ACCOUNT).text
    assert visitor.get("/staff/second-factor").location == ACCOUNT
    with app.app_context():
        newcomer = UserFactory(Role.EXAMINER, has_second_factor=False)
    other = Visitor(app).sign_in(newcomer)
    assert other.get(DESK).status_code == 200
    assert other.get(ACCOUNT).status_code == 200
    assert "15" in other.get(CHANGE).text, "alone a password must be long (AU1)"
