"""Officers hear each morning what falls due, in the zone of their office, once, and not of nothing."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from ombudsman_app.complaints.commands import begin_mornings, declare_interest
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.notifications.models import Message, Notification

from ..conftest import StoppedClock
from ..factories.accounts import UserFactory
from ..factories.complaints import CaseFactory, Team, TeamFactory, many_complaints
from ..visitor import Visitor
from .post import mailing, scripted, sent_rounds

FRIDAY = "2026-11-20"
HEAD = "Jumlah tenggat"


@pytest.fixture
def team(app: Flask, clock: StoppedClock) -> Team:
    clock.at(f"{FRIDAY}T06:00+08:00")
    with app.app_context():
        return TeamFactory()


def case_due(app: Flask, team: Team, due_on: date, number: int = 1) -> None:
    with app.app_context():
        many_complaints(
            number,
            due_on=due_on,
            state=ComplaintState.ASSIGNED,
            officer_id=team.users[Role.EXAMINER].id,
            has_officer_declared=True,
        )


def told(app: Flask, kind: str = "complaints.due") -> list[tuple[int, str]]:
    with app.app_context():
        found = db.session.execute(
            select(Notification.person_id, Notification.facts)
            .where(Notification.kind == kind)
            .order_by(Notification.id)
        )
        return [(person, facts) for person, facts in found]


def morning(app: Flask) -> int:
    with app.app_context():
        return begin_mornings()


def test_given_work_that_falls_due_when_it_is_half_past_seven_there_then_its_officer_is_told_once(
    app: Flask, team: Team, clock: StoppedClock
) -> None:
    day = date.fromisoformat(FRIDAY)
    case_due(app, team, day - timedelta(days=2), 2)
    case_due(app, team, day)
    case_due(app, team, day + timedelta(days=4))  # Tuesday
    case_due(app, team, day + timedelta(days=30))
    clock.at(f"{FRIDAY}T07:29+08:00")
    assert (morning(app), told(app)) == (0, [])
    clock.at(f"{FRIDAY}T07:30+08:00")  # 06.30 in Jakarta, 08.30 in Jayapura

    morning(app)
    morning(app)

    assert told(app) == [
        (
            team.users[Role.EXAMINER].id,
            '{"overdue": 2, "soon": 1, "today": 1, "unproven": 0, "until": "2026-11-25"}',
        )
    ]
    page = Visitor(app).enter(team.users[Role.EXAMINER].id).get("/staff/notifications/").text
    assert "2 lewat tenggat, 1 jatuh tempo hari ini, 1 lagi sampai 25 November 2026" in page


def test_given_the_mail_of_the_morning_then_it_has_numbers_and_no_ticket(
    app: Flask, team: Team, clock: StoppedClock
) -> None:
    case_due(app, team, date.fromisoformat(FRIDAY))
    clock.at(f"{FRIDAY}T07:31+08:00")
    morning(app)
    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)
    with app.app_context():
        tickets = db.session.scalars(select(Complaint.ticket)).all()
    (raw,) = server.box.mails()
    text = raw.get_body(("plain",)).get_content()
    assert "1 jatuh tempo hari ini" in text
    assert not [ticket for ticket in tickets if ticket in text]


def test_given_nothing_due_or_a_day_off_then_nobody_is_told(
    app: Flask, team: Team, clock: StoppedClock
) -> None:
    clock.at(f"{FRIDAY}T07:31+08:00")
    morning(app)
    assert told(app) == []
    case_due(app, team, date.fromisoformat(FRIDAY))
    clock.at("2026-11-21T07:31+08:00")  # Saturday
    assert (morning(app), told(app)) == (0, [])
    clock.at("2026-11-23T07:31+08:00")
    morning(app)
    assert len(told(app)) == 1


def test_given_an_interest_or_a_lost_right_then_a_case_counts_no_more(
    app: Flask, team: Team, clock: StoppedClock
) -> None:
    with app.app_context():
        case = CaseFactory(ComplaintState.ASSIGNED, team)
        due = {"next_due_on": date.fromisoformat(FRIDAY)}
        command(lambda: db.session.execute(update(Complaint).where(Complaint.id == case.id).values(**due)))()
        declare_interest(case, "Saya saudara pelapor, jadi tidak boleh.", actor=team.examiner)
        # as a mistake elsewhere would leave it
        back = {"officer_id": team.users[Role.EXAMINER].id, **due}
        command(lambda: db.session.execute(update(Complaint).where(Complaint.id == case.id).values(**back)))()
    clock.at(f"{FRIDAY}T07:31+08:00")
    morning(app)
    assert told(app) == []


def test_given_a_digest_that_could_not_leave_today_then_it_is_not_sent_tomorrow(
    app: Flask, team: Team, clock: StoppedClock
) -> None:
    case_due(app, team, date.fromisoformat(FRIDAY))
    clock.at(f"{FRIDAY}T07:31+08:00")
    morning(app)
    clock.at("2026-11-21T07:31+08:00")
    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)
    assert server.box.raw == []
    with app.app_context():
        assert db.session.scalars(select(Message.state)).all() == ["given_up"]


def test_given_a_house_that_was_off_in_the_morning_then_it_tells_later_but_not_at_night(
    app: Flask, team: Team, clock: StoppedClock
) -> None:
    case_due(app, team, date.fromisoformat(FRIDAY))
    clock.at(f"{FRIDAY}T21:00+08:00")
    assert (morning(app), told(app)) == (0, [])
    clock.at(f"{FRIDAY}T14:00+08:00")
    morning(app)
    assert len(told(app)) == 1


def test_given_people_in_other_zones_then_each_is_told_by_their_own_morning(
    app: Flask, team: Team, clock: StoppedClock
) -> None:
    with app.app_context():
        jakarta = UserFactory(Role.EXAMINER, password=None, office="JKT")
        many_complaints(
            1,
            due_on=date.fromisoformat(FRIDAY),
            handling="JKT",
            state=ComplaintState.ASSIGNED,
            officer_id=jakarta.id,
        )
    case_due(app, team, date.fromisoformat(FRIDAY))
    clock.at(f"{FRIDAY}T07:31+08:00")
    morning(app)
    assert [person for person, _facts in told(app)] == [team.users[Role.EXAMINER].id]
    clock.at(f"{FRIDAY}T07:31+07:00")
    morning(app)
    assert [person for person, _facts in told(app)] == [team.users[Role.EXAMINER].id, jakarta.id]
