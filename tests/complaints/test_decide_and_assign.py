"""The head decides and gives the case to an examiner, who declares an interest or none."""

import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts.commands import deactivate, revoke_grant
from ombudsman_app.accounts.models import ConflictDeclaration, RoleGrant, User
from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.commands import (
    DecisionInput,
    accept_complaint,
    declare_interest,
    reassign_complaint,
)
from ombudsman_app.complaints.errors import OfficerNotFree
from ombudsman_app.complaints.models import Complaint, ComplaintClock, ComplaintStep
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, RecordChanged
from ombudsman_app.core.policy import STRANGER, Role

from ..factories.accounts import UserFactory
from ..factories.complaints import CONSIDERATIONS, CaseFactory, TeamFactory
from ..visitor import Visitor

PLENARY, ASSIGNED = ComplaintState.PLENARY_DECISION, ComplaintState.ASSIGNED
HEAD, EXAMINER, INTAKE = Role.HEAD_OF_REPRESENTATIVE, Role.EXAMINER, Role.PVL_ASSISTANT


def stored(case: Complaint) -> Complaint:
    db.session.expire_all()
    return db.session.scalars(select(Complaint).where(Complaint.id == case.id)).one()


def test_given_both_checks_done_when_the_head_decides_then_the_examiner_has_it(
    app: Flask, visitor: Visitor, another_visitor: Visitor, clock
) -> None:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(PLENARY, team)
    examiner = team.users[EXAMINER].id

    answer = visitor.enter(team.users[HEAD].id).submit(
        f"/staff/complaints/{case.id}/decide", {"considerations": CONSIDERATIONS, "examiner": str(examiner)}
    )

    assert answer.location == f"/staff/complaints/{case.id}"
    with app.app_context():
        now = stored(case)
        assert (now.state, now.officer_id, now.has_officer_declared) == (ASSIGNED, examiner, False)
        clocks = {
            row.clock: row
            for row in db.session.scalars(
                select(ComplaintClock).where(ComplaintClock.complaint_id == case.id)
            )
        }
        assert clocks["T03"].ended_on == date(2026, 11, 20)
        assert clocks["T06"].due_on == now.next_due_on
        step = db.session.scalars(select(ComplaintStep).where(ComplaintStep.move == "accept")).one()
        assert (step.reason, step.officer_id) == (CONSIDERATIONS, examiner)
    page = another_visitor.enter(examiner).get(f"/staff/complaints/{case.id}").text
    assert f"/staff/complaints/{case.id}/declare" in page
    assert CONSIDERATIONS in page


def test_given_two_heads_when_both_decide_then_the_second_sees_both_texts(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(PLENARY, team)
        second = UserFactory(HEAD, name="Demo Kepala Kedua")
    page, examiner = f"/staff/complaints/{case.id}/decide", str(team.users[EXAMINER].id)
    another_visitor.enter(second.id).get(page)
    opened = dict(another_visitor.page.values)
    mine = {**opened, "considerations": "Pertimbangan kepala kedua, panjang.", "examiner": examiner}
    visitor.enter(team.users[HEAD].id).submit(page, {"considerations": CONSIDERATIONS, "examiner": examiner})

    answer = another_visitor.post(page, mine)

    assert answer.status_code == 409
    assert "Pertimbangan kepala kedua, panjang." in answer.text
    assert CONSIDERATIONS in answer.text
    assert "Demo Kepala" in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(ComplaintStep.move == "accept")) == 1


def test_given_ten_decisions_at_once_when_made_then_one_holds(in_app: Flask) -> None:
    team = TeamFactory()
    case = CaseFactory(PLENARY, team)
    version, head, examiner = case.version, team.head, team.users[EXAMINER].id
    db.session.remove()
    told: list[str] = []

    def decide(number: int) -> None:
        with in_app.app_context():
            try:
                held = db.session.get_one(Complaint, case.id)
                given = DecisionInput(f"Pertimbangan nomor {number} dari rapat.", examiner)
                accept_complaint(held, given, version=version, actor=head)
                told.append("done")
            except (RecordChanged, MoveNotAllowed) as refused:
                told.append(refused.code)

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["done", *["record_changed"] * 9]
    assert db.session.scalar(select(func.count()).where(ComplaintStep.move == "accept")) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not HEAD])
def test_given_another_role_when_deciding_then_it_is_refused(in_app: Flask, role: Role) -> None:
    team = TeamFactory()
    case, person = CaseFactory(PLENARY, team), UserFactory(role, password=None)
    with pytest.raises(NotAllowed):
        accept_complaint(
            case,
            DecisionInput(CONSIDERATIONS, team.users[EXAMINER].id),
            version=case.version,
            actor=actor_for(person.id),
        )
    assert stored(case).state is PLENARY


def test_given_the_head_of_another_office_who_is_examiner_here_when_deciding_then_it_is_refused(
    in_app: Flask,
) -> None:
    """A role counts at the office where it is held."""
    team = TeamFactory()
    case = CaseFactory(PLENARY, team)
    both = UserFactory(EXAMINER, password=None)
    kupang = db.session.scalars(
        select(RoleGrant.office_id).where(
            RoleGrant.user_id == UserFactory(HEAD, office="KPG", password=None).id
        )
    ).one()
    from ombudsman_app.accounts.commands import give_grant
    from ombudsman_app.directory.models import Office

    give_grant(db.session.get_one(User, both.id), HEAD, db.session.get_one(Office, kupang), actor=STRANGER)
    with pytest.raises(NotAllowed):
        accept_complaint(
            case, DecisionInput(CONSIDERATIONS, both.id), version=case.version, actor=actor_for(both.id)
        )


def _intake_officer(team) -> int:
    return team.users[INTAKE].id


def _examiner_elsewhere(_team) -> int:
    return UserFactory(EXAMINER, office="KPG", password=None).id


def _closed_account(_team) -> int:
    user = UserFactory(EXAMINER, password=None)
    deactivate(db.session.get_one(User, user.id), actor=STRANGER)
    return user.id


def _revoked(_team) -> int:
    user = UserFactory(EXAMINER, password=None)
    revoke_grant(
        db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == user.id)).one(), actor=STRANGER
    )
    return user.id


@pytest.mark.parametrize(
    "whom", [_intake_officer, _examiner_elsewhere, _closed_account, _revoked, lambda _team: 987654321]
)
def test_given_somebody_who_is_no_examiner_here_when_assigning_then_it_is_refused(
    in_app: Flask, whom
) -> None:
    team = TeamFactory()
    case = CaseFactory(PLENARY, team)
    chosen = whom(team)
    with pytest.raises(OfficerNotFree):
        accept_complaint(case, DecisionInput(CONSIDERATIONS, chosen), version=case.version, actor=team.head)
    assert stored(case).state is PLENARY


def test_given_a_declared_interest_when_looking_then_the_case_does_not_exist_for_them(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ASSIGNED, team, is_declared=False)
    visitor.enter(team.users[EXAMINER].id)
    page = f"/staff/complaints/{case.id}"

    answer = visitor.submit(f"{page}/declare", {"interest": "yes", "reason": "Sepupu saya bekerja di sana."})

    assert answer.location == "/staff/complaints/"
    assert visitor.get(page).status_code == 404
    assert case.registration_number not in visitor.get("/staff/complaints/").text
    for address in ("identity", "declare", "messages", "notes", "assign"):
        assert visitor.client.get(f"{page}/{address}").status_code in (404, 405)
    with app.app_context():
        assert (stored(case).officer_id, stored(case).has_officer_declared) == (None, False)
        assert db.session.scalars(select(ConflictDeclaration.reason)).all()[-1].startswith("Sepupu")
    head = visitor.enter(team.users[HEAD].id)
    assert team.users[EXAMINER].name in head.get(page).text
    offered = head.get(f"{page}/assign").text
    assert f'value="{team.users[EXAMINER].id}"' not in offered


def test_given_an_interest_when_the_head_assigns_by_hand_then_it_is_refused(in_app: Flask) -> None:
    team = TeamFactory()
    case = CaseFactory(PLENARY, team)
    declare_interest(case, "", actor=team.examiner)
    with pytest.raises(OfficerNotFree):
        accept_complaint(
            case,
            DecisionInput(CONSIDERATIONS, team.users[EXAMINER].id),
            version=stored(case).version,
            actor=team.head,
        )


def test_given_no_declaration_yet_when_working_on_it_then_identity_and_messages_stay_shut(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ASSIGNED, team, is_declared=False)
    visitor.enter(team.users[EXAMINER].id)
    page = f"/staff/complaints/{case.id}"
    assert visitor.get(f"{page}/identity").status_code == 403
    assert visitor.post(f"{page}/messages", {"message": "Halo"}).status_code == 403

    assert visitor.submit(f"{page}/declare", {"interest": "no"}).status_code == 302

    assert visitor.get(f"{page}/identity").status_code == 200
    assert visitor.post(f"{page}/messages", {"message": "Halo"}).status_code == 302


def test_given_a_case_under_examination_when_the_head_gives_it_on_then_the_first_loses_it(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ASSIGNED, team)
        other = UserFactory(EXAMINER, name="Demo Pemeriksa Kedua")
    page = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[HEAD].id).submit(
        f"{page}/assign", {"examiner": str(other.id), "reason": "Cuti melahirkan selama tiga bulan."}
    )
    with app.app_context():
        assert (stored(case).officer_id, stored(case).has_officer_declared) == (other.id, False)
    assert visitor.enter(team.users[EXAMINER].id).get(f"{page}/identity").status_code == 403
    assert "Cuti melahirkan" in visitor.get(page).text


def test_given_an_old_page_when_reassigning_then_409(in_app: Flask) -> None:
    team = TeamFactory()
    case = CaseFactory(ASSIGNED, team)
    other = UserFactory(EXAMINER, password=None)
    with pytest.raises(RecordChanged):
        reassign_complaint(case, other.id, reason="Beban kerja", version=case.version - 1, actor=team.head)


def test_given_short_considerations_when_deciding_then_the_field_says_so_and_keeps_them(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(PLENARY, team)
    answer = visitor.enter(team.users[HEAD].id).submit(
        f"/staff/complaints/{case.id}/decide", {"considerations": "Setuju."}
    )
    assert answer.status_code == 422
    assert visitor.page.values["considerations"] == "Setuju."
    assert 'id="examiner-error"' in answer.text
