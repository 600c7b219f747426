"""Only our own forms change anything (OU4): over each unsafe route, and a GET cannot write at all."""

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from ombudsman_app.complaints.models import ComplaintDraft
from ombudsman_app.core.db import command, db, read_only, write_aside
from ombudsman_app.core.policy import Role
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.accounts import UserFactory
from ..routes import ROUTES, UNSAFE, Route, World, build_world
from ..visitor import FORM_FOR_EVERYBODY, Visitor

CHANGING = [route for route in ROUTES if route.methods & set(UNSAFE)]
per_changing_route = pytest.mark.parametrize("route", CHANGING, ids=str)
OURS = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    return build_world(shared_app)


@pytest.fixture(scope="module")
def officer(shared_app: Flask) -> int:
    with shared_app.app_context():
        return UserFactory(Role.PVL_ASSISTANT, password=None).id


def fresh_token(visitor: Visitor) -> str:
    visitor.get(FORM_FOR_EVERYBODY)
    return visitor.token()


@pytest.fixture(scope="module")
def comers(world: World, officer: int) -> tuple[Visitor, Visitor]:
    """A stranger and somebody who signed in, for what is refused: that changes nothing in their sessions."""
    return Visitor(world.app), Visitor(world.app).enter(officer)


@pytest.fixture(scope="module")
def foreign(world: World) -> str:
    return fresh_token(Visitor(world.app))


@per_changing_route
def test_given_a_token_that_is_not_ours_then_refused(
    world: World, comers: tuple[Visitor, Visitor], foreign: str, route: Route
) -> None:
    tokens = [visitor.token() for visitor in comers]
    before = _rows(world.app)
    for visitor, own in zip(comers, tokens, strict=True):
        last = own[:-1] + ("A" if own[-1] != "A" else "B")
        for wrong in ("", "x", foreign, own[:40], last, "é" * 20, "A" * 88):
            for method in sorted(route.methods & set(UNSAFE)):
                answer = visitor.client.open(
                    world.address_of(route), method=method, data={"csrf_token": wrong}, headers=OURS
                )
                assert answer.status_code == 400, wrong
    assert _rows(world.app) == before


FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:9999"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
)


@per_changing_route
def test_given_a_foreign_origin_then_refused_even_with_the_token(
    world: World, comers: tuple[Visitor, Visitor], route: Route
) -> None:
    visitor, _signed_in = comers
    token = visitor.token()
    before = _rows(world.app)
    for headers in FOREIGN:
        answer = visitor.client.post(world.address_of(route), data={"csrf_token": token}, headers=headers)
        assert answer.status_code == 400, headers
    assert _rows(world.app) == before


@per_changing_route
def test_given_our_own_form_then_it_is_heard(world: World, route: Route) -> None:
    """The other side of the coin: else the suite above would be green for a wall without a door."""
    for place in ("in the form", "in a header"):
        visitor = Visitor(world.app)
        token = fresh_token(visitor)
        in_header = {"headers": {"X-CSRF-Token": token, **OURS}}
        given = in_header if place == "in a header" else {"data": {"csrf_token": token}}
        method = "POST" if "POST" in route.methods else min(route.methods & set(UNSAFE))
        answer = visitor.client.open(world.address_of(route), method=method, **given)
        if route.policy == "public":
            # 401, 404: no complaint, no draft was opened; 409: no mail server here that could send the link;
            # 412: no version of the upload protocol
            assert answer.status_code in (200, 302, 401, 404, 409, 412, 422), place
        else:  # believed, and asked to sign in: what was typed comes along
            assert answer.status_code == 403, place
            assert 'name="send_to"' in answer.text, place


def test_given_a_form_that_stood_open_since_before_the_sign_in_then_it_is_still_ours(world: World) -> None:
    """A page in another tab: an anonymous seed that goes on; a sign-in gives a new one."""
    visitor = Visitor(world.app)
    token = fresh_token(visitor)
    visitor.client.post("/lapor/baru", data={"csrf_token": token})
    assert visitor.client.post("/lapor/baru", data={"csrf_token": token}).status_code == 302


@pytest.mark.parametrize("table", ["complaint_draft", "trail_head", "stored_session", "office"])
def test_given_a_reading_request_then_the_database_itself_refuses_to_write(app: Flask, table: str) -> None:
    read_only(True)
    with app.app_context():
        with pytest.raises(DatabaseError, match=r"(?i)read-?only"):
            db.session.execute(text(f"DELETE FROM {table}"))
        db.release()


def test_given_a_reading_request_then_a_command_is_refused_and_only_an_aside_writes(app: Flask) -> None:
    @command
    def write() -> None:
        raise AssertionError("never reached")

    read_only(True)
    with app.app_context():
        with pytest.raises(RuntimeError, match="only reads"):
            write()
        with write_aside() as aside:
            aside.execute(text("DELETE FROM throttle_counter"))


def _rows(app: Flask) -> list[int]:
    with app.app_context():
        return [
            db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (ComplaintDraft, StoredSession, TrailEntry)
        ]
