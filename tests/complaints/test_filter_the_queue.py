"""The queue answers what it is asked: each filter, all together, forwards and back; and says what it was not
asked rightly, instead of guessing (IN4, AZ5)."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.complaints.models import NO_DUE_DAY
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import Office

from ..factories.accounts import UserFactory
from ..factories.complaints import many_complaints, office_id
from ..pages import Page
from ..visitor import Visitor

QUEUE = "/staff/complaints/"
DUE = date(2026, 12, 4)


def ids_on(text: str) -> list[int]:
    """Return the ids of the cases that a queue page links to, in its order."""
    return [int(found) for found in re.findall(rf'href="{QUEUE}(\d+)"', text.split("<main", 1)[1])]


def link(text: str, rel: str) -> str | None:
    """Return the address of the link to the next or previous page."""
    found = re.search(rf'href="([^"]+)" rel="{rel}"', text)
    return unescape(found[1]) if found else None


def number_on(text: str, query: str) -> int | None:
    """Return the number on the chip that leads to this address."""
    found = re.search(rf'href="{QUEUE}\?{query}"[^>]*>[^<]*<b>(\d+)</b>', text)
    return int(found[1]) if found else None


@pytest.fixture
def me(app: Flask) -> int:
    with app.app_context():
        return UserFactory(Role.EXAMINER, password=None, name="Sari Wulandari").id


@pytest.fixture
def reader(app: Flask, me: int) -> Visitor:
    return Visitor(app).enter(me)


def seen(reader: Visitor, query: str) -> list[int]:
    answer = reader.get(f"{QUEUE}?{query}")
    assert answer.status_code == 200, query
    return ids_on(answer.text)


def test_each_filter_finds_its_own_and_the_chips_count_what_they_list(
    app: Flask, reader: Visitor, me: int
) -> None:
    with app.app_context():
        day = today("Asia/Makassar")
        other = UserFactory(Role.EXAMINER, password=None, name="Dimas Pratama").id
        late, soon = day - timedelta(days=3), day + timedelta(days=9)
        made = {
            "whose=mine": many_complaints(3, due_on=soon, officer_id=me, state=ComplaintState.ASSIGNED),
            "others": many_complaints(2, due_on=soon, officer_id=other, state=ComplaintState.ASSIGNED),
            "urgent=yes": many_complaints(1, due_on=soon, urgency="emergency"),
            "unanswered=yes": many_complaints(2, due_on=soon, awaits_answer=True),
            "overdue=yes": many_complaints(4, due_on=late),
            "service=jkm_claim": many_complaints(2, due_on=soon, substance="jkm_claim"),
            "state=plenary_decision": many_complaints(2, due_on=soon, state=ComplaintState.PLENARY_DECISION),
            "ended=yes": many_complaints(2, due_on=NO_DUE_DAY, state=ComplaintState.CLOSED, is_open=False),
        }
    for query, ids in made.items():
        if query == "ended=yes":
            assert seen(reader, query) == ids[::-1], "the youngest first"
        elif query != "others":
            assert seen(reader, query) == ids, query
    assert len(seen(reader, "whose=nobody")) == 11
    front = reader.get(QUEUE).text
    for query in ("whose=mine", "unanswered=yes", "overdue=yes", "state=plenary_decision", "state=assigned"):
        assert number_on(front, query) == len(seen(reader, query)), query
    assert "Dimas Pratama" in front


def test_filters_can_be_combined_and_the_address_is_all_there_is(
    app: Flask, reader: Visitor, me: int
) -> None:
    with app.app_context():
        day = today("Asia/Makassar")
        late = day - timedelta(days=3)
        wanted = many_complaints(
            1, due_on=late, officer_id=me, urgency="emergency", awaits_answer=True, substance="jp_claim",
            state=ComplaintState.ASSIGNED,
        )  # fmt: skip
        for missing in ({"officer_id": None}, {"urgency": None}, {"awaits_answer": False}):
            columns = {
                "officer_id": me, "urgency": "emergency", "awaits_answer": True, "substance": "jp_claim",
            } | missing  # fmt: skip
            many_complaints(1, due_on=late, state=ComplaintState.ASSIGNED, **columns)
    query = "whose=mine&urgent=yes&unanswered=yes&overdue=yes&service=jp_claim&state=assigned"
    assert seen(reader, query) == wanted
    assert seen(reader, "&".join(reversed(query.split("&")))) == wanted
    text = reader.get(f"{QUEUE}?{query}").text
    boxes = Page(text).values
    assert boxes["state"] == "assigned"
    assert boxes["whose"] == "mine"
    assert boxes["service"] == "jp_claim"
    assert boxes["urgent"] == boxes["overdue"] == boxes["unanswered"] == "yes"
    assert seen(reader, query.replace("overdue=yes&", "")) == wanted
    assert unescape(text).count(f'href="{QUEUE}?state=assigned&whose=mine&service=jp_claim&overdue=yes') >= 2


def test_given_a_respondent_when_filtered_then_its_cases_alone(app: Flask, reader: Visitor) -> None:
    with app.app_context():
        many_complaints(2, due_on=DUE)
        elsewhere = many_complaints(2, due_on=DUE, office="kc_ntt")
        office = db.session.get_one(Office, office_id("kc_ntt"))
        slug, name = office.slug, office.short_name
    answer = reader.get(f"{QUEUE}?office={slug}")
    assert ids_on(answer.text) == elsewhere
    assert name in answer.text
    assert Page(answer.text).values["office"] == slug


@pytest.mark.parametrize("typed", ["0412", "0412/LM", "lm/viii", " 0412 ", "0412/LM/VIII/2026/MAM"])
def test_given_a_part_of_a_registration_number_then_it_is_found(
    app: Flask, reader: Visitor, typed: str
) -> None:
    with app.app_context():
        many_complaints(2, due_on=DUE)
        wanted = many_complaints(1, due_on=DUE, registration_number="0412/LM/VIII/2026/MAM")
    assert seen(reader, f"q={typed}") == wanted


def test_given_a_part_of_a_ticket_or_the_name_of_the_office_then_they_are_found(
    app: Flask, reader: Visitor
) -> None:
    with app.app_context():
        made = many_complaints(2, due_on=DUE)
        elsewhere = many_complaints(1, due_on=DUE, office="kc_ntt", ticket="MAM-2026-ZZ9P1VRA-A")
    assert seen(reader, "q=9p1v") == elsewhere
    assert seen(reader, "q=ntt") == elsewhere
    assert seen(reader, "q=mamuju") == made
    assert seen(reader, "q=mamuju&overdue=yes") in ([], made)
    for whole in ("MAM-2026-ZZ9P1VRA-A", "mam 2026 zz9plvra a"):
        assert seen(reader, f"q={whole}") == elsewhere
    for wild in ("%25", "_", "%25%25", "\\", "'"):
        assert seen(reader, f"q={wild}") == [], "wildcards mean themselves (IN4)"


HOSTILE = {
    "state": ["bogus", "RECEIVED", "received;drop", "received'--", "closed%00", "%ED%A0%80", "1"],
    "whose": ["1;drop", "me", "MINE", "2", "mine%00"],
    "overdue": ["maybe", "1", "no", "YES"],
    "urgent": ["true", "yes%00"],
    "unanswered": ["0"],
    "time": ["1", "no"],
    "ended": ["both"],
    "service": ["x", "jht_claim;", "../../etc/passwd"],
    "office": ["nowhere", "kantor cabang", "..", "a" * 200, "x'", "x--y", "KC"],
    "after": ["garbage", "2026-12-04", "2026-13-45.7", "2026-W49-5.7", "20261204.7", "2026-12-04.-1",
              "2026-12-04.9999999999", "2026-12-04.1.2", "2026-12-04.١"],
    "before": ["garbage", "2026-02-30.1"],
    "q": ["a" * (limits.SEARCH + 1), "a" * 50_000, "ab%00cd"],
    "all": ["no"],
    "sort": ["ticket"],
    "%3Cscript%3E": ["1"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in HOSTILE.items() for value in values]
)
def test_given_a_filter_that_does_not_exist_then_it_is_named_and_nothing_is_guessed(
    shared_app: Flask, hostile_reader: Visitor, name: str, value: str
) -> None:
    other = "&whose=nobody" if name != "whose" else "&state=received"
    answer = hostile_reader.get(f"{QUEUE}?{name}={value}{other}")
    assert answer.status_code == 200
    notice = answer.text.split('id="queue-notice"', 1)[1].split("</ul>", 1)[0]
    assert 'class="notice warning' in notice
    assert notice.count("<li>") == 1, notice
    shown = ids_on(answer.text)
    assert len(shown) == 3, "the other filters hold, the broken one is left out"
    for word in ("<script>", "Traceback", "SELECT"):
        assert word not in answer.text


@pytest.fixture(scope="module")
def hostile_reader(shared_app: Flask) -> Visitor:
    with shared_app.app_context():
        many_complaints(3, due_on=DUE)
        return Visitor(shared_app).enter(UserFactory(Role.EXAMINER, password=None).id)


def test_given_two_keys_at_once_then_the_second_is_named(hostile_reader: Visitor) -> None:
    text = hostile_reader.get(f"{QUEUE}?after=2026-01-01.1&before=2027-01-01.1").text
    assert text.split('id="queue-notice"', 1)[1].split("</ul>", 1)[0].count("<li>") == 1
    assert len(ids_on(text)) == 3


@pytest.mark.parametrize("query", ["state=received&state=closed", "q=1&q=2", "after=a&after=b"])
def test_given_a_repeated_filter_then_the_gate_refuses(hostile_reader: Visitor, query: str) -> None:
    assert hostile_reader.get(f"{QUEUE}?{query}").status_code == 400


@pytest.mark.parametrize("query", ["state=&whose=&q=&overdue=", "q=%20%20", "all=yes"])
def test_given_an_empty_form_then_all_open_cases_and_no_notice(hostile_reader: Visitor, query: str) -> None:
    text = hostile_reader.get(f"{QUEUE}?{query}").text
    assert 'class="notice warning' not in text
    assert len(ids_on(text)) == 3


@pytest.mark.parametrize("query", ["", "whose=nobody", "ended=yes"])
@pytest.mark.parametrize("number", [25, 51, 60])
def test_given_pages_when_walking_on_and_back_then_the_same_pages_are_seen(
    app: Flask, reader: Visitor, number: int, query: str
) -> None:
    with app.app_context():
        is_open = query != "ended=yes"
        made = many_complaints(
            number, due_on=DUE if is_open else NO_DUE_DAY, days_apart=0, is_open=is_open,
            state=ComplaintState.RECEIVED if is_open else ComplaintState.CLOSED,
        )  # fmt: skip
    on, path = [], f"{QUEUE}?{query}" if query else QUEUE
    while path:
        text = reader.get(path).text
        on.append(ids_on(text))
        last, path = path, link(text, "next") or ""
    assert [id_ for page in on for id_ in page] == (made if is_open else made[::-1])
    back = [on[-1]]
    path = link(reader.get(last).text, "prev") or ""
    while path:
        answer = reader.get(path, follow_redirects=True)
        back.append(ids_on(answer.text))
        path = link(answer.text, "prev") or ""
    assert back == on[::-1]


def test_given_rows_that_go_while_one_reads_then_the_way_back_reaches_the_beginning(
    app: Flask, reader: Visitor
) -> None:
    with app.app_context():
        made = many_complaints(60, due_on=DUE)
    second = link(reader.get(QUEUE).text, "next")
    assert second is not None
    back = link(reader.get(second).text, "prev")
    assert back is not None
    with app.app_context():
        _end(made[3:6])
    answer = reader.get(back, follow_redirects=True)
    assert ids_on(answer.text) == [*made[:3], *made[6:28]], "a full first page, not a torn one"
    assert link(answer.text, "prev") is None


@command
def _end(ids: list[int]) -> None:
    from ombudsman_app.complaints.models import Complaint

    for id_ in ids:
        db.session.get_one(Complaint, id_).is_open = False


def test_given_a_page_whose_rows_all_went_then_it_says_so_and_leads_back(app: Flask, reader: Visitor) -> None:
    with app.app_context():
        many_complaints(3, due_on=DUE)
    text = reader.get(f"{QUEUE}?after=9999-12-31.1").text
    assert ids_on(text) == []
    assert f'href="{QUEUE}"' in text.split('class="empty"', 1)[1]


def test_given_a_declared_interest_then_the_case_is_neither_listed_nor_counted(
    app: Flask, reader: Visitor, me: int
) -> None:
    with app.app_context():
        made = many_complaints(
            3, due_on=date(2026, 1, 5), officer_id=me, awaits_answer=True, urgency="emergency",
            registration_number=None,
        )  # fmt: skip
        _declare(me, made[1])
        _declare(UserFactory(Role.EXAMINER, password=None).id, made[2])
    left = [made[0], made[2]]
    for query in ("", "whose=mine", "overdue=yes", "unanswered=yes", "urgent=yes", "q=MAM", "state=received"):
        assert seen(reader, query) == left, query
    front = reader.get(QUEUE).text
    for query in ("whose=mine", "overdue=yes", "unanswered=yes", "state=received"):
        assert number_on(front, query) == 2, query


@command
def _declare(user_id: int, complaint_id: int) -> None:
    db.session.add(
        ConflictDeclaration(
            user_id=user_id, subject_type="complaint", subject_id=complaint_id, has_conflict=True, reason="",
            declared_at=now(),
        )
    )  # fmt: skip


def test_given_cases_of_another_office_then_no_filter_lists_or_counts_them(
    app: Flask, reader: Visitor, me: int
) -> None:
    with app.app_context():
        many_complaints(
            3, due_on=date(2026, 1, 5), office="kc_ntt", handling="KPG", officer_id=me, awaits_answer=True,
            urgency="emergency",
        )  # fmt: skip
        many_complaints(
            2, due_on=NO_DUE_DAY, handling="KPG", is_open=False, state=ComplaintState.CLOSED, officer_id=me
        )
    for query in (
        "", "whose=mine", "overdue=yes", "unanswered=yes", "urgent=yes", "ended=yes", "q=KPG",
        "state=received", "before=9999-12-31.9", "after=2020-01-01.1",
    ):  # fmt: skip
        assert ids_on(reader.get(f"{QUEUE}?{query}", follow_redirects=True).text) == [], query
    front = reader.get(QUEUE).text
    assert number_on(front, "whose=mine") == number_on(front, "overdue=yes") == 0


def test_given_nothing_to_show_then_the_page_says_why_and_what_to_do(app: Flask, reader: Visitor) -> None:
    said = {}
    for query in ("", "whose=mine", "overdue=yes", "unanswered=yes", "ended=yes", "q=zzz", "urgent=yes"):
        text = reader.get(f"{QUEUE}?{query}").text
        said[query] = re.search(r"<h2>(.+?)</h2>", text.split('class="empty"', 1)[1])[1]  # type: ignore[index]
    assert len(set(said.values())) == len(said), "each for itself"


def test_given_the_number_and_the_marks_of_a_case_then_its_line_shows_them(
    app: Flask, reader: Visitor, me: int
) -> None:
    with app.app_context():
        many_complaints(
            1, due_on=today("Asia/Makassar") - timedelta(days=2), officer_id=me, awaits_answer=True,
            urgency="emergency", registration_number="0007/LM/XI/2026/MAM", ticket="MAM-2026-ABCDEFGH-1",
        )  # fmt: skip
    line = reader.get(QUEUE).text.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    assert line.index("0007/LM/XI/2026/MAM") < line.index("MAM-2026-ABCDEFGH-1")
    assert 'class="speech"' in line
    assert 'class="status warning"' in line
    assert 'class="status danger"' in line
    assert "Sari Wulandari" not in line, "it is one's own: the line says so"
