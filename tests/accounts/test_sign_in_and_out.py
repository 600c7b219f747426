"""Somebody of the staff comes in, works, and leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts import commands
from ombudsman_app.accounts.models import RoleGrant, User
from ombudsman_app.accounts.queries import GRANT_ZONE
from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.core.trail.models import TrailEntry
from tests.factories.accounts import UserFactory
from tests.visitor import Visitor

DESK = "/staff/"
DOOR = "/staff/sign-in"


@pytest.fixture
def sari(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.PVL_ASSISTANT, email="sari@example.test", name="Demo Sari")


def _count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def _events(app: Flask) -> list[str]:
    with app.app_context():
        return list(
            db.session.scalars(
                select(TrailEntry.event).where(TrailEntry.event.like("accounts:%")).order_by(TrailEntry.seq)
            )
        )


def test_given_an_account_when_signing_in_then_the_desk_opens_and_both_acts_are_on_the_trail(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    typed = visitor.sign_in_form(sari) | {"email": " Sari@Example.TEST "}
    answer = visitor.post(DOOR, typed)
    assert answer.status_code == 302
    assert answer.location == DESK
    assert "Demo Sari" in visitor.get(DESK).text

    visitor.page = None
    visitor.get(DESK)
    left = visitor.post("/staff/sign-out")

    assert left.location == f"{DOOR}?left=yes"
    assert visitor.get(DESK).status_code == 302
    assert _events(app) == ["accounts:session:started", "accounts:session:ended"]
    assert _count(app, StoredSession) == 0


def test_given_a_page_wanted_when_signing_in_then_one_comes_out_there(visitor: Visitor, sari: User) -> None:
    asked = visitor.get("/staff/complaints/?state=received")
    assert asked.location.startswith(f"{DOOR}?next=")
    visitor.get(asked.location)

    answer = visitor.post(asked.location, visitor.sign_in_form(sari))

    assert answer.location == "/staff/complaints/?state=received"


def test_given_a_wrong_password_when_signing_in_then_the_address_is_kept_and_no_name_is_on_the_trail(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    answer = visitor.post(DOOR, {"email": sari.email, "password": "not this one"})

    assert answer.status_code == 422
    assert 'value="sari@example.test"' in answer.text
    assert "not this one" not in answer.text
    with app.app_context():
        entry = db.session.scalars(select(TrailEntry).order_by(TrailEntry.seq.desc())).first()
        assert entry is not None
        assert entry.event == "accounts:sign_in:failed"
        assert "sari" not in entry.changes


def test_given_somebody_signed_in_when_coming_to_the_door_again_then_it_leads_to_the_desk(
    visitor: Visitor, sari: User
) -> None:
    assert visitor.sign_in(sari).get(DOOR).location == DESK


def test_given_half_an_hour_of_rest_when_coming_back_then_one_signs_in_again_and_is_told_why(
    visitor: Visitor, sari: User
) -> None:
    start = now()
    with stopped_at(start):
        visitor.sign_in(sari)
    with stopped_at(start + timedelta(minutes=29)):
        assert visitor.get(DESK).status_code == 200
    with stopped_at(start + timedelta(minutes=58)):
        assert visitor.get(DESK).status_code == 200, "the visit before has begun the half hour anew"
    with stopped_at(start + timedelta(minutes=88, seconds=1)):
        assert visitor.get(DESK).status_code == 302
        assert "notice info" in visitor.get(DOOR).text
        assert "notice info" not in visitor.get(DOOR).text, "it is said once"


def test_given_twelve_hours_of_work_when_going_on_then_one_signs_in_again(
    visitor: Visitor, sari: User
) -> None:
    start = now()
    with stopped_at(start):
        visitor.sign_in(sari)
    for minutes in range(20, 12 * 60, 20):
        with stopped_at(start + timedelta(minutes=minutes)):
            assert visitor.get(DESK).status_code == 200
    with stopped_at(start + timedelta(hours=12)):
        assert visitor.get(DESK).status_code == 302


def test_given_a_page_a_second_when_working_then_the_row_is_touched_once_a_minute(
    visitor: Visitor, sari: User
) -> None:
    start = now()
    touched = []
    with stopped_at(start):
        visitor.sign_in(sari)
    for seconds in range(30, 151, 30):
        with stopped_at(start + timedelta(seconds=seconds)):
            visitor.get(DESK)
            touched.append(any("last_seen_at=" in words for words in visitor.statements))
    assert touched == [False, True, False, True, False]


def test_given_a_role_is_taken_away_when_asking_next_then_the_desk_is_closed(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    visitor.sign_in(sari)
    assert visitor.get(DESK).status_code == 200
    with app.app_context():
        grant = db.session.scalars(select(RoleGrant)).one()
        commands.revoke_grant(grant, actor=STRANGER)

    assert visitor.get(DESK).status_code == 403


def test_given_the_last_day_of_a_role_when_it_is_over_then_the_desk_is_closed(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    start = now()
    with app.app_context():
        _end_grant_today(sari.id)
    with stopped_at(start):
        assert visitor.sign_in(sari).get(DESK).status_code == 200
    with stopped_at(start + timedelta(days=1)):
        assert visitor.sign_in(sari).get(DESK).status_code == 403


@command
def _end_grant_today(user_id: int) -> None:
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == user_id)).one()
    grant.valid_until = today(GRANT_ZONE)


def test_given_two_devices_when_the_account_is_closed_then_both_are_out_at_once(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    visitor.sign_in(sari)
    another_visitor.sign_in(sari)
    with app.app_context():
        user = db.session.get(User, sari.id)
        assert user is not None
        commands.deactivate(user, actor=STRANGER)

    assert visitor.get(DESK).status_code == another_visitor.get(DESK).status_code == 302
    assert _count(app, StoredSession) == 0


def test_given_two_devices_when_one_signs_out_then_the_other_stays(
    visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    visitor.sign_in(sari).get(DESK)
    another_visitor.sign_in(sari)

    visitor.post("/staff/sign-out")

    assert visitor.get(DESK).status_code == 302
    assert another_visitor.get(DESK).status_code == 200


def test_given_another_person_when_signing_in_on_the_same_browser_then_the_first_session_is_gone(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    with app.app_context():
        budi = UserFactory(Role.EXAMINER, name="Demo Budi")
    visitor.sign_in(sari).get(DESK)
    token = visitor.token()

    visitor.post(DOOR, {**visitor.sign_in_form(budi), "csrf_token": token})

    assert "Demo Budi" in visitor.get(DESK).text
    assert _count(app, StoredSession) == 1


def test_given_somebody_without_any_role_when_signed_in_then_leaving_is_still_possible(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        nobody = UserFactory()
    visitor.sign_in(nobody)

    refused = visitor.get(DESK)

    assert refused.status_code == 403
    assert visitor.post("/staff/sign-out").status_code == 302
    assert _count(app, StoredSession) == 0


def test_given_an_open_desk_when_a_page_is_asked_then_session_and_rights_cost_two_statements(
    visitor: Visitor, sari: User
) -> None:
    visitor.sign_in(sari).get(DESK)

    asked = [words for words in visitor.statements if "stored_session" in words or "role_grant" in words]

    assert len(asked) == 2


def test_given_settings_grow_stronger_when_signing_in_then_the_password_is_hashed_anew(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], argon2_time_cost=2)

    visitor.sign_in(sari)

    with app.app_context():
        user = db.session.get(User, sari.id)
        assert user is not None
        assert user.password_hash is not None
        assert ",t=2," in user.password_hash
    another_visitor.sign_in(sari)
