"""Mail leaves once, says nothing of the case, and comes to an end that somebody can read (PD6, DI5, FB2)."""

import re
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask

from ombudsman_app.complaints.commands import declare_interest, write_to_reporter
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.notifications.states import MessageState

from ..conftest import StoppedClock
from ..factories.accounts import UserFactory
from ..factories.complaints import NARRATIVE, PERSON, CaseFactory, ComplaintFactory, Team, TeamFactory
from ..visitor import Visitor
from .post import mailing, make_due, messages, only_message, scripted, sent_rounds

ANSWER = "Mohon kirim salinan tanda terima Anda."
MESSAGES = "/staff/messages/"


@pytest.fixture
def team(app: Flask) -> Team:
    with app.app_context():
        return TeamFactory()


def answered(app: Flask, team: Team, **given: object) -> Complaint:
    """A received complaint to which the office has written: one mail to the reporter waits."""
    with app.app_context():
        case = ComplaintFactory(**given)
        write_to_reporter(case, ANSWER, form_key="a", actor=team.intake)
        return case


def words(mail: EmailMessage) -> str:
    """Return all that can be read in a mail, its parts decoded."""
    parts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *parts])


# --- what it says -------------------------------------------------------------------------------------


def test_given_the_office_writes_then_the_reporter_gets_a_number_and_a_link_and_nothing_else(
    app: Flask, team: Team
) -> None:
    case = answered(app, team)

    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)

    (mail,) = server.box.mails()
    told = words(mail)
    assert mail["To"] == PERSON["email"]
    assert mail["Subject"] == "Kabar dari Kawal Layanan"
    assert case.ticket in told
    assert "http://localhost:8000/lacak" in told
    for hidden in (ANSWER, NARRATIVE, PERSON["full_name"], PERSON["phone"], "Mamuju", "JHT"):
        assert hidden not in told
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert not re.search(r"(src|background)=|url\(", told), "nothing is fetched from elsewhere"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert only_message(app).state is MessageState.SENT


def test_given_a_case_assigned_then_the_examiner_gets_a_mail_in_their_language(
    app: Flask, team: Team
) -> None:
    with app.app_context():
        person = db.session.merge(team.users[Role.EXAMINER])
        command(lambda: setattr(person, "language", "en"))()
        case = CaseFactory(ComplaintState.ASSIGNED, team)

    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)

    (mail,) = [one for one in server.box.mails() if one["To"] == team.users[Role.EXAMINER].email]
    assert mail["Subject"] == "News from Kawal Layanan"
    assert case.ticket in words(mail)
    assert "http://localhost:8000/staff/notifications/" in words(mail)
    assert mail["Content-Language"] == "en"


def test_given_whoever_gave_no_address_then_nothing_is_written_to_them(app: Flask, team: Team) -> None:
    answered(app, team, identity={"full_name": "Demo Tanpa Surel"})
    assert messages(app) == []


def test_given_two_messages_while_the_first_still_waits_then_one_mail_is_enough(
    app: Flask, team: Team
) -> None:
    case = answered(app, team)
    with app.app_context():
        write_to_reporter(db.session.merge(case), "Dan satu pertanyaan.", form_key="b", actor=team.intake)
    assert len(messages(app)) == 1


def test_given_an_interest_declared_before_it_leaves_then_nothing_leaves(app: Flask, team: Team) -> None:
    """AZ9: the rights of the moment in which it is sent."""
    with app.app_context():
        case = CaseFactory(ComplaintState.ASSIGNED, team, is_declared=False)
        declare_interest(case, "Saya saudara pelapor, jadi tidak boleh.", actor=team.examiner)
    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)
    assert team.users[Role.EXAMINER].email not in [one["To"] for one in server.box.mails()]
    states = {one.person_id: one.state for one in messages(app)}
    assert states[team.users[Role.EXAMINER].id] is MessageState.DROPPED


# --- how it ends --------------------------------------------------------------------------------------


def test_given_nothing_set_up_then_it_is_kept_and_shown_and_goes_when_a_caretaker_says_so(
    app: Flask, team: Team
) -> None:
    answered(app, team)
    sent_rounds(app)
    assert only_message(app).state is MessageState.KEPT
    with app.app_context():
        caretaker = Visitor(app).enter(UserFactory(Role.CARETAKER, password=None).id)
    page = caretaker.get(f"{MESSAGES}?state=kept").text
    assert "belum diatur cara untuk mengirimnya" in page
    assert PERSON["email"] not in page

    found = re.search(r'action="(/staff/messages/[0-9a-f-]+/send-again)"', page)
    assert found
    assert caretaker.post(found[1]).status_code == 302
    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)

    assert len(server.box.raw) == 1
    assert only_message(app).state is MessageState.SENT


def test_given_an_address_that_is_refused_then_the_case_says_so_and_its_people_are_told(
    app: Flask, team: Team
) -> None:
    case = answered(app, team)

    with scripted("no") as server, mailing(app, server.port):
        sent_rounds(app)

    message = messages(app)[0]
    assert (message.state, message.reason, message.reply) == (
        MessageState.REFUSED,
        "address_refused",
        "550 5.1.1",
    )
    intake = Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id)
    assert "Pesan kepada Pelapor tidak sampai" in intake.get("/staff/notifications/").text
    assert "tidak sampai sejak" in intake.get(f"/staff/complaints/{case.id}").text
    assert PERSON["email"] not in intake.get(f"/staff/complaints/{case.id}").text


def test_given_a_server_that_is_away_for_a_day_then_it_arrives_once_when_it_is_back(
    app: Flask, clock: StoppedClock
) -> None:
    begin = datetime.fromisoformat("2026-11-20T09:00+08:00")
    clock.at(begin.isoformat())
    with app.app_context():
        team = TeamFactory()
    answered(app, team)
    with scripted() as server:
        port = server.port
    tries = 0
    with mailing(app, port):  # nobody listens there any more
        for minutes in range(0, 24 * 60, 10):
            clock.at((begin + timedelta(minutes=minutes)).isoformat())
            sent_rounds(app)
            tries = only_message(app).attempts
    assert only_message(app).state is MessageState.WAITING
    assert only_message(app).reason == "server_away"
    assert 8 <= tries <= 20, "again and again, but not all the time"

    clock.at((begin + timedelta(hours=29)).isoformat())
    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)
        sent_rounds(app)

    assert len(server.box.raw) == 1
    assert only_message(app).state is MessageState.SENT


@pytest.mark.parametrize("word", ["busy", "busy_after_dot"])
def test_given_a_server_that_says_later_for_a_day_then_it_is_sent_once(
    app: Flask, team: Team, word: str
) -> None:
    answered(app, team)
    with scripted(*[word] * 12, "ok") as server, mailing(app, server.port):
        for _ in range(13):
            sent_rounds(app)
            make_due(app)
    message = only_message(app)
    assert (len(server.box.raw), message.state, message.doubts) == (1, MessageState.SENT, 0)
    assert message.attempts == 13


def test_given_a_server_that_dies_in_the_middle_of_the_text_then_nothing_is_double(
    app: Flask, team: Team
) -> None:
    answered(app, team)
    with scripted(*["cut_in_data"] * 6, "ok") as server, mailing(app, server.port):
        for _ in range(10):
            sent_rounds(app)
            make_due(app)
    assert len(server.box.raw) == 1
    assert only_message(app).state is MessageState.SENT


def test_given_a_server_that_takes_the_text_and_falls_silent_then_there_is_one_double_and_no_more(
    app: Flask, team: Team
) -> None:
    """SMTP cannot exclude the one; its Message-ID is the same, so that programs show it once."""
    answered(app, team)
    with scripted("cut_after_dot") as server, mailing(app, server.port):
        for _ in range(6):
            sent_rounds(app)
            make_due(app)
    mails = [mail for mail in server.box.mails() if mail["To"] == PERSON["email"]]
    assert len(mails) == 2
    assert len({mail["Message-ID"] for mail in mails}) == 1
    message = messages(app)[0]
    assert (message.state, message.reason) == (MessageState.GIVEN_UP, "in_doubt")


def test_given_one_silence_then_an_answer_then_it_counts_as_sent(app: Flask, team: Team) -> None:
    answered(app, team)
    with scripted("cut_after_dot", "ok") as server, mailing(app, server.port):
        for _ in range(4):
            sent_rounds(app)
            make_due(app)
    assert len(server.box.raw) == 2
    assert only_message(app).state is MessageState.SENT


def test_given_a_refusal_of_the_text_then_it_ends_at_once(app: Flask, team: Team) -> None:
    answered(app, team)
    with scripted("no_after_dot") as server, mailing(app, server.port):
        for _ in range(3):
            sent_rounds(app)
            make_due(app)
    assert server.connections == 1
    assert messages(app)[0].state is MessageState.REFUSED


def test_given_days_in_vain_then_it_is_given_up_and_the_case_says_so(app: Flask, clock: StoppedClock) -> None:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        answered(app, TeamFactory())
    with scripted() as server:
        port = server.port
    with mailing(app, port):
        sent_rounds(app)
        clock.at("2026-11-25T10:00+08:00")
        sent_rounds(app)
    message = messages(app)[0]
    assert (message.state, message.reason) == (MessageState.GIVEN_UP, "server_away")


def test_given_a_mail_server_that_is_away_then_the_others_wait_without_being_tried_one_by_one(
    app: Flask, team: Team
) -> None:
    with app.app_context():
        for number in range(20):
            write_to_reporter(ComplaintFactory(), ANSWER, form_key=str(number), actor=team.intake)
    with scripted() as server:
        port = server.port
    with mailing(app, port):
        sent_rounds(app)
    assert {one.attempts for one in messages(app)} == {1}
    with scripted() as server, mailing(app, server.port):
        make_due(app)
        sent_rounds(app)
    assert (len(server.box.raw), server.connections) == (20, 1)


def test_given_wishes_then_mail_goes_only_where_it_is_wanted(app: Flask, team: Team) -> None:
    box, person = "mail_complaints_decision_waits", team.users[Role.HEAD_OF_REPRESENTATIVE].id
    head = Visitor(app).enter(person)
    assert f'name="{box}"' in head.get("/staff/notifications/preferences").text
    sent = {name: value for name, value in head.page.values.items() if name != box}
    assert head.post("/staff/notifications/preferences", sent).status_code == 302

    with app.app_context():
        CaseFactory(ComplaintState.PLENARY_DECISION, team)

    assert [one.kind for one in messages(app) if one.person_id == person] == []
    assert "menunggu keputusan rapat Anda" in head.get("/staff/notifications/").text
