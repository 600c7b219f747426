"""Who may approve a letter hears that it waits, who wrote it what became of it; nothing says its words."""

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import declare_interest
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.documents.commands import approve, change_draft
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.notifications.models import Message, Notification
from ombudsman_app.notifications.states import MessageState

from ..factories.accounts import UserFactory
from ..factories.complaints import CaseFactory, Team, TeamFactory
from ..factories.documents import LetterFactory
from ..notifications.post import mailing, scripted, sent_rounds
from ..visitor import Visitor

INBOX = "/staff/notifications/"
WAITS, APPROVED = "menunggu persetujuan Anda", "Surat Anda sudah disetujui"
RETURNED = "Surat Anda dikembalikan"
WORDS = {"ground": "court_object", "considerations": "Rahasia."}
REASON = "Sebutkan pasal yang menjadi dasar penolakan."


@pytest.fixture
def team(app: Flask) -> Team:
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def case(app: Flask, team: Team) -> Complaint:
    with app.app_context():
        return CaseFactory(ComplaintState.PLENARY_DECISION, team)


@pytest.fixture
def letter(app: Flask, team: Team, case: Complaint) -> Document:
    with app.app_context():
        return LetterFactory(
            case, team.intake, "refusal_notice", ground="court_object", considerations="Rahasia."
        )


def inbox(app: Flask, team: Team, role: Role) -> str:
    return Visitor(app).enter(team.users[role].id).get(INBOX).text


def fresh(app: Flask, letter: Document) -> Document:
    with app.app_context():
        return db.session.get_one(Document, letter.id, populate_existing=True)


def test_given_a_letter_for_two_when_it_is_drafted_then_the_head_is_told_and_not_the_drafter(
    app: Flask, team: Team, case: Complaint, letter: Document
) -> None:
    page = inbox(app, team, Role.HEAD_OF_REPRESENTATIVE)

    assert WAITS in page
    assert case.ticket in page
    assert "Rahasia" not in page
    assert letter.subject not in page
    assert WAITS not in inbox(app, team, Role.PVL_ASSISTANT)
    assert WAITS not in inbox(app, team, Role.EXAMINER)


def test_given_a_letter_that_needs_no_second_person_then_nobody_is_told(app: Flask, team: Team) -> None:
    with app.app_context():
        other = CaseFactory(ComplaintState.FORMAL_VERIFICATION, team)
        LetterFactory(other, team.intake)

    assert WAITS not in inbox(app, team, Role.HEAD_OF_REPRESENTATIVE)


def test_given_two_heads_when_one_approves_then_it_is_read_for_the_other_and_its_mail_stays(
    app: Flask, team: Team, case: Complaint
) -> None:
    with app.app_context():
        second = UserFactory(Role.HEAD_OF_REPRESENTATIVE, office="MAM").id
        letter = LetterFactory(
            case, team.intake, "refusal_notice", ground="court_object", considerations="Rahasia."
        )
        approve(letter, version=letter.version, actor=team.actor(Role.HEAD_OF_REPRESENTATIVE))

        waiting = select(Message.person_id, Message.state, Message.reason).where(
            Message.kind == "documents.waits"
        )
        states = {(state, reason) for _person, state, reason in db.session.execute(waiting)}

    assert WAITS not in Visitor(app).enter(second).get(INBOX).text
    assert states == {(MessageState.DROPPED, "settled")}
    assert APPROVED in inbox(app, team, Role.PVL_ASSISTANT)


def test_given_a_head_wants_other_words_when_it_is_sent_back_by_the_door_then_its_writer_reads_why(
    app: Flask, team: Team, letter: Document
) -> None:
    head = Visitor(app).enter(team.users[Role.HEAD_OF_REPRESENTATIVE].id)
    page = f"/staff/documents/{letter.id}"
    head.get(page)

    head.post(f"{page}/return", data={"reason": REASON, "version": str(fresh(app, letter).version)})

    told = inbox(app, team, Role.PVL_ASSISTANT)
    assert RETURNED in told
    assert REASON not in told
    assert REASON in Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id).get(page).text
    assert WAITS not in inbox(app, team, Role.HEAD_OF_REPRESENTATIVE)
    with app.app_context():
        entry = select(TrailEntry).where(TrailEntry.event == "documents:document:returned")
        assert db.session.scalars(entry).one().reason == REASON


def test_given_an_approved_letter_is_changed_then_it_waits_again_and_its_reason_is_gone(
    app: Flask, team: Team, letter: Document
) -> None:
    with app.app_context():
        held = db.session.get_one(Document, letter.id)
        approve(held, version=held.version, actor=team.actor(Role.HEAD_OF_REPRESENTATIVE))
    assert WAITS not in inbox(app, team, Role.HEAD_OF_REPRESENTATIVE)

    with app.app_context():
        held = db.session.get_one(Document, letter.id)
        change_draft(held, subject="Perihal", answers=WORDS, version=held.version, actor=team.intake)

    assert WAITS in inbox(app, team, Role.HEAD_OF_REPRESENTATIVE)
    assert fresh(app, letter).state is DocumentState.DRAFT


@pytest.mark.parametrize("role", [Role.PVL_ASSISTANT, Role.EXAMINER])
def test_given_who_may_not_approve_when_sending_back_then_nothing_changes(
    app: Flask, team: Team, letter: Document, role: Role
) -> None:
    visitor, page = Visitor(app).enter(team.users[role].id), f"/staff/documents/{letter.id}"
    visitor.get(page)

    answer = visitor.post(f"{page}/return", data={"reason": REASON, "version": "1"})

    assert answer.status_code == 403
    assert fresh(app, letter).return_reason == ""


def test_given_a_head_with_an_interest_or_of_elsewhere_when_sending_back_then_it_is_not_there(
    app: Flask, team: Team, case: Complaint, letter: Document
) -> None:
    """Declared after the letter was seen: the address is known, the form was open (AZ3)."""
    page = f"/staff/documents/{letter.id}"
    with app.app_context():
        elsewhere = UserFactory(Role.HEAD_OF_REPRESENTATIVE, office="KPG").id
    heads = [Visitor(app).enter(team.users[Role.HEAD_OF_REPRESENTATIVE].id), Visitor(app).enter(elsewhere)]
    heads[0].get(page)
    with app.app_context():
        head = team.actor(Role.HEAD_OF_REPRESENTATIVE)
        declare_interest(case, "Saya saudara pelapor, jadi tidak boleh memutus.", actor=head)

    answers = [one.post(f"{page}/return", data={"reason": REASON, "version": "1"}) for one in heads]

    assert [one.status_code for one in answers] == [404, 404]
    assert fresh(app, letter).return_reason == ""
    assert case.ticket not in heads[0].get(INBOX).text


def test_given_a_mail_of_it_leaves_then_it_names_a_ticket_and_nothing_of_the_letter(
    app: Flask, team: Team, case: Complaint, letter: Document
) -> None:
    head = team.users[Role.HEAD_OF_REPRESENTATIVE].email
    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)

    raws = [mail.as_bytes() for mail in server.box.mails() if mail["To"] == head]
    assert len(raws) == 2  # that the report waits for the meeting, and that the letter waits
    for raw in raws:
        assert case.ticket.encode() in raw
        assert b"Rahasia" not in raw
        assert letter.subject.encode() not in raw


def test_given_the_head_declared_an_interest_in_the_case_then_nobody_tells_them(
    app: Flask, team: Team, case: Complaint
) -> None:
    with app.app_context():
        head = team.actor(Role.HEAD_OF_REPRESENTATIVE)
        declare_interest(case, "Saya saudara pelapor, jadi tidak boleh memutus.", actor=head)
        LetterFactory(case, team.intake, "refusal_notice", **WORDS)
        told = db.session.scalars(select(Notification.id).where(Notification.kind == "documents.waits")).all()

    assert told == []
