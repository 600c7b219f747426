"""Somebody types for an hour and then sends: the session is over, the text is not."""

from datetime import timedelta

import pytest
from flask import Flask, request

from ombudsman_app.accounts.models import User
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.policy import Role
from ombudsman_app.web.access import policy
from tests.factories.accounts import PASSWORD, UserFactory
from tests.pages import Page
from tests.visitor import Visitor

DOOR, LETTER = "/staff/sign-in", "/staff/account/end-session"
TYPED = {
    "text": "Baris satu\n\n<b>Baris dua</b> & “tiga” 🏝️",
    "email": "someone@example.test",
    "again": "secret",
    "password": "secret",
    "code": "123456",
    "session": "7",
}
IDLE = timedelta(minutes=31)


@pytest.fixture
def sari(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.EXAMINER, email="sari@example.test", name="Demo Sari")


@pytest.fixture
def letters(app: Flask) -> list[dict[str, str]]:
    """What arrived at a page of the staff that takes anything."""
    arrived: list[dict[str, str]] = []

    @policy("accounts.own")
    def receive() -> str:
        arrived.append(request.form.to_dict())
        return "<h1>kept</h1>"

    app.view_functions["staff.accounts.end_session"] = receive
    return arrived


def _late(visitor: Visitor, user: User, path: str = LETTER) -> Page:
    """Sign in, open a page, come back to send something when the session is over."""
    start = now()
    with stopped_at(start):
        visitor.sign_in(user).get("/staff/account")
    with stopped_at(start + IDLE):
        answer = visitor.post(path, TYPED)
    assert answer.status_code == 403
    return Page(answer.text)


def _kept(page: Page) -> dict[str, str]:
    return {name: value for name, value in page.values.items() if name.startswith(("kept-", "send_to"))}


def test_given_an_ended_session_when_sending_then_it_is_kept_over_the_sign_in_and_sent_again(
    visitor: Visitor, sari: User, letters: list[dict[str, str]]
) -> None:
    page = _late(visitor, sari)
    kept = _kept(page)
    assert kept == {
        "send_to": LETTER, "kept-text": TYPED["text"], "kept-email": TYPED["email"], "kept-session": "7",
    }  # fmt: skip
    assert page.values["email"] == "", "the field of the sign-in is another one"

    with stopped_at(now() + IDLE):
        again = visitor.post(DOOR, {**kept, **visitor.sign_in_form(sari)})
        assert again.status_code == 200
        assert "Demo Sari" in again.text
        form = Page(again.text)
        assert [one["action"] for one in form.forms if one["method"] == "post"] == [LETTER]
        sent = {name: value for name, value in form.values.items() if name != "csrf_token"}
        assert sent == {"text": TYPED["text"], "email": TYPED["email"], "session": "7"}
        visitor.client.post(LETTER, data={**sent, "csrf_token": form.token})

    assert letters[0]["text"] == TYPED["text"]


def test_given_a_wrong_password_or_too_many_when_signing_in_again_then_it_is_still_kept(
    visitor: Visitor, sari: User, letters: list[dict[str, str]]
) -> None:
    kept = _kept(_late(visitor, sari))
    with stopped_at((now() + IDLE).replace(second=5)):
        wrong = {**kept, "email": sari.email, "password": "wrong", "code": "000000"}
        statuses = []
        for form in (*[wrong] * 6, {**kept, "email": ""}, {**kept, "code_by": "recovery"}):
            answer = visitor.post(DOOR, form)
            statuses.append(answer.status_code)
            assert _kept(Page(answer.text)) == kept
    assert statuses == [422] * 5 + [429, 422, 200]


@pytest.mark.parametrize("target", ["https://evil.example/x", "//evil.example", "/\\evil.example", "x", ""])
def test_given_an_address_outside_when_signing_in_then_nothing_is_sent_there(
    visitor: Visitor, sari: User, target: str
) -> None:
    visitor.get(DOOR)
    form = {**visitor.sign_in_form(sari), "send_to": target, "kept-text": "secret"}
    answer = visitor.post(DOOR, form)
    assert (answer.status_code, answer.location) == (302, "/staff/")


def test_given_a_page_with_a_query_when_its_session_ended_then_the_query_is_kept(
    visitor: Visitor, sari: User
) -> None:
    page = _late(visitor, sari, "/staff/account/replace-phone?next=/staff/complaints/%3Fstate=received")
    assert page.values["send_to"].startswith("/staff/account/replace-phone?next=")


def test_given_nothing_typed_when_the_session_ended_then_the_button_comes_back(
    visitor: Visitor, sari: User
) -> None:
    start = now()
    with stopped_at(start):
        visitor.sign_in(sari).get("/staff/account")
    with stopped_at(start + IDLE):
        asked = visitor.post("/staff/account/end-other-sessions")
        again = visitor.post(DOOR, {**_kept(Page(asked.text)), **visitor.sign_in_form(sari)})
        assert again.status_code == 200
        assert visitor.post("/staff/account/end-other-sessions").status_code == 302


def test_given_the_session_was_ended_in_another_browser_when_sending_then_the_text_is_kept(
    visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    visitor.sign_in(sari).get("/staff/account")
    another_visitor.sign_in(sari).get("/staff/account")
    another_visitor.post("/staff/account/end-other-sessions")
    answer = visitor.post(LETTER, TYPED)
    assert _kept(Page(answer.text))["kept-text"] == TYPED["text"]


def test_given_no_second_factor_any_more_when_sending_then_the_text_is_kept_too(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        newcomer = UserFactory(Role.EXAMINER, has_second_factor=False)
    visitor.sign_in(newcomer).get("/staff/second-factor")
    answer = visitor.post(LETTER, TYPED)
    assert answer.status_code == 403
    assert Page(answer.text).values["text"] == TYPED["text"]
    assert "/staff/second-factor" in answer.text
    assert PASSWORD not in answer.text
