"""An office answers by letter: filed as of the day it came, late for ever by it, judged by another person."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.attachments.models import Attachment
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.findings.commands import JudgementInput, judge_answer
from ombudsman_app.findings.models import Finding, FindingClock, FindingEntry
from ombudsman_app.findings.states import FindingState, Verdict

from ..conftest import StoppedClock
from ..factories.findings import ANSWER, FindingFactory, person
from ..visitor import Visitor

PAPER = {
    "channel": "post",
    "received_on": "2026-12-14",
    "reference": "B/12/XII/2026",
    "position": "accept",
    "text": ANSWER,
    "action": "Papan informasi dipasang di tiga loket.",
    "by_on": "2026-12-31",
}
Inside = Callable[..., Any]


@pytest.fixture
def inside(app: Flask, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            return function(*given, **more)

    call(load_shipped)
    return call


@pytest.fixture
def filer_id(inside: Inside) -> int:
    return inside(person, Role.AUDITOR).user_id or 0


@pytest.fixture
def filer(visitor: Visitor, filer_id: int) -> Visitor:
    return visitor.enter(filer_id)


def page_of(finding: Finding, act: str = "") -> str:
    return f"/staff/findings/{finding.id}{act}"


def stored(statement: Any) -> Any:
    return db.session.scalars(statement).all()


def test_given_a_letter_that_came_earlier_when_filed_later_then_its_own_day_counts(
    filer: Visitor, filer_id: int, inside: Inside, clock: StoppedClock, another_visitor: Visitor
) -> None:
    """Due on 10 December, came on the 14th, filed on the 21st: four days late, not eleven."""
    finding = inside(FindingFactory, FindingState.SENT)
    clock.at("2026-12-21T09:00+08:00")
    filer.enter(filer_id)  # the session of last month has ended
    assert "Tanggapan datang dengan surat" in filer.get(page_of(finding)).text

    answer = filer.submit(page_of(finding, "/answers/new"), PAPER, follow_redirects=True)

    assert "terlambat 4 hari" in answer.text
    assert "B/12/XII/2026" in answer.text.replace("<wbr>", "")
    (entry,) = inside(stored, select(FindingEntry))
    assert (entry.days_late, entry.received_on, entry.channel) == (4, date(2026, 12, 14), "post")
    (clock_row,) = inside(stored, select(FindingClock))
    assert clock_row.ended_on == date(2026, 12, 14)
    assert inside(stored, select(Finding.state)) == [FindingState.RESPONDED]
    judge = {"verdict": "enough", "reason": "Cukup menurut surat."}
    assert filer.post(page_of(finding, "/judge"), {**judge, "version": "9"}).status_code in (403, 409)
    version = inside(stored, select(Finding.version))[0]
    own = filer.post(page_of(finding, "/judge"), {**judge, "version": str(version)})
    assert own.status_code == 403, "who filed it does not judge it"

    another_visitor.enter(inside(person, Role.OFFICE_OFFICER).user_id)
    seen = another_visitor.get(f"/portal/findings/{finding.id}").text
    assert ANSWER in seen
    assert inside(lambda: db.session.get_one(FindingEntry, entry.id)) is not None
    head = Visitor(filer.app).enter(inside(person, Role.REVIEWER).user_id)
    assert head.submit(page_of(finding), judge).status_code == 405
    assert head.post(page_of(finding, "/judge"), {**judge, "version": str(version)}).status_code == 302


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-12-22", "belum terjadi"),
        ("2026-11-22", "kantor belum menerima temuan"),
        ("2026-11-19", "temuan belum dikirim"),
    ],
)
def test_given_a_day_that_cannot_be_when_filing_then_it_says_so_and_keeps_the_words(
    filer: Visitor, filer_id: int, inside: Inside, clock: StoppedClock, day: str, words: str
) -> None:
    finding = inside(FindingFactory, FindingState.SENT, is_opened=False)
    clock.at("2026-11-23T09:00+08:00")
    officer = Visitor(filer.app).enter(inside(person, Role.OFFICE_OFFICER).user_id)
    officer.post(f"/portal/findings/{finding.id}/open")
    clock.at("2026-12-21T09:00+08:00")
    filer.enter(filer_id)  # the session of last month has ended

    answer = filer.submit(page_of(finding, "/answers/new"), {**PAPER, "received_on": day})

    assert answer.status_code == 422
    assert words in answer.text
    assert ANSWER in answer.text
    assert inside(stored, select(FindingEntry)) == []


def test_given_it_was_answered_meanwhile_when_filing_then_nothing_more_is_kept(
    filer: Visitor, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.RESPONDED)
    assert filer.get(page_of(finding, "/answers/new")).status_code == 302
    answer = filer.post(page_of(finding, "/answers/new"), {**PAPER, "received_on": "2026-11-20"})
    assert answer.status_code == 409
    assert len(inside(stored, select(FindingEntry))) == 1


def test_given_the_same_form_twice_when_filing_then_it_is_filed_once(filer: Visitor, inside: Inside) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    given = {**PAPER, "received_on": "2026-11-20"}
    assert filer.submit(page_of(finding, "/answers/new"), given).status_code == 302
    assert len(inside(stored, select(FindingEntry))) == 1


def test_given_a_scan_when_filing_then_it_lies_beside_the_files_of_the_office(
    filer: Visitor, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    page = page_of(finding, "/answers/new")
    filer.get(page)
    sent = filer.post(
        "/staff/attachments/plain",
        {
            "owner": "finding_paper", "owner_id": str(finding.id), "back": page,
            "files": (BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"), "surat.pdf"),
        },
        content_type="multipart/form-data",
    )  # fmt: skip
    assert sent.status_code in (200, 302), sent.text
    assert inside(stored, select(Attachment.folder)) == [finding.answers_id]


def test_given_somebody_who_may_not_when_filing_then_it_is_refused(visitor: Visitor, inside: Inside) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    visitor.enter(inside(person, Role.ANALYST).user_id)
    assert visitor.get(page_of(finding, "/answers/new")).status_code == 403
    both = inside(person, Role.EXAMINER, Role.OFFICE_OFFICER).user_id
    assert Visitor(visitor.app).enter(both).get(page_of(finding, "/answers/new")).status_code == 403


def test_given_it_was_given_back_when_filing_then_a_day_before_that_is_no_answer_to_it(
    filer: Visitor, filer_id: int, inside: Inside, clock: StoppedClock
) -> None:
    finding = inside(FindingFactory, FindingState.RESPONDED)
    clock.at("2026-11-25T09:00+08:00")

    def give_back() -> None:
        held = db.session.get_one(Finding, finding.id)
        given = JudgementInput(Verdict.NOT_ENOUGH, "Foto belum menunjukkan loket ketiga.")
        judge_answer(held, given, version=held.version, actor=person(Role.REVIEWER))

    inside(give_back)
    clock.at("2026-12-01T09:00+08:00")
    filer.enter(filer_id)
    page = page_of(finding, "/answers/new")
    early = filer.submit(page, {**PAPER, "received_on": "2026-11-24"})
    assert early.status_code == 422
    assert "belum dikembalikan" in early.text
    assert filer.submit(page, {**PAPER, "received_on": "2026-11-26"}).status_code == 302
