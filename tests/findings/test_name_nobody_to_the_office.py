"""What an office reads of a finding of a report names no reporter (PD3); no author of the report judges."""

import pytest
from flask import Flask
from sqlalchemy import update

from ombudsman_app.complaints.commands import PartInput, save_part
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import Part
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.commands import (
    JudgementInput,
    MoreTimeInput,
    ResponseInput,
    ask_for_time,
    judge_answer,
    open_finding,
    respond_to_finding,
)
from ombudsman_app.findings.errors import OwnWork
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import Position, Rung, Verdict

from ..complaints.test_name_nobody_to_the_respondent import TOLD
from ..factories.complaints import Team, TeamFactory
from ..factories.documents import drawn
from ..factories.examination import current
from ..factories.findings import person, proposed
from ..factories.report import TEXTS, findings_of, put_forward, report, reported, under_review, version_of
from ..visitor import Visitor

NAMING = "Ibu Kanaria sudah menerima pembayaran itu."
WORDS = "siapa yang melapor"


@pytest.fixture
def team(app: Flask, clock) -> Team:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        return TeamFactory()


def _finding(team: Team) -> Finding:
    case = under_review(team, confidentiality="confidential", identity=TOLD)
    reported(current(case), team)
    return findings_of(case)[0]


def _answered(finding: Finding) -> Finding:
    officer = person(Role.OFFICE_OFFICER)
    open_finding(finding, actor=officer)
    respond_to_finding(finding, ResponseInput(Position.ACCEPT, "Klaim sudah dibayar."), actor=officer)
    return _now(finding)


def _now(finding: Finding) -> Finding:
    return db.session.get_one(Finding, finding.id, populate_existing=True)


def test_given_a_confidential_report_when_a_judgement_names_the_reporter_then_the_office_reads_nothing(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        finding = _answered(_finding(team))
        judge = person(Role.REVIEWER)
    visitor.enter(judge.user_id)
    address = f"/staff/findings/{finding.id}"
    given = {"verdict": "not_enough", "reason": NAMING, "version": finding.version}
    refused = visitor.submit(f"{address}/judge", given)
    assert (refused.status_code, WORDS in refused.text, NAMING in refused.text) == (422, True, True)
    with app.app_context():
        assert _now(finding).version == finding.version
    taken = visitor.submit(f"{address}/judge", given | {"reason": "Bukti pembayaran belum ada."})
    assert taken.status_code == 302


def test_given_a_confidential_report_when_a_decision_about_time_names_the_reporter_then_it_is_refused(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        finding = _finding(team)
        officer = person(Role.OFFICE_OFFICER)
        open_finding(finding, actor=officer)
        asked = ask_for_time(finding, MoreTimeInput(5, "Arsip lama belum ditemukan."), actor=officer)
        held, judge = _now(finding), person(Role.REVIEWER)
    visitor.enter(judge.user_id)
    given = {"time_verdict": "grant", "granted": "3", "decision": NAMING, "version": held.version}
    refused = visitor.submit(f"/staff/findings/{finding.id}/time/{asked.id}", given)
    assert (refused.status_code, WORDS in refused.text, NAMING in refused.text) == (422, True, True)


def test_given_a_confidential_report_when_the_words_of_a_reminder_name_the_reporter_then_no_letter_goes(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        finding = _finding(team)
        open_finding(finding, actor=person(Role.OFFICE_OFFICER))
        step = proposed(finding, Rung.REMINDER)
        held, head = _now(finding), team.head
    visitor.enter(head.user_id)
    given = {"words": NAMING, "version": held.version}
    refused = visitor.submit(f"/staff/findings/{finding.id}/steps/{step}/release", given)
    assert (refused.status_code, WORDS in refused.text, NAMING in refused.text) == (422, True, True)


def test_given_a_report_of_two_examiners_when_the_second_judges_the_answer_then_it_is_own_work(
    app: Flask, team: Team
) -> None:
    """The case went to another examiner between; who began the report is not its only author."""
    with app.app_context():
        case = under_review(team)
        paper = put_forward(case, team)
        second = person(Role.EXAMINER)
        _give(case, second)
        save_part(case, Part.RESULT, PartInput(TEXTS[Part.RESULT]), version=version_of(case), actor=second)
        held = db.session.get_one(Document, paper.id, populate_existing=True)
        issue(held, version=held.version, actor=team.head)
        drawn(held)
        (finding,) = findings_of(case)
        assert finding.made_by_id == report(case).written_by_id != second.user_id
        answered = _answered(finding)
        done = JudgementInput(Verdict.DONE, "Bukti bayar ada.")
        with pytest.raises(OwnWork):
            judge_answer(answered, done, version=answered.version, actor=second)
        held_now = _now(finding)
        judge_answer(held_now, done, version=held_now.version, actor=person(Role.REVIEWER))


@command
def _give(case: Complaint, to: Actor) -> None:
    db.session.execute(update(Complaint).where(Complaint.id == case.id).values(officer_id=to.user_id))
