"""Whoever works on a case is told in the inbox, and only as long as they may see the case (AZ5)."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.commands import revoke_grant
from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.complaints.commands import (
    DecisionInput,
    accept_complaint,
    declare_interest,
    reassign_complaint,
    write_to_office,
)
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.notifications.commands import notify
from ombudsman_app.notifications.models import Message, Notification

from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, CONSIDERATIONS, CaseFactory, ComplaintFactory, Team, TeamFactory
from ..visitor import Visitor

INBOX = "/staff/notifications/"
GIVEN = "Laporan ini sekarang milik Anda"
WROTE = "Pelapor menulis kepada Anda"


@pytest.fixture
def team(app: Flask) -> Team:
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def case(app: Flask, team: Team) -> Complaint:
    with app.app_context():
        return CaseFactory(ComplaintState.ASSIGNED, team)


def examiner(app: Flask, team: Team) -> Visitor:
    return Visitor(app).enter(team.users[Role.EXAMINER].id)


def badge(page: str) -> str:
    """Return the number beside the entry of the menu, empty if there is none."""
    found = re.search(r'href="/staff/notifications/"[^>]*>[^<]*(?:<span class="badge"[^>]*>([^<]*))?', page)
    assert found
    return found[1] or ""


def test_given_a_case_assigned_when_the_examiner_looks_then_it_stands_there_and_leads_to_it(
    app: Flask, team: Team, case: Complaint
) -> None:
    visitor = examiner(app, team)

    page = visitor.get(INBOX).text

    assert GIVEN in page
    assert case.ticket in page
    assert badge(page) == "1"
    line = re.search(r'action="(/staff/notifications/\d+/open)"', page)
    assert line
    opened = visitor.post(line[1])
    assert opened.location == f"/staff/complaints/{case.id}"
    assert GIVEN not in visitor.get(INBOX).text
    assert GIVEN in visitor.get(f"{INBOX}?show=all").text
    assert badge(visitor.get("/staff/complaints/").text) == ""


def test_given_the_reporter_writes_by_the_door_then_the_officer_is_told_and_nobody_else(
    app: Flask, team: Team, case: Complaint, another_visitor: Visitor
) -> None:
    another_visitor.submit("/lacak", {"ticket": case.ticket, "access_code": CODE})
    another_visitor.get("/lacak/laporan")
    another_visitor.post("/lacak/pesan", {**another_visitor.page.values, "message": "Ada kabar dari saya."})

    assert WROTE in examiner(app, team).get(INBOX).text
    assert "Ada kabar" not in examiner(app, team).get(INBOX).text
    for role in (Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE):
        assert WROTE not in Visitor(app).enter(team.users[role].id).get(INBOX).text


def test_given_nobody_has_the_case_when_the_reporter_writes_then_the_intake_is_told(
    app: Flask, team: Team
) -> None:
    with app.app_context():
        write_to_office(ComplaintFactory(), "Kapan saya mendapat jawaban?", form_key="k")

    assert WROTE in Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id).get(INBOX).text
    assert WROTE not in examiner(app, team).get(INBOX).text


def test_given_a_declared_interest_then_news_of_that_case_is_gone_from_inbox_and_count(
    app: Flask, team: Team, case: Complaint
) -> None:
    """AZ5: a count is data too."""
    with app.app_context():
        declare_interest(case, "Saya saudara pelapor, jadi tidak boleh memeriksa.", actor=team.examiner)

    page = examiner(app, team).get(f"{INBOX}?show=all").text

    assert case.ticket not in page
    assert badge(page) == ""


def test_given_a_right_that_ended_then_its_news_is_gone_for_somebody_with_another_role(
    app: Flask, team: Team, case: Complaint
) -> None:
    with app.app_context():
        person = team.users[Role.EXAMINER].id
        grant = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == person)).one()
        revoke_grant(grant, actor=STRANGER)
        auditor = UserFactory(Role.AUDITOR, password=None)
        moved = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == auditor.id)).one()
        command(lambda: setattr(moved, "user_id", person))()

    page = examiner(app, team).get(f"{INBOX}?show=all").text

    assert case.ticket not in page
    assert badge(page) == ""


def test_given_the_same_event_told_twice_then_it_stands_there_once(
    app: Flask, team: Team, case: Complaint
) -> None:
    with app.app_context():
        for _ in range(2):
            notify(
                "complaints.reporter_wrote",
                [team.users[Role.EXAMINER].id],
                key="7",
                about=case.id,
                label=case.ticket,
            )
        kinds = db.session.scalars(select(Notification.kind)).all()
        assert kinds.count("complaints.reporter_wrote") == 1


def test_given_a_command_that_fails_then_nobody_is_told(app: Flask, team: Team) -> None:
    with app.app_context():
        case = CaseFactory(ComplaintState.PLENARY_DECISION, team)
        before = (
            len(db.session.scalars(select(Notification.id)).all()),
            len(db.session.scalars(select(Message.id)).all()),
        )

        @command
        def half() -> None:
            accept_complaint(
                case,
                DecisionInput(CONSIDERATIONS, team.users[Role.EXAMINER].id),
                version=case.version,
                actor=team.head,
            )
            raise LookupError

        with pytest.raises(LookupError):
            half()
        assert before == (
            len(db.session.scalars(select(Notification.id)).all()),
            len(db.session.scalars(select(Message.id)).all()),
        )


def test_given_all_marked_as_read_then_what_came_since_the_page_stays_unread(
    app: Flask, team: Team, case: Complaint
) -> None:
    visitor = examiner(app, team)
    visitor.get(INBOX)
    sent = dict(visitor.page.values)
    with app.app_context():
        write_to_office(db.session.merge(case), "Satu hal lagi.", form_key="later")

    visitor.post(f"{INBOX}read", {"up_to": sent["up_to"]})

    page = visitor.get(INBOX).text
    assert WROTE in page
    assert GIVEN not in page


def test_given_a_line_of_somebody_else_then_it_does_not_exist(
    app: Flask, team: Team, case: Complaint
) -> None:
    with app.app_context():
        line = db.session.scalars(select(Notification.id)).first()
    head = Visitor(app).enter(team.users[Role.HEAD_OF_REPRESENTATIVE].id)
    assert head.post(f"{INBOX}{line}/open").status_code in (302, 404)
    stranger = Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id)
    own = {line}
    with app.app_context():
        own = set(
            db.session.scalars(
                select(Notification.id).where(Notification.person_id == team.users[Role.EXAMINER].id)
            )
        )
    assert {stranger.post(f"{INBOX}{one}/open").status_code for one in own} == {404}


def test_given_nothing_then_the_page_says_so_and_a_mistyped_address_changes_nothing(
    app: Flask, team: Team
) -> None:
    visitor = examiner(app, team)
    assert "Semua sudah Anda baca" in visitor.get(INBOX).text
    assert "Belum ada pemberitahuan" in visitor.get(f"{INBOX}?show=all&before=²&after=x").text


def test_given_many_when_paging_on_and_back_then_each_stands_on_one_page(
    app: Flask, team: Team, case: Complaint
) -> None:
    person = team.users[Role.EXAMINER].id
    with app.app_context():
        for number in range(60):
            notify("complaints.reporter_wrote", [person], key=f"m{number}", about=case.id, label=case.ticket)
    visitor = examiner(app, team)
    seen, address, addresses = [], INBOX, []
    while address:
        page = visitor.get(address).text
        addresses.append(address)
        seen += re.findall(r"/staff/notifications/(\d+)/open", page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 61
    back = re.search(r'href="([^"]+)" rel="prev"', visitor.get(addresses[-1]).text)
    assert back
    first = re.findall(r"/staff/notifications/(\d+)/open", visitor.get(back[1].replace("&amp;", "&")).text)
    assert first == seen[25:50]


def test_given_a_reassigned_case_then_the_new_examiner_is_told(
    app: Flask, team: Team, case: Complaint
) -> None:
    with app.app_context():
        other = UserFactory(Role.EXAMINER, password=None)
        held = db.session.merge(case)
        reassign_complaint(
            held, other.id, reason="Beban kerja dibagi rata.", version=held.version, actor=team.head
        )
    assert case.ticket in Visitor(app).enter(other.id).get(INBOX).text
