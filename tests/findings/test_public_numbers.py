"""The page of an office tells everybody how it answers findings: numbers that show no person."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.directory.models import Office
from ombudsman_app.findings.commands import ResponseInput, respond_to_finding
from ombudsman_app.findings.models import Finding, FindingClock, FindingEntry
from ombudsman_app.findings.queries import OfficeNumbers, office_numbers
from ombudsman_app.findings.states import FindingState, Position

from ..conftest import StoppedClock
from ..factories.complaints import office_id
from ..factories.findings import ANSWER, SUMMARY, FindingFactory, many_findings, person
from ..visitor import Visitor

Inside = Callable[..., Any]
HEAD = "Cara kantor ini menanggapi temuan Ombudsman"


@pytest.fixture
def inside(app: Flask, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            return function(*given, **more)

    call(load_shipped)
    return call


def page_of(inside: Inside, reference: str = "kc_mamuju") -> str:
    slug = inside(lambda: db.session.get_one(Office, office_id(reference)).slug)
    return f"/kantor/{slug}"


def told(page: str) -> dict[str, str]:
    """Return the numbers of the section, by what they are called."""
    section = page.split(HEAD, 1)[1].split("</dl>", 1)[0]
    found = re.findall(r"<dt>([^<]+)</dt>\s*<dd class=\"value\">([^<]+)<", section)
    return {name: value.strip() for name, value in found}


def recounted(office: int, today: date) -> OfficeNumbers:
    """Count again from what can only be added to: what was said, what ran, and the trail."""
    trail: dict[int, list[str]] = defaultdict(list)
    for entry in db.session.scalars(select(TrailEntry).where(TrailEntry.subject_type == "finding")):
        trail[int(entry.subject_id)].append(entry.event)
    sent = in_time = late = done = 0
    for finding in db.session.scalars(select(Finding.id).where(Finding.office_id == office)):
        if "findings:finding:sent" not in trail[finding]:
            continue
        sent += 1
        said = db.session.scalars(
            select(FindingEntry).where(FindingEntry.finding_id == finding).order_by(FindingEntry.id)
        ).all()
        answers = [one for one in said if one.kind == "response"]
        verdicts = [one.verdict.value for one in said if one.verdict is not None]
        due = db.session.scalars(
            select(FindingClock.due_on).where(
                FindingClock.finding_id == finding, FindingClock.ended_on.is_(None)
            )
        ).all()
        is_late = any(one.days_late for one in answers) or (bool(due) and max(due) < today)
        late += is_late
        in_time += bool(answers) and not is_late
        done += "done" in verdicts
    return OfficeNumbers(sent, in_time, late, done)


def lives(clock: StoppedClock) -> None:
    """Fourteen findings of one office, through the commands: in time, late, late a second time, waiting."""
    officer = person(Role.OFFICE_OFFICER)
    for state in (FindingState.RESPONDED, FindingState.ACCEPTED, FindingState.RETURNED, FindingState.DONE):
        FindingFactory(state, officer=officer)
    for _ in range(2):
        FindingFactory(FindingState.DONE, officer=officer)
    FindingFactory(FindingState.DRAFT)
    late = [FindingFactory(FindingState.SENT, officer=officer) for _ in range(6)]
    FindingFactory(FindingState.SENT, officer=officer, is_opened=False)
    clock.at("2026-12-20T09:00+08:00")
    for finding in late[:5]:
        respond_to_finding(finding, ResponseInput(Position.ACCEPT, ANSWER), actor=officer)
    FindingFactory(FindingState.SENT, officer=officer)


def test_given_findings_of_all_kinds_when_counted_then_the_append_only_record_says_the_same(
    inside: Inside, clock: StoppedClock, visitor: Visitor
) -> None:
    inside(lives, clock)
    day = date(2026, 12, 20)
    found = inside(lambda: office_numbers(office_id("kc_mamuju"), today=day))

    assert found == inside(lambda: recounted(office_id("kc_mamuju"), day))
    assert found == OfficeNumbers(sent=14, in_time=6, late=6, done=3)
    page = visitor.get(page_of(inside)).text
    assert told(page) == {
        "Temuan dikirim": "14",
        "Ditanggapi tepat waktu": "6",
        "Lewat tenggat": "6",
        "Selesai": "kurang dari 5",
    }
    assert SUMMARY not in page
    assert "TM-" not in page
    assert "Cara menghitung" in page


@pytest.mark.parametrize(("number", "is_told"), [(4, False), (5, True)])
def test_given_few_findings_when_the_page_opens_then_not_even_their_being_is_told(
    inside: Inside, visitor: Visitor, number: int, is_told: bool
) -> None:
    inside(many_findings, number)
    inside(many_findings, 3, state=FindingState.DRAFT, reference=None, sent_on=None)
    page = visitor.get(page_of(inside)).text
    assert (HEAD in page) is is_told
    if is_told:
        assert told(page)["Lewat tenggat"] == "0"


def test_given_many_findings_when_the_page_opens_then_it_needs_no_more_statements(
    inside: Inside, visitor: Visitor
) -> None:
    visitor.get(page_of(inside, "kc_ntt"))
    few = visitor.queries
    inside(many_findings, 300)
    visitor.get(page_of(inside))
    assert visitor.queries == few <= 7
