"""A new colleague gets a link, sets a password and comes in (AU1, AU8)."""

from datetime import timedelta

import pytest
from flask import Flask

from ombudsman_app.accounts import commands, links, queries
from ombudsman_app.accounts.errors import LinkEnded
from ombudsman_app.accounts.models import User
from ombudsman_app.accounts.passwords import Weakness, weakness
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import STRANGER, Role
from tests.factories.accounts import PASSWORD, UserFactory
from tests.visitor import Visitor

NEW = "Perahu kecil itu pulang"
BOTH = {"password": NEW, "again": NEW}


@pytest.fixture
def baru(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.EXAMINER, email="baru@example.test", name="Demo Rahmawati", password=None)


def _page_for(app: Flask, user: User) -> str:
    with app.app_context():
        found = db.session.get(User, user.id)
        assert found is not None
        return f"/staff/first-password/{links.token_for(found.id, found.password_hash)}"


def test_given_a_link_when_setting_the_password_then_one_can_sign_in_and_the_link_is_dead(
    app: Flask, visitor: Visitor, another_visitor: Visitor, baru: User
) -> None:
    page = _page_for(app, baru)
    assert "Demo Rahmawati" in visitor.get(page).text

    answer = visitor.post(page, BOTH)

    assert answer.location == "/staff/sign-in?ready=yes"
    assert visitor.sign_in(baru, NEW).get("/staff/").status_code == 200
    assert another_visitor.get(page).status_code == 404
    assert another_visitor.post(page, BOTH).status_code == 404


def test_given_two_who_use_the_link_at_once_when_both_send_then_one_password_stands(
    app: Flask, visitor: Visitor, another_visitor: Visitor, baru: User
) -> None:
    page = _page_for(app, baru)
    visitor.get(page)
    another_visitor.get(page)

    assert visitor.post(page, BOTH).status_code == 302
    assert another_visitor.post(page, {"password": NEW + "!", "again": NEW + "!"}).status_code == 404

    visitor.sign_in(baru, NEW)


def test_given_the_same_proof_twice_when_changing_then_the_second_is_refused(app: Flask, baru: User) -> None:
    with app.app_context():
        held = queries.credentials_of(baru.email)
        assert held is not None
        commands.change_password(held, NEW)
        with pytest.raises(LinkEnded):
            commands.change_password(held, NEW + "!")


def test_given_a_link_when_two_hours_are_over_then_it_is_dead(
    app: Flask, visitor: Visitor, baru: User
) -> None:
    start = now()
    with stopped_at(start):
        page = _page_for(app, baru)
    with stopped_at(start + timedelta(hours=1, minutes=59)):
        assert visitor.get(page).status_code == 200
    with stopped_at(start + timedelta(hours=2)):
        assert visitor.get(page).status_code == 404


def test_given_a_link_that_is_not_ours_when_opening_it_then_all_look_alike(
    app: Flask, visitor: Visitor, baru: User
) -> None:
    with app.app_context():
        other = UserFactory(Role.EXAMINER, password=None)
        closed = UserFactory(Role.EXAMINER, password=None, is_active=False)
    number, until, signature = _page_for(app, baru).rsplit("/", 1)[1].split("-")
    forged = [
        f"{other.id}-{until}-{signature}",
        f"{number}-{int(until) + 1}-{signature}",
        f"{number}-{until}-{'0' * 64}",
        f"{number}-{until}-{signature.upper()}",
        f"{number}-{until}-",
        f"999999999999-{until}-{signature}",
        f"²-{until}-{signature}",
        "x",
        _page_for(app, closed).rsplit("/", 1)[1],
    ]
    pages = {visitor.get(f"/staff/first-password/{token}") for token in forged}
    assert {page.status_code for page in pages} == {404}


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("fourteen chars", False),
        ("ombudsman ombudsman", False),
        ("KawalLayanan2026!", False),
        ("rahmawati rahmawati 1", False),
        ("123456789012345", False),
        ("aaaaaaaaaaaaaaaaaaaa", False),
        ("qwertyuiopasdfghjkl", False),
        ("P4ssw0rdP4ssw0rd", False),
        ("🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂", False),
        ("perahu kecil " * 20, False),
        ("perahu kecil itu pulang", True),
        ("   langit-langit tinggi   ", True),
        ("ꦏꦮꦭ ꦥꦿꦲꦸ ꦏꦼꦕꦶꦭ ꦩꦸꦭꦶꦃ", True),
    ],
)
def test_given_a_password_when_setting_it_then_length_and_custom_decide(
    password: str, is_taken: bool
) -> None:
    found = weakness(password, own_words=("Demo Rahmawati", "baru@example.test"))
    assert (found is None) is is_taken


def test_given_a_second_factor_when_setting_a_password_then_twelve_characters_are_enough() -> None:
    assert weakness("perahu mawas") is Weakness.TOO_SHORT
    assert weakness("perahu mawas", has_second_factor=True) is None
    assert weakness("perahu mawa", has_second_factor=True) is Weakness.TOO_SHORT


def test_given_a_weak_password_when_setting_it_then_the_reason_stands_beside_the_field(
    app: Flask, visitor: Visitor, baru: User
) -> None:
    page = _page_for(app, baru)
    visitor.get(page)
    for weak in ("rahmawati rahmawati 1", "short", "", "perahu kecil " * 20):
        answer = visitor.post(page, {"password": weak, "again": weak})
        assert answer.status_code == 422
        assert 'id="password-error"' in answer.text
        assert not weak or weak not in answer.text


def test_given_two_different_passwords_when_setting_then_neither_is_taken(
    app: Flask, visitor: Visitor, baru: User
) -> None:
    page = _page_for(app, baru)
    visitor.get(page)

    answer = visitor.post(page, {"password": NEW, "again": NEW + "."})

    assert answer.status_code == 422
    assert 'id="again-error"' in answer.text


def test_given_sessions_are_open_when_the_password_is_set_anew_then_all_of_them_end(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    with app.app_context():
        sari = UserFactory(Role.EXAMINER)
    visitor.sign_in(sari)
    page = _page_for(app, sari)
    another_visitor.get(page)

    another_visitor.post(page, BOTH)

    assert visitor.get("/staff/").status_code == 302
    refused = visitor.post("/staff/sign-in", {"email": sari.email, "password": PASSWORD})
    assert refused.status_code == 422


def test_given_the_account_is_closed_meanwhile_when_setting_the_password_then_nothing_changes(
    app: Flask, visitor: Visitor, baru: User
) -> None:
    page = _page_for(app, baru)
    visitor.get(page)
    with app.app_context():
        found = db.session.get(User, baru.id)
        assert found is not None
        commands.deactivate(found, actor=STRANGER)

    assert visitor.post(page, BOTH).status_code == 404
