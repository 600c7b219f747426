"""Every rule that says no has words of its own, and a refused act is on the trail."""

from importlib import import_module
from json import loads
from pkgutil import walk_packages

import pytest
from flask import Flask
from sqlalchemy import select

import ombudsman_app
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotAllowed, RuleBroken
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.trail.record import verify
from ombudsman_app.web.refusals import REFUSALS

from ..factories.accounts import UserFactory
from ..visitor import Visitor


def _all_kinds() -> set[type[RuleBroken]]:
    for module in walk_packages(ombudsman_app.__path__, "ombudsman_app."):
        if not module.name.endswith(("web.server", "bench.floor_server")):  # gunicorn's settings
            import_module(module.name)
    found: set[type[RuleBroken]] = set()
    waiting = [RuleBroken]
    while waiting:
        below = {
            kind for kind in waiting.pop().__subclasses__() if kind.__module__.startswith("ombudsman_app")
        }
        found |= below
        waiting += below
    return found


def test_each_refusal_in_the_package_has_its_sentence() -> None:
    kinds = _all_kinds()
    assert {kind.code for kind in kinds} == set(REFUSALS)
    assert len({kind.code for kind in kinds}) == len(kinds)


@pytest.fixture
def refusing(app: Flask) -> Flask:
    """The app, where the first page refuses what `refusing.extensions["refusal"]` says."""

    def refuse() -> str:
        raise app.extensions["refusal"]

    app.view_functions["public.home.start"] = refuse
    return app


@pytest.mark.parametrize("code", [*sorted(REFUSALS), "of_tomorrow"])
def test_given_a_refusal_then_a_page_with_its_status(refusing: Flask, visitor: Visitor, code: str) -> None:
    refusal = RuleBroken(retry_after_seconds=7)
    refusal.code = code
    refusing.extensions["refusal"] = refusal
    answer = visitor.get("/")
    assert answer.status_code == (REFUSALS[code].status if code in REFUSALS else 409)
    assert "<h1" in answer.text


def test_given_an_act_of_another_role_when_refused_then_who_and_what_is_on_the_trail(
    refusing: Flask, visitor: Visitor
) -> None:
    with refusing.app_context():
        officer = UserFactory(Role.EXAMINER, password=None).id
    refusing.extensions["refusal"] = NotAllowed(policy="complaints.decide")
    assert visitor.enter(officer).get("/").status_code == 403
    with refusing.app_context():
        entry = db.session.scalars(select(TrailEntry).where(TrailEntry.event == "core:access:refused")).one()
        assert (entry.actor_id, entry.roles) == (officer, "examiner")
        assert loads(entry.changes) == {"policy": "complaints.decide", "endpoint": "public.home.start"}
        assert verify()[1] is None


def test_given_the_wrong_door_when_refused_then_it_is_on_the_trail(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        officer = UserFactory(Role.OFFICE_OFFICER, password=None).id
    assert visitor.enter(officer).get("/staff/complaints/7").status_code == 403
    with app.app_context():
        entry = db.session.scalars(select(TrailEntry).where(TrailEntry.event == "core:access:refused")).one()
        assert entry.actor_id == officer
        assert loads(entry.changes) == {
            "policy": "door", "endpoint": "staff.complaints.case", "complaint_id": 7,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "asked", "start"),
    [
        (Role.EXAMINER, "/staff/complaints/999", "/staff/"),
        (Role.OFFICE_OFFICER, "/portal/penilaian/999", "/portal/"),
        (Role.EXAMINER, "/kantor/tidak-ada", "/"),
        (None, "/kantor/tidak-ada", "/"),
    ],
)
def test_given_nothing_at_an_address_then_the_way_leads_to_the_own_start(
    app: Flask, visitor: Visitor, role: Role | None, asked: str, start: str
) -> None:
    if role:
        with app.app_context():
            officer = UserFactory(role, password=None).id
        visitor.enter(officer)
    answer = visitor.get(asked)
    assert answer.status_code == 404
    assert f'<a class="button" href="{start}">' in answer.text
