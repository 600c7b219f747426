"""The queue stays quick whatever the data: every statement walks an index to what it shows (goal: flat)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ombudsman_app.core.policy import Role

from ..conftest import _Templates, fresh_app
from ..factories.accounts import UserFactory
from ..visitor import Visitor


@pytest.fixture
def plans(templates: _Templates, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """How SQLite would answer each statement of the queue that reads complaints, by page."""
    with fresh_app(templates, "sqlite", tmp_path_factory.mktemp("shape")) as app:
        with app.app_context():
            reader = Visitor(app).enter(UserFactory(Role.PVL_ASSISTANT, password=None).id)
        return {
            page: _plan(app, reader, page)
            for page in (
                "/staff/complaints/",
                "/staff/complaints/?state=received",
                "/staff/complaints/?overdue=yes",
            )
        }


def _plan(app: Flask, reader: Visitor, page: str) -> list[str]:
    seen: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        if "FROM complaint" in statement:
            seen.append((statement, given))

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        reader.get(page)
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
    raw = app.extensions["engine"].raw_connection()
    try:
        return [row[3] for said, given in seen for row in raw.execute("EXPLAIN QUERY PLAN " + said, given)]
    finally:
        raw.close()


def test_given_the_queue_when_planned_then_nothing_is_scanned_or_sorted(plans: dict[str, list[str]]) -> None:
    for page, plan in plans.items():
        assert plan, page
        assert not [step for step in plan if "SCAN complaint" in step], page
        assert not [step for step in plan if "TEMP B-TREE" in step], page


def test_given_the_counts_when_planned_then_each_state_has_its_range(plans: dict[str, list[str]]) -> None:
    ranges = [step for step in plans["/staff/complaints/"] if "state=?" in step]
    assert len(ranges) >= 6
