"""The register stays quick whatever the data: each filter walks an index, on both databases."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ombudsman_app.cli.bench.filling import analyze
from ombudsman_app.core.clock import today
from ombudsman_app.core.policy import Role
from ombudsman_app.findings.states import FindingState, Origin

from ..factories.accounts import UserFactory
from ..factories.findings import many_findings
from ..visitor import Visitor

REGISTER = "/staff/findings"
WIDE, STATE, RESPONDENT, MAKER = (
    f"ix_finding_register{end}" for end in ("", "_state", "_respondent", "_maker")
)
PORTAL = "ix_finding_portal"
SLUG = "bpjs-ketenagakerjaan-kantor-cabang-mamuju"
# What people ask for, and the indexes whose range may answer it.
ASKED = {
    "": {WIDE},
    "overdue=yes": {WIDE, STATE},
    "late=0": {WIDE},
    "late=1": {WIDE},
    "late=4": {WIDE},
    "kind=corrective_action": {WIDE},
    "origin=visit": {WIDE},
    "state=responded": {STATE},
    "state=sent&overdue=yes": {STATE},
    "whose=mine": {MAKER},
    f"office={SLUG}": {RESPONDENT, PORTAL},  # the same order; that office lies with one alone
    "q=mamuju": {WIDE, RESPONDENT},
    "done=yes": {WIDE},
    "after=2026-10-04.7": {WIDE},
    "before=2026-12-04.7": {WIDE},
    "late=1&after=2026-10-04.7": {WIDE},
}


@pytest.fixture(scope="module")
def reader(shared_app: Flask) -> Iterator[Visitor]:
    """Somebody who wrote a few of four thousand findings of many states and days."""
    with shared_app.app_context():
        maker = UserFactory(Role.PREVENTION_ASSISTANT, password=None)
        day = today("Asia/Makassar")
        for late in range(-20, 120, 7):
            many_findings(100, next_due_on=day - timedelta(days=late), is_received=True)
        many_findings(900, state=FindingState.RESPONDED)
        many_findings(200, state=FindingState.DRAFT, reference=None, sent_on=None)
        many_findings(800, state=FindingState.DONE, is_open=False, done_on=day)
        many_findings(50, office="kc_ntt")
        many_findings(40, origin=Origin.LHP, next_due_on=day)
        many_findings(40, made_by_id=maker.id)
        analyze()
        yield Visitor(shared_app).enter(maker.id)


def _statements(reader: Visitor, page: str) -> list[tuple[str, Any]]:
    """Return the statements of a page that read findings, with their values."""
    seen: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        if "FROM finding" in statement:
            seen.append((statement, given))

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        assert reader.get(page).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
    return seen


def _plan(app: Flask, said: str, given: Any) -> str:
    """Say how the database would answer."""
    engine, is_lite = app.extensions["engine"], _is_lite(app)
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        if not is_lite:  # a few thousand rows are read whole: ask whether the index could answer
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(("EXPLAIN QUERY PLAN " if is_lite else "EXPLAIN ") + said, given)
        return "\n".join(str(row[3 if is_lite else 0]) for row in cursor.fetchall())
    finally:
        raw.close()


def _is_lite(app: Flask) -> bool:
    return app.extensions["engine"].dialect.name == "sqlite"


@pytest.mark.parametrize("query", ASKED)
def test_given_what_people_ask_when_planned_then_an_index_is_walked_in_its_order(
    shared_app: Flask, reader: Visitor, query: str
) -> None:
    listed = [one for one in _statements(reader, f"{REGISTER}?{query}") if "finding.summary" in one[0]]
    assert len(listed) == 1
    plan = _plan(shared_app, *listed[0])
    assert "SCAN finding" not in plan
    assert "Seq Scan on finding" not in plan
    if not _is_lite(shared_app):
        return
    assert set(re.findall(r"ix_finding_\w+", plan)) & ASKED[query], plan
    if "q=" not in query:
        assert "TEMP B-TREE FOR ORDER BY" not in plan, plan


def test_given_the_register_when_planned_then_counts_and_picture_read_no_row(
    shared_app: Flask, reader: Visitor
) -> None:
    seen = _statements(reader, REGISTER)
    (counts,) = [one for one in seen if "UNION ALL" in one[0]]
    (picture,) = [one for one in seen if "GROUP BY" in one[0]]
    plan = _plan(shared_app, *counts)
    assert not re.search(r"SCAN finding(_\d+)?\b", plan), (
        plan
    )  # its requests that wait are walked by their index
    assert "Seq Scan on finding" not in plan
    if _is_lite(shared_app):
        plan = _plan(shared_app, *picture)
        assert f"COVERING INDEX {STATE} " in plan, plan


def test_given_many_findings_when_the_register_is_read_then_it_needs_no_more_statements(
    reader: Visitor,
) -> None:
    for query in ASKED:
        reader.get(f"{REGISTER}?{query}")
        assert reader.queries <= 6, query
    assert "1.000+" in reader.get(REGISTER).text
