"""Following a complaint: no planted cookie opens it, nobody else's failures shut it, all is on record."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db, write_aside
from ombudsman_app.core.policy import Role
from ombudsman_app.core.sealing import random_token
from ombudsman_app.core.sessions import as_json, start
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.trail.record import verify

from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, ComplaintFactory
from ..visitor import Visitor

WRONG = "0000000000000000"


@pytest.fixture
def case(app: Flask) -> Complaint:
    with app.app_context():
        return ComplaintFactory()


def follow(visitor: Visitor, case: Complaint, code: str = CODE) -> int:
    return visitor.submit("/lacak", {"ticket": case.ticket, "access_code": code}).status_code


def cookie(visitor: Visitor) -> str:
    held = visitor.client.get_cookie("sid")
    return held.value if held else ""


def events(app: Flask, name: str) -> list[TrailEntry]:
    with app.app_context():
        assert verify()[1] is None
        return list(db.session.scalars(select(TrailEntry).where(TrailEntry.event == name)))


def planted(app: Flask) -> str:
    with app.app_context(), write_aside() as aside:
        return f"s.{start(aside, data=as_json({'harmless': 1}))}.{random_token()}"


def test_given_a_planted_cookie_when_the_victim_opens_a_complaint_then_the_planter_sees_nothing(
    app: Flask, visitor: Visitor, another_visitor: Visitor, case: Complaint
) -> None:
    shared = planted(app)
    visitor.client.set_cookie("sid", shared)
    another_visitor.client.set_cookie("sid", shared)

    assert follow(visitor, case) == 302

    assert visitor.get("/lacak/laporan").status_code == 200
    assert another_visitor.get("/lacak/laporan").location == "/lacak"
    before, after = shared.split("."), cookie(visitor).split(".")
    assert before[1] != after[1]
    assert before[2] != after[2], "form tokens of the planter are worth nothing either"


def test_given_an_anonymous_seed_was_planted_then_it_is_new_too(visitor: Visitor, case: Complaint) -> None:
    visitor.client.set_cookie("sid", f"a.{random_token()}")
    seed = cookie(visitor).split(".")[-1]
    assert follow(visitor, case) == 302
    assert cookie(visitor).split(".")[-1] != seed


def test_given_the_planter_was_signed_in_then_the_victim_goes_on_as_nobody(
    app: Flask, visitor: Visitor, case: Complaint
) -> None:
    with app.app_context():
        officer = UserFactory(Role.PVL_ASSISTANT, password=None)
    visitor.enter(officer.id)
    assert follow(visitor, case) == 302
    assert visitor.get("/lacak/laporan").status_code == 200
    assert visitor.get("/staff/").status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_given_an_open_complaint_when_nobody_looks_for_half_an_hour_then_it_is_closed(
    visitor: Visitor, case: Complaint, minutes: int, status: int
) -> None:
    begun = now()
    with stopped_at(begun):
        follow(visitor, case)
    with stopped_at(begun + timedelta(minutes=minutes)):
        assert visitor.get("/lacak/laporan").status_code == status


def test_given_a_stranger_fails_ten_times_when_the_owner_comes_then_the_right_code_opens(
    visitor: Visitor, another_visitor: Visitor, case: Complaint
) -> None:
    with stopped_at(now()):
        assert [follow(visitor, case, WRONG) for _ in range(10)] == [422] * 10
        assert follow(another_visitor, case) == 302
        answer = visitor.submit("/lacak", {"ticket": case.ticket, "access_code": CODE})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_given_codes_are_tried_then_failure_opening_and_throttle_are_on_the_trail(
    app: Flask, visitor: Visitor, another_visitor: Visitor, case: Complaint
) -> None:
    with stopped_at(now()):
        for _ in range(13):
            follow(visitor, case, WRONG)
        follow(another_visitor, case)

    refused = events(app, "complaints:access_code:refused")
    assert len(refused) == 10
    assert len({entry.changes for entry in refused}) == 1, "tries at one ticket can be counted"
    assert case.ticket not in refused[0].changes
    assert [entry.subject_id for entry in events(app, "complaints:complaint:followed")] == [case.id]
    assert len(events(app, "core:throttle:reached")) == 1
