"""The door under attack: AU3 to AU6, AZ4, OU4, OU5."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from ombudsman_app.accounts.models import User
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.web.redirects import safe_next
from ombudsman_app.web.sessions import init_sessions
from tests.factories.accounts import PASSWORD, UserFactory
from tests.visitor import Visitor

DOOR, DESK = "/staff/sign-in", "/staff/"
WRONG = "not-the-right-one"


@pytest.fixture
def sari(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.PVL_ASSISTANT, email="sari@example.test")


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was hashed, in order; the real hash is still made."""
    made: list[str] = []
    for name in ("verify", "hash"):
        real = getattr(PasswordHasher, name)

        def spy(self: Any, *given: Any, _name: str = name, _real: Any = real) -> Any:
            made.append(_name)
            return _real(self, *given)

        monkeypatch.setattr(PasswordHasher, name, spy)
    return made


def _neutral(answer: TestResponse, email: str) -> str:
    """The page without what was typed and without the token under its fresh mask."""
    return re.sub(r'name="csrf_token"[^>]*>', "", answer.text.replace(email, ""))


def _cookie(visitor: Visitor, name: str = "sid") -> str:
    found = visitor.client.get_cookie(name)
    return found.value if found else ""


def test_given_unknown_wrong_and_closed_accounts_when_signing_in_then_text_status_and_work_are_equal(
    app: Flask, visitor: Visitor, hashes: list[str]
) -> None:
    with app.app_context():
        UserFactory(Role.EXAMINER, email="wrong@example.test")
        UserFactory(Role.EXAMINER, email="closed@example.test", is_active=False)
        UserFactory(Role.EXAMINER, email="waits@example.test", password=None)
    visitor.post(DOOR, {"email": "first@example.test", "password": WRONG})  # the trail has a head now
    hashes.clear()
    seen = []

    for email, password in (
        ("nobody@example.test", WRONG),
        ("wrong@example.test", WRONG),
        ("closed@example.test", WRONG),
        ("closed@example.test", PASSWORD),
        ("waits@example.test", WRONG),
    ):
        answer = visitor.post(DOOR, {"email": email, "password": password})
        seen.append((answer.status_code, _neutral(answer, email), tuple(visitor.statements), tuple(hashes)))
        hashes.clear()

    assert seen[0][0] == 422
    assert seen[0][3] == ("verify",)
    assert all(one == seen[0] for one in seen)


@pytest.mark.parametrize("email", ["sari@example.test", "nobody@example.test"])
def test_given_five_failures_when_trying_again_then_one_waits_whether_the_account_exists_or_not(
    visitor: Visitor, sari: User, email: str, hashes: list[str]
) -> None:
    start = now().replace(second=5)
    with stopped_at(start):
        for _ in range(5):
            assert visitor.post(DOOR, {"email": email, "password": WRONG}).status_code == 422
        hashes.clear()
        answer = visitor.post(DOOR, {"email": email, "password": PASSWORD})

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert f'value="{email}"' in answer.text
    assert "notice warning" in answer.text
    assert hashes == []


def test_given_one_account_is_throttled_when_others_sign_in_then_they_can_and_it_is_no_lock(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    with app.app_context():
        budi = UserFactory(Role.EXAMINER)
    start = now().replace(second=5)
    with stopped_at(start):
        for _ in range(9):
            visitor.post(DOOR, {"email": sari.email, "password": WRONG})
        another_visitor.sign_in(budi)
    with stopped_at(start + timedelta(minutes=1)):
        visitor.sign_in(sari)


def test_given_a_planted_cookie_when_signing_in_then_no_part_of_it_lives_on(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    planted = "s." + "A" * 43 + "." + "B" * 43
    visitor.client.set_cookie("sid", planted, domain="localhost")
    visitor.get(DOOR)

    visitor.sign_in(sari)

    token, seed = _cookie(visitor).removeprefix("s.").split(".")
    assert "A" * 43 not in token
    assert "B" * 43 not in seed
    another_visitor.client.set_cookie("sid", planted, domain="localhost")
    assert another_visitor.get(DESK).status_code == 302


def test_given_a_session_when_signing_in_again_then_token_and_form_tokens_are_new(
    visitor: Visitor, sari: User
) -> None:
    visitor.get(DOOR)
    anonymous, form_token = _cookie(visitor), visitor.token()

    visitor.sign_in(sari)

    assert _cookie(visitor).split(".")[-1] != anonymous.split(".")[-1]
    assert visitor.post("/staff/sign-out", {"csrf_token": form_token}).status_code == 400


def test_given_a_copied_cookie_when_the_person_signs_out_then_the_copy_is_worth_nothing(
    visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    visitor.sign_in(sari)
    another_visitor.client.set_cookie("sid", _cookie(visitor), domain="localhost")
    assert another_visitor.get(DESK).status_code == visitor.get(DESK).status_code == 200

    visitor.post("/staff/sign-out")

    assert another_visitor.get(DESK).status_code == 302


def test_given_the_table_is_stolen_when_reading_it_then_no_token_is_in_it(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    visitor.sign_in(sari)
    with app.app_context():
        rows = str(db.session.execute(text("select * from stored_session")).all())
    token, seed = _cookie(visitor).removeprefix("s.").split(".")
    assert token not in rows
    assert seed not in rows


COOKIES_OF_NOBODY = [
    "", "s", "s.", "a.", "s.short.short", "S." + "A" * 43 + "." + "B" * 43, "a." + "A" * 42, "x" * 4000,
    "null", "s." + "A" * 43, "a." + "A" * 43 + "." + "B" * 43, "s." + "é" * 43 + "." + "B" * 43, "s.%00.%00",
    "s." + "A" * 43 + "." + "B" * 43,
]  # fmt: skip


def test_given_a_cookie_of_nobody_when_visiting_then_it_is_ignored_quietly(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    for cookie in COOKIES_OF_NOBODY:
        visitor.client.set_cookie("sid", cookie, domain="localhost")
        assert visitor.get(DESK).status_code == 302, cookie
        assert visitor.get(DOOR).status_code == 200, cookie
    visitor.sign_in(sari)


def test_given_pages_without_a_form_when_visiting_then_no_cookie_is_set(visitor: Visitor) -> None:
    assert visitor.get("/healthz").headers.getlist("Set-Cookie") == []


def test_given_a_page_with_a_form_when_visiting_then_the_cookie_costs_no_statement_and_no_row(
    app: Flask, visitor: Visitor
) -> None:
    first = visitor.get(DOOR)
    assert visitor.queries == 0
    assert first.headers["Set-Cookie"].startswith("sid=a.")
    again = visitor.get(DOOR)
    assert visitor.queries == 0
    assert "Set-Cookie" not in again.headers
    with app.app_context():
        assert db.session.scalars(select(StoredSession.id)).all() == []


def test_given_plain_http_when_the_cookie_is_set_then_scripts_and_foreign_forms_do_not_have_it(
    visitor: Visitor,
) -> None:
    assert re.fullmatch(
        r"sid=a\.[\w-]{43}; HttpOnly; Path=/; SameSite=Lax", visitor.get(DOOR).headers["Set-Cookie"]
    )


def test_given_https_when_the_cookie_is_set_and_taken_back_then_it_is_bound_to_this_host(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    secure = replace(app.extensions["settings"], public_url="https://lapor.example.test")
    app.extensions["settings"] = secure
    init_sessions(app, secure)
    form = {"base_url": "https://localhost"}

    first = visitor.get(DOOR, **form)
    assert re.fullmatch(
        r"__Host-sid=a\.[\w-]{43}; Secure; HttpOnly; Path=/; SameSite=Lax", first.headers["Set-Cookie"]
    )
    come = visitor.post(DOOR, visitor.sign_in_form(sari), **form)
    assert come.headers["Set-Cookie"].startswith("__Host-sid=s.")
    visitor.page = None
    visitor.get(DESK, **form)
    leave = visitor.post("/staff/sign-out", **form)
    assert "__Host-sid=;" in leave.headers["Set-Cookie"]
    assert "Secure" in leave.headers["Set-Cookie"]


FOREIGN = [
    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "/\t/evil.example", "/\n/evil.example", " //evil.example", "https:evil.example", "javascript:alert(1)",
    "/%09/evil.example\r\nSet-Cookie: a=b", "/./\\evil.example", "/a//evil.example", "evil.example", "",
    "/" + "a" * 3000, "http:///evil.example", "/\u2028/evil", "//evil.example@localhost/",
]  # fmt: skip


@pytest.mark.parametrize("target", FOREIGN)
def test_given_a_target_outside_when_asked_to_go_on_then_one_stays_in_the_house(target: str) -> None:
    assert safe_next(target, "/home") == "/home"


@pytest.mark.parametrize("target", ["/", "/staff/", "/staff/complaints/?state=received&page=2", "/lacak#x"])
def test_given_a_target_inside_when_asked_to_go_on_then_one_gets_there(target: str) -> None:
    assert safe_next(target, "/home") == target


def test_given_a_foreign_target_when_signing_in_then_the_desk_opens(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    for target in FOREIGN[:12]:
        visitor.client.delete_cookie("sid")
        visitor.get(DOOR)
        form = {**visitor.sign_in_form(sari), "csrf_token": visitor.token()}
        answer = visitor.client.post(
            DOOR, data=form, query_string={"next": target}, environ_overrides={"REMOTE_ADDR": visitor.address}
        )
        assert (answer.status_code, answer.location) == (302, DESK), target


HOSTILE = [
    "", " ", "\0", "a\0b@example.test", "\ud800", "\u202eabc", "🙂" * 50, "x" * 300, "x" * 50_000,
    "' or 1=1 --", "%' or '1'='1", "{{ 7*7 }}", "<script>alert(1)</script>", "sari@example.test\r\nBcc: x",
    "٠١٢", "\ufffe",
]  # fmt: skip


@pytest.mark.parametrize("field", ["email", "password"])
def test_given_anything_in_the_form_when_sent_then_the_answer_is_a_page_and_never_a_session(
    app: Flask, visitor: Visitor, sari: User, field: str
) -> None:
    for value in HOSTILE:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("delete from throttle_counter"))
        given = {"email": sari.email, "password": PASSWORD, field: value}
        raw = {name: word.encode("utf-8", "surrogatepass") for name, word in given.items()}
        answer = visitor.post(DOOR, raw)
        assert answer.status_code in (400, 422), (field, value[:30], answer.status_code)
        assert "<script>alert" not in answer.text
        assert not _cookie(visitor).startswith("s.")


def test_given_a_missing_or_foreign_token_when_signing_in_then_nothing_is_tried(
    visitor: Visitor, sari: User, hashes: list[str]
) -> None:
    form = {"email": sari.email, "password": PASSWORD}
    hashes.clear()
    assert visitor.post(DOOR, form, with_token=False).status_code == 400
    assert visitor.post(DOOR, {**form, "csrf_token": "x" * 88}).status_code == 400
    foreign = visitor.post(DOOR, form, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400
    assert hashes == []


def test_given_a_link_when_followed_then_it_signs_nobody_out(visitor: Visitor, sari: User) -> None:
    visitor.sign_in(sari)
    assert visitor.get("/staff/sign-out").status_code == 405
    assert visitor.get(DESK).status_code == 200


def test_given_many_sign_ins_at_once_when_they_are_right_then_each_has_a_session_of_its_own(
    app: Flask,
) -> None:
    with app.app_context():
        people = [UserFactory(Role.EXAMINER) for _ in range(18)]

    def enter(number: int) -> str:
        guest = Visitor(app, f"203.0.113.{number + 10}")
        page = guest.client.get(DOOR).text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None
        form = {**guest.sign_in_form(people[number]), "csrf_token": found[1]}
        answer = guest.client.post(DOOR, data=form, environ_overrides={"REMOTE_ADDR": guest.address})
        assert answer.status_code == 302
        return _cookie(guest)

    with ThreadPoolExecutor(6) as many:
        cookies = list(many.map(enter, range(18)))

    assert len(set(cookies)) == 18
    with app.app_context():
        assert len(db.session.scalars(select(StoredSession.id)).all()) == 18


def test_given_wrong_tries_at_once_when_counted_then_only_five_are_hashed(
    app: Flask, sari: User, hashes: list[str]
) -> None:
    hashes.clear()
    start = now().replace(second=5)

    def knock(number: int) -> int:
        guest = Visitor(app, f"203.0.113.{number + 10}")
        page = guest.client.get(DOOR).text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None
        form = {"email": sari.email, "password": WRONG, "csrf_token": found[1]}
        with stopped_at(start):
            return guest.client.post(
                DOOR, data=form, environ_overrides={"REMOTE_ADDR": guest.address}
            ).status_code

    with ThreadPoolExecutor(6) as many:
        answers = list(many.map(knock, range(18)))

    assert sorted(answers) == [422] * 5 + [429] * 13
    assert hashes == ["verify"] * 5
