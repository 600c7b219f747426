"""The examiner writes the report, the head issues it, the offices act, the case ends (48/2020 Pasal 25)."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.commands import REPORT_OPENED, receive_report
from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.states import (
    LEGACY,
    REPORT,
    RESULT_NOTICE,
    WRITTEN,
    ComplaintState,
    Conclusion,
    Outcome,
    Part,
)
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.commands import approve
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.findings.models import FindingClock, Measure
from ombudsman_app.findings.states import FindingState, MeasureKind, Origin

from ..documents.desk import make_all, papers
from ..factories.complaints import Team, TeamFactory
from ..factories.examination import current
from ..factories.findings import person
from ..factories.report import (
    ACTION,
    TEXTS,
    findings_of,
    legacy_case,
    put_forward,
    report,
    reported,
    under_review,
)
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


def clocks(app: Flask, case: Complaint) -> dict[str, ComplaintClock]:
    with app.app_context():
        rows = db.session.scalars(select(ComplaintClock).where(ComplaintClock.complaint_id == case.id))
        found = {row.clock: row for row in rows}
        db.session.expunge_all()
        return found


def act(visitor: Visitor, page: str, reason: str = "Sudah diperiksa dan dicatat dalam berkas.") -> int:
    """Fill in a page that asks for grounds; return the status."""
    return visitor.submit(page, {"reason": reason}).status_code


@pytest.mark.parametrize(
    ("conclusion", "outcome"),
    [
        (Conclusion.NOT_FOUND, Outcome.NO_MALADMINISTRATION),
        (Conclusion.DISCONTINUED, Outcome.EXAMINATION_DISCONTINUED),
    ],
)
def test_given_a_report_that_found_nothing_when_the_head_closes_then_notice_and_minutes_are_made(
    app: Flask, visitor: Visitor, team: Team, case: Complaint, conclusion: Conclusion, outcome: Outcome
) -> None:
    with app.app_context():
        reported(current(case), team, conclusion)
        assert findings_of(case) == []
    home = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[HEAD].id)
    assert f"{home}/report/close" in visitor.get(home).text
    assert act(visitor, f"{home}/report/close") == 302

    held = stored(app, case)
    assert (held.state, held.outcome, held.is_open) == (S.CLOSED, outcome, False)
    assert len(papers(app, "closing_notice")) == len(papers(app, "closing_minutes")) == 1
    assert all(one.ended_on is not None for one in clocks(app, case).values())


def test_given_parts_that_are_missing_when_put_forward_then_the_page_says_which(
    app: Flask, visitor: Visitor, team: Team, case: Complaint
) -> None:
    home = f"/staff/complaints/{case.id}/report"
    visitor.enter(team.users[EXAMINER].id)
    visitor.submit(f"{home}/parts/parties", {"text": TEXTS[Part.PARTIES]})
    given = {"text": TEXTS[Part.CONCLUSION], "conclusion": "found"}
    visitor.submit(f"{home}/parts/conclusion", given)

    refused = visitor.post(f"{home}/submit", {"version": Page(visitor.get(home).text).values["version"]})

    assert refused.status_code == 422
    assert "bentuk maladministrasi belum dipilih" in refused.text
    assert "tindakan korektif belum ada" in refused.text
    assert papers(app, REPORT) == []
    page = visitor.get(f"{home}/actions/new")
    assert "Pilih dulu bentuk maladministrasi" in page.text


def test_given_two_windows_when_both_write_a_part_then_the_second_sees_both_texts(
    app: Flask, visitor: Visitor, team: Team, case: Complaint
) -> None:
    page = f"/staff/complaints/{case.id}/report/parts/result"
    visitor.enter(team.users[EXAMINER].id)
    shown = Page(visitor.get(page).text).values["version"]
    mine, other = "Tulisan dari jendela pertama.", "Tulisan dari jendela kedua."
    assert visitor.submit(page, {"text": mine}).status_code == 302

    late = visitor.post(page, {"version": shown, "text": other})

    assert late.status_code == 409
    assert mine in late.text
    assert other in late.text
    with app.app_context():
        assert report(case).texts()[Part.RESULT] == mine
    again = Page(late.text)
    assert visitor.post(page, {**again.values, "text": other}).status_code == 302
    with app.app_context():
        assert report(case).texts()[Part.RESULT] == other


def test_given_an_approved_report_when_a_word_changes_then_it_waits_for_approval_again(
    app: Flask, visitor: Visitor, team: Team, case: Complaint
) -> None:
    with app.app_context():
        paper = put_forward(current(case), team)
        approve(paper, version=paper.version, actor=team.head)
    visitor.enter(team.users[EXAMINER].id)
    page = f"/staff/complaints/{case.id}/report/parts/opinion"
    assert visitor.submit(page, {"text": "Pendapat yang diubah."}).status_code == 302

    (changed,) = papers(app, REPORT)
    assert (changed.state, changed.approved_by_id) == (DocumentState.DRAFT, None)


@pytest.mark.parametrize(
    ("regime", "clock_id", "due_on"),
    [("po58_2023", "D08", date(2027, 1, 7)), (LEGACY, "D09", date(2026, 12, 21))],
)
def test_given_a_report_when_the_office_opens_it_then_the_time_follows_the_rules_of_the_case(
    app: Flask, visitor: Visitor, team: Team, clock, regime: str, clock_id: str, due_on: date
) -> None:
    """30 working days (58/2023 Pasal 54(1)), in older cases 30 calendar days: vectors of calendar.md."""
    with app.app_context():
        case = legacy_case(team) if regime == LEGACY else under_review(team)
        reported(current(case), team)
        (finding,) = findings_of(case)
        officer = person(Role.OFFICE_OFFICER)
    assert clock_id not in clocks(app, case)

    visitor.enter(officer.user_id)
    assert visitor.submit(f"/portal/findings/{finding.id}/open", {}).status_code == 302
    assert make_all(app, REPORT_OPENED) == [JobState.DONE]

    found = clocks(app, case)[clock_id]
    assert (found.start_on, found.due_on) == (date(2026, 11, 20), due_on)
    with app.app_context():
        receive_report(finding.id)
        (of_finding,) = db.session.scalars(select(FindingClock).where(FindingClock.finding_id == finding.id))
        assert (of_finding.due_on, of_finding.length, of_finding.unit) == (due_on, 30, found.unit)
        again = select(func.count()).where(ComplaintClock.complaint_id == case.id)
        assert db.session.scalar(again.where(ComplaintClock.clock.in_(("D08", "D09")))) == 1
