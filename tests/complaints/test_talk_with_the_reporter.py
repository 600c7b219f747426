"""Messages both ways, notes of the office: kept once, sealed, read by the right people."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from ombudsman_app.complaints.commands import (
    note_messages_read,
    write_note,
    write_to_office,
    write_to_reporter,
)
from ombudsman_app.complaints.errors import ComplaintClosed
from ombudsman_app.complaints.models import Complaint, ComplaintMessage, ComplaintNote, opened_text
from ombudsman_app.complaints.queries import followed_complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import FormSentDifferently
from ombudsman_app.core.policy import Role
from ombudsman_app.core.sealing import SealBroken
from ombudsman_app.core.trail import record as trail
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, CONSIDERATIONS, CaseFactory, ComplaintFactory, TeamFactory
from ..visitor import Visitor

FORMAL = ComplaintState.FORMAL_VERIFICATION
QUESTION = "Apakah Ibu masih menyimpan tanda terimanya?"
REPLY = "Masih, tanggal 5 Agustus.\nNomor antrean A-017."


def stored(case: Complaint) -> Complaint:
    db.session.expire_all()
    return db.session.scalars(select(Complaint).where(Complaint.id == case.id)).one()


def follow(visitor: Visitor, case: Complaint) -> Visitor:
    visitor.submit("/lacak", {"ticket": case.ticket, "access_code": CODE})
    return visitor


def test_given_a_question_when_the_reporter_answers_then_both_read_both_and_reading_is_written_down(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
    officer = visitor.enter(team.users[Role.PVL_ASSISTANT].id)
    page = f"/staff/complaints/{case.id}"
    officer.get(page)
    sent = officer.post(f"{page}/messages", {**officer.page.values, "message": QUESTION})
    assert sent.location == f"{page}#messages"
    with app.app_context():
        assert db.session.scalar(select(ComplaintMessage.read_at)) is None

    reporter = follow(another_visitor, case)
    reporter.get("/lacak/laporan?bagian=berkas")  # a script looks for the state of a file
    with app.app_context():
        assert db.session.scalar(select(ComplaintMessage.read_at)) is None
    seen = reporter.get("/lacak/laporan").text
    assert QUESTION in seen
    assert team.users[Role.PVL_ASSISTANT].name not in seen, "no name of an officer"
    answered = reporter.post("/lacak/pesan", {**reporter.page.values, "message": REPLY})
    assert answered.location.startswith("/lacak/laporan?")

    with app.app_context():
        assert db.session.scalars(select(ComplaintMessage.read_at)).first() is not None
        assert stored(case).awaits_answer is True
        events = db.session.scalars(select(TrailEntry.event)).all()
        assert events.count(Event.COMPLAINTS_MESSAGE_SENT) == 2
        assert events.count(Event.COMPLAINTS_MESSAGE_READ) == 1
        assert trail.verify()[1] is None
    told = officer.get(page).text
    assert "Nomor antrean A-017." in told
    officer.post(f"{page}/messages", {**officer.page.values, "message": "Terima kasih."})
    with app.app_context():
        assert stored(case).awaits_answer is False


def test_given_an_answer_lost_on_the_line_when_the_words_come_again_in_a_fresh_form_then_they_are_there_once(
    in_app: Flask,
) -> None:
    """A browser that goes back fetches the page anew, with another key, and puts the words back (DI4)."""
    team = TeamFactory()
    case = CaseFactory(FORMAL, team)
    for key in ("first", "fresh"):
        write_to_reporter(case, QUESTION, form_key=key, actor=team.intake)
    for key in ("first", "fresh"):
        write_to_office(case, REPLY, form_key=key)
        write_note(case, REPLY, form_key=key, actor=team.intake)
    assert db.session.scalar(select(func.count(ComplaintMessage.id))) == 2
    assert db.session.scalar(select(func.count(ComplaintNote.id))) == 1
    write_to_reporter(case, QUESTION, form_key="later", actor=team.intake)  # after an answer: a new one
    write_to_reporter(case, REPLY, form_key="other words", actor=team.intake)
    assert db.session.scalar(select(func.count(ComplaintMessage.id))) == 4


def test_given_an_answer_that_needs_no_reply_when_settled_then_nobody_waits(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
        write_to_office(case, "Terima kasih", form_key="")
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)
    visitor.get(f"/staff/complaints/{case.id}")
    seen = {"seen": visitor.page.values["seen"]}
    assert visitor.post(f"/staff/complaints/{case.id}/settled", seen).status_code == 302
    with app.app_context():
        assert stored(case).awaits_answer is False


@pytest.mark.parametrize("letter", ["a", "\n", "🙏", "é"])
@pytest.mark.parametrize("side", ["office", "reporter"])
def test_given_the_longest_message_when_sent_then_it_is_kept_whole_and_one_more_letter_is_refused(
    app: Flask, visitor: Visitor, letter: str, side: str
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
    if side == "office":
        visitor.enter(team.users[Role.PVL_ASSISTANT].id)
        address, page = f"/staff/complaints/{case.id}/messages", f"/staff/complaints/{case.id}"
    else:
        follow(visitor, case)
        address, page = "/lacak/pesan", "/lacak/laporan"
    longest = "A" + letter * (limits.MESSAGE - 2) + "Z"

    visitor.get(page)
    over = visitor.post(address, {**visitor.page.values, "message": longest + "!"})
    assert over.status_code == 422
    assert 'id="message-error"' in over.text
    assert visitor.page.values["message"] == longest + "!", "nothing typed is lost"

    assert visitor.post(address, {**visitor.page.values, "message": longest}).status_code == 302
    with app.app_context():
        row = db.session.scalars(select(ComplaintMessage)).one()
        assert opened_text(ComplaintMessage, row.uuid, row.sealed) == longest


@pytest.mark.parametrize("typed", ["", "   ", "\n\n"])
def test_given_an_empty_message_when_sent_then_the_field_says_so(
    app: Flask, visitor: Visitor, typed: str
) -> None:
    with app.app_context():
        case = ComplaintFactory()
    follow(visitor, case).get("/lacak/laporan")
    assert visitor.post("/lacak/pesan", {"message": typed}).status_code == 422


def test_given_the_same_form_twice_when_sent_then_it_is_there_once_and_another_text_is_refused(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        case = ComplaintFactory()
    follow(visitor, case).get("/lacak/laporan")
    form = {**visitor.page.values, "message": REPLY}

    first, second = visitor.post("/lacak/pesan", form), visitor.post("/lacak/pesan", form)
    other = visitor.post("/lacak/pesan", {**form, "message": "Sesuatu yang lain"})

    assert (first.status_code, second.status_code, other.status_code) == (302, 302, 422)
    assert "Sesuatu yang lain" in other.text
    with app.app_context():
        assert db.session.scalar(select(func.count(ComplaintMessage.id))) == 1


def test_given_twelve_sendings_at_once_when_they_are_the_same_then_one_is_kept(in_app: Flask) -> None:
    case = ComplaintFactory()
    db.session.remove()
    wrong: list[BaseException] = []

    def send() -> None:
        with in_app.app_context():
            try:
                write_to_office(db.session.get_one(Complaint, case.id), REPLY, form_key="k" * 43)
            except BaseException as error:
                wrong.append(error)

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert db.session.scalar(select(func.count(ComplaintMessage.id))) == 1


def test_given_the_same_key_of_two_people_when_sent_then_both_are_kept(in_app: Flask) -> None:
    team = TeamFactory()
    case = CaseFactory(FORMAL, team)
    write_to_office(case, REPLY, form_key="same")
    write_to_reporter(case, QUESTION, form_key="same", actor=team.intake)
    with pytest.raises(FormSentDifferently):
        write_to_reporter(case, "Lain", form_key="same", actor=team.intake)
    assert db.session.scalar(select(func.count(ComplaintMessage.id))) == 2


def test_given_what_was_written_when_the_database_is_read_then_it_is_sealed_and_bound_to_its_row(
    in_app: Flask,
) -> None:
    case = ComplaintFactory()
    write_to_office(case, "Rahasia pertama", form_key="")
    write_to_office(case, "Rahasia kedua", form_key="")
    first, second = db.session.scalars(select(ComplaintMessage).order_by(ComplaintMessage.id)).all()
    assert b"Rahasia" not in first.sealed
    with pytest.raises(SealBroken):
        opened_text(ComplaintMessage, second.uuid, first.sealed)
    with pytest.raises(SealBroken):
        opened_text(ComplaintNote, first.uuid, first.sealed)


def test_given_a_note_when_written_then_the_office_reads_it_and_the_reporter_never(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
    page = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[Role.EXAMINER].id).get(page)
    form = {**visitor.page.values, "note": "Catatan dalam yang rahasia"}
    assert visitor.post(f"{page}/notes", form).status_code == 302
    assert visitor.post(f"{page}/notes", form).status_code == 302

    assert visitor.get(page).text.count("Catatan dalam yang rahasia") == 1
    assert "Catatan dalam" not in follow(another_visitor, case).get("/lacak/laporan").text


def test_given_no_session_when_a_message_is_sent_then_the_text_is_shown_to_be_copied(
    app: Flask, visitor: Visitor
) -> None:
    answer = visitor.post("/lacak/pesan", {"message": "Teks yang panjang sekali"})
    assert answer.status_code == 401
    assert "Teks yang panjang sekali" in answer.text


def test_given_a_closed_complaint_when_writing_then_it_is_refused_and_no_form_is_shown(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        case = ComplaintFactory()
    follow(visitor, case).get("/lacak/laporan")
    form = dict(visitor.page.values)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE complaint SET is_open = :no, state = 'closed'"), {"no": False})
    answer = visitor.post("/lacak/pesan", {**form, "message": REPLY})
    assert answer.status_code == 409
    assert "Nomor antrean A-017." in answer.text
    assert 'name="message"' not in visitor.get("/lacak/laporan").text


def test_given_another_role_when_answering_then_it_is_refused(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
        others = [UserFactory(role, password=None).id for role in (Role.RESMON_ASSISTANT, Role.EXAMINER)]
        elsewhere = UserFactory(Role.PVL_ASSISTANT, office="KPG", password=None).id
    for user_id in others:
        answer = visitor.enter(user_id).post(f"/staff/complaints/{case.id}/messages", {"message": QUESTION})
        assert answer.status_code == 403
    answer = visitor.enter(elsewhere).post(f"/staff/complaints/{case.id}/messages", {"message": QUESTION})
    assert answer.status_code == 404


def test_given_many_messages_of_one_complaint_when_one_is_too_many_then_it_waits_and_others_do_not(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    with app.app_context():
        case, other = ComplaintFactory(), ComplaintFactory()
    follow(visitor, case).get("/lacak/laporan")
    codes = [visitor.post("/lacak/pesan", {"message": f"Pesan {number}"}).status_code for number in range(31)]
    assert codes == [302] * 30 + [429]
    assert "Pesan 30" in visitor.post("/lacak/pesan", {"message": "Pesan 30"}).text
    follow(another_visitor, other).get("/lacak/laporan")
    assert another_visitor.post("/lacak/pesan", {"message": "Halo"}).status_code == 302


def test_given_a_message_that_the_officer_has_not_seen_when_answering_an_older_one_then_it_still_waits(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
        write_to_office(case, "Pesan pertama", form_key="")
    page = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[Role.PVL_ASSISTANT].id).get(page)
    opened = dict(visitor.page.values)
    with app.app_context():
        write_to_office(case, "Pesan kedua, belum dibaca", form_key="")

    visitor.post(f"{page}/messages", {**opened, "message": "Jawaban atas yang pertama"})
    visitor.post(f"{page}/settled", {"seen": opened["seen"]})
    with app.app_context():
        assert stored(case).awaits_answer is True

    visitor.get(page)
    visitor.post(f"{page}/settled", {"seen": visitor.page.values["seen"]})
    with app.app_context():
        assert stored(case).awaits_answer is False


def test_given_a_message_sent_while_the_page_was_read_when_it_was_not_shown_then_it_is_not_read(
    in_app: Flask,
) -> None:
    team = TeamFactory()
    case = CaseFactory(FORMAL, team)
    write_to_reporter(case, QUESTION, form_key="", actor=team.intake)
    followed = followed_complaint(case.id)
    assert followed is not None
    write_to_reporter(case, "Satu lagi", form_key="", actor=team.intake)

    note_messages_read(case.id, followed.unread)

    read = db.session.scalars(select(ComplaintMessage.read_at).order_by(ComplaintMessage.id)).all()
    assert [at is not None for at in read] == [True, False]


def test_given_the_history_of_the_reporter_when_read_then_it_carries_no_grounds_and_no_names(
    in_app: Flask,
) -> None:
    """Not only unseen: not even there (AZ6)."""
    team = TeamFactory()
    case = CaseFactory(ComplaintState.ASSIGNED, team)
    followed = followed_complaint(case.id)
    assert followed is not None
    said = repr(followed.history)
    assert CONSIDERATIONS not in said
    for user in team.users.values():
        assert user.name not in said


def test_given_more_talk_than_a_page_shows_when_opened_then_the_way_and_the_rest_are_there(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HISTORY_LINES", 5)
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
        for number in range(9):
            write_to_office(case, f"Pesan nomor {number}", form_key="")
    page = f"/staff/complaints/{case.id}"
    short = visitor.enter(team.users[Role.PVL_ASSISTANT].id).get(page).text
    assert "Pesan nomor 0" not in short
    assert f"{page}?history=all" in short
    assert team.users[Role.PVL_ASSISTANT].name in short, "who began is a step, and steps are always there"
    assert "Pesan nomor 0" in visitor.get(f"{page}?history=all").text


def test_given_the_case_was_closed_when_a_stored_message_comes_again_then_it_is_not_refused(
    in_app: Flask,
) -> None:
    case = ComplaintFactory()
    write_to_office(case, REPLY, form_key="key")
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE complaint SET is_open = :no, state = 'closed'"), {"no": False})
    write_to_office(case, REPLY, form_key="key")
    with pytest.raises(ComplaintClosed):
        write_to_office(case, "Baru", form_key="other")


def test_given_a_right_that_ended_while_writing_when_sent_then_the_text_is_shown_to_be_copied(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.ASSIGNED, team)
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)
    answer = visitor.post(f"/staff/complaints/{case.id}/messages", {"message": "Teks yang lama saya tulis"})
    assert answer.status_code == 403
    assert "Teks yang lama saya tulis" in answer.text
