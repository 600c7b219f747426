"""Grave acts need a sign-in of the last five minutes (PD2)."""

from datetime import timedelta

import pytest
from flask import Flask

from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.policy import Role
from ombudsman_app.web.access import policy
from tests.factories.accounts import UserFactory
from tests.visitor import Visitor

ACT = "/grave-act"


@pytest.fixture
def acts(app: Flask, visitor: Visitor) -> list[str]:
    """What was done on a page that the visitor, an examiner, may use with a fresh sign-in."""
    done: list[str] = []

    @policy("home.desk", fresh=True)
    def act() -> str:
        done.append("acted")
        return "done"

    app.add_url_rule(ACT, "act", act, methods=["GET", "POST"])
    return done


def test_given_five_minutes_when_acting_then_it_goes_on_and_later_it_does_not(
    app: Flask, visitor: Visitor, acts: list[str]
) -> None:
    start = now()
    with app.app_context():
        examiner = UserFactory(Role.EXAMINER, password=None).id
    with stopped_at(start):
        visitor.enter(examiner)
    with stopped_at(start + timedelta(minutes=5)):
        token = visitor.token()
        assert visitor.client.post(ACT, data={"csrf_token": token}).status_code == 200
    with stopped_at(start + timedelta(minutes=5, seconds=1)):
        assert visitor.client.post(ACT, data={"csrf_token": token}).status_code == 403
        assert visitor.client.get(ACT).status_code == 200, "looking needs no proof"
    assert len(acts) == 2
