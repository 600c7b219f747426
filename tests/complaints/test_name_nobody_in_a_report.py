"""A report gives no confidential reporter away, neither while it is written nor when it is out (PD3)."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from ombudsman_app.complaints.errors import IdentityInLetter
from ombudsman_app.complaints.models import ExaminationReport
from ombudsman_app.complaints.states import REPORT, WRITTEN, ComplaintState, Part
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.models import Document
from ombudsman_app.notifications.models import Message, Notification

from ..documents.desk import papers
from ..factories.complaints import Team, TeamFactory
from ..factories.examination import current
from ..factories.findings import person
from ..factories.report import arrived, findings_of, put_forward, report, reported, under_review, written
from ..visitor import Visitor
from .test_name_nobody_to_the_respondent import TOLD as CANARY
from .test_report_of_an_examination import ON_PAPER

EXAMINER = Role.EXAMINER


@pytest.fixture
def team(app: Flask, clock) -> Team:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        return TeamFactory()


@pytest.mark.parametrize("told", ["Ibu Kanaria menunggu sejak Agustus.", "NIK 7604015403870002 tercatat."])
def test_given_words_that_name_the_reporter_when_kept_then_no_part_and_no_action_takes_them(
    app: Flask, visitor: Visitor, team: Team, told: str
) -> None:
    with app.app_context():
        case = under_review(team, confidentiality="confidential", identity=CANARY)
        written(case, team)
        before, action = report(case).version, report(case).actions[0].id
    home = f"/staff/complaints/{case.id}/report"
    visitor.enter(team.users[EXAMINER].id)
    for part in WRITTEN:
        more = {"conclusion": "found", "forms": ["undue_delay"]} if part is Part.CONCLUSION else {}
        refused = visitor.submit(f"{home}/parts/{part}", {"text": told, **more})
        assert (refused.status_code, "siapa yang melapor" in refused.text) == (422, True), part
    for box in ("text", "rule", "evidence"):
        refused = visitor.submit(f"{home}/actions/{action}", ON_PAPER | {box: told})
        assert (refused.status_code, "siapa yang melapor" in refused.text) == (422, True), box
    with app.app_context():
        assert report(case).version == before


def test_given_a_confidential_report_when_it_goes_its_whole_way_then_the_reporter_stands_nowhere(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    """Papers, findings, portal pages, notices: no trace of name, number, address or birthday."""
    with app.app_context():
        case = under_review(team, confidentiality="confidential", identity=CANARY)
        arrived(reported(current(case), team), team.head)
        (finding,) = findings_of(case)
        officer = person(Role.OFFICE_OFFICER)
    visitor.enter(officer.user_id)
    visitor.submit(f"/portal/findings/{finding.id}/open", {})
    pages = (f"/portal/findings/{finding.id}", "/portal/", "/portal/findings")
    shown = [visitor.get(page).text for page in pages]
    with app.app_context():
        rows = list(db.session.execute(text("SELECT summary, description, rule FROM finding")))
        rows += list(db.session.execute(text("SELECT text FROM finding_measure")))
        rows += list(db.session.execute(select(Notification.label, Notification.facts)))
        rows += list(db.session.execute(select(Message.label, Message.facts)))
    kept = [str(one.content) + str(one.answers) for one in papers(app)]
    paper = papers(app, REPORT)[0].content["letter"]
    assert (paper["received_on"], paper["is_confidential"]) == (None, True)
    everything = " ".join([*shown, *kept, *map(str, rows)]).casefold()
    for never in ("kanaria", "nurhaliza", "kenari 17", "rimuku", "1987-03-14", "3456 7788", "34567788"):
        assert never not in everything, never


def test_given_a_name_that_came_into_a_report_another_way_when_issued_then_it_stays_in_the_house(
    app: Flask, team: Team
) -> None:
    with app.app_context():
        case = under_review(team, confidentiality="confidential", identity=CANARY)
        paper = put_forward(case, team)
        _slipped_in(report(case))
        held = db.session.get_one(Document, paper.id, populate_existing=True)
        with pytest.raises(IdentityInLetter) as refused:
            issue(held, version=held.version, actor=team.head)
        assert refused.value.details["parts"] == ["action 1 evidence"]
        assert findings_of(case) == []
        assert current(case).state is ComplaintState.CASE_REVIEW


@command
def _slipped_in(found: ExaminationReport) -> None:
    found.actions[0].seal_words(text="Putuskan.", rule="PP 46/2015", evidence="Ibu Kanaria menunggu.")
