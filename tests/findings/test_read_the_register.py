"""The staff read the register: filters, both ways through the pages, and how late each office is."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.documents.commands import ProofInput, SendInput, prove, send
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import Channel, Proof
from ombudsman_app.findings.models import FindingClock
from ombudsman_app.findings.states import FindingState, Origin

from ..conftest import StoppedClock
from ..factories.attachments import AttachmentFactory
from ..factories.complaints import CaseFactory, ComplaintState, TeamFactory
from ..factories.documents import ReceiptFactory, drawn
from ..factories.findings import FindingFactory, many_findings, person
from ..visitor import Visitor

pytestmark = pytest.mark.both_databases

REGISTER, DAY = "/staff/findings", date(2026, 11, 20)
Inside = Callable[..., Any]


@pytest.fixture
def inside(app: Flask, clock: StoppedClock) -> Inside:
    """Call something in an application context of its own, on a Friday morning in Mamuju."""
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            return function(*given, **more)

    call(load_shipped)
    return call


@pytest.fixture
def maker(inside: Inside) -> int:
    return inside(person, Role.PREVENTION_ASSISTANT).user_id or 0


def numbers(page: str) -> list[str]:
    return re.findall(r"TM-M[0-9]{6}(?=</a>)", page)


def all_pages(visitor: Visitor, address: str, word: str) -> list[list[str]]:
    """Walk on (or back) to the end; return the numbers of each page."""
    found = []
    while address:
        page = visitor.get(address).text
        found.append(numbers(page))
        link = re.search(rf'href="([^"]+)" rel="{word}"', page)
        address = link[1].replace("&amp;", "&") if link else ""
    return found


def test_given_sixty_of_one_day_when_walking_on_and_back_then_each_is_met_once_in_its_order(
    visitor: Visitor, maker: int, inside: Inside
) -> None:
    inside(many_findings, 60, next_due_on=DAY, is_received=True)
    visitor.enter(maker)

    on = all_pages(visitor, REGISTER, "next")
    last = visitor.page
    assert last is not None
    back = all_pages(visitor, f"{REGISTER}?before=9999-12-31.999999999", "prev")

    assert [len(page) for page in on] == [25, 25, 10]
    assert [one for page in on for one in page] == sorted(one for page in on for one in page)
    assert [one for page in reversed(back) for one in page] == [one for page in on for one in page]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("late=0", {"soon", "unproven"}),
        ("late=1", {"one", "fourteen"}),
        ("late=2", {"fifteen"}),
        ("late=4", {"old"}),
        ("overdue=yes", {"one", "fourteen", "fifteen", "old"}),
        ("kind=corrective_action", {"lhp"}),
        ("kind=improvement_suggestion&late=4", {"old"}),
        ("origin=lhp", {"lhp"}),
        ("state=accepted", {"lhp"}),
        ("done=yes", {"done"}),
        ("state=done", {"done"}),
        ("whose=mine", {"own"}),
        ("q=kupang", {"kupang"}),
        ("q=tidakada", set()),
        ("q=%2B%2B", set()),
        ("late=9&kind=x&state=%00&origin=1", None),
    ],
)
def test_given_filters_when_reading_then_only_what_they_ask_for_is_there(
    visitor: Visitor, maker: int, inside: Inside, query: str, expected: set[str] | None
) -> None:
    def rows() -> None:
        late = {"soon": -3, "one": 1, "fourteen": 14, "fifteen": 15, "old": 91}
        for name, days in late.items():
            many_findings(1, reference=name, next_due_on=DAY - timedelta(days=days), is_received=True)
        many_findings(1, reference="unproven")
        many_findings(1, reference="lhp", origin=Origin.LHP, state=FindingState.ACCEPTED)
        many_findings(1, reference="done", state=FindingState.DONE, is_open=False, done_on=DAY)
        many_findings(1, reference="own", made_by_id=maker, state=FindingState.RESPONDED)
        many_findings(1, reference="kupang", office="kc_ntt", state=FindingState.RESPONDED)
        many_findings(1, reference="hidden", handling="KPG")

    inside(rows)
    page = visitor.enter(maker).get(f"{REGISTER}?{query}").text
    found = set(re.findall(r'/staff/findings/[0-9]+">([a-z]+)</a>', page))
    if expected is None:  # what is no filter is left out
        expected = {"soon", "one", "fourteen", "fifteen", "old", "unproven", "lhp", "own", "kupang"}
    assert found == expected
    assert ("Tidak ada temuan di sini" in page) == (not expected)


def test_given_late_offices_when_the_register_opens_then_most_late_stands_first_and_leads_to_its_findings(
    visitor: Visitor, maker: int, inside: Inside
) -> None:
    inside(many_findings, 2, next_due_on=DAY - timedelta(days=20), is_received=True)
    inside(many_findings, 3, office="kc_ntt", next_due_on=DAY - timedelta(days=1), is_received=True)
    inside(many_findings, 9)  # waits, and is not late
    inside(many_findings, 4, state=FindingState.RESPONDED)  # waits for nobody of an office

    page = visitor.enter(maker).get(REGISTER).text

    names = re.findall(r'<li>\s*<span><a href="([^"]+)">([^<]+)</a></span>', page)
    assert names[0][1] == "Kantor Cabang Nusa Tenggara Timur (Kupang)"
    told = re.findall(r'<b>([0-9]+) <span class="soft">lewat', page)
    assert told == ["3", "2"]
    assert "5 temuan lewat tenggat." in page
    first = visitor.get(names[0][0].replace("&amp;", "&")).text
    assert len(numbers(first)) == 3
    assert "Yang menunggu tanggapan kantor" not in first, "filtered, the list alone is shown"
    assert not numbers(visitor.get(f"{REGISTER}?office=tidak-ada").text)


def test_given_the_maker_of_a_finding_when_its_letter_went_out_then_they_see_it_and_no_letter_of_a_case(
    visitor: Visitor, maker: int, inside: Inside
) -> None:
    """Who sends a finding keeps the proof of its letter; letters of complaints stay closed to them."""
    inside(FindingFactory, FindingState.SENT, is_opened=False)

    def case_letter() -> int:
        return ReceiptFactory(CaseFactory(ComplaintState.FORMAL_VERIFICATION, TeamFactory())).id

    other = inside(case_letter)
    (letter,) = inside(
        lambda: db.session.scalars(select(Document.id).where(Document.kind == "finding_notice")).all()
    )
    visitor.enter(maker)

    assert visitor.get(f"/staff/documents/{letter}").status_code == 200
    assert visitor.get(f"/staff/documents/{other}").status_code == 404
    listed = visitor.get("/staff/documents").text
    assert f"/staff/documents/{letter}" in listed
    assert f"/staff/documents/{other}" not in listed


@pytest.mark.parametrize("role", [Role.PREVENTION_ASSISTANT, Role.AUDITOR])
def test_given_who_makes_findings_when_its_letter_arrives_then_they_record_the_proof(
    inside: Inside, role: Role
) -> None:
    def arrives() -> FindingClock:
        maker = person(role)
        finding = FindingFactory(FindingState.SENT, maker=maker, is_opened=False)
        letter = drawn(db.session.scalars(select(Document)).one())
        way = send(letter, SendInput(Channel.POST, "respondent", DAY), actor=maker)
        paper = AttachmentFactory(finding.evidence_id)
        prove(way, ProofInput(Proof.POSTAL, DAY, file=paper.uuid), actor=maker)
        return db.session.scalars(select(FindingClock)).one()

    assert inside(arrives).start_on == DAY
