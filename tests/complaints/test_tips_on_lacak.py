"""Whoever gave information opens it with ticket and code: where it stands, and a talk in both directions."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import answer_tip, move_tip
from ombudsman_app.complaints.models import InformationTip, TipMessage
from ombudsman_app.complaints.states import TipState
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.complaints import CODE, NARRATIVE, ComplaintFactory, TeamFactory, TipFactory
from ..visitor import Visitor

WRONG = "0000000000000000"
WORDS = "Petugas yang sama melakukannya lagi kemarin."
QUESTION = "Terima kasih. Pada jam berapa biasanya loket ditutup?"


def made(app: Flask, **given: object) -> InformationTip:
    with app.app_context():
        return TipFactory(**given)


def opened(visitor: Visitor, tip: InformationTip, code: str = CODE) -> int:
    return visitor.submit("/lacak", {"ticket": tip.ticket, "access_code": code}).status_code


def messages(app: Flask) -> list[TipMessage]:
    with app.app_context():
        return list(db.session.scalars(select(TipMessage).order_by(TipMessage.id)))


def held(app: Flask) -> InformationTip:
    with app.app_context():
        return db.session.scalars(select(InformationTip)).one()


def write(visitor: Visitor, words: str = WORDS, **more: str) -> int:
    visitor.get("/lacak/laporan")
    assert visitor.page is not None
    return visitor.post("/lacak/pesan", {**visitor.page.values, "message": words, **more}).status_code


def test_given_a_question_of_the_office_when_opened_then_it_is_read_and_answered(
    app: Flask, visitor: Visitor
) -> None:
    tip = made(app)
    with app.app_context():
        team = TeamFactory()
        move_tip(tip, "begin_reading", version=tip.version, actor=team.intake)
        answer_tip(tip, QUESTION, form_key="", actor=team.intake)
    assert not held(app).awaits_office

    assert opened(visitor, tip) == 302
    page = visitor.get("/lacak/laporan").text
    assert QUESTION in page
    assert "Demo Penerima" not in page, "no officer is named"
    assert NARRATIVE not in page
    (asked,) = messages(app)
    assert asked.read_at is not None

    assert write(visitor) == 302
    assert WORDS in visitor.get("/lacak/laporan").text
    assert [message.author_id is None for message in messages(app)] == [False, True]
    assert held(app).awaits_office
    with app.app_context():
        of_tip = select(TrailEntry.event).where(TrailEntry.subject_type == "tip")
        events = db.session.scalars(of_tip.order_by(TrailEntry.seq)).all()
    assert events == [
        "complaints:tip:received",
        "complaints:tip:interest_declared",  # none: who takes it says so
        "complaints:tip:moved",
        "complaints:tip:message_sent",
        "complaints:tip:followed",
        "complaints:tip:message_read",
        "complaints:tip:message_sent",
    ]


def test_given_a_message_is_sent_twice_then_it_is_there_once(app: Flask, visitor: Visitor) -> None:
    opened(visitor, made(app))
    visitor.get("/lacak/laporan")
    assert visitor.page is not None
    form = {**visitor.page.values, "message": WORDS}
    assert [visitor.post("/lacak/pesan", form).status_code for _ in range(3)] == [302] * 3
    assert write(visitor) == 302, "and the same words in a fresh form, minutes later"
    assert len(messages(app)) == 1
    assert visitor.post("/lacak/pesan", {**form, "message": "Lain."}).status_code == 422


def test_given_an_empty_message_then_it_is_told_beside_the_box(app: Flask, visitor: Visitor) -> None:
    opened(visitor, made(app))
    assert write(visitor, "   ") == 422
    assert messages(app) == []


def test_given_it_was_set_aside_then_nothing_more_is_written(app: Flask, visitor: Visitor) -> None:
    tip = made(app)
    opened(visitor, tip)
    visitor.get("/lacak/laporan")
    assert visitor.page is not None
    form = {**visitor.page.values, "message": WORDS}
    with app.app_context():
        team = TeamFactory()
        for event in ("begin_reading", "set_aside"):
            now_there = db.session.get_one(InformationTip, tip.id)
            reason, version = "Sudah diperiksa.", now_there.version
            move_tip(now_there, event, version=version, actor=team.intake, reason=reason)
    late = visitor.post("/lacak/pesan", form)
    assert late.status_code == 409
    assert WORDS in late.text, "what was typed is there to be copied"
    assert held(app).state is TipState.SET_ASIDE
    page = visitor.get("/lacak/laporan").text
    assert 'name="message"' not in page
    assert "Sudah diperiksa." not in page, "the grounds stay in the office"


def test_given_no_open_page_when_a_message_is_sent_then_the_text_is_kept(visitor: Visitor) -> None:
    answer = visitor.post("/lacak/pesan", {"message": WORDS})
    assert answer.status_code == 401
    assert WORDS in answer.text


def test_unknown_tickets_tips_and_complaints_cost_the_same_work_and_answer_alike(app: Flask) -> None:
    """AU3, AU7: from the outside nobody learns whether somebody gave a name."""
    with app.app_context():
        tickets = [TipFactory().ticket, ComplaintFactory().ticket, "MAM-2026-ZZZZZZZZ-Z"]
    work, texts = [], []
    for number, ticket in enumerate(tickets):
        visitor = Visitor(app, f"203.0.113.{20 + number}")
        answer = visitor.submit("/lacak", {"ticket": ticket, "access_code": WRONG})
        assert answer.status_code == 422
        work.append(visitor.statements)
        texts.append(answer.text.split("<main")[1].replace(ticket, "").split('name="csrf_token"')[0])
    assert work[0] == work[1] == work[2]
    assert texts[0] == texts[1] == texts[2]


def test_opening_a_tip_and_a_complaint_costs_the_same_work(app: Flask) -> None:
    with app.app_context():
        tickets = [TipFactory().ticket, ComplaintFactory().ticket]
    work = []
    for number, ticket in enumerate(tickets):
        visitor = Visitor(app, f"203.0.113.{30 + number}")
        answer = visitor.submit("/lacak", {"ticket": ticket, "access_code": CODE})
        assert answer.location == "/lacak/laporan"
        work.append(visitor.statements)
    assert work[0] == work[1]


def test_tickets_of_both_kinds_have_one_form(app: Flask) -> None:
    with app.app_context():
        tip, case = TipFactory().ticket, ComplaintFactory().ticket
    assert [len(part) for part in tip.split("-")] == [len(part) for part in case.split("-")]
    assert tip.split("-")[:2] == case.split("-")[:2]


def test_given_ten_wrong_codes_then_this_ticket_waits(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    tip = made(app)
    with stopped_at(now()):
        assert [opened(visitor, tip, WRONG) for _ in range(11)] == [422] * 10 + [429]
        assert opened(another_visitor, tip) == 302


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_given_nobody_looks_for_half_an_hour_then_the_page_closes(
    app: Flask, visitor: Visitor, minutes: int, status: int
) -> None:
    tip, begun = made(app), now()
    with stopped_at(begun):
        opened(visitor, tip)
    with stopped_at(begun + timedelta(minutes=minutes)):
        assert visitor.get("/lacak/laporan").status_code == status


def test_given_a_shared_phone_when_closed_then_the_next_person_sees_nothing(
    app: Flask, visitor: Visitor
) -> None:
    tip = made(app)
    opened(visitor, tip)
    assert tip.ticket in visitor.get("/lacak/laporan").text
    assert visitor.post("/lacak/tutup").location == "/lacak"
    assert visitor.get("/lacak/laporan").location == "/lacak"


def test_given_one_code_then_it_opens_this_one_alone(app: Flask, visitor: Visitor) -> None:
    mine, theirs = made(app), made(app, access_code="ZZZZZZZZZZZZZZZZ")
    assert opened(visitor, theirs) == 422
    opened(visitor, mine)
    assert theirs.ticket not in visitor.get("/lacak/laporan").text


def test_given_a_complaint_is_opened_after_it_then_the_complaint_shows(app: Flask, visitor: Visitor) -> None:
    tip = made(app)
    with app.app_context():
        case = ComplaintFactory()
    opened(visitor, tip)
    visitor.submit("/lacak", {"ticket": case.ticket, "access_code": CODE})
    page = visitor.get("/lacak/laporan").text
    assert case.ticket in page
    assert tip.ticket not in page


def test_the_page_costs_the_same_however_much_was_written(app: Flask, visitor: Visitor) -> None:
    tip = made(app)
    with app.app_context():
        team = TeamFactory()
        move_tip(tip, "begin_reading", version=tip.version, actor=team.intake)
        answer_tip(tip, QUESTION, form_key="", actor=team.intake)
    opened(visitor, tip)
    visitor.get("/lacak/laporan")
    visitor.get("/lacak/laporan")
    few = visitor.queries
    with app.app_context():
        for number in range(20):
            answer_tip(tip, f"{QUESTION} {number}", form_key="", actor=team.intake)
    visitor.get("/lacak/laporan")
    visitor.get("/lacak/laporan")
    assert few == visitor.queries <= 6
