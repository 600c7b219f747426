"""/lacak: whoever holds ticket and code sees where it stands, and nothing that tells on the reporter."""

from datetime import timedelta

import pytest
from flask import Flask

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.clock import now, stopped_at

from ..factories.complaints import CODE, NARRATIVE, PERSON, ComplaintFactory
from ..visitor import Visitor

WRONG = "0000000000000000"
OFFICE = "BPJS Ketenagakerjaan Kantor Cabang Mamuju"


def made(app: Flask, **given: object) -> Complaint:
    with app.app_context():
        return ComplaintFactory(**given)  # type: ignore[arg-type]


def tried(visitor: Visitor, ticket: str, code: str) -> int:
    return visitor.submit("/lacak", {"ticket": ticket, "access_code": code}).status_code


def test_given_ticket_and_code_then_state_next_step_and_office_but_no_person(
    app: Flask, visitor: Visitor
) -> None:
    case = made(app)
    assert tried(visitor, case.ticket, CODE) == 302
    text = visitor.get("/lacak/laporan").text
    assert case.ticket in text
    assert OFFICE in text
    for secret in (NARRATIVE, *PERSON.values(), CODE):
        assert secret not in text


def test_given_a_confidential_case_then_not_even_the_office_is_named(app: Flask, visitor: Visitor) -> None:
    case = made(app, confidentiality="confidential")
    assert tried(visitor, case.ticket, CODE) == 302
    text = visitor.get("/lacak/laporan").text
    assert case.ticket in text
    for place in (OFFICE, "Mamuju"):
        assert place not in text


@pytest.mark.parametrize("what", ["code", "ticket", "both"])
def test_given_a_wrong_pair_then_the_answer_says_nothing_about_which(
    app: Flask, visitor: Visitor, what: str
) -> None:
    case = made(app)
    ticket = case.ticket if what == "code" else "MAM-2026-ZZZZZZZZ-Z"
    code = CODE if what == "ticket" else WRONG
    answer = visitor.submit("/lacak", {"ticket": ticket, "access_code": code})
    assert answer.status_code == 422
    assert 'id="access_code-error"' in answer.text
    assert visitor.get("/lacak/laporan").location == "/lacak"


def test_given_wrong_pairs_then_known_and_unknown_tickets_cost_the_same_work(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    case = made(app)
    visitor.get("/lacak")
    another_visitor.get("/lacak")
    visitor.post("/lacak", {"ticket": case.ticket, "access_code": WRONG})
    another_visitor.post("/lacak", {"ticket": "MAM-2026-ZZZZZZZZ-Z", "access_code": WRONG})
    assert visitor.statements == another_visitor.statements


def test_given_ten_wrong_codes_then_this_ticket_waits_and_others_do_not(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    case, other = made(app), made(app)
    with stopped_at(now()):
        answers = [tried(visitor, case.ticket, WRONG) for _ in range(11)]
        assert answers == [422] * 10 + [429]
        assert tried(visitor, case.ticket, CODE) == 429, "the right code waits too, else tries go on"
        assert tried(another_visitor, other.ticket, CODE) == 302, "another ticket is free"
        assert tried(visitor, other.ticket, CODE) == 302, "from the same phone as well"


def test_given_a_wait_is_over_then_the_right_code_opens(app: Flask, visitor: Visitor) -> None:
    case = made(app)
    start = now()
    with stopped_at(start):
        for _ in range(11):
            tried(visitor, case.ticket, WRONG)
    with stopped_at(start + timedelta(minutes=16)):
        assert tried(visitor, case.ticket, CODE) == 302


def test_given_a_shared_phone_when_closed_then_the_next_person_sees_nothing(
    app: Flask, visitor: Visitor
) -> None:
    case = made(app)
    tried(visitor, case.ticket, CODE)
    visitor.get("/lacak/laporan")
    assert visitor.post("/lacak/tutup").location == "/lacak"
    assert visitor.get("/lacak/laporan").location == "/lacak"


def test_given_one_code_then_it_opens_this_complaint_alone(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    mine, theirs = made(app), made(app, access_code="ZZZZZZZZZZZZZZZZ")
    assert tried(visitor, theirs.ticket, CODE) == 422
    tried(visitor, mine.ticket, CODE)
    assert theirs.ticket not in visitor.get("/lacak/laporan").text
    assert another_visitor.get("/lacak/laporan").location == "/lacak"


@pytest.mark.parametrize("ticket", ["MAM", "12345", "-", "–", "MAM-2026", "a b", "- -"])
def test_given_no_whole_ticket_then_it_is_told_like_any_wrong_one(visitor: Visitor, ticket: str) -> None:
    answer = visitor.submit("/lacak", {"ticket": ticket, "access_code": CODE})
    assert answer.status_code == 422
    assert 'id="access_code-error"' in answer.text
