"""An administrator invites people, gets them in again, and ends what they may; all of it on the trail."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.commands import MAIL_INVITATION, send_link_again
from ombudsman_app.accounts.links import token_for
from ombudsman_app.accounts.models import FocalPoint, RoleGrant, User
from ombudsman_app.accounts.queries import actor_for, office_for
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.accounts import UserFactory
from ..notifications.post import mailing, scripted, sent_rounds
from ..visitor import Visitor

ACCOUNTS = "/staff/accounts"
EMAIL = "petugas.baru@example.test"
REASON = "Pindah tugas ke kantor cabang lain."


@pytest.fixture
def administrator(app: Flask, visitor: Visitor) -> Visitor:
    with app.app_context():
        user = UserFactory(Role.ADMINISTRATOR, password=None, name="Demo Pengelola")
    return visitor.enter(user.id)


def office_id(app: Flask, code: str = "kc_mamuju") -> int:
    with app.app_context():
        found = office_for(Role.OFFICE_OFFICER, code)
        assert found is not None
        return found.id


def invitation(app: Flask, **more: str) -> dict[str, str]:
    return {
        "name": "Demo Petugas Baru",
        "email": EMAIL,
        "role": "office_officer",
        "office": str(office_id(app)),
        "valid_until": "",
        **more,
    }


def right_of(user_id: int) -> RoleGrant:
    return db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == user_id)).one()


def events_of(user_id: int) -> list[str]:
    return list(
        db.session.scalars(
            select(TrailEntry.event)
            .where(TrailEntry.subject_type == "user", TrailEntry.subject_id == user_id)
            .order_by(TrailEntry.seq)
        )
    )


def mail_out(app: Flask) -> None:
    """Let the job put the mail into the outbox, then send it."""
    sent_rounds(app, MAIL_INVITATION)
    sent_rounds(app)


def links_in(server: Any) -> list[str]:
    found = [
        re.search(r"(/staff/first-password/\S+)", mail.get_body(("plain",)).get_content())
        for mail in server.box.mails()
    ]
    return [one[1] for one in found if one]


def test_given_a_new_person_when_invited_then_the_mailed_link_opens_the_account(
    app: Flask, administrator: Visitor
) -> None:
    with scripted() as server, mailing(app, server.port):
        sent = administrator.submit(ACCOUNTS + "/invite", invitation(app))
        assert sent.status_code == 302
        page = administrator.get(sent.location).text
        assert "Diundang" in page
        assert "Surel tidak dikirim dari sini" not in page
        mail_out(app)
    (link,) = links_in(server)
    assert Visitor(app).get(link).status_code == 200
    with app.app_context():
        user = db.session.scalars(select(User).where(User.email == EMAIL)).one()
        assert right_of(user.id).role is Role.OFFICE_OFFICER
        assert events_of(user.id) == [
            "accounts:user:created", "accounts:grant:given", "accounts:link:ordered",
        ]  # fmt: skip


def test_given_an_invitation_when_sent_again_then_the_link_before_is_dead(
    app: Flask, administrator: Visitor
) -> None:
    with scripted() as server, mailing(app, server.port):
        person = administrator.submit(ACCOUNTS + "/invite", invitation(app)).location
        mail_out(app)
        assert administrator.post(person + "/send-link").status_code == 302
        mail_out(app)
    first, second = links_in(server)
    assert Visitor(app).get(first).status_code == 404
    assert Visitor(app).get(second).status_code == 200


def test_given_somebody_with_a_password_when_another_link_is_asked_then_nothing_is_sent(
    app: Flask, administrator: Visitor
) -> None:
    with app.app_context():
        user = UserFactory(Role.OFFICE_OFFICER)
    assert administrator.post(f"{ACCOUNTS}/{user.id}/send-link").status_code == 409
    with app.app_context():
        assert events_of(user.id) == []


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"role": "examiner"}, "office"),
        ({"role": "pemilik"}, "role"),
        ({"office": "987654320"}, "office"),
        ({"email": "bukan alamat"}, "email"),
        ({"name": "   "}, "name"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
        ({"email": "TAKEN@example.test "}, "email"),
    ],
)
def test_given_something_wrong_when_inviting_then_it_is_said_beside_the_field_and_nothing_is_opened(
    app: Flask, administrator: Visitor, given: dict[str, str], wrong: str
) -> None:
    with app.app_context():
        UserFactory(email="taken@example.test")
    answer = administrator.submit(ACCOUNTS + "/invite", invitation(app, **given))
    assert answer.status_code == 422
    assert f'id="{wrong}-error"' in answer.text
    with app.app_context():
        assert db.session.scalar(select(User.id).where(User.email == EMAIL)) is None


def test_given_a_lost_phone_and_password_when_reset_then_both_are_gone_with_a_reason(
    app: Flask, administrator: Visitor
) -> None:
    with app.app_context():
        user = UserFactory(Role.OFFICE_OFFICER)
    at_work = Visitor(app).enter(user.id)
    sent = administrator.submit(
        f"{ACCOUNTS}/{user.id}/reset", {"password": "y", "phone": "y", "reason": REASON}
    )
    assert sent.status_code == 302
    assert at_work.get("/portal/").status_code == 302, "signed out"
    with app.app_context():
        found = db.session.get(User, user.id)
        assert found is not None
        assert (found.password_hash, found.totp_since) == (None, None)
        assert {"accounts:password:reset", "accounts:second_factor:reset"} <= set(events_of(user.id))
    assert REASON in administrator.get(f"{ACCOUNTS}/{user.id}").text


def test_given_nothing_chosen_when_reset_then_nothing_is_done(app: Flask, administrator: Visitor) -> None:
    with app.app_context():
        user = UserFactory(Role.OFFICE_OFFICER)
    answer = administrator.submit(f"{ACCOUNTS}/{user.id}/reset", {"reason": REASON})
    assert answer.status_code == 422
    with app.app_context():
        assert events_of(user.id) == []


def test_given_a_right_that_ends_when_its_officer_goes_on_then_it_is_refused_at_once(
    app: Flask, administrator: Visitor
) -> None:
    with app.app_context():
        user = UserFactory(Role.OFFICE_OFFICER)
        grant = right_of(user.id)
    at_work = Visitor(app).enter(user.id)
    assert at_work.get("/portal/").status_code == 200

    end = f"{ACCOUNTS}/{user.id}/grants/{grant.id}/end"
    assert administrator.submit(end, {"reason": "pendek"}).status_code == 422
    assert administrator.submit(end, {"reason": REASON}).status_code == 302

    refused = at_work.get("/portal/")
    assert refused.status_code == 403
    assert "tidak lagi memegang peran" in refused.text
    assert administrator.get(end).status_code == 409
    assert administrator.post(end, {"reason": ""}).status_code == 409, "before the form is judged"
    assert "Berakhir" in administrator.get(f"{ACCOUNTS}/{user.id}").text


def test_given_a_right_that_holds_when_it_is_given_again_then_it_is_said(
    app: Flask, administrator: Visitor
) -> None:
    with app.app_context():
        user = UserFactory(Role.OFFICE_OFFICER)
    give = f"{ACCOUNTS}/{user.id}/grant"
    office = str(office_id(app))
    again = administrator.submit(give, {"role": "office_officer", "office": office})
    assert again.status_code == 422
    other = administrator.submit(give, {"role": "office_head", "office": office, "valid_until": "2199-12-31"})
    assert other.status_code == 302
    with app.app_context():
        until = select(RoleGrant.valid_until).where(
            RoleGrant.user_id == user.id, RoleGrant.role == Role.OFFICE_HEAD
        )
        assert db.session.scalar(until) == date(2199, 12, 31)


def test_given_somebody_who_answers_for_an_office_then_no_role_that_watches_is_given(
    app: Flask, administrator: Visitor
) -> None:
    with app.app_context():
        officer, examiner = UserFactory(Role.OFFICE_OFFICER), UserFactory(Role.EXAMINER)
        grant = right_of(officer.id)
        ombudsman = office_for(Role.EXAMINER, "MAM")
        assert ombudsman is not None
    give = f"{ACCOUNTS}/{officer.id}/grant"
    watching = {"role": "examiner", "office": str(ombudsman.id)}

    refused = administrator.submit(give, watching)
    assert refused.status_code == 422
    assert "memegang peran di pihak lain" in refused.text
    answering = {"role": "office_officer", "office": str(office_id(app))}
    assert administrator.submit(f"{ACCOUNTS}/{examiner.id}/grant", answering).status_code == 422

    administrator.submit(f"{ACCOUNTS}/{officer.id}/grants/{grant.id}/end", {"reason": REASON})
    assert administrator.submit(give, watching).status_code == 302


def test_given_an_administrator_when_it_is_the_own_account_then_nothing_can_be_changed(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        own = UserFactory(Role.ADMINISTRATOR)
        grant = right_of(own.id)
    visitor.enter(own.id)
    page = visitor.get(f"{ACCOUNTS}/{own.id}")
    assert page.status_code == 200
    assert "pengelola lain yang mengubahnya" in page.text
    for path in ("grant", "reset", "send-link", f"grants/{grant.id}/end", f"grants/{grant.id}/focal-point"):
        assert visitor.post(f"{ACCOUNTS}/{own.id}/{path}").status_code == 403, path


def test_given_a_right_of_somebody_else_when_it_is_named_under_a_person_then_it_is_not_there(
    app: Flask, administrator: Visitor
) -> None:
    with app.app_context():
        one, other = UserFactory(Role.OFFICE_OFFICER), UserFactory(Role.OFFICE_OFFICER)
        grant = right_of(other.id)
    assert administrator.get(f"{ACCOUNTS}/{one.id}/grants/{grant.id}/end").status_code == 404


def test_given_many_people_when_the_list_is_narrowed_then_it_is_right_and_costs_the_same(
    app: Flask, administrator: Visitor
) -> None:
    with app.app_context():
        for number in range(limits.PAGE_ROWS + 2):
            UserFactory(Role.EXAMINER, name=f"Demo Pemeriksa {number:03}", password=None)
        UserFactory(Role.OFFICE_HEAD, name="Demo 100% Kepala")
        UserFactory(name="Demo Tanpa Peran")
    first = administrator.get(ACCOUNTS)
    cost = administrator.queries
    assert cost <= 8, "\n".join(administrator.statements)
    assert administrator.page is not None
    older = next(link for link in administrator.page.links if "after=" in link)
    second = administrator.get(older)
    assert administrator.queries == cost
    both = first.text + second.text
    assert all(both.count(f"Pemeriksa {number:03}<") == 1 for number in range(limits.PAGE_ROWS + 2))

    def names(query: str) -> set[str]:
        return set(re.findall(r"Demo [^<\"]+(?=</a>)", administrator.get(f"{ACCOUNTS}?{query}").text))

    assert names("q=100%25") == {"Demo 100% Kepala"}
    assert names("role=office_head") == {"Demo 100% Kepala"}
    assert names(f"office={office_id(app)}") == {"Demo 100% Kepala"}
    assert names("state=ended") == {"Demo Tanpa Peran"}
    assert names("state=invited&q=pemeriksa+001") == {"Demo Pemeriksa 001"}
    assert names("role=raja&state=x&office=y&after=z") != set()


def test_given_the_head_of_an_office_when_naming_a_focal_point_then_staff_see_it_and_history_stays(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    with app.app_context():
        head, officer = UserFactory(Role.OFFICE_HEAD), UserFactory(Role.OFFICE_OFFICER, name="Demo Wahyu")
        stranger = UserFactory(Role.OFFICE_OFFICER, portal_office="kc_ntt", name="Demo Lain")
        grant, elsewhere = right_of(officer.id).id, right_of(stranger.id).id
        boss, named, examiner = head.id, officer.id, UserFactory(Role.EXAMINER).id
    visitor.enter(boss)
    page = visitor.get("/portal/colleagues").text
    assert "Demo Wahyu" in page
    assert "Demo Lain" not in page

    name = f"/portal/colleagues/{grant}/focal-point"
    assert Visitor(app).enter(named).post(name).status_code == 403, "only the head names"
    assert visitor.post(f"/portal/colleagues/{elsewhere}/focal-point").status_code == 404
    assert visitor.post(name).status_code == 302
    shown = another_visitor.enter(examiner).get(f"{ACCOUNTS}/offices/{office_id(app)}").text
    assert shown.index("Demo Wahyu") < shown.index("Narahubung")
    assert visitor.post(name).status_code == 302
    with app.app_context():
        (row,) = db.session.scalars(select(FocalPoint)).all()
        assert row.ended_at is not None
        assert events_of(named) == ["accounts:focal_point:named", "accounts:focal_point:ended"]


def test_given_a_focal_point_when_the_right_ends_then_it_ends_too(app: Flask, administrator: Visitor) -> None:
    with app.app_context():
        officer = UserFactory(Role.OFFICE_OFFICER)
        grant = right_of(officer.id).id
    base = f"{ACCOUNTS}/{officer.id}/grants/{grant}"
    administrator.post(base + "/focal-point")
    administrator.submit(base + "/end", {"reason": REASON})
    with app.app_context():
        (row,) = db.session.scalars(select(FocalPoint)).all()
        assert row.ended_at is not None
    assert administrator.post(base + "/focal-point").status_code == 409


def test_given_a_link_ordered_anew_then_the_signature_of_the_one_before_fits_no_more(in_app: Flask) -> None:
    invited, boss = UserFactory(Role.OFFICE_OFFICER, password=None), UserFactory(Role.ADMINISTRATOR)
    before = token_for(invited.id, None, invited.link_since)
    actor = actor_for(boss.id)
    assert actor is not None
    user = db.session.get(User, invited.id)
    assert user is not None
    send_link_again(user, actor=actor)
    assert token_for(invited.id, None, user.link_since) != before
