"""An office sees what was addressed to it and nothing else: every route of the portal × who asks (AZ3–AZ5).

Generated from the URL map: a new route of the portal is in the matrix as soon as it exists. What it names
lies in `World.values_of` (tests/routes.py), and belongs to the branch in Mamuju; `other=True` to that in
Kupang. What must not be seen of an office stands in `World.secrets_of`.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from ombudsman_app.accounts.commands import end_grant
from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.accounts.queries import GRANT_ZONE
from ombudsman_app.core import sessions
from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.db import command, db, write_aside
from ombudsman_app.core.policy import STRANGER, Role

from ..factories.accounts import UserFactory
from ..factories.directory import OfficeFactory
from ..routes import ROUTES, UNSAFE, Route, World, build_world
from ..visitor import Visitor
from .test_route_matrix import EXPECTED, neutral, send, unknown_like

pytestmark = pytest.mark.both_databases

PORTAL_ROUTES = [route for route in ROUTES if route.endpoint.startswith("portal.")]
BRANCH, OTHER_PROVINCES = "kc_mamuju", ("kc_ntt", "kc_bengkulu")
per_route = pytest.mark.parametrize("route", PORTAL_ROUTES, ids=str)
OF_ONE_PERSON = {"portal.attachments.upload"}  # what one began to send is nobody else's, in the office too
OF_A_PEMDA = {  # nobody's here (tests/coverage/test_duties_in_the_portal.py asks as one)
    "portal.duties.propose",
    "portal.duties.proposal",
    "portal.duties.withdraw",
}
UNTOLD = {  # what an empty request gets where the words of the request name the record
    "portal.attachments.create": 412,  # no version of the protocol of uploads
    "portal.attachments.send_form": 404,
}


@dataclass(frozen=True)
class Officers:
    """People of the portal by where they stand: each holds both roles there."""

    world: World
    own: int
    elsewhere: dict[str, int]  # by office: one in the same province, two in others
    ended: dict[str, int]  # the right was ended, its last day is over, it begins tomorrow
    staff: tuple[int, ...]

    def visitor(self, user_id: int | None = None) -> Visitor:
        visitor = Visitor(self.world.app)
        return visitor if user_id is None else visitor.enter(user_id)


def _officer(office: str = BRANCH) -> int:
    return UserFactory(Role.OFFICE_OFFICER, Role.OFFICE_HEAD, password=None, portal_office=office).id


@command
def _shift(user_id: int, *, begins: int, ends: int | None) -> None:
    """Move the days of somebody's rights, in days from today."""
    day = today(GRANT_ZONE)
    db.session.execute(
        update(RoleGrant)
        .where(RoleGrant.user_id == user_id)
        .values(
            valid_from=day + timedelta(days=begins),
            valid_until=None if ends is None else day + timedelta(days=ends),
        )
    )


@pytest.fixture(scope="module")
def officers(shared_app: Flask) -> Officers:
    world = build_world(shared_app)
    with shared_app.app_context():
        ended = {name: _officer() for name in ("revoked", "over", "tomorrow")}
        for grant in db.session.query(RoleGrant).filter_by(user_id=ended["revoked"]).all():
            end_grant(grant, "Pindah tugas.", actor=STRANGER)
        _shift(ended["over"], begins=-30, ends=-1)
        _shift(ended["tomorrow"], begins=1, ends=None)
        elsewhere = {office: _officer(office) for office in (OfficeFactory().slug, *OTHER_PROVINCES)}
        staff = tuple(
            UserFactory(role, password=None).id
            for role in (Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE, Role.ADMINISTRATOR)
        )
        own = _officer()
    return Officers(world, own, elsewhere, ended, staff)


def test_there_is_a_portal_to_be_tested() -> None:
    assert "portal.home.start" in {route.endpoint for route in PORTAL_ROUTES}
    assert not [route for route in PORTAL_ROUTES if EXPECTED[route.policy].is_public]


@per_route
def test_given_an_officer_of_the_office_then_what_was_addressed_to_it_opens(
    officers: Officers, route: Route
) -> None:
    opens = (404,) if route.endpoint in OF_ONE_PERSON | OF_A_PEMDA else (200, 302, 409, 422)
    if route.endpoint in UNTOLD:
        opens = (UNTOLD[route.endpoint],)
    for method in sorted(route.methods):
        answer = send(officers.visitor(officers.own), method, officers.world.address_of(route))
        assert answer.status_code in opens, (method, route.rule)


@per_route
def test_given_an_officer_of_another_office_then_its_record_is_like_none(
    officers: Officers, route: Route
) -> None:
    if not EXPECTED[route.policy].has_record:
        pytest.skip("names no record")
    own = officers.world.address_of(route)
    for office, user_id in officers.elsewhere.items():
        visitor = officers.visitor(user_id)
        for method in sorted(route.methods):
            hidden, absent = send(visitor, method, own), send(visitor, method, unknown_like(own))
            assert hidden.status_code == absent.status_code == 404, (office, method)
            assert neutral(hidden) == neutral(absent), (office, method)


@per_route
def test_given_a_record_of_another_office_then_one_s_own_role_does_not_open_it(
    officers: Officers, route: Route
) -> None:
    if not EXPECTED[route.policy].has_record:
        pytest.skip("names no record")
    if route.endpoint in OF_ONE_PERSON:
        pytest.skip("nobody's but the sender's")
    if route.endpoint in OF_A_PEMDA:
        pytest.skip("no branch has one")
    other = officers.world.address_of(route, other=True)
    assert other != officers.world.address_of(route), "World gives no record of another office"
    for method in sorted(route.methods):
        assert send(officers.visitor(officers.own), method, other).status_code == 404, method


@per_route
def test_given_lists_and_counts_then_nothing_of_another_office_stands_in_them(
    officers: Officers, route: Route
) -> None:
    """AZ5: whoever asks from elsewhere finds no word of the branch, and the branch none of theirs."""
    if not route.is_read:
        pytest.skip("shows nothing")
    world = officers.world
    seen = {
        officers.own: world.secrets_of(other=True),
        **{user_id: world.secrets_of() for user_id in officers.elsewhere.values()},
    }
    for user_id, secrets in seen.items():
        page = send(officers.visitor(user_id), "GET", world.address_of(route)).data.replace(b"<wbr>", b"")
        assert not [word for word in secrets if word.encode() in page], route.rule


@per_route
def test_given_a_right_that_does_not_hold_today_then_the_next_click_is_refused(
    officers: Officers, route: Route
) -> None:
    """AZ8: ended, over, not begun: nothing opens, nothing is changed, and it says what happened."""
    for why, user_id in officers.ended.items():
        for method in sorted(route.methods):
            answer = send(officers.visitor(user_id), method, officers.world.address_of(route))
            assert answer.status_code == 403, (why, method)
            assert "tidak lagi memegang peran" in answer.text, (why, method)


@per_route
def test_given_an_expired_session_or_none_then_only_the_door_opens(officers: Officers, route: Route) -> None:
    late = Visitor(officers.world.app)
    long_ago = now() - timedelta(hours=13)
    with officers.world.app.app_context(), stopped_at(long_ago), write_aside() as aside:
        token = sessions.start(aside, user_id=officers.own)
    late.client.set_cookie("sid", f"s.{token}.{'A' * 43}")
    for visitor in (late, officers.visitor()):
        for method in sorted(route.methods):
            answer = send(visitor, method, officers.world.address_of(route))
            if method in UNSAFE:
                assert answer.status_code == 403, method
                assert 'name="send_to"' in answer.text, "what was sent is kept"
            else:
                assert answer.location.startswith("/staff/sign-in"), method


@per_route
def test_given_staff_then_the_portal_stays_closed_and_shows_the_way_back(
    officers: Officers, route: Route
) -> None:
    for user_id in officers.staff:
        for method in sorted(route.methods):
            answer = send(officers.visitor(user_id), method, officers.world.address_of(route))
            assert answer.status_code == 403, method
            assert 'href="/staff/"' in answer.text


@per_route
def test_given_ids_that_nobody_has_then_they_are_not_there(officers: Officers, route: Route) -> None:
    if "<" not in route.rule:
        pytest.skip("names nothing")
    unknown = unknown_like(officers.world.address_of(route))
    assert str(UUID(int=987654321)) in unknown or "987654321" in unknown
    for method in sorted(route.methods):
        assert send(officers.visitor(officers.own), method, unknown).status_code == 404, method
