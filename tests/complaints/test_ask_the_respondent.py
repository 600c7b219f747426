"""The respondent is asked for an explanation: by whom, how often, by when, and what follows if none comes."""

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import propose_moves, review_case
from ombudsman_app.complaints.errors import AnswerStillRuns
from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.states import FIRST_REQUEST, SECOND_REQUEST, ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.documents.commands import issue, write_draft
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.notifications.models import Notification

from ..documents.desk import papers
from ..factories.complaints import CaseFactory, Team, TeamFactory
from ..factories.documents import drawn
from ..factories.examination import ASKED, answered, current, examined, received, request
from ..pages import Page
from ..visitor import Visitor

S = ComplaintState
EXAMINER, HEAD, INTAKE = Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE, Role.PVL_ASSISTANT


@pytest.fixture
def team(app: Flask, clock) -> Team:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        return TeamFactory()


def stored(app: Flask, case: Complaint) -> Complaint:
    with app.app_context():
        found = current(case)
        db.session.expunge_all()
        return found


def clocks(app: Flask, case: Complaint) -> dict[str, ComplaintClock]:
    with app.app_context():
        rows = db.session.scalars(select(ComplaintClock).where(ComplaintClock.complaint_id == case.id))
        found = {row.clock: row for row in rows}
        db.session.expunge_all()
        return found


def press(visitor: Visitor, page: str, act: str) -> None:
    version = Page(visitor.get(page).text).values["version"]
    answer = visitor.post(f"{page}/{act}", {"version": version})
    assert answer.status_code == 302, answer.text


def events(app: Flask, case: Complaint, name: str) -> list[dict]:
    with app.app_context():
        rows = db.session.scalars(
            select(TrailEntry).where(TrailEntry.event == name, TrailEntry.subject_id == case.id)
        )
        return [json.loads(row.changes) for row in rows]


def test_given_an_assigned_case_when_its_examiner_asks_then_the_time_runs_from_proven_receipt(
    app: Flask, visitor: Visitor, another_visitor: Visitor, team: Team, clock
) -> None:
    """By the door: examine, write, approve by the head, issue, send, prove; D04 ends after 14 days."""
    with app.app_context():
        case = CaseFactory(S.ASSIGNED, team)
    address = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[EXAMINER].id)
    assert f"{address}/examine" in visitor.get(address).text
    assert visitor.submit(f"{address}/examine", {"reason": "Berkas dan papan layanan."}).status_code == 302
    assert f"{address}/letters/{FIRST_REQUEST}" in visitor.get(address).text

    written = visitor.submit(f"{address}/letters/{FIRST_REQUEST}", ASKED)
    assert written.status_code == 302, written.text
    page = str(written.location)
    assert visitor.post(f"{page}/issue", {"version": "1"}).status_code == 409, "a second person is needed"
    press(another_visitor.enter(team.users[HEAD].id), page, "approve")
    press(visitor, page, "issue")

    (letter,) = papers(app, FIRST_REQUEST)
    assert letter.number.startswith("B/0001/LM.08/")
    assert letter.approved_by_id == team.users[HEAD].id
    assert stored(app, case).state is S.CLARIFICATION_FIRST
    assert "D04" not in clocks(app, case)
    with app.app_context():
        drawn(db.session.merge(letter))
    sent = {"channel": "by_hand", "sent_on": "2026-11-20"}
    assert visitor.post(f"{page}/deliveries", sent).status_code == 302
    proof = {"proof": "signed_receipt", "delivered_on": "2026-11-20", "file": ""}
    assert visitor.submit(_proof_of(visitor, page), proof).status_code == 302
    found = clocks(app, case)["D04"]
    assert (found.start_on, found.due_on) == (date(2026, 11, 20), date(2026, 12, 4))
    assert stored(app, case).next_due_on == date(2026, 12, 4)
    shown = visitor.get(f"{address}/clocks/{found.id}")
    assert "Pasal 33" in shown.text
    days = visitor.get(f"{address}/clocks/{found.id}/days").get_json()
    assert (days["due"], days["stored_due"]) == ("2026-12-04", "2026-12-04")
    assert sum(step["counted"] for step in days["steps"]) == 14


def _proof_of(visitor: Visitor, page: str) -> str:
    return next(link for link in Page(visitor.get(page).text).links if link.endswith("/proof"))


@pytest.mark.parametrize("role", [INTAKE, HEAD])
def test_given_another_person_then_the_steps_of_the_examiner_are_not_theirs(
    app: Flask, visitor: Visitor, team: Team, role: Role
) -> None:
    with app.app_context():
        case = examined(team)
    visitor.enter(team.users[role].id)
    for page in ("examine", "review", f"letters/{FIRST_REQUEST}"):
        assert visitor.get(f"/staff/complaints/{case.id}/{page}").status_code == 403, page


@pytest.mark.parametrize(
    ("at", "is_over"), [("2026-12-04T23:59+08:00", False), ("2026-12-05T00:01+08:00", True)]
)
def test_the_last_day_belongs_to_the_respondent(
    app: Flask, visitor: Visitor, team: Team, clock, at: str, is_over: bool
) -> None:
    """The second request is proposed once, and can be issued, only after the first time has ended."""
    with app.app_context():
        case = examined(team)
        received(request(case, team), team.examiner)
    clock.at(at)
    with app.app_context():
        assert propose_moves() == int(is_over)
        assert propose_moves() == 0
        told = db.session.scalars(select(Notification).where(Notification.kind == "complaints.answer_over"))
        assert [row.person_id for row in told] == ([team.users[EXAMINER].id] if is_over else [])
    assert [one["move"] for one in events(app, case, "complaints:complaint:move_proposed")] == (
        ["ask_again"] if is_over else []
    )
    page = visitor.enter(team.users[EXAMINER].id).get(f"/staff/complaints/{case.id}").text
    assert (f"letters/{SECOND_REQUEST}" in page) is is_over
    with app.app_context():
        draft = write_draft(
            SECOND_REQUEST, case.files_id, subject="Permintaan kedua", answers=ASKED, actor=team.examiner
        )
        if not is_over:
            with pytest.raises(AnswerStillRuns):
                issue(draft, version=draft.version, actor=team.head)
            return
        issue(draft, version=draft.version, actor=team.head)
    assert stored(app, case).state is S.CLARIFICATION_SECOND
    assert clocks(app, case)["D04"].ended_on == date(2026, 12, 5)
    (second,) = papers(app, SECOND_REQUEST)
    assert second.state is DocumentState.BEING_MADE
    assert second.content["letter"]["first"]["number"].startswith("B/0001/LM.08/")


def test_given_no_proof_of_receipt_when_a_year_passes_then_nothing_is_proposed(
    app: Flask, team: Team, clock
) -> None:
    with app.app_context():
        case = examined(team)
        request(case, team)
    clock.at("2027-11-20T09:00+08:00")
    with app.app_context():
        assert propose_moves() == 0
        held = current(case)
        with pytest.raises(AnswerStillRuns):
            review_case(held, "Tidak ada kabar sama sekali.", version=held.version, actor=team.examiner)


def asked_twice(app: Flask, team: Team, clock) -> Complaint:
    """A case whose second request was received on 5 December: D05 ends on Mon 21 December."""
    with app.app_context():
        case = examined(team)
        received(request(case, team), team.examiner)
    clock.at("2026-12-05T09:00+08:00")
    with app.app_context():
        received(request(case, team, SECOND_REQUEST), team.examiner)
    return case


def test_given_both_times_ended_when_the_examiner_goes_on_then_the_right_to_answer_has_lapsed(
    app: Flask, visitor: Visitor, team: Team, clock
) -> None:
    """UU 37/2008 Pasal 33(3); 14 days from Sat 5 December end on Sat 19 and roll to Mon 21 December."""
    case = asked_twice(app, team, clock)
    assert clocks(app, case)["D05"].due_on == date(2026, 12, 21)
    address = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[EXAMINER].id)
    clock.at("2026-12-21T22:00+08:00")
    assert '<form method="post" class="card"' not in visitor.get(f"{address}/review").text

    clock.at("2026-12-22T08:00+08:00")
    with app.app_context():
        assert propose_moves() == 1
    answer = visitor.enter(team.users[EXAMINER].id).submit(
        f"{address}/review", {"reason": "Dua surat diterima, tidak ada jawaban."}
    )

    assert answer.status_code == 302, answer.text
    ended = stored(app, case)
    assert (ended.state, ended.respondent_waived_answer) == (S.CASE_REVIEW, True)
    assert clocks(app, case)["D05"].ended_on == date(2026, 12, 22)
    moves = [one["move"] for one in events(app, case, "complaints:complaint:move_proposed")]
    assert moves == ["review_case"]


def test_given_an_answer_then_its_examiner_judges_it_and_no_second_letter_is_proposed(
    app: Flask, visitor: Visitor, team: Team, clock
) -> None:
    with app.app_context():
        case = examined(team)
        received(request(case, team), team.examiner)
        answered(case, team)
    clock.at("2026-12-20T09:00+08:00")
    with app.app_context():
        assert propose_moves() == 0
        held = current(case)
        version = held.version
        review_case(held, "Jawaban lengkap dan berdasar.", version=version, actor=team.examiner)
        with pytest.raises(RecordChanged):
            review_case(held, "Jawaban lengkap dan berdasar.", version=version, actor=team.examiner)
    moved = stored(app, case)
    assert (moved.state, moved.respondent_waived_answer, moved.is_answered) == (S.CASE_REVIEW, False, False)
    again = visitor.enter(team.users[EXAMINER].id).post(
        f"/staff/complaints/{case.id}/review", {"reason": "Sekali lagi dinilai.", "version": str(version)}
    )
    assert again.status_code == 409
    assert "Sekali lagi dinilai." in again.text
