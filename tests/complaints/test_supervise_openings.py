"""Who supervises sees each opened identity, hears of them each morning, and at once of unusual many (PD2)."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import begin_mornings, declare_interest, open_identity
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.notifications.models import Message, Notification

from ..conftest import StoppedClock
from ..factories.accounts import UserFactory
from ..factories.complaints import PERSON, CaseFactory, Team, TeamFactory
from ..notifications.post import mailing, scripted, sent_rounds
from ..visitor import Visitor

PAGE = "/staff/identities/"
REASON = "Memeriksa alamat untuk verifikasi formil."


@pytest.fixture
def team(app: Flask, clock: StoppedClock) -> Team:
    clock.at("2026-11-19T10:00+08:00")  # Thursday
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def case(app: Flask, team: Team) -> Complaint:
    with app.app_context():
        return CaseFactory(ComplaintState.ASSIGNED, team)


def open_it(app: Flask, team: Team, case: Complaint, times: int = 1) -> None:
    with app.app_context():
        for _ in range(times):
            open_identity(case, REASON, actor=team.examiner)


def head(app: Flask, team: Team) -> Visitor:
    return Visitor(app).enter(team.users[Role.HEAD_OF_REPRESENTATIVE].id)


def told(app: Flask, kind: str) -> list[str]:
    with app.app_context():
        found = select(Notification.facts).where(Notification.kind == kind).order_by(Notification.id)
        return list(db.session.scalars(found))


def test_given_an_opening_then_the_head_sees_who_when_which_and_why_and_nobody_named(
    app: Flask, team: Team, case: Complaint
) -> None:
    assert "Belum ada identitas yang dibuka" in head(app, team).get(PAGE).text
    open_it(app, team, case)

    page = head(app, team).get(PAGE).text

    assert case.ticket in page
    assert REASON in page
    assert "Demo Pemeriksa" in page
    assert "19 November 2026, 10.00 WITA" in page
    assert not [told for told in PERSON.values() if told in page]


def test_given_another_office_or_an_interest_then_its_openings_are_not_there(
    app: Flask, team: Team, case: Complaint
) -> None:
    open_it(app, team, case)
    with app.app_context():
        other = UserFactory(Role.HEAD_OF_REPRESENTATIVE, password=None, office="KPG")
    assert case.ticket not in Visitor(app).enter(other.id).get(PAGE).text
    with app.app_context():
        declare_interest(case, "Saya saudara pelapor, jadi tidak boleh.", actor=team.head)
    assert case.ticket not in head(app, team).get(PAGE).text


def test_given_openings_then_the_next_working_morning_counts_them_all_once(
    app: Flask, team: Team, case: Complaint, clock: StoppedClock
) -> None:
    open_it(app, team, case, 2)
    clock.at("2026-11-20T07:31+08:00")
    with app.app_context():
        begin_mornings()
    assert told(app, "complaints.identities_opened") == ['{"number": 2}']
    clock.at("2026-11-21T12:00+08:00")  # Saturday
    open_it(app, team, case)
    for morning in ("2026-11-22T07:31+08:00", "2026-11-23T07:31+08:00", "2026-11-23T07:46+08:00"):
        clock.at(morning)
        with app.app_context():
            begin_mornings()
    assert told(app, "complaints.identities_opened") == ['{"number": 2}', '{"number": 1}']
    clock.at("2026-11-24T07:31+08:00")
    with app.app_context():
        begin_mornings()
    assert len(told(app, "complaints.identities_opened")) == 2, "only if there is something"


def test_given_the_mail_of_the_digest_then_it_has_a_number_and_a_link_alone(
    app: Flask, team: Team, case: Complaint, clock: StoppedClock
) -> None:
    open_it(app, team, case)
    clock.at("2026-11-20T07:31+08:00")
    with app.app_context():
        begin_mornings()
    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)
    mine = [one for one in server.box.mails() if one["To"] == team.users[Role.HEAD_OF_REPRESENTATIVE].email]
    texts = [one.get_body(("plain",)).get_content() for one in mine]
    (digest,) = [text for text in texts if "Identitas yang dibuka" in text]
    assert "1" in digest
    assert not [hidden for hidden in (case.ticket, REASON, "Pemeriksa") if hidden in digest]


def test_given_unusually_many_then_the_head_is_told_at_once_and_once_a_day(
    app: Flask, team: Team, case: Complaint, clock: StoppedClock
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], identity_alert_at=3)
    open_it(app, team, case, 2)
    assert told(app, "complaints.identities_unusual") == []

    open_it(app, team, case, 3)

    assert told(app, "complaints.identities_unusual") == ['{"number": 3}']
    assert "Tidak biasa" in head(app, team).get("/staff/notifications/").text
    with app.app_context():
        kinds = db.session.scalars(select(Message.kind)).all()
    assert kinds.count("complaints.identities_unusual") == 1
    clock.at("2026-11-20T11:00+08:00")
    open_it(app, team, case, 2)
    assert len(told(app, "complaints.identities_unusual")) == 1, "the day before counts no more"
