"""The queue stays quick whatever the data: every statement walks an index to what it shows (goal: flat)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ombudsman_app.complaints import queries
from ombudsman_app.complaints.models import NO_DUE_DAY
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role

from ..conftest import _Templates, fresh_app
from ..databases import gather_statistics
from ..factories.accounts import UserFactory
from ..factories.complaints import many_complaints
from ..visitor import Visitor
from .test_read_the_queue import _lend

QUEUE = "/staff/complaints/"
# What people ask for, and the index whose range answers it.
ASKED = {
    "all=yes": "ix_complaint_queue",
    "overdue=yes": "ix_complaint_queue",
    "state=received": "ix_complaint_queue_state",
    "state=received&overdue=yes": "ix_complaint_queue_state",
    "whose=mine": "ix_complaint_queue_officer",
    "whose=mine&overdue=yes": "ix_complaint_queue_officer",
    "whose=mine&state=assigned": "ix_complaint_queue_officer",
    "whose=mine&unanswered=yes": "ix_complaint_queue_officer",
    "whose=nobody": "ix_complaint_queue_officer",
    "whose=nobody&urgent=yes": "ix_complaint_queue_urgent",
    "whose=nobody&unanswered=yes": "ix_complaint_queue_answer",
    "whose=mine&urgent=yes&state=assigned": "ix_complaint_queue_officer",
    "unanswered=yes": "ix_complaint_queue_answer",
    "unanswered=yes&state=assigned": "ix_complaint_queue_answer",
    "urgent=yes": "ix_complaint_queue_urgent",
    "urgent=yes&state=received&service=jht_claim": "ix_complaint_queue_urgent",
    "urgent=yes&overdue=yes": "ix_complaint_queue_urgent",
    "service=jht_claim": "ix_complaint_queue_service",
    "service=jht_claim&state=received": "ix_complaint_queue_service",
    "office=bpjs-ketenagakerjaan-kantor-cabang-mamuju": "ix_complaint_queue_respondent",
    "ended=yes": "ix_complaint_queue",
    "ended=yes&service=jht_claim": "ix_complaint_queue_service",
    "q=0412": "ix_complaint_queue",
    "q=mamuju": "ix_complaint_queue",
    "q=0412&state=received&whose=nobody": "ix_complaint_queue",
    "after=2026-12-04.7": "ix_complaint_queue",
    "before=2026-12-04.7": "ix_complaint_queue",
    "whose=mine&after=2026-12-04.7": "ix_complaint_queue_officer",
    "whose=mine&before=2026-12-04.7": "ix_complaint_queue_officer",
}


@pytest.fixture(scope="module")
def lite(templates: _Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with fresh_app(templates, "sqlite", tmp_path_factory.mktemp("shape")) as app:
        yield app


@pytest.fixture(scope="module")
def reader(lite: Flask) -> Visitor:
    with lite.app_context():
        user = UserFactory(Role.PVL_ASSISTANT, password=None)
        many_complaints(60, due_on=date(2026, 12, 1))  # pages before and after the keys above
        return Visitor(lite).enter(user.id)


def _statements(reader: Visitor, page: str) -> list[tuple[str, Any]]:
    """Return the statements of a page that read complaints, with their values."""
    seen: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        if "FROM complaint" in statement:
            seen.append((statement, given))

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        reader.get(page)
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
    return seen


def _plan(app: Flask, statements: list[tuple[str, Any]]) -> list[str]:
    """Say how SQLite would answer."""
    raw = app.extensions["engine"].raw_connection()
    try:
        plans = [raw.execute("EXPLAIN QUERY PLAN " + said, given).fetchall() for said, given in statements]
        return [step[3] for plan in plans for step in plan]
    finally:
        raw.close()


@pytest.mark.parametrize("query", ASKED)
def test_given_what_people_ask_when_planned_then_an_index_is_walked_and_nothing_is_sorted(
    lite: Flask, reader: Visitor, query: str
) -> None:
    statements = _statements(reader, f"{QUEUE}?{query}")
    plan = _plan(lite, statements)
    page = _plan(lite, [one for one in statements if "ORDER BY" in one[0]])
    assert page
    walked = [step for step in page if "SEARCH complaint USING" in step and "PRIMARY KEY" not in step]
    assert [step.split("INDEX ")[1].split(" ")[0] for step in walked] == [ASKED[query]]
    assert not [step for step in plan if "SCAN complaint" in step]
    if query in ("q=0412", "q=mamuju"):  # reads the index alone, and sorts the twenty-six it found
        assert "COVERING INDEX" in walked[0]
    if "q=" not in query:
        assert not [step for step in plan if "TEMP B-TREE" in step]
    # the declared interests are looked up in their own index, once
    assert [step for step in plan if "conflict_declaration USING COVERING INDEX" in step]
    assert not [step for step in plan if "SCAN conflict" in step]


def test_given_the_counts_when_planned_then_each_has_its_own_range(lite: Flask, reader: Visitor) -> None:
    counted = [one for one in _statements(reader, f"{QUEUE}?all=yes") if "UNION ALL" in one[0]]
    assert len(counted) == 1
    plan = [step for step in _plan(lite, counted) if "SEARCH complaint" in step]
    # the badge of what one has not read asks for each notice whether its case is still in sight, by its key,
    # or by its folder where the notice is of a letter; what waits for a decision about time looks up its case
    # and its clock
    by_key = [step for step in plan if "PRIMARY KEY" in step or "ix_complaint_files_id (files_id=?)" in step]
    assert 1 <= len(by_key) <= 7
    plan = [step for step in plan if step not in by_key]
    assert len(plan) == 5 + len(queries.COUNTED_STATES)
    assert all("USING COVERING INDEX" in step for step in plan), "no row of the table is read"
    assert len([step for step in plan if "state=?" in step]) == len(queries.COUNTED_STATES)
    assert len([step for step in plan if "officer_id=?" in step]) == 2
    assert len([step for step in plan if "next_due_on<?" in step]) == 2


def test_given_two_offices_when_planned_then_each_is_a_range_and_only_their_heads_are_sorted(
    lite: Flask,
) -> None:
    with lite.app_context():
        user = UserFactory(Role.EXAMINER, password=None)
        _lend(user.id, UserFactory(Role.EXAMINER, password=None, office="KPG").id)
        reader = Visitor(lite).enter(user.id)
    page = _plan(lite, [one for one in _statements(reader, f"{QUEUE}?all=yes") if "ORDER BY" in one[0]])
    walked = [step for step in page if "INDEX ix_complaint_queue (representative_office_id=?" in step]
    assert len(walked) == 2
    assert not [step for step in page if "SCAN complaint" in step]


@pytest.mark.parametrize("query", [query for query in ASKED if "q=" not in query])
def test_given_many_rows_when_postgresql_plans_then_the_page_scans_no_table(
    full_office: Flask, keeper: Visitor, query: str
) -> None:
    """With statistics it chooses by itself; a search may still read all, no other page may."""
    pages = [one for one in _statements(keeper, f"{QUEUE}?{query}") if "ORDER BY" in one[0]]
    assert pages
    with full_office.app_context():
        for said, given in pages:
            rows = db.session.connection().exec_driver_sql("EXPLAIN " + said, given)
            plan = [str(row[0]) for row in rows]
            assert not [step for step in plan if "Seq Scan on complaint " in step], plan


@pytest.fixture(scope="module")
def full_office(templates: _Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A few thousand cases on PostgreSQL, with the statistics that a server in use has."""
    with fresh_app(templates, "postgresql", tmp_path_factory.mktemp("full")) as app:
        with app.app_context():
            user = UserFactory(Role.EXAMINER, password=None)
            _fill(user.id)
            gather_statistics(app)
        app.config["READER"] = user.id
        yield app


@command
def _fill(user_id: int) -> None:
    day = date(2026, 11, 1)
    many_complaints(3_000, due_on=day, days_apart=1)
    many_complaints(1_500, due_on=NO_DUE_DAY, is_open=False, state=ComplaintState.CLOSED)
    many_complaints(40, due_on=day, officer_id=user_id, state=ComplaintState.ASSIGNED)
    many_complaints(1_500, due_on=day + timedelta(days=3), days_apart=1, substance="jkm_claim")
    many_complaints(30, due_on=day, awaits_answer=True, urgency="emergency")


@pytest.fixture(scope="module")
def keeper(full_office: Flask) -> Visitor:
    return Visitor(full_office).enter(full_office.config["READER"])
