"""The examiner writes the report, the head issues it, the offices act, the case ends (48/2020 Pasal 25)."""

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import (
    REPORT,
    RESULT_NOTICE,
    WRITTEN,
    ComplaintState,
    Part,
)
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.findings.models import Measure
from ombudsman_app.findings.states import FindingState, MeasureKind, Origin

from ..documents.desk import papers
from ..factories.complaints import Team, TeamFactory
from ..factories.examination import current
from ..factories.report import ACTION, TEXTS, findings_of, under_review
from ..pages import Page
from ..visitor import Visitor

S = ComplaintState
EXAMINER, HEAD = Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE
ON_PAPER = {"addressee": "respondent", "agency": "", "form": "undue_delay", "text": ACTION.text,
            "rule": ACTION.rule, "evidence": ACTION.evidence}  # fmt: skip


@pytest.fixture
def team(app: Flask, clock) -> Team:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def case(app: Flask, team: Team) -> Complaint:
    with app.app_context():
        return under_review(team)


def stored(app: Flask, case: Complaint) -> Complaint:
    with app.app_context():
        found = current(case)
        db.session.expunge_all()
        return found


def test_given_a_case_under_review_when_written_part_by_part_and_issued_then_the_office_must_act(
    app: Flask, visitor: Visitor, another_visitor: Visitor, team: Team, case: Complaint
) -> None:
    """By the door: every part, one action, put forward, a second person, findings, a letter of the result."""
    home = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[EXAMINER].id)
    assert f"{home}/report" in visitor.get(home).text
    for part in WRITTEN:
        more = {"conclusion": "found", "forms": ["undue_delay"]} if part is Part.CONCLUSION else {}
        kept = visitor.submit(f"{home}/report/parts/{part}", {"text": TEXTS[part], **more})
        assert kept.status_code == 302, (part, kept.text)
    assert visitor.submit(f"{home}/report/actions/new", ON_PAPER).status_code == 302
    page = visitor.get(f"{home}/report").text
    assert all(text in page for text in TEXTS.values())
    assert ACTION.text in page

    put = visitor.post(f"{home}/report/submit", {"version": Page(page).values["version"]})
    assert put.status_code == 302, put.text
    paper = str(put.location)
    own = visitor.post(f"{paper}/issue", {"version": Page(visitor.get(paper).text).values["version"]})
    assert own.status_code == 403, "the examiner does not issue an own report"
    another_visitor.enter(team.users[HEAD].id)
    version = Page(another_visitor.get(paper).text).values["version"]
    assert another_visitor.post(f"{paper}/issue", {"version": version}).status_code == 302

    assert stored(app, case).state is S.REPORT_ISSUED
    (issued,) = papers(app, REPORT)
    assert issued.number.startswith("B/0001/LP.01/")
    assert issued.content["letter"]["name"] == "LHP"
    (told,) = papers(app, RESULT_NOTICE)
    assert told.content["letter"]["words"] == TEXTS[Part.REPORTER]
    with app.app_context():
        (finding,) = findings_of(case)
        measure = db.session.scalars(select(Measure).where(Measure.finding_id == finding.id)).one()
        assert (finding.origin, finding.state, finding.office_id) == (
            Origin.LHP, FindingState.SENT, case.office_id,
        )  # fmt: skip
        assert (measure.kind, measure.text) == (MeasureKind.CORRECTIVE_ACTION, ACTION.text)
        assert (finding.rule, finding.description) == (ACTION.rule, ACTION.evidence)
        assert finding.made_by_id == team.users[EXAMINER].id
    assert ACTION.text[:40] in visitor.get(home).text
