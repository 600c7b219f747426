"""The portal: what is asked of one's office, and nobody falls out of its look."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Date, String, cast, literal, null, select, union_all

from ombudsman_app.accounts.commands import revoke_grant
from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.web import asked

from ..factories.accounts import UserFactory
from ..visitor import Visitor

PORTAL, DESK = "/portal/", "/staff/"
TODAY = date(2026, 11, 20)
INBOX, CHOICES = "/staff/notifications/", "/staff/notifications/preferences"
NO_KEYS = ("", "x", "2026-11-20~test~x", "2026-99-99~test~1", "~~", "2026-11-20~test~" + "9" * 40)
Question = tuple[int, str, date | None, bool]


def officer(app: Flask, *roles: Role, **more: Any) -> Any:
    with app.app_context():
        return UserFactory(*(roles or (Role.OFFICE_OFFICER,)), **more)


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """A kind that asks whatever a test puts in: id, title, last day, whether it waits for the office."""
    put: list[Question] = []

    def rows(actor: Actor) -> Any:
        parts = [
            select(
                literal(one).label("record_id"),
                literal(title, String).label("title"),
                literal("Perwakilan Sulbar", String).label("asker"),
                literal(TODAY - timedelta(days=9)).label("asked_on"),
                literal(due).label("due_on") if due else literal(TODAY).label("due_on"),
                cast(null(), Date).label("paused_until"),
                literal("sent", String).label("state"),
                literal(waits).label("waits"),
            ).where(literal(bool(actor.offices_as(Role.OFFICE_OFFICER))))
            for one, title, due, waits in put
        ]
        return select(union_all(*parts).subquery())

    kind = asked.AskedKind("test", "Pertanyaan", rows, "public.home.guide_chapter", "slug", lambda _s: "Baru")
    monkeypatch.setattr(asked, "_kinds", {"test": kind})
    return put


def test_given_no_question_when_the_start_page_is_opened_then_it_explains(
    app: Flask, visitor: Visitor
) -> None:
    page = visitor.enter(officer(app).id).get(PORTAL)

    assert page.status_code == 200
    assert "Mamuju" in page.text
    assert "Tidak ada yang diminta" in page.text


def test_given_questions_when_the_start_page_is_opened_then_the_earliest_day_is_first_and_late_said(
    app: Flask, visitor: Visitor, clock: Any, questions: list[Any]
) -> None:
    clock.at("2026-11-20T09:00+08:00")
    questions += [
        (1, "Yang nanti", date(2026, 12, 4), True),
        (2, "Yang terlambat", date(2026, 11, 18), True),
        (3, "Yang sudah dijawab", date(2026, 11, 1), False),
    ]
    visitor.enter(officer(app).id)

    page = visitor.get(PORTAL).text
    assert page.index("Yang terlambat") < page.index("Yang nanti")
    assert "terlambat 2 hari" in page
    assert "Yang sudah dijawab" not in page
    assert visitor.queries <= 4, "\n".join(visitor.statements)
    answered = visitor.get(PORTAL + "?show=answered").text
    assert "Yang sudah dijawab" in answered
    assert "Yang nanti" not in answered


def test_given_more_than_a_page_of_questions_when_one_goes_on_then_each_is_shown_once(
    app: Flask, visitor: Visitor, clock: Any, questions: list[Any]
) -> None:
    clock.at("2026-11-20T09:00+08:00")
    number = limits.PAGE_ROWS + 3
    questions += [(one, f"Nomor {one:03}.", date(2026, 12, 4), True) for one in range(1, number + 1)]
    visitor.enter(officer(app).id)

    first = visitor.get(PORTAL)
    assert visitor.page is not None
    older = next(link for link in visitor.page.links if "after=" in link)
    second = visitor.get(older)
    both = first.text + second.text
    seen = [one for one in range(1, number + 1) for _ in range(both.count(f"Nomor {one:03}."))]
    assert seen == list(range(1, number + 1))


@pytest.mark.parametrize("key", NO_KEYS)
def test_given_a_key_that_is_none_when_it_is_asked_then_the_first_page_is_shown(
    app: Flask, visitor: Visitor, questions: list[Any], key: str
) -> None:
    questions.append((1, "Satu hal", date(2026, 12, 4), True))
    page = visitor.enter(officer(app).id).get(PORTAL, query_string={"after": key})
    assert page.status_code == 200
    assert "Satu hal" in page.text


def test_given_a_portal_officer_when_signed_in_then_the_portal_opens(app: Flask, visitor: Visitor) -> None:
    user = officer(app)
    answer = visitor.post("/staff/sign-in?next=/staff/complaints/", visitor.sign_in_form(user))
    assert answer.location == PORTAL, "not the page of others that was asked for"
    again = Visitor(app)
    own = again.post("/staff/sign-in?next=/staff/account", again.sign_in_form(user))
    assert own.location == "/staff/account"


def test_given_staff_when_signed_in_then_the_desk_opens(app: Flask, visitor: Visitor) -> None:
    user = officer(app, Role.EXAMINER)
    answer = visitor.post("/staff/sign-in?next=/portal/", visitor.sign_in_form(user))
    assert answer.location == DESK


def test_given_a_portal_officer_when_the_desk_is_asked_then_the_way_to_the_portal_is_shown(
    app: Flask, visitor: Visitor
) -> None:
    page = visitor.enter(officer(app).id).get(DESK)
    assert page.status_code == 403
    assert f'class="button" href="{PORTAL}"' in page.text
    assert 'class="tabs"' in page.text, "in the look of the portal"


def test_given_staff_when_the_portal_is_asked_then_the_way_to_the_desk_is_shown(
    app: Flask, visitor: Visitor
) -> None:
    page = visitor.enter(officer(app, Role.EXAMINER).id).get(PORTAL)
    assert page.status_code == 403
    assert f'class="button" href="{DESK}"' in page.text
    assert 'class="tabs"' not in page.text


@pytest.mark.parametrize("path", ["/staff/account", "/staff/account/password", INBOX, CHOICES])
def test_given_a_portal_officer_when_an_own_page_is_opened_then_it_looks_like_the_portal(
    app: Flask, visitor: Visitor, path: str
) -> None:
    page = visitor.enter(officer(app).id).get(path)
    assert page.status_code == 200
    assert 'class="tabs"' in page.text
    assert f'href="{PORTAL}"' in page.text
    assert f'href="{DESK}"' not in page.text


def test_given_a_right_that_was_ended_when_something_is_sent_then_it_is_said_and_the_text_kept(
    app: Flask, visitor: Visitor
) -> None:
    user = officer(app)
    visitor.enter(user.id).get(PORTAL)
    with app.app_context():
        for grant in db.session.query(RoleGrant).filter_by(user_id=user.id).all():
            revoke_grant(grant, actor=STRANGER)

    typed = "Kami telah memperbaiki loket dua dan tiga."
    looked, sent = visitor.get(PORTAL), visitor.post(CHOICES, {"number": typed})
    for answer in (looked, sent):
        assert answer.status_code == 403
        assert "tidak lagi memegang peran" in answer.text
    assert typed in sent.text


def test_given_an_officer_in_another_zone_then_the_day_is_that_of_the_office(
    app: Flask, visitor: Visitor, clock: Any
) -> None:
    clock.at("2026-11-20T00:30+08:00")  # still the 19th in Jakarta
    assert "20 November 2026" in visitor.enter(officer(app).id).get(PORTAL).text
