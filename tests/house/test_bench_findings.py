"""`ombudsman bench seed --findings`: invented findings that could be real ones."""

from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import joinedload

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.cli.bench import filling
from ombudsman_app.cli.bench.filling import Plan, analyze, fill_findings
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.trail.record import verify
from ombudsman_app.core.workflow.deadlines import Unit, days_late, explain
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.findings.commands import JudgementInput, judge_answer, propose_rungs
from ombudsman_app.findings.models import (
    NO_DUE_DAY,
    Finding,
    FindingClock,
    FindingEntry,
    LadderStep,
    VisitFinding,
)
from ombudsman_app.findings.states import (
    EVENT_OF,
    FINDING,
    LIMITS,
    WAITING,
    FindingState,
    Origin,
    Verdict,
    response_limit,
)

from ..factories.accounts import UserFactory
from ..visitor import Visitor

NUMBER = 500


@pytest.fixture(scope="module")
def filled(shared_app: Flask) -> Flask:
    with shared_app.app_context():
        assert list(fill_findings(Plan(1, findings=NUMBER))) == [NUMBER]
        analyze()
    return shared_app


@pytest.fixture
def findings(filled: Flask) -> Iterator[list[Finding]]:
    with filled.app_context():
        yield list(
            db.session.scalars(
                select(Finding)
                .order_by(Finding.id)
                .options(
                    joinedload(Finding.office),
                    joinedload(Finding.representative_office),
                    joinedload(Finding.measures),
                )
            ).unique()
        )


def _by_finding(kind: type) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in db.session.scalars(select(kind).order_by(kind.id)):
        found.setdefault(row.finding_id, []).append(row)
    return found


def test_given_many_findings_then_each_state_and_each_office_is_met(findings: list[Finding]) -> None:
    share = Counter(finding.state for finding in findings)
    assert len(findings) == NUMBER
    assert set(share) == set(FindingState)
    assert {finding.origin for finding in findings} == set(Origin) - {Origin.RECOMMENDATION}
    assert len({finding.office_id for finding in findings}) > 10
    late = [one for one in findings if one.state in WAITING and one.next_due_on < now().date()]
    assert NUMBER / 25 < len(late) < NUMBER / 3
    assert all(finding.summary.startswith("BENCH. ") for finding in findings)
    visits = set(db.session.scalars(select(VisitFinding.finding_id)))
    assert visits == {one.id for one in findings if one.origin is Origin.VISIT}


def test_given_a_finding_then_what_was_said_led_to_its_state(findings: list[Finding]) -> None:
    entries = _by_finding(FindingEntry)
    for finding in findings:
        state, last = FindingState.DRAFT, finding.made_at
        rounds = 0
        if finding.reference:
            state, rounds = FINDING.after(state, "send"), 1
        for entry in entries.get(finding.id, ()):
            assert last < entry.said_at <= now()
            assert entry.round == rounds
            last = entry.said_at
            if entry.kind == "response":
                state = FINDING.after(state, "respond")
            elif entry.kind == "judgement":
                assert entry.said_by_id not in (finding.made_by_id, entry.answer_by_id)
                answer = next(one for one in entries[finding.id] if one.id == entry.answer_id)
                assert (answer.kind, answer.said_by_id) in {
                    ("response", entry.answer_by_id),
                    ("progress", entry.answer_by_id),
                }
                state = FINDING.after(state, EVENT_OF[entry.verdict])
                rounds += entry.verdict is Verdict.NOT_ENOUGH
            else:
                assert state is FindingState.ACCEPTED
        assert (finding.state, finding.round) == (state, rounds)
        assert finding.is_open is (state is not FindingState.DONE)
        assert (finding.done_on is None) is finding.is_open
        assert (finding.reference is None) is (state is FindingState.DRAFT)
        assert finding.measures


def test_given_a_receipt_then_its_time_ends_on_the_day_that_explain_gives(findings: list[Finding]) -> None:
    calendar, clocks, entries = calendars(), _by_finding(FindingClock), _by_finding(FindingEntry)
    for finding in findings:
        zone = ZoneInfo(finding.representative_office.time_zone)
        answers = {one.round: one for one in entries.get(finding.id, ()) if one.kind == "response"}
        for clock in clocks.get(finding.id, ()):
            assert LIMITS[clock.clock] == response_limit(finding.origin)
            counted = explain(
                clock.start_on, clock.length, Unit(clock.unit), calendar(finding.office.province_code)
            )
            assert (clock.due_on, clock.calendar_version) == (counted.due, counted.calendar_version)
            answer = answers.pop(clock.round, None)
            assert (clock.ended_on is None) is (answer is None)
            if answer is not None:
                assert clock.ended_on == answer.said_at.astimezone(zone).date()
                assert answer.days_late == days_late(clock.due_on, clock.ended_on)
        assert not answers, "no answer before the receipt"
        running = [clock.due_on for clock in clocks.get(finding.id, ()) if clock.ended_on is None]
        assert finding.next_due_on == min(running, default=NO_DUE_DAY)
        assert not running or finding.state in WAITING
        assert finding.is_received or finding.state in (
            FindingState.DRAFT,
            FindingState.SENT,
            FindingState.RETURNED,
        )


def test_given_late_findings_when_the_ladder_looks_then_it_has_nothing_to_add(
    findings: list[Finding],
) -> None:
    steps = _by_finding(LadderStep)
    assert steps
    assert all(one.released_at is None for some in steps.values() for one in some)
    db.session.rollback()
    assert propose_rungs() == 0


def test_given_sent_findings_then_numbers_have_no_gap(findings: list[Finding]) -> None:
    drawn: dict[tuple[str, str], list[int]] = {}
    for finding in findings:
        if finding.reference:
            number, year, code = finding.reference.removeprefix("TM-").split("/")
            assert (code, int(year)) == (finding.representative_office.code, finding.sent_on.year)  # type: ignore[union-attr]
            drawn.setdefault((code, year), []).append(int(number))
    assert drawn
    for numbers in drawn.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_given_invented_findings_then_officers_work_on_them(filled: Flask) -> None:
    with filled.app_context():
        officer = UserFactory(Role.PREVENTION_ASSISTANT, password=None).id
        here = select(Finding).join(Finding.representative_office)
        mine = list(db.session.scalars(here.where(RepresentativeOffice.code == "MAM").limit(25)))
        ids = [finding.id for finding in mine]
    visitor = Visitor(filled).enter(officer)
    assert "BENCH." in visitor.get("/staff/findings").text
    for id_ in ids:
        assert visitor.get(f"/staff/findings/{id_}").status_code == 200
    with filled.app_context():
        actor = actor_for(officer)
        answered = db.session.scalars(here.where(
            Finding.state == FindingState.RESPONDED, RepresentativeOffice.code == "MAM"
        ).limit(1)).one()  # fmt: skip
        assert actor is not None
        judge_answer(
            answered, JudgementInput(Verdict.ENOUGH, "Cukup."), version=answered.version, actor=actor
        )
        answerer = UserFactory(Role.OFFICE_OFFICER, password=None, portal_office="kc_mamuju").id
    portal = Visitor(filled).enter(answerer)
    assert "BENCH." in portal.get("/portal/findings").text


def test_given_batches_then_each_has_one_line_on_the_trail_and_the_same_plan_invents_the_same(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock
) -> None:
    clock.at("2026-11-26T09:00+08:00")
    monkeypatch.setattr(filling, "AT_ONCE", 8)
    told = select(Finding.summary, Finding.state, Finding.made_at, Finding.evidence_id).order_by(Finding.id)
    with app.app_context():
        assert list(fill_findings(Plan(1, findings=20))) == [8, 16, 20]
        first = db.session.execute(told).all()
        list(fill_findings(Plan(1, findings=20)))
        both = db.session.execute(told).all()
        assert both[:20] == first
        assert len({row.evidence_id for row in both}) == 40
        assert verify()[1] is None
        lines = select(func.count()).where(TrailEntry.event == "core:bench:filled")
        assert db.session.scalar(lines) == 6


def test_given_two_roles_when_the_rows_are_in_then_the_database_has_looked_at_them(filled: Flask) -> None:
    with filled.app_context():
        if db.engine.dialect.name == "postgresql":
            counted = text("SELECT reltuples FROM pg_class WHERE relname = 'finding'")
            assert (db.session.scalar(counted) or 0) > 0
        else:
            stated = text("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'finding'")
            assert (db.session.scalar(stated) or 0) > 0
