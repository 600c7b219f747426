"""Letters get their numbers without gap, however many are issued at once, and go through a second person."""

import threading
from datetime import date, timedelta

import pytest
from flask import Flask

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, RecordChanged
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.documents.commands import (
    ProofInput,
    SendInput,
    approve,
    ask_revocation,
    begin_replacement,
    change_draft,
    issue,
    prove,
    revoke,
    send,
)
from ombudsman_app.documents.errors import NotDelivered, SecondPersonNeeded
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import Channel, DocumentState, Proof

from ..factories.accounts import UserFactory
from ..factories.complaints import CaseFactory, Team, TeamFactory
from ..factories.documents import LetterFactory, drawn
from ..visitor import Visitor
from .desk import papers

MANY = 20
REFUSAL = {
    "ground": "court_object",
    "held_on": "2026-11-20",
    "participants": "Demo Kepala - Kepala Perwakilan",
    "considerations": "Pokok laporan sedang diperiksa pengadilan.",
    "words": "Pokok laporan ini sedang diperiksa Pengadilan Negeri Mamuju.",
    "advice": "",
}


def fresh(document_id: int) -> Document:
    return db.session.get_one(Document, document_id, populate_existing=True)


def of_case(team: Team) -> tuple[Complaint, Document]:
    case = CaseFactory(ComplaintState.FORMAL_VERIFICATION, team)
    return case, LetterFactory(case, team.intake)


def test_given_twenty_letters_issued_at_once_then_no_number_is_missing_or_doubled(app: Flask) -> None:
    """DI6: the counter is locked in the transaction of what it numbers."""
    with app.app_context():
        team = TeamFactory()
        letters = [of_case(team)[1].id for _ in range(MANY)]
        actor = team.intake
        db.session.remove()
    failed: list[Exception] = []
    together = threading.Barrier(MANY)

    def one(document_id: int) -> None:
        together.wait(60)
        for _again in range(5):  # SQLite asks who waits too long to come again
            try:
                with app.app_context():
                    held = fresh(document_id)
                    if held.number is None:
                        issue(held, version=held.version, actor=actor)
                return
            except Exception as error:
                last = error
        failed.append(last)

    threads = [threading.Thread(target=one, args=(letter,)) for letter in letters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(one.sequence or 0 for one in papers(app, "completion_request")) == list(range(1, MANY + 1))


def test_given_an_act_that_is_refused_then_its_number_is_not_used_up(app: Flask) -> None:
    with app.app_context():
        team = TeamFactory()
        case, first = of_case(team)
        second = LetterFactory(case, team.intake)
        issue(first, version=first.version, actor=team.intake)
        with pytest.raises(MoveNotAllowed):  # the case waits for its reporter already
            issue(fresh(second.id), version=fresh(second.id).version, actor=team.intake)
        db.session.rollback()
        _other, third = of_case(team)
        issue(third, version=third.version, actor=team.intake)
        assert (fresh(first.id).sequence, fresh(third.id).sequence) == (1, 2)
        assert fresh(second.id).state is DocumentState.DRAFT


def test_given_two_who_approve_at_once_then_the_second_is_told(app: Flask) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.PLENARY_DECISION, team)
        letter = LetterFactory(case, team.intake, "refusal_notice", **REFUSAL)
        other = UserFactory(Role.HEAD_OF_REPRESENTATIVE)
        seen = letter.version
        approve(letter, version=seen, actor=team.head)
        with pytest.raises(RecordChanged):
            approve(fresh(letter.id), version=seen, actor=actor_for(other.id) or team.head)


def test_given_two_who_approve_in_the_same_moment_then_one_approval_stands(app: Flask) -> None:
    """DI2: both have read the same version; the row is locked, so one of them is told."""
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.PLENARY_DECISION, team)
        letter = LetterFactory(case, team.intake, "refusal_notice", **REFUSAL)
        other = actor_for(UserFactory(Role.HEAD_OF_REPRESENTATIVE).id)
        assert other is not None
        document_id, seen, heads = letter.id, letter.version, (team.head, other)
        db.session.remove()
    together, ended = threading.Barrier(2), list[str]()

    def one(actor: Actor) -> None:
        with app.app_context():
            read = db.session.get_one(Document, document_id)
            db.session.expunge_all()
            db.session.remove()
            together.wait(60)
            try:
                approve(read, version=seen, actor=actor)
                ended.append("approved")
            except RecordChanged:
                ended.append("told")

    threads = [threading.Thread(target=one, args=(head,)) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["approved", "told"]
    with app.app_context():
        stands = fresh(document_id)
        assert (stands.state, stands.version) == (DocumentState.APPROVED, seen + 1)
        assert stands.approved_by_id in {head.user_id for head in heads}


def test_given_changed_words_then_the_approval_is_gone_and_who_changed_them_cannot_give_it(
    app: Flask,
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.PLENARY_DECISION, team)
        letter = LetterFactory(case, team.intake, "refusal_notice", **REFUSAL)
        approve(letter, version=letter.version, actor=team.head)
        held = fresh(letter.id)
        change_draft(held, subject="Lain", answers=REFUSAL, version=held.version, actor=team.head)
        held = fresh(letter.id)
        assert (held.state, held.approved_by_id) == (DocumentState.DRAFT, None)
        with pytest.raises(SecondPersonNeeded):
            issue(held, version=held.version, actor=team.head)


@pytest.mark.parametrize(
    ("days", "why"), [(-1, "before_issue"), (1, "in_future"), (0, ""), (-400, "before_issue")]
)
def test_given_a_day_of_receipt_then_it_lies_between_issue_and_today(app: Flask, days: int, why: str) -> None:
    with app.app_context():
        team = TeamFactory()
        _case, letter = of_case(team)
        issue(letter, version=letter.version, actor=team.intake)
        drawn(fresh(letter.id))
        day = today("Asia/Makassar")
        way = send(letter, SendInput(Channel.BY_HAND, "reporter", day), actor=team.intake)
        given = ProofInput(Proof.SIGNED_RECEIPT, day + timedelta(days=days))
        if not why:
            prove(way, given, actor=team.intake)
            return
        with pytest.raises(NotDelivered) as refused:
            prove(way, given, actor=team.intake)
        assert refused.value.details["why"] == why


def test_given_a_day_that_has_passed_without_a_file_then_it_proves_nothing(app: Flask, clock) -> None:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        team = TeamFactory()
        _case, letter = of_case(team)
        issue(letter, version=letter.version, actor=team.intake)
        drawn(fresh(letter.id))
        day = date(2026, 11, 20)
        way = send(letter, SendInput(Channel.POST, "reporter", day, "RR123"), actor=team.intake)
        clock.at("2026-11-24T09:00+08:00")
        with pytest.raises(NotDelivered) as refused:
            prove(way, ProofInput(Proof.POSTAL, date(2026, 11, 23)), actor=team.intake)
        assert refused.value.details["why"] == "file_needed"


def test_given_a_letter_to_take_back_then_another_person_does_it(app: Flask) -> None:
    """AZ10."""
    with app.app_context():
        team = TeamFactory()
        _case, letter = of_case(team)
        issue(letter, version=letter.version, actor=team.intake)
        held = drawn(fresh(letter.id))
        ask_revocation(held, "Tanggalnya salah tulis.", version=fresh(letter.id).version, actor=team.intake)
        held = fresh(letter.id)
        with pytest.raises(NotAllowed):
            revoke(held, version=held.version, actor=team.intake)
        db.session.rollback()
        revoke(fresh(letter.id), version=fresh(letter.id).version, actor=team.head)
        assert fresh(letter.id).state is DocumentState.REVOKED


def test_given_a_letter_in_place_of_another_then_nothing_happens_twice(app: Flask) -> None:
    with app.app_context():
        team = TeamFactory()
        case, letter = of_case(team)
        issue(letter, version=letter.version, actor=team.intake)
        drawn(fresh(letter.id))
        draft = begin_replacement(fresh(letter.id), actor=team.intake)
        with pytest.raises(MoveNotAllowed):  # one successor is enough
            begin_replacement(fresh(letter.id), actor=team.intake)
        db.session.rollback()
        draft = fresh(draft.id)
        issue(draft, version=draft.version, actor=team.intake)
        assert fresh(draft.id).sequence == 2
        held = db.session.get_one(Complaint, case.id, populate_existing=True)
        assert held.state is ComplaintState.AWAITING_COMPLETION


def test_given_a_letter_of_another_office_then_it_does_not_exist(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        _case, letter = of_case(TeamFactory())
        stranger = UserFactory(Role.PVL_ASSISTANT, office="KPG", password=None)
    visitor.enter(stranger.id)
    assert visitor.get(f"/staff/documents/{letter.id}").status_code == 404
    assert visitor.post(f"/staff/documents/{letter.id}/issue", {"version": "1"}).status_code == 404
