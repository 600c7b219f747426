"""Grave acts need a sign-in of the last five minutes (PD2); nothing typed is lost by that."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import select

from ombudsman_app.accounts import commands
from ombudsman_app.accounts.models import User
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.web.access import policy
from tests.factories.accounts import PASSWORD, UserFactory
from tests.pages import Page
from tests.visitor import Visitor

ACT = "/grave-act"
TYPED = {"reason": "Alasan dua baris\nyang panjang <b>", "password_hint": "x", "postal_code": "91511"}
LONG_AGO = timedelta(minutes=6)


class Acts:
    """What was done on a page that an examiner may use with a fresh sign-in."""

    def __init__(self) -> None:
        self.done: list[dict[str, str]] = []
        self.loaded = 0


@pytest.fixture
def acts(app: Flask) -> Acts:
    made = Acts()

    def load(actor: Actor) -> User | None:
        made.loaded += 1
        return db.session.scalar(select(User).where(User.id == actor.user_id))

    @policy("home.desk", record=load, fresh=True)
    def act(record: User) -> str:
        made.done.append({**request.form.to_dict(), "name": record.name})
        return f"<h1>{record.name}</h1>"

    app.add_url_rule(ACT, "act", act, methods=["GET", "POST"])
    return made


@pytest.fixture
def sari(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.EXAMINER, name="Demo Sari")


def _send(visitor: Visitor, **form: Any) -> Any:
    """Send a form to the act; the page of the answer is no page of the house when it was done."""
    given = {"csrf_token": visitor.token(), **TYPED, **form}
    answer = visitor.client.post(ACT, data=given, environ_overrides={"REMOTE_ADDR": visitor.address})
    if answer.status_code != 200:
        visitor.page = Page(answer.text)
    return answer


def _proof(visitor: Visitor, user: User, **other: str) -> dict[str, str]:
    form = visitor.sign_in_form(user)
    return {"proof_password": form["password"], "proof_code": form["code"], **other}


def _events(app: Flask) -> list[str]:
    with app.app_context():
        events = select(TrailEntry.event).where(TrailEntry.event.like("accounts:%"))
        return list(db.session.scalars(events.order_by(TrailEntry.seq)))


def test_given_five_minutes_when_acting_then_it_goes_on_and_later_it_does_not(
    visitor: Visitor, sari: User, acts: Acts
) -> None:
    start = now()
    with stopped_at(start):
        visitor.enter(sari.id)
    with stopped_at(start + timedelta(minutes=5)):
        assert _send(visitor).status_code == 200
    with stopped_at(start + timedelta(minutes=5, seconds=1)):
        assert _send(visitor).status_code == 403
        assert visitor.client.get(ACT).status_code == 200, "looking needs no proof"
    assert len(acts.done) == 2


def test_given_an_old_sign_in_when_the_proof_is_right_then_the_act_goes_on_with_what_was_typed(
    app: Flask, visitor: Visitor, sari: User, acts: Acts
) -> None:
    visitor.enter(sari.id, proved_ago=LONG_AGO)
    asked = _send(visitor)
    assert asked.status_code == 403
    kept = Page(asked.text).values
    assert kept["reason"] == TYPED["reason"]
    assert kept["postal_code"] == TYPED["postal_code"]
    assert "password_hint" not in kept, "what is named like a secret is not repeated"
    assert asked.text.count("<b>") == 0

    proof = _proof(visitor, sari)
    answer = _send(visitor, **{**kept, **proof})

    assert answer.status_code == 200
    assert acts.done[0]["reason"] == TYPED["reason"]
    assert acts.done[0]["name"] == "Demo Sari", "the record was loaded anew after the transaction had ended"
    assert acts.loaded == 3
    assert _send(visitor).status_code == 200, "the proof counts for the next minutes"
    assert _events(app) == ["accounts:proof:given"]


def test_given_a_proof_when_it_was_given_then_the_old_cookie_is_dead_and_open_pages_are_good(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User, acts: Acts
) -> None:
    visitor.enter(sari.id, proved_ago=LONG_AGO)
    before = visitor.client.get_cookie("sid").value
    another_visitor.client.set_cookie("sid", before)
    open_page = visitor.token()

    assert _send(visitor, **_proof(visitor, sari)).status_code == 200

    after = visitor.client.get_cookie("sid").value
    assert after.split(".")[1] != before.split(".")[1]
    assert another_visitor.client.get("/staff/").status_code == 302
    assert _send(visitor, csrf_token=open_page).status_code == 200
    assert visitor.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"proof_password": "not this one"},
        {"proof_password": ""},
        {"proof_code": ""},
        {"proof_code": "abcdef"},
        {"proof_code": "9" * 400},
        {"proof_password": "x" * 40_000},
        {"proof_password": "\0"},
    ],
    ids=str,
)
def test_given_a_wrong_proof_when_acting_then_the_page_comes_again_with_everything_typed(
    visitor: Visitor, sari: User, acts: Acts, wrong: dict[str, str]
) -> None:
    visitor.enter(sari.id, proved_ago=LONG_AGO)
    answer = _send(visitor, **_proof(visitor, sari, **wrong))
    assert answer.status_code == 403
    assert 'id="proof_password-error"' in answer.text
    assert Page(answer.text).values["reason"] == TYPED["reason"]
    assert PASSWORD not in answer.text
    assert acts.done == []


def test_given_a_code_that_was_used_when_proving_then_it_is_refused(
    app: Flask, visitor: Visitor, sari: User, acts: Acts
) -> None:
    form = visitor.sign_in_form(sari)
    visitor.post("/staff/sign-in", form)
    start = now()
    with stopped_at(start + LONG_AGO):
        visitor.page = None
        proof = _proof(visitor, sari)
        assert _send(visitor, **proof).status_code == 200
        visitor.enter(sari.id, proved_ago=LONG_AGO)
        assert _send(visitor, **proof).status_code == 403
    assert _events(app)[-1] == "accounts:proof:failed"


def test_given_a_recovery_code_when_proving_then_it_counts_once(
    app: Flask, visitor: Visitor, sari: User, acts: Acts
) -> None:
    with app.app_context():
        code = commands.make_recovery_codes(actor=Actor(sari.id, sari.name))[0]
    for status in (200, 403):
        visitor.enter(sari.id, proved_ago=LONG_AGO)
        assert _send(visitor, **_proof(visitor, sari, proof_code=code)).status_code == status


def test_given_the_button_for_recovery_codes_when_pressed_then_nothing_is_proved_and_all_is_kept(
    app: Flask, visitor: Visitor, sari: User, acts: Acts
) -> None:
    visitor.enter(sari.id, proved_ago=LONG_AGO)
    asked = _send(visitor)
    assert 'inputmode="numeric"' in asked.text
    switched = _send(visitor, **_proof(visitor, sari, proof_code_by="recovery"))
    assert switched.status_code == 403
    assert 'inputmode="numeric"' not in switched.text
    assert "proof_password-error" not in switched.text
    assert Page(switched.text).values["reason"] == TYPED["reason"]
    assert (acts.done, _events(app)) == ([], [])


def test_given_five_wrong_proofs_when_trying_again_then_one_waits_and_nobody_else_does(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User, acts: Acts
) -> None:
    with app.app_context():
        budi = UserFactory(Role.EXAMINER)
    start = now().replace(second=5)
    with stopped_at(start):
        visitor.enter(sari.id, proved_ago=LONG_AGO)
        wrong = _proof(visitor, sari, proof_password="wrong")
        assert [_send(visitor, **wrong).status_code for _ in range(5)] == [403] * 5
        waits = _send(visitor, **_proof(visitor, sari))
        assert waits.status_code == 429
        assert 0 < int(waits.headers["Retry-After"]) <= 60
        assert Page(waits.text).values["reason"] == TYPED["reason"]
        another_visitor.enter(budi.id, proved_ago=LONG_AGO)
        assert _send(another_visitor, **_proof(another_visitor, budi)).status_code == 200
        Visitor(app, "203.0.113.9").sign_in(sari)
    with stopped_at(start + timedelta(minutes=1)):
        assert _send(visitor, **_proof(visitor, sari)).status_code == 200


def test_given_the_proof_of_somebody_else_when_acting_then_it_is_worth_nothing(
    app: Flask, visitor: Visitor, sari: User, acts: Acts
) -> None:
    with app.app_context():
        other = UserFactory(Role.EXAMINER, password="perahu kecil itu pulang")
    visitor.enter(sari.id, proved_ago=LONG_AGO)
    proof = {"proof_password": "perahu kecil itu pulang", "proof_code": visitor.sign_in_form(other)["code"]}
    assert _send(visitor, **proof).status_code == 403


def test_given_the_session_was_ended_elsewhere_when_proving_then_one_signs_in_again(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    """On an address behind the door; a proof does not bring an ended session back."""
    visitor.enter(sari.id, proved_ago=LONG_AGO)
    visitor.get("/staff/account")
    another_visitor.sign_in(sari).get("/staff/account")
    another_visitor.post("/staff/account/end-other-sessions")
    answer = visitor.post("/staff/account/replace-phone", _proof(visitor, sari))
    assert answer.status_code == 403
    assert 'name="send_to"' in answer.text


def test_given_a_person_without_the_right_when_acting_then_no_proof_is_asked_for(
    app: Flask, visitor: Visitor, acts: Acts
) -> None:
    with app.app_context():
        officer = UserFactory(Role.OFFICE_OFFICER)
    visitor.enter(officer.id, proved_ago=LONG_AGO)
    answer = _send(visitor, **_proof(visitor, officer))
    assert answer.status_code == 403
    assert "proof_password" not in answer.text
    assert "accounts:proof:given" not in _events(app)


def test_given_a_house_without_second_factor_when_proving_then_the_password_is_enough(
    app: Flask, visitor: Visitor, sari: User, acts: Acts
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], is_second_factor_off=True)
    visitor.enter(sari.id, proved_ago=LONG_AGO)
    assert "proof_code" not in _send(visitor).text
    assert _send(visitor, proof_password="wrong").status_code == 403
    assert _send(visitor, proof_password=PASSWORD).status_code == 200


def test_given_a_sign_in_then_the_session_is_fresh_until_five_minutes_are_over(
    visitor: Visitor, sari: User, acts: Acts
) -> None:
    start = now()
    with stopped_at(start):
        visitor.sign_in(sari)
        assert _send(visitor).status_code == 200
    with stopped_at(start + LONG_AGO):
        assert _send(visitor).status_code == 403


def test_the_page_of_a_proof_is_a_page_of_the_house(visitor: Visitor, sari: User) -> None:
    """Checked by the visitor: one h1, labels, tokens, links."""
    visitor.enter(sari.id, proved_ago=LONG_AGO)
    assert visitor.post("/staff/account/replace-phone", TYPED).status_code == 403
