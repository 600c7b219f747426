"""What follows a report: receipt, watching, closing, handing over, examining once more."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import (
    close_as_corrected,
    folder_of,
    monitor_report,
    propose_moves,
    save_action,
)
from ombudsman_app.complaints.errors import ActionsOpen, NoReceiver, ReceiptNotProven, ReplyStillRuns
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import (
    INTERIM_NOTICE,
    REPORT,
    Addressee,
    ComplaintState,
    Conclusion,
    Outcome,
    Part,
)
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.commands import SendInput, issue, open_paper, send, write_draft
from ombudsman_app.documents.errors import NotDelivered
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import Channel, DocumentState
from ombudsman_app.findings.commands import JudgementInput, judge_answer
from ombudsman_app.findings.errors import OwnWork
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import Verdict
from ombudsman_app.notifications.models import Notification

from ..documents.desk import papers
from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, Team, TeamFactory, office_id
from ..factories.documents import drawn
from ..factories.examination import current
from ..factories.findings import person
from ..factories.report import (
    ACTION,
    TEXTS,
    arrived,
    corrected,
    findings_of,
    legacy_case,
    put_forward,
    report,
    reported,
    under_review,
    written,
)
from ..visitor import Visitor
from .test_report_of_an_examination import act, clocks, stored

S = ComplaintState
EXAMINER, HEAD = Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE


@pytest.fixture
def team(app: Flask, clock) -> Team:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def case(app: Flask, team: Team) -> Complaint:
    with app.app_context():
        return under_review(team)


def monitored(app: Flask, team: Team, case: Complaint) -> Finding:
    """A case whose report was received and whose corrective action is watched; return its finding."""
    with app.app_context():
        arrived(reported(current(case), team), team.head)
        held = current(case)
        monitor_report(held, "Pelaksanaan dipantau.", version=held.version, actor=team.examiner)
        (finding,) = findings_of(case)
        db.session.expunge_all()
    return finding


def test_given_a_signed_receipt_when_recorded_then_the_time_runs_from_it_and_never_from_before_the_issue(
    app: Flask, visitor: Visitor, team: Team, case: Complaint, clock
) -> None:
    with app.app_context():
        paper = reported(current(case), team)
        with pytest.raises(NotDelivered) as early:
            send(paper, SendInput(Channel.BY_HAND, "respondent", date(2026, 11, 19)), actor=team.head)
        assert early.value.details["why"] == "before_issue"
        number = paper.id
    home = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[EXAMINER].id)
    given = {"version": str(stored(app, case).version), "reason": "Sudah diterima menurut mereka."}
    assert visitor.post(f"{home}/report/monitor", given).status_code == 409
    with app.app_context(), pytest.raises(ReceiptNotProven):
        monitor_report(current(case), "Dipantau.", version=current(case).version, actor=team.examiner)

    clock.at("2026-11-23T10:00+08:00")
    with app.app_context():
        arrived(db.session.get_one(Document, number), team.head, "respondent_superior")
    assert "D08" not in clocks(app, case), "a superior is not the respondent"
    with app.app_context():
        arrived(db.session.get_one(Document, number), team.head)
    assert clocks(app, case)["D08"].start_on == date(2026, 11, 23)
    visitor.enter(team.users[EXAMINER].id)
    assert f"{home}/report/monitor" in visitor.get(home).text
    assert act(visitor, f"{home}/report/monitor") == 302
    assert stored(app, case).state is S.REPORT_MONITORING


def test_given_an_action_that_is_not_done_when_closing_then_the_case_stays_open(
    app: Flask, visitor: Visitor, team: Team, case: Complaint
) -> None:
    """Another officer than who wrote the report judges it done; then the examiner closes."""
    finding = monitored(app, team, case)
    home = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[EXAMINER].id)
    assert f"{home}/report/corrected" not in visitor.get(home).text
    version = stored(app, case).version
    given = {"version": str(version), "reason": "Sudah selesai menurut kami."}
    assert visitor.post(f"{home}/report/corrected", given).status_code == 409
    with app.app_context(), pytest.raises(ActionsOpen):
        close_as_corrected(current(case), "Selesai.", version=version, actor=team.examiner)
    assert stored(app, case).state is S.REPORT_MONITORING

    with app.app_context():
        with pytest.raises(OwnWork):
            corrected(finding, person(Role.OFFICE_OFFICER), team.examiner)
        held = db.session.get_one(Finding, finding.id, populate_existing=True)
        done = JudgementInput(Verdict.DONE, "Bukti bayar ada.")
        judge_answer(held, done, version=held.version, actor=person(Role.REVIEWER))
    assert "Dinilai selesai" in visitor.get(home).text
    assert act(visitor, f"{home}/report/corrected") == 302
    ended = stored(app, case)
    assert (ended.state, ended.outcome) == (S.CLOSED, Outcome.CORRECTIVE_ACTION_DONE)
    (minutes,) = papers(app, "closing_minutes")
    assert minutes.content["letter"]["officers"] == [
        {"name": "Demo Pemeriksa", "role": "Asisten Pemeriksaan"}
    ]
    assert len(papers(app, "closing_notice")) == len(papers(app, "closing_minutes")) == 1


def test_given_a_related_agency_when_another_one_is_named_then_the_report_takes_only_the_first(
    app: Flask, team: Team, case: Complaint
) -> None:
    """The receipt of a related agency is proven once: it must be clear whose it is."""
    with app.app_context():
        first, second = office_id("kc_ntt"), office_id("kc_bengkulu")
        to_first = replace(ACTION, addressee=Addressee.AGENCY, office_id=first)
        written(current(case), team, Conclusion.FOUND, to_first, to_first)
        held = report(case)
        save = partial(save_action, current(case), actor=team.examiner)
        with pytest.raises(NoReceiver):
            save(None, replace(to_first, office_id=second), version=held.version)
        with pytest.raises(NoReceiver):
            save(held.actions[0].id, replace(to_first, office_id=second), version=held.version)
        assert {one.office_id for one in report(case).actions} == {first}


def test_given_the_office_opened_its_finding_then_the_signed_report_leaves_to_it_and_to_nobody_else(
    app: Flask, visitor: Visitor, another_visitor: Visitor, team: Team, case: Complaint
) -> None:
    with app.app_context():
        pages = bytes_of(reported(current(case), team))
        (finding,) = findings_of(case)
        number, office = finding.id, db.session.get_one(Office, finding.office_id).slug
        own = UserFactory(Role.OFFICE_OFFICER, password=None, portal_office=office).id
        other = UserFactory(Role.OFFICE_OFFICER, password=None, portal_office="kc_ntt").id
    here = f"/portal/findings/{number}"
    visitor.enter(own)
    assert visitor.get(f"{here}/paper").status_code == 302, "not before its receipt is proven"
    visitor.post(f"{here}/open")
    assert f'href="{here}/paper"' in visitor.get(here).text

    sent = visitor.get(f"{here}/paper")

    assert (sent.status_code, sent.mimetype) == (200, "application/pdf")
    assert sent.data == pages
    assert another_visitor.enter(other).get(f"{here}/paper").status_code == 404


def test_given_the_time_has_ended_when_the_house_looks_then_it_proposes_once_and_the_head_releases(
    app: Flask, visitor: Visitor, team: Team, case: Complaint, clock
) -> None:
    monitored(app, team, case)
    home = f"/staff/complaints/{case.id}"
    clock.at("2027-01-07T23:00+08:00")
    with app.app_context():
        assert propose_moves() == 0, "the last day belongs to the office"
    visitor.enter(team.users[HEAD].id)
    given = {"version": str(stored(app, case).version), "reason": "Waktu sudah lewat menurut kami."}
    assert visitor.post(f"{home}/report/hand-over", given).status_code == 409

    clock.at("2027-01-08T08:00+08:00")
    with app.app_context():
        assert (propose_moves(), propose_moves()) == (1, 0)
        told = db.session.scalars(
            select(Notification.kind).where(Notification.person_id == team.users[HEAD].id)
        ).all()
        assert told.count("complaints.action_over") == 1
    assert stored(app, case).state is S.REPORT_MONITORING, "nothing moves by itself"
    visitor.enter(team.users[HEAD].id)
    assert f"{home}/report/hand-over" in visitor.get(home).text
    assert act(visitor, f"{home}/report/hand-over") == 302
    assert stored(app, case).state is S.RESOLUTION_REVIEW
    assert clocks(app, case)["D08"].ended_on == date(2027, 1, 8)


def test_given_more_evidence_is_needed_when_examined_again_then_the_next_report_begins_with_these_words(
    app: Flask, visitor: Visitor, team: Team, case: Complaint
) -> None:
    with app.app_context():
        put_forward(current(case), team)
    home = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[EXAMINER].id)
    assert act(visitor, f"{home}/examine-again") == 302
    (thrown,) = papers(app, REPORT)
    assert (thrown.state, stored(app, case).state) == (DocumentState.DISCARDED, S.DOCUMENT_EXAMINATION)

    assert act(visitor, f"{home}/review") == 302
    assert TEXTS[Part.OPINION] in visitor.get(f"{home}/report").text
    assert visitor.submit(f"{home}/report/parts/opinion", {"text": "Pendapat baru."}).status_code == 302
    with app.app_context():
        found = report(case)
        assert (found.round, len(found.actions), found.document_id) == (2, 1, None)
        assert found.texts()[Part.PARTIES] == TEXTS[Part.PARTIES]
        assert found.texts()[Part.OPINION] == "Pendapat baru."


def test_given_older_rules_when_the_reporter_was_heard_then_the_report_waits_for_reaction_or_time(
    app: Flask, visitor: Visitor, team: Team, clock
) -> None:
    """48/2020 Pasal 25(5b): 14 days from receipt of the interim result; then the LAHP is issued."""
    with app.app_context():
        case = legacy_case(team)
        paper = put_forward(case, team).id
        words = {"words": TEXTS[Part.REPORTER]}
        folder = folder_of(current(case))
        told = write_draft(
            INTERIM_NOTICE, folder, subject="Hasil sementara", answers=words, actor=team.examiner
        )
        issue(told, version=told.version, actor=team.head)
        open_paper(drawn(told))
    assert stored(app, case).state is S.REPORTER_REPLY
    assert clocks(app, case)["D07"].due_on == date(2026, 12, 4)
    with app.app_context():
        held = db.session.get_one(Document, paper)
        with pytest.raises(ReplyStillRuns):
            issue(held, version=held.version, actor=team.head)

    clock.at("2026-12-05T09:00+08:00")
    with app.app_context():
        assert propose_moves() == 1
        held = db.session.get_one(Document, paper)
        issue(held, version=held.version, actor=team.head)
    assert stored(app, case).state is S.REPORT_ISSUED
    (issued,) = papers(app, REPORT)
    assert issued.content["letter"]["name"] == "LAHP"
    visitor.enter(team.users[EXAMINER].id)
    assert "(LAHP)" in visitor.get(f"/staff/complaints/{case.id}/report").text


def test_given_today_s_rules_when_the_interim_letter_is_asked_for_then_it_is_not_there(
    visitor: Visitor, team: Team, case: Complaint
) -> None:
    visitor.enter(team.users[EXAMINER].id)
    home = f"/staff/complaints/{case.id}"
    assert INTERIM_NOTICE not in visitor.get(home).text
    assert visitor.get(f"{home}/letters/{INTERIM_NOTICE}").status_code == 409


def test_a_case_with_its_report_costs_no_more_than_others_however_many_actions(
    app: Flask, visitor: Visitor, another_visitor: Visitor, team: Team
) -> None:
    """design.md §12: the case page ≤ 10 statements; the page of the reporter ≤ 6."""
    with app.app_context():
        cases = [under_review(team), under_review(team)]
        tickets = [case.ticket for case in cases]
        reported(current(cases[0]), team)
        reported(current(cases[1]), team, Conclusion.FOUND, *[ACTION] * 6)
    visitor.enter(team.users[EXAMINER].id)
    costs = []
    for case in cases:
        for page in (f"/staff/complaints/{case.id}", f"/staff/complaints/{case.id}/report"):
            assert visitor.get(page).status_code == 200
            costs.append(visitor.queries)
    assert costs[:2] == costs[2:]
    assert costs[0] <= 10
    assert costs[1] <= 8
    another_visitor.submit("/lacak", {"ticket": tickets[1], "access_code": CODE})
    another_visitor.get("/lacak/laporan")  # what is new is noted as read
    another_visitor.get("/lacak/laporan")
    assert another_visitor.queries <= 6
