"""How the letters without proof are found: desk and morning walk their index, on both databases."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, insert

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.commands import folder_of
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.queries.due import due_of, officers_with_due
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import PROOF_MISSING_DAYS, DocumentState

from ..conftest import _Templates, fresh_app
from ..databases import gather_statistics
from ..factories.complaints import Team, TeamFactory, many_complaints
from ..visitor import Visitor

DAY = date(2026, 11, 20)
CASES, LETTERS, UNPROVEN_EACH = 3_000, 6_000, 20


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, templates: _Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, Team]]:
    """An office with many letters, one in twenty without proof, and the statistics of a server in use."""
    with fresh_app(templates, request.param, tmp_path_factory.mktemp("unproven")) as app:
        with app.app_context():
            team = TeamFactory()
            many_complaints(CASES, due_on=DAY, officer_id=team.users[Role.EXAMINER].id)
            _fill()
            gather_statistics(app)
        yield app, team


@command
def _fill() -> None:
    cases = db.session.query(Complaint).order_by(Complaint.id).limit(60).all()
    folders = [(folder_of(case), case.representative_office_id) for case in cases]
    db.session.execute(
        insert(Document), [_letter(one, *folders[one % len(folders)]) for one in range(LETTERS)]
    )


def _letter(one: int, folder: object, office_id: int) -> dict[str, Any]:
    sent = DAY - timedelta(days=one % 300)
    return {
        "uuid": uuid4(),
        "kind": "completion_request",
        "folder": folder,
        "representative_office_id": office_id,
        "state": DocumentState.ISSUED,
        "subject": f"Perihal {one}",
        "answers": {},
        "drafted_at": now(),
        "number": f"B/{one:05d}",
        "issued_on": sent,
        "unproven_since": None if one % UNPROVEN_EACH else sent,
        "version": 1,
    }


def plan(app: Flask, marker: str, asking: Callable[[], object]) -> list[str]:
    """Return how the database finds the statements of `asking` that hold a marker."""
    said: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, given: Any, *_more: Any) -> None:
        if marker in statement:
            said.append((statement, given))

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", keep)
    try:
        asking()
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    assert said
    with app.app_context():
        is_lite = db.engine.dialect.name == "sqlite"
        explain = "EXPLAIN QUERY PLAN " if is_lite else "EXPLAIN "
        return [
            str(row[3] if is_lite else row[0])
            for statement, given in said
            for row in db.session.connection().exec_driver_sql(explain + statement, given)
        ]


def walks_its_index(steps: list[str]) -> None:
    """Letters are found by the index that holds those without proof alone; SQLite never reads all cases."""
    told = " | ".join(steps)
    assert "ix_document_unproven" in told, told
    letters = [step for step in steps if "SCAN document" in step or "Seq Scan on document" in step]
    assert not [step for step in letters if "ix_document_unproven" not in step], told
    assert "SCAN complaint" not in told


def in_app(app: Flask, asking: Callable[[], object]) -> Callable[[], object]:
    def within() -> object:
        with app.app_context():
            return asking()

    return within


def test_given_many_letters_when_the_desk_is_planned_then_its_number_walks_the_index(
    office: tuple[Flask, Team],
) -> None:
    app, team = office
    visitor = Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id)

    walks_its_index(plan(app, "unproven_since", lambda: visitor.get("/staff/")))


def test_given_many_letters_when_the_morning_asks_whom_to_tell_then_the_index_is_walked(
    office: tuple[Flask, Team],
) -> None:
    app, _team = office

    walks_its_index(
        plan(
            app,
            "unproven_since",
            in_app(app, lambda: officers_with_due("Asia/Makassar", today=DAY, soon=DAY)),
        )
    )


def test_given_many_letters_when_the_morning_counts_for_one_person_then_the_index_is_walked(
    office: tuple[Flask, Team],
) -> None:
    app, team = office
    person = team.users[Role.EXAMINER].id

    def count() -> int:
        actor = actor_for(person)
        assert actor is not None
        return due_of(actor, today=DAY, soon=DAY).unproven

    late = [one for one in range(0, LETTERS, UNPROVEN_EACH) if one % 300 >= PROOF_MISSING_DAYS]
    with app.app_context():
        assert count() == len(late)
    steps = plan(app, "unproven_since", in_app(app, count))
    walks_its_index(steps)
    assert not [step for step in steps if "SEARCH complaint" in step and "files_id=?" not in step], steps
