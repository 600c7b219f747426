"""A draft goes to its office, which says what it thinks; another officer rules on it (design.md §6)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.audits.commands import acknowledge_responses, recount_audit_clocks
from ombudsman_app.audits.models import AnswerChange, Audit, AuditClock, AuditResponse, ProposedFinding
from ombudsman_app.audits.states import AuditState, ProposalState
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.workflow.commands import import_holidays, load_shipped
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayKind
from ombudsman_app.core.workflow.recounting import Recount
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.models import Finding, Measure
from ombudsman_app.findings.states import FindingState, MeasureKind, Origin
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..documents.desk import make_all, papers, renderer_of
from ..factories.attachments import AttachmentFactory
from ..factories.audits import AuditFactory
from ..factories.drafts import answered_draft
from ..factories.findings import person
from ..visitor import Visitor

Inside = Callable[..., Any]
LOW = {"I01": {"value": "1"}, "P01": {"value": "2"}}
WORDS = {
    "summary": "Petugas loket belum dilatih",
    "description": "Dari catatan pelatihan, tidak ada pelatihan dalam dua tahun terakhir.",
    "rule": "UU 25/2009 Pasal 21 huruf h",
    "suggestion": "Susun rencana pelatihan dan latih semua petugas loket.",
}
DISPUTE = {"stance": "dispute", "text": "Semua petugas telah dilatih pada bulan Maret; sertifikat terlampir."}
REASON = "Sertifikat yang dikirim menunjukkan pelatihan semua petugas."

OFF = DayOff(date(2026, 11, 24), HolidayKind.NATIONAL, "Hari Pemilihan", "ID", "Keppres", "1")


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
def head(inside: Inside) -> int:
    return inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id or 0


@pytest.fixture
def officer(inside: Inside) -> int:
    return inside(person, Role.OFFICE_OFFICER).user_id or 0


@pytest.fixture
def ruler(inside: Inside) -> int:
    return inside(person, Role.HEAD_OF_ASSISTANTS).user_id or 0


def drafted(inside: Inside, visitor: Visitor, head: int, **given: Any) -> int:
    """An audit whose draft was sent by the door."""
    audit = inside(AuditFactory, AuditState.REVIEWED, **{"answers": LOW, **given})
    visitor.enter(head).submit(f"/staff/audits/{audit.id}/draft")
    return int(audit.id)


def opened(inside: Inside, visitor: Visitor, head: int, officer: int, **given: Any) -> int:
    """… and opened by an officer of the office."""
    audit_id = drafted(inside, visitor, head, **given)
    visitor.enter(officer).get(page_of(audit_id))
    visitor.post(page_of(audit_id, "/buka"))
    return audit_id


def page_of(audit_id: int, act: str = "") -> str:
    return f"/portal/penilaian/{audit_id}{act}"


def staff_page(audit_id: int, act: str) -> str:
    return f"/staff/audits/{audit_id}{act}"


def fresh(audit_id: int) -> Audit:
    return db.session.get_one(Audit, audit_id, populate_existing=True)


def stored(statement: Any) -> list[Any]:
    return list(db.session.scalars(statement).all())


def test_given_a_reviewed_audit_when_the_head_sends_the_draft_then_a_letter_and_a_notice_go_out(
    visitor: Visitor, inside: Inside, head: int, officer: int
) -> None:
    audit_id = drafted(inside, visitor, head)
    with visitor.app.app_context():
        audit = fresh(audit_id)
        assert audit.state is AuditState.DRAFT_SENT
        assert audit.draft_sent_on == date(2026, 11, 20)
        assert audit.received_on is None
        letter = stored(select(Document).where(Document.folder == audit.papers_id))
        assert [one.kind for one in letter] == ["audit_draft_letter"]
        assert letter[0].content["letter"]["length"] == 14
        told = stored(select(Notification.kind).where(Notification.person_id == officer))
        assert told == ["audits.draft_sent"]
        proposals = stored(select(ProposedFinding).where(ProposedFinding.audit_id == audit_id))
        assert {one.indicator: one.severity for one in proposals} == {"I01": "major", "P01": "minor"}


def test_given_a_draft_when_opened_then_receipt_is_proven_and_fourteen_working_days_run(
    visitor: Visitor, inside: Inside, head: int, officer: int
) -> None:
    audit_id = drafted(inside, visitor, head)
    visitor.enter(officer)
    before = visitor.get(page_of(audit_id)).text
    assert "I01" not in before
    listed = visitor.get("/portal/penilaian")
    assert listed.status_code == 200
    assert page_of(audit_id) in listed.text
    assert "I01" not in listed.text
    assert visitor.get("/portal/").status_code == 200

    shown = visitor.post(page_of(audit_id, "/buka"), follow_redirects=True).text

    assert "I01" in shown
    assert "Dasar hukum" in shown
    with visitor.app.app_context():
        clock = stored(select(AuditClock).where(AuditClock.audit_id == audit_id))[0]
        assert (clock.start_on, clock.length) == (date(2026, 11, 20), 14)
        assert clock.due_on == fresh(audit_id).answer_due_on == date(2026, 12, 10)
        assert clock.received_by_id == officer
    visitor.post(page_of(audit_id, "/buka"))
    with visitor.app.app_context():
        assert len(stored(select(AuditClock))) == 1
    assert "10 Desember 2026" in visitor.get(page_of(audit_id, "/waktu")).text


def test_given_an_open_draft_when_disputed_and_taken_over_then_the_final_score_has_risen_and_it_is_traced(
    visitor: Visitor, inside: Inside, head: int, officer: int, ruler: int
) -> None:
    audit_id = opened(inside, visitor, head, officer)
    said = visitor.submit(page_of(audit_id, "/butir/I01"), DISPUTE, follow_redirects=True)
    assert DISPUTE["text"] in said.text
    visitor.submit(page_of(audit_id, "/butir/P01"), {"stance": "accept"})
    visitor.post(page_of(audit_id, "/selesai"))

    visitor.enter(head)
    refused = visitor.submit(staff_page(audit_id, "/final"))
    assert refused.status_code == 409
    assert "I01" in refused.text

    visitor.enter(ruler)
    with visitor.app.app_context():
        response = stored(select(AuditResponse).where(AuditResponse.indicator == "I01"))[0]
        assert response.days_late == 0
        draft_total = stored(select(ProposedFinding.indicator))
        assert sorted(draft_total) == ["I01", "P01"]
    ruling = {"ruling": "taken_over", "choice": "4", "reason": REASON}
    page = staff_page(audit_id, f"/responses/{response.id}")
    ruled = visitor.submit(page, ruling, follow_redirects=True)
    assert REASON in ruled.text

    with visitor.app.app_context():
        change = stored(select(AnswerChange))[0]
        assert (change.before, change.after) == (
            {"value": "1", "evidence": 1},
            {"value": "4", "evidence": 1},
        )
        rows = {one.indicator: one for one in stored(select(ProposedFinding))}
        assert rows["I01"].state is ProposalState.DROPPED
        assert rows["I01"].decided_by_id is None
        proposal = rows["P01"].id

    visitor.enter(head)
    confirmed = visitor.submit(staff_page(audit_id, f"/findings/{proposal}"), WORDS)
    assert confirmed.status_code == 302
    final = visitor.submit(staff_page(audit_id, "/final"), follow_redirects=True)
    assert final.status_code == 200
    with visitor.app.app_context():
        audit = fresh(audit_id)
        assert audit.state is AuditState.FINAL
        assert audit.total is not None
        finding = stored(select(Finding).where(Finding.origin == Origin.AUDIT))[0]
        assert (finding.summary, finding.state) == (WORDS["summary"], FindingState.DRAFT)
        measures = stored(select(Measure).where(Measure.finding_id == finding.id))
        assert [one.kind for one in measures] == [MeasureKind.IMPROVEMENT_SUGGESTION]
        finding_id = finding.id
    visitor.get(staff_page(audit_id, "/findings"))
    sending = visitor.post(staff_page(audit_id, "/findings/send")).location
    assert "progressbar" in visitor.get(sending).text
    assert make_all(visitor.app, "audits.send_findings") == [JobState.DONE]
    assert "Temuan sudah dikirim" in visitor.get(sending).text
    with visitor.app.app_context():
        sent = db.session.get_one(Finding, finding_id, populate_existing=True)
        assert sent.state is FindingState.SENT
    origin = visitor.get(f"/staff/findings/{finding_id}/origin")
    assert origin.location.endswith(staff_page(audit_id, "/findings"))

    visitor.enter(officer)
    result = visitor.get(page_of(audit_id)).text
    assert REASON in result
    assert 'id="changes"' in result


def test_given_a_file_of_the_office_when_it_answers_then_the_file_is_a_box_to_tick(
    visitor: Visitor, inside: Inside, head: int, officer: int
) -> None:
    audit_id = opened(inside, visitor, head, officer)
    with visitor.app.app_context():
        file = str(AttachmentFactory(fresh(audit_id).answers_id, "sertifikat.jpg").uuid)
    box = f'name="files" type="checkbox" value="{file}"'

    assert box in visitor.get(page_of(audit_id, "/butir/I01")).text
    visitor.submit(page_of(audit_id, "/butir/I01"), {**DISPUTE, "files": file})

    assert "1 berkas" in visitor.get(page_of(audit_id)).text
    with visitor.app.app_context():
        assert [one.file_ids for one in stored(select(AuditResponse))] == [[file]]


def test_given_a_sent_and_answered_draft_then_its_letter_and_its_acknowledgement_are_made(
    app: Flask, inside: Inside
) -> None:
    draft = inside(answered_draft)
    officer = inside(person, Role.OFFICE_HEAD)
    with app.app_context():
        acknowledge_responses(fresh(draft.id), actor=officer)
    with renderer_of(app):
        assert set(make_all(app)) == {JobState.DONE}
    kinds = {one.kind: one.content for one in papers(app)}
    assert set(kinds) == {"audit_draft_letter", "audit_acknowledgement"}
    assert kinds["audit_acknowledgement"]["letter"]["days_late"] == 0
    assert len(kinds["audit_acknowledgement"]["letter"]["files"]) == 1


def test_given_a_new_day_off_when_counted_again_then_the_time_ends_later_at_once_and_twice_is_once(
    visitor: Visitor, inside: Inside, head: int, officer: int
) -> None:
    audit_id = opened(inside, visitor, head, officer)
    inside(import_holidays, [OFF], actor=STRANGER)
    assert inside(recount_audit_clocks, STRANGER) == Recount(moved=1)
    assert inside(recount_audit_clocks, STRANGER) == Recount()
    assert inside(fresh, audit_id).answer_due_on == date(2026, 12, 11)
