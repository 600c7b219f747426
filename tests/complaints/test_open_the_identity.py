"""Who reports is opened by the officer of the case alone: reasoned, freshly proved, written down (PD2)."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.commands import open_identity
from ombudsman_app.complaints.errors import IdentityGone
from ombudsman_app.complaints.models import Complaint, IdentityAccess, ReporterIdentity
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.accounts import PASSWORD, UserFactory
from ..factories.complaints import CaseFactory, Team, TeamFactory
from ..visitor import Visitor

NAME = "Demo Kenari Qwyx"
PERSON = {"full_name": NAME, "birth_date": "1987-08-17", "marital_status": "widowed", "phone": "081276543219"}
REASON = "Memeriksa alamat untuk verifikasi formil."
ASSIGNED = ComplaintState.ASSIGNED


def opened() -> int:
    return db.session.scalar(select(func.count(IdentityAccess.id))) or 0


def on_trail() -> int:
    where = TrailEntry.event == Event.COMPLAINTS_IDENTITY_OPENED
    return db.session.scalar(select(func.count(TrailEntry.seq)).where(where)) or 0


def prepared(app: Flask) -> tuple[Team, Complaint]:
    with app.app_context():
        team = TeamFactory()
        return team, CaseFactory(ASSIGNED, team, identity=PERSON, confidentiality="confidential")


def test_given_a_reason_and_a_fresh_sign_in_when_opening_then_it_is_shown_once_and_written_down(
    app: Flask, visitor: Visitor
) -> None:
    team, case = prepared(app)
    page = f"/staff/complaints/{case.id}"
    visitor.enter(team.users[Role.EXAMINER].id)
    assert NAME not in visitor.get(f"{page}/identity").text

    answer = visitor.submit(f"{page}/identity", {"reason": REASON})

    assert answer.status_code == 200
    assert NAME in answer.text
    assert "081276543219" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    with app.app_context():
        row = db.session.scalars(select(IdentityAccess)).one()
        assert (row.user_id, row.reason) == (team.users[Role.EXAMINER].id, REASON)
        assert on_trail() == 1
    told = visitor.get(page).text
    assert NAME not in told
    assert REASON in told


@pytest.mark.parametrize("reason", ["", "   ", "pendek"])
def test_given_no_real_reason_when_opening_then_no_row_and_no_data(
    app: Flask, visitor: Visitor, reason: str
) -> None:
    team, case = prepared(app)
    answer = visitor.enter(team.users[Role.EXAMINER].id).submit(
        f"/staff/complaints/{case.id}/identity", {"reason": reason}
    )
    assert answer.status_code == 422
    assert NAME not in answer.text
    with app.app_context():
        assert (opened(), on_trail()) == (0, 0)


def test_given_an_old_sign_in_when_opening_then_the_proof_is_asked_and_the_reason_is_kept(
    app: Flask, visitor: Visitor
) -> None:
    team, case = prepared(app)
    page = f"/staff/complaints/{case.id}/identity"
    visitor.enter(team.users[Role.EXAMINER].id, proved_ago=timedelta(minutes=6))

    asked = visitor.submit(page, {"reason": REASON})

    assert asked.status_code == 403
    assert NAME not in asked.text
    assert visitor.page.values["reason"] == REASON
    with app.app_context():
        assert (opened(), on_trail()) == (0, 0)

    wrong = visitor.post(
        page, {**visitor.page.values, "proof_password": "salah-sekali-ini", "proof_code": "000000"}
    )
    assert wrong.status_code in (403, 422)
    assert NAME not in wrong.text

    proof = visitor.sign_in_form(team.users[Role.EXAMINER])
    shown = visitor.post(
        page, {**visitor.page.values, "proof_password": PASSWORD, "proof_code": proof["code"]}
    )
    assert shown.status_code == 200, shown.text
    assert NAME in shown.text
    with app.app_context():
        assert (opened(), on_trail()) == (1, 1)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EXAMINER])
def test_given_a_colleague_when_opening_then_it_stays_shut(in_app: Flask, role: Role) -> None:
    team = TeamFactory()
    case = CaseFactory(ASSIGNED, team, identity=PERSON)
    person = UserFactory(role, password=None)
    with pytest.raises(NotAllowed):
        open_identity(case, REASON, actor=actor_for(person.id))
    assert (opened(), on_trail()) == (0, 0)


def test_given_another_examiner_of_the_same_office_when_opening_then_it_stays_shut(
    app: Flask, visitor: Visitor
) -> None:
    _team, case = prepared(app)
    with app.app_context():
        other = UserFactory(Role.EXAMINER, password=None).id
    visitor.enter(other)
    assert visitor.get(f"/staff/complaints/{case.id}/identity").status_code == 403
    assert visitor.post(f"/staff/complaints/{case.id}/identity", {"reason": REASON}).status_code == 403
    with app.app_context():
        assert opened() == 0


def test_given_eight_openings_at_once_when_they_succeed_then_each_left_its_own_line(in_app: Flask) -> None:
    team = TeamFactory()
    case = CaseFactory(ASSIGNED, team, identity=PERSON)
    actor = team.examiner
    db.session.remove()
    seen: list[str] = []

    def look() -> None:
        with in_app.app_context():
            held = db.session.get_one(Complaint, case.id)
            seen.append(open_identity(held, REASON, actor=actor)["full_name"])

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [NAME] * 8
    assert (opened(), on_trail()) == (8, 8)


def test_given_the_case_went_to_somebody_else_when_the_page_is_still_open_then_it_stays_shut(
    app: Flask, visitor: Visitor
) -> None:
    team, case = prepared(app)
    visitor.enter(team.users[Role.EXAMINER].id).get(f"/staff/complaints/{case.id}/identity")
    form = {**visitor.page.values, "reason": REASON}
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Complaint.__table__).values(officer_id=None))
    assert visitor.post(f"/staff/complaints/{case.id}/identity", form).status_code == 403


def test_given_a_destroyed_key_when_opening_then_there_is_nobody_and_nothing_is_written(
    app: Flask, visitor: Visitor
) -> None:
    team, case = prepared(app)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(ReporterIdentity.__table__).values(wrapped_key=None))
    answer = visitor.enter(team.users[Role.EXAMINER].id).submit(
        f"/staff/complaints/{case.id}/identity", {"reason": REASON}
    )
    assert answer.status_code == 410
    with app.app_context():
        assert (opened(), on_trail()) == (0, 0)


def test_given_a_seal_moved_from_another_row_when_opening_then_nothing_is_shown(in_app: Flask) -> None:
    team = TeamFactory()
    case = CaseFactory(ASSIGNED, team, identity=PERSON)
    CaseFactory(ASSIGNED, team, identity={"full_name": "Demo Orang Lain"})
    mine, other = db.session.scalars(select(ReporterIdentity.id).order_by(ReporterIdentity.id)).all()
    db.session.execute(
        text(
            "UPDATE reporter_identity SET full_name ="
            " (SELECT full_name FROM reporter_identity WHERE id = :o) WHERE id = :m"
        ),
        {"m": mine, "o": other},
    )
    db.session.commit()
    db.session.expire_all()
    with pytest.raises(IdentityGone):
        open_identity(case, REASON, actor=team.examiner)


def test_given_five_minutes_exactly_when_opening_then_it_is_still_fresh(app: Flask, visitor: Visitor) -> None:
    team, case = prepared(app)
    instant = now()
    with stopped_at(instant - timedelta(minutes=5)):
        visitor.enter(team.users[Role.EXAMINER].id)
    with stopped_at(instant):
        answer = visitor.submit(f"/staff/complaints/{case.id}/identity", {"reason": REASON})
    assert answer.status_code == 200
