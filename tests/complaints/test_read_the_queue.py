"""The office reads its queue and its cases: overdue first, page by page, and nothing of others."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role

from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, PERSON, ComplaintFactory, many_complaints
from ..pages import Page
from ..visitor import Visitor

pytestmark = pytest.mark.both_databases

QUEUE = "/staff/complaints/"
DUE = date(2026, 12, 4)


def officer(app: Flask, role: Role = Role.PVL_ASSISTANT, office: str = "MAM") -> Visitor:
    with app.app_context():
        return Visitor(app).enter(UserFactory(role, password=None, office=office).id)


def ids_on(text: str) -> list[int]:
    """Return the ids of the cases that a queue page links to, in its order."""
    main = text.split("<main", 1)[1]
    return [int(found) for found in re.findall(r'href="/staff/complaints/(\d+)"', main)]


def walk(visitor: Visitor, start: str = QUEUE) -> list[list[int]]:
    """Follow the link to older rows to its end; return the ids page by page."""
    pages, path = [], start
    while path and len(pages) < 50:
        text = visitor.get(path).text
        pages.append(ids_on(text))
        onwards = [link for link in Page(text).links if "after=" in link]
        path = onwards[-1] if onwards else ""
    return pages


@pytest.mark.parametrize("number", [24, 25, 26, 60])
def test_given_equal_due_days_then_no_row_is_lost_or_doubled(app: Flask, number: int) -> None:
    with app.app_context():
        made = many_complaints(number, due_on=DUE)
    pages = walk(officer(app))
    assert [id_ for page in pages for id_ in page] == sorted(made)
    assert all(len(page) <= 25 for page in pages)


def test_given_new_cases_while_paging_then_the_rows_seen_stay_where_they_were(app: Flask) -> None:
    with app.app_context():
        made = many_complaints(30, due_on=DUE)
    visitor = officer(app)
    text = visitor.get(QUEUE).text
    (onwards,) = {link for link in Page(text).links if "after=" in link}
    with app.app_context():
        many_complaints(5, due_on=DUE - timedelta(days=9))
    assert ids_on(text) + ids_on(visitor.get(onwards).text) == made


def test_the_earliest_day_stands_first_and_closed_cases_nowhere(app: Flask) -> None:
    with app.app_context():
        late = many_complaints(2, due_on=DUE, days_apart=30)
        early = many_complaints(1, due_on=DUE - timedelta(days=3))
        closed = many_complaints(
            1, due_on=DUE - timedelta(days=30), is_open=False, state=ComplaintState.CLOSED
        )
    seen = ids_on(officer(app).get(QUEUE).text)
    assert seen == early + late
    assert closed[0] not in seen


def test_filters_by_state_and_by_lateness(app: Flask) -> None:
    with app.app_context():
        day = today("Asia/Makassar")
        overdue = many_complaints(2, due_on=day - timedelta(days=1))
        due_today = many_complaints(1, due_on=day)
        checked = many_complaints(1, due_on=day - timedelta(days=5), state=ComplaintState.FORMAL_VERIFICATION)
    visitor = officer(app)
    assert ids_on(visitor.get(f"{QUEUE}?overdue=yes").text) == checked + overdue
    assert ids_on(visitor.get(f"{QUEUE}?state=received").text) == overdue + due_today
    assert ids_on(visitor.get(f"{QUEUE}?state=formal_verification&overdue=yes").text) == checked
    assert ids_on(visitor.get(f"{QUEUE}?state=closed").text) == []


@pytest.mark.parametrize(
    "query",
    [
        "after=nonsense", "after=2026-12-04.", "after=.7", "after=2026-13-45.7", "after=9999-12-31.1",
        "after=0001-01-01.0", "after=2026-12-04.99999999999999999999999999", "after=2026-12-04.-1",
        "after=2026-12-04.١", "after=%00", "after=2026-12-04.999999999999999999", "state=no_such_state",
        "state='%20or%201=1", "overdue=maybe", "state=received&unknown=1", "after=10000-01-01.1",
    ],
)  # fmt: skip
def test_given_a_key_made_by_hand_then_the_page_answers(app: Flask, query: str) -> None:
    with app.app_context():
        many_complaints(3, due_on=DUE)
    assert officer(app).get(f"{QUEUE}?{query}").status_code in (200, 400)


def test_given_the_key_of_another_office_then_only_own_cases_follow(app: Flask) -> None:
    with app.app_context():
        own = many_complaints(30, due_on=DUE)
        foreign = many_complaints(30, due_on=DUE, office="kc_ntt", handling="KPG")
    seen = ids_on(officer(app).get(f"{QUEUE}?after={DUE}.{foreign[0] - 5}").text)
    assert seen == [id_ for id_ in own if id_ > foreign[0] - 5]


def test_given_two_offices_then_each_sees_and_counts_its_own(app: Flask) -> None:
    with app.app_context():
        own = many_complaints(2, due_on=DUE)
        foreign = many_complaints(3, due_on=DUE, office="kc_ntt", handling="KPG")
    for office, expected in (("MAM", own), ("KPG", foreign)):
        visitor = officer(app, office=office)
        text = visitor.get(QUEUE).text
        assert ids_on(text) == expected
        assert f"<b>{len(expected)}</b>" in text
        assert f"<b>{len(own) + len(foreign)}</b>" not in text


@pytest.mark.parametrize("role", [Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE, Role.CHAIR])
def test_given_a_case_of_another_office_then_it_is_like_none(app: Flask, role: Role) -> None:
    with app.app_context():
        foreign = ComplaintFactory(office="kc_ntt")
    visitor = officer(app, role)
    hidden, absent = visitor.get(f"{QUEUE}{foreign.id}"), visitor.get(f"{QUEUE}987654321")
    assert hidden.status_code == absent.status_code == 404
    assert foreign.ticket not in hidden.text
    assert officer(app, role, office="KPG").get(f"{QUEUE}{foreign.id}").status_code == 200


@pytest.mark.parametrize("number", ["0", "9" * 10, "9" * 18, "9" * 19, "9" * 30, "9" * 300])
def test_given_an_id_as_long_as_one_likes_then_it_is_like_none(app: Flask, number: str) -> None:
    assert officer(app).get(f"{QUEUE}{number}").status_code == 404


def test_given_grants_at_two_offices_then_both_are_seen(app: Flask) -> None:
    with app.app_context():
        own = many_complaints(1, due_on=DUE)
        foreign = many_complaints(1, due_on=DUE, office="kc_ntt", handling="KPG")
        user = UserFactory(Role.EXAMINER, password=None)
        other = UserFactory(Role.EXAMINER, password=None, office="KPG")
        _lend(user.id, other.id)
        visitor = Visitor(app).enter(user.id)
    assert ids_on(visitor.get(QUEUE).text) == own + foreign


@command
def _lend(user_id: int, lender_id: int) -> None:
    """Give one person the grant of another as well."""
    grant = db.session.query(RoleGrant).filter_by(user_id=lender_id).one()
    db.session.add(
        RoleGrant(
            user_id=user_id, role=grant.role, office_id=grant.office_id, valid_from=grant.valid_from,
            given_at=grant.given_at,
        )
    )  # fmt: skip


def test_given_a_case_then_its_page_says_what_is_known_and_keeps_the_person_sealed(app: Flask) -> None:
    with app.app_context():
        case = ComplaintFactory(
            confidentiality="confidential",
            urgency="emergency",
            employer_name="PT Demo",
            requested_remedy="Maaf",
        )
    text = officer(app, Role.EXAMINER).get(f"{QUEUE}{case.id}").text
    for words in (case.ticket, case.narrative, "PT Demo", "Maaf"):
        assert words in text
    for secret in (*PERSON.values(), CODE):
        assert secret not in text


def test_given_html_in_every_text_then_it_is_shown_as_text(app: Flask) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>\" ' {{ 7*7 }} --"
    with app.app_context():
        case = ComplaintFactory(narrative=bad, prior_effort=bad, requested_remedy=bad, employer_name=bad[:60])
    text = officer(app).get(f"{QUEUE}{case.id}").text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;" in text
    assert "{{ 7*7 }}" in text
