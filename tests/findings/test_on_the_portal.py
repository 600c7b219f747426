"""An officer of a branch opens a finding, answers it and tells progress; other offices find nothing."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.attachments.models import Attachment
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.findings.commands import JudgementInput, ResponseInput, judge_answer, respond_to_finding
from ombudsman_app.findings.models import Finding, FindingClock, FindingEntry, Measure
from ombudsman_app.findings.states import FindingState, Position, Verdict

from ..conftest import StoppedClock
from ..factories.attachments import AttachmentFactory
from ..factories.findings import ANSWER, MEASURE, REASON, SUMMARY, FindingFactory, many_findings, person
from ..visitor import Visitor

YES = {
    "position": "accept",
    "text": ANSWER,
    "action": "Papan informasi dipasang di tiga loket.",
    "responsible": "Kepala bidang pelayanan",
    "by_on": "2026-12-31",
}


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
def officer(inside: Inside) -> int:
    return inside(person, Role.OFFICE_OFFICER).user_id or 0


def stored(statement: Any) -> Any:
    return db.session.scalars(statement).all()


def fresh(finding: Finding) -> Finding:
    return db.session.get_one(Finding, finding.id, populate_existing=True)


def page_of(finding: Finding, act: str = "") -> str:
    return f"/portal/findings/{finding.id}{act}"


def test_given_a_sent_finding_when_opened_and_answered_then_the_time_ran_and_the_ombudsman_has_it(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.SENT, is_opened=False)
    visitor.enter(officer)

    before = visitor.get(page_of(finding)).text
    assert "TM-0001/2026/MAM" in before
    assert SUMMARY not in before
    assert SUMMARY not in visitor.get("/portal/findings").text
    opened = visitor.post(page_of(finding, "/open"), follow_redirects=True)

    assert SUMMARY in opened.text
    assert MEASURE in opened.text
    assert "10 Desember 2026" in opened.text
    held = inside(stored, select(FindingClock))[0]
    assert (held.received_by_id, held.due_on) == (officer, date(2026, 12, 10))
    answered = visitor.submit(page_of(finding, "/respond"), YES, follow_redirects=True)
    assert ANSWER in answered.text
    assert inside(fresh, finding).state is FindingState.RESPONDED


def test_given_it_was_not_opened_when_answering_then_nothing_is_stored_and_the_text_stands_there(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.SENT, is_opened=False)

    answer = visitor.enter(officer).post(page_of(finding, "/respond"), YES)

    assert answer.status_code == 409
    assert ANSWER in answer.text
    assert inside(stored, select(FindingEntry)) == []


def test_given_it_is_being_judged_when_answering_then_both_texts_are_shown(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.RESPONDED)

    answer = visitor.enter(officer).post(
        page_of(finding, "/respond"), {**YES, "text": "Kami berubah pikiran, maaf."}
    )

    assert answer.status_code == 409
    assert ANSWER in answer.text
    assert "Kami berubah pikiran, maaf." in answer.text


def test_given_a_colleague_was_faster_when_answering_then_both_texts_are_shown(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    visitor.enter(officer).get(page_of(finding, "/respond"))
    assert visitor.page is not None
    typed = {**visitor.page.values, **YES, "text": "Jawaban kedua dari kantor yang sama."}
    inside(
        respond_to_finding,
        finding,
        ResponseInput(Position.DISPUTE, ANSWER),
        actor=inside(person, Role.OFFICE_HEAD),
    )

    answer = visitor.post(page_of(finding, "/respond"), typed)

    assert answer.status_code == 409
    assert ANSWER in answer.text
    assert typed["text"] in answer.text


@pytest.mark.parametrize("missing", ["position", "text", "action", "by_on"])
def test_given_something_is_missing_when_accepting_then_it_is_said_beside_the_field(
    visitor: Visitor, officer: int, inside: Inside, missing: str
) -> None:
    finding = inside(FindingFactory, FindingState.SENT)

    answer = visitor.enter(officer).submit(page_of(finding, "/respond"), {**YES, missing: ""})

    assert answer.status_code == 422
    assert f'id="{missing}-error"' in answer.text


def test_given_a_dispute_then_no_action_is_asked(visitor: Visitor, officer: int, inside: Inside) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    given = {"position": "dispute", "text": "Papan itu ada sejak bulan Januari."}

    assert visitor.enter(officer).submit(page_of(finding, "/respond"), given).status_code == 302
    assert inside(stored, select(Measure.status))[0] == "rejected_with_reason"


def test_given_the_last_day_is_past_when_answering_then_it_is_marked_for_ever(
    visitor: Visitor, officer: int, inside: Inside, clock: StoppedClock
) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    clock.at("2026-12-13T09:00+08:00")

    page = visitor.enter(officer).submit(page_of(finding, "/respond"), YES, follow_redirects=True)

    assert "terlambat 3 hari" in page.text


def test_given_a_late_answer_when_it_is_done_then_head_and_lists_of_both_sides_still_say_so(
    visitor: Visitor, officer: int, inside: Inside, clock: StoppedClock
) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    clock.at("2026-12-13T09:00+08:00")
    visitor.enter(officer).submit(page_of(finding, "/respond"), YES, follow_redirects=True)
    made, judge = (inside(person, role) for role in (Role.PREVENTION_ASSISTANT, Role.REVIEWER))
    version = inside(fresh, finding).version
    inside(judge_answer, finding, JudgementInput(Verdict.DONE, REASON), version=version, actor=judge)

    assert "terlambat 3 hari" in head_of(visitor.get(page_of(finding)).text)
    assert "terlambat 3 hari" in visitor.get("/portal/findings?show=done").text
    visitor.enter(made.user_id or 0)
    assert "terlambat 3 hari" in head_of(visitor.get(f"/staff/findings/{finding.id}").text)
    assert "terlambat 3 hari" in visitor.get("/staff/findings?done=yes").text.partition("<tbody>")[2]


def head_of(page: str) -> str:
    return page.partition('class="case-head"')[2].partition("</header>")[0]


def test_given_an_accepted_answer_when_telling_progress_then_it_stands_in_the_history(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.ACCEPTED)

    visitor.enter(officer).get(page_of(finding))
    page = visitor.post(
        page_of(finding, "/progress"), {"text": "Dua dari tiga papan terpasang."}, follow_redirects=True
    )

    assert "Dua dari tiga papan terpasang." in page.text
    assert REASON in page.text, "the reasons of the judgement are the office's to read"


def test_given_it_is_done_when_telling_progress_then_the_text_is_not_lost(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.DONE)

    answer = visitor.enter(officer).post(page_of(finding, "/progress"), {"text": "Masih ada yang kurang."})

    assert answer.status_code == 409
    assert "Masih ada yang kurang." in answer.text


def test_given_a_time_then_its_page_counts_it_day_by_day(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    clock_id = inside(stored, select(FindingClock.id))[0]

    page = visitor.enter(officer).get(page_of(finding, f"/clocks/{clock_id}")).text

    assert page.count("hari kerja") >= 14


ROUTES = ["", "/open", "/respond", "/progress", "/clocks/1"]


@pytest.mark.parametrize("act", ROUTES)
def test_given_another_office_or_a_draft_then_nothing_is_there(
    visitor: Visitor, inside: Inside, act: str
) -> None:
    own, draft = inside(FindingFactory, FindingState.SENT), inside(FindingFactory)
    stranger = inside(person, Role.OFFICE_OFFICER, Role.OFFICE_HEAD, portal_office="kc_ntt")
    method = "post" if act in ("/open", "/progress") else "get"

    assert getattr(visitor.enter(stranger.user_id or 0), method)(page_of(own, act)).status_code == 404
    officer = inside(person, Role.OFFICE_OFFICER)
    assert getattr(visitor.enter(officer.user_id or 0), method)(page_of(draft, act)).status_code == 404


@pytest.mark.parametrize("address", ["/portal/findings", "/portal/findings?show=done", "/portal/"])
def test_given_findings_of_others_then_no_list_names_them(
    visitor: Visitor, inside: Inside, address: str
) -> None:
    inside(FindingFactory, FindingState.SENT, summary="Rahasia kantor Mamuju ini")
    inside(FindingFactory, FindingState.DONE, summary="Rahasia kantor Mamuju itu")
    parent = inside(person, Role.OFFICE_HEAD, portal_office="kanwil_sulama")
    stranger = inside(person, Role.OFFICE_OFFICER, portal_office="kc_ntt")

    for one in (parent, stranger):
        page = visitor.enter(one.user_id or 0).get(address).text
        assert "TM-00" not in page
        assert "Rahasia" not in page


def test_given_a_revoked_officer_with_an_open_page_then_the_answer_is_refused(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    visitor.enter(officer).get(page_of(finding, "/respond"))
    assert visitor.page is not None
    typed = {**visitor.page.values, **YES}
    inside(command(lambda: db.session.query(RoleGrant).filter_by(user_id=officer).delete()))

    assert visitor.post(page_of(finding, "/respond"), typed).status_code == 403
    assert inside(stored, select(FindingEntry)) == []


def test_given_files_then_the_office_sees_its_own_and_never_the_evidence(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    own, held = inside(AttachmentFactory, finding.answers_id), inside(AttachmentFactory, finding.evidence_id)
    stranger = inside(person, Role.OFFICE_OFFICER, portal_office="kc_ntt").user_id or 0

    assert visitor.enter(officer).get(f"/portal/attachments/{own.uuid}").status_code == 200
    assert visitor.get(f"/portal/attachments/{held.uuid}").status_code == 404
    assert visitor.enter(stranger).get(f"/portal/attachments/{own.uuid}").status_code == 404


def test_given_an_opened_finding_when_a_file_is_sent_then_it_lies_with_the_answers(
    visitor: Visitor, officer: int, inside: Inside
) -> None:
    finding = inside(FindingFactory, FindingState.SENT)
    given = {"owner": "finding_answer", "owner_id": str(finding.id), "back": page_of(finding)}
    file = (io.BytesIO(b"%PDF-1.7\n%%EOF"), "papan.pdf")

    answer = visitor.enter(officer).post("/portal/attachments/plain", {**given, "files": file})

    assert answer.status_code == 302
    assert inside(stored, select(Attachment.folder))[0] == finding.answers_id
    other = {**given, "owner": "finding", "files": (io.BytesIO(b"%PDF-1.7\n%%EOF"), "lain.pdf")}
    assert visitor.post("/portal/attachments/plain", other).status_code == 404


@pytest.mark.parametrize("number", [1, 60])
def test_the_inbox_and_a_page_cost_the_same_however_many(
    visitor: Visitor, officer: int, inside: Inside, number: int
) -> None:
    finding = inside(FindingFactory, FindingState.RETURNED)
    inside(many_findings, number)
    visitor.enter(officer)

    visitor.get("/portal/findings")
    assert visitor.queries <= 4, visitor.statements
    visitor.get(page_of(finding))
    assert visitor.queries <= 6, visitor.statements
