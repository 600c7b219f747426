"""The demonstration has letters in each state for the office that is asked; undrawn ones stand still."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.complaints import demo
from ombudsman_app.complaints.models import ClarificationAnswer
from ombudsman_app.complaints.states import FIRST_REQUEST
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.directory import demo as directory_demo
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from ..children import child_server
from ..visitor import Visitor


@pytest.fixture
def in_demo(app: Flask) -> Flask:
    app.extensions["settings"] = replace(app.extensions["settings"], is_demo=True)
    with app.app_context():
        load_shipped()
        directory_demo.load()
        accounts_demo.load()
    return app


def letters() -> list[tuple[DocumentState, str | None]]:
    found = select(Document.state, Document.number).where(Document.kind == FIRST_REQUEST)
    return [(row.state, row.number) for row in db.session.execute(found.order_by(Document.id))]


def test_given_a_render_server_when_loaded_then_the_office_has_letters_to_open_to_answer_and_answered(
    in_demo: Flask, visitor: Visitor
) -> None:
    run_dir = in_demo.extensions["settings"].run_dir
    run_dir.mkdir(parents=True, exist_ok=True)
    with child_server(run_dir, "render"), in_demo.app_context():
        demo.load()
        assert demo.load() is None  # a second run adds nothing
        states = [state for state, _number in letters()]
        assert states == [DocumentState.ISSUED, DocumentState.ISSUED, DocumentState.BEING_MADE]
        answer = db.session.scalars(select(ClarificationAnswer)).one()
        assert answer.days_late == 0
        issued = select(Document.issued_on).where(Document.number.is_not(None)).order_by(Document.id)
        days = [day for day in db.session.scalars(issued) if day]
        assert days == sorted(days)  # numbers follow the days
        officer = accounts_demo.demo_actor(Role.OFFICE_OFFICER)
        assert officer is not None

    visitor.enter(officer.user_id or 0)
    waiting = visitor.get("/portal/clarifications").text
    done = visitor.get("/portal/clarifications?show=done").text
    assert "Paling lambat" in waiting
    assert "Sudah dijawab" in done


def test_given_no_render_server_when_loaded_then_the_stories_stand_still_at_their_letters(
    in_demo: Flask,
) -> None:
    with in_demo.app_context():
        assert "12 invented" in (demo.load() or "")

        assert [state for state, _number in letters()] == [DocumentState.BEING_MADE] * 3
        assert db.session.scalars(select(ClarificationAnswer)).all() == []
