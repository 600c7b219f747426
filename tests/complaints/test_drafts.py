"""What somebody is still writing: theirs alone, destroyed in time, and never in the way of others."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.models import Complaint, ComplaintDraft
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role

from ..conftest import StoppedClock, _Templates, fresh_app
from ..factories.accounts import UserFactory
from ..visitor import Visitor
from ..wizard import Wizard


def drafts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(ComplaintDraft)) or 0


def test_given_a_sent_draft_that_was_removed_when_the_next_person_sends_then_it_is_a_case_too(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    first, _ = Wizard(visitor).send_all()
    visitor.submit("/lapor/hapus")
    second, _ = Wizard(another_visitor).send_all()
    with app.app_context():
        assert set(db.session.scalars(select(Complaint.ticket))) == {first, second}


def test_given_ended_drafts_when_somebody_begins_then_they_are_destroyed(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    Wizard(visitor).answer_all()
    with stopped_at(now() + timedelta(days=8)):
        Wizard(another_visitor).begin()
    assert drafts(app) == 1


def test_given_a_code_of_a_day_ago_when_somebody_begins_then_it_is_destroyed(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    Wizard(visitor).send_all()
    with stopped_at(now() + timedelta(hours=25)):
        Wizard(another_visitor).begin()
    assert drafts(app) == 1


def test_given_another_complaint_is_begun_then_the_code_of_the_first_is_not_kept(
    app: Flask, visitor: Visitor
) -> None:
    Wizard(visitor).send_all()
    visitor.get("/lapor")
    visitor.post("/lapor/baru")
    assert drafts(app) == 1
    assert visitor.get("/lapor/terkirim").location == "/lapor"


def test_given_a_cookie_that_somebody_planted_when_telling_then_it_opens_nothing(
    app: Flask, visitor: Visitor
) -> None:
    Wizard(visitor).begin()
    planted = visitor.client.get_cookie("draft")
    assert planted is not None
    Wizard(visitor).answer_all()
    stranger = Visitor(app, "203.0.113.99")
    stranger.client.set_cookie("draft", planted.value)
    assert stranger.get("/lapor/periksa").location == "/lapor"
    assert visitor.get("/lapor/periksa").status_code == 200


def test_given_a_night_in_mamuju_when_the_officer_looks_then_it_is_the_day_of_the_office(
    in_app: Flask, clock: StoppedClock
) -> None:
    user = UserFactory(Role.PVL_ASSISTANT)
    actor = actor_for(user.id)
    assert actor is not None
    assert actor.time_zone == "Asia/Makassar"


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_given_ended_drafts_when_the_command_sweeps_then_nothing_is_left(
    templates: _Templates, backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from ombudsman_app.cli.main import main

    with fresh_app(templates, backend, tmp_path) as app:
        with stopped_at(now() - timedelta(days=9)):
            Wizard(Visitor(app)).begin()
        assert drafts(app) == 1
        settings = app.extensions["settings"]
        monkeypatch.setenv("OMBUDSMAN_DATA", str(settings.data_dir))
        monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", settings.database_url)
        assert CliRunner().invoke(main, ["sweep"]).exit_code == 0
        assert drafts(app) == 0
