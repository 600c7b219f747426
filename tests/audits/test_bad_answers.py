"""What comes too late, twice, from the wrong person or too large between draft and final result."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.audits.commands import (
    open_draft,
    recount_audit_clocks,
    send_draft,
)
from ombudsman_app.audits.commands.finalising import finalise
from ombudsman_app.audits.models import Audit, AuditClock, AuditResponse, AuditScore
from ombudsman_app.audits.states import AuditState, ScoreStage
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.core.workflow.commands import import_holidays, load_shipped
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayKind
from ombudsman_app.core.workflow.recounting import Recount
from ombudsman_app.documents.commands import SendInput, send
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import Channel
from ombudsman_app.findings.models import Finding

from ..conftest import StoppedClock
from ..factories.attachments import AttachmentFactory
from ..factories.audits import AuditFactory
from ..factories.documents import drawn
from ..factories.findings import person
from ..visitor import Visitor

SENT, DUE = "2026-11-20T09:00+08:00", date(2026, 12, 10)
OURS, THEIRS = "Pelatihan sudah dijalankan bulan Maret.", "Sertifikat menyusul dari kantor wilayah."
OFF = DayOff(date(2026, 11, 24), HolidayKind.NATIONAL, "Hari Pemilihan", "ID", "Keppres", "1")


class Draft:
    """A draft without findings, sent on a Friday; opened on that day, the last day is 10 December."""

    def __init__(self, app: Flask, clock: StoppedClock) -> None:
        self.app, self.clock = app, clock
        clock.at(SENT)
        with app.app_context():
            load_shipped()
            self.head = person(Role.HEAD_OF_REPRESENTATIVE)
            self.lead = person(Role.AUDITOR)
            self.reviewer = person(Role.REVIEWER)
            self.officer, self.colleague = person(Role.OFFICE_OFFICER), person(Role.OFFICE_HEAD)
            audit = AuditFactory(AuditState.REVIEWED, lead=self.lead, reviewer=self.reviewer)
            send_draft(audit, version=audit.version, actor=self.head)
            self.id = audit.id
            self.answers_id = audit.answers_id

    def open(self) -> "Draft":
        with self.app.app_context():
            open_draft(self.audit(), actor=self.officer)
        return self

    def audit(self) -> Audit:
        return db.session.get_one(Audit, self.id, populate_existing=True)

    def door(self, actor: Actor) -> Visitor:
        return Visitor(self.app).enter(actor.user_id or 0)

    def office(self, what: str = "") -> str:
        return f"/portal/penilaian/{self.id}{what}"

    def staff(self, what: str = "") -> str:
        return f"/staff/audits/{self.id}{what}"

    def finalise(self) -> None:
        with self.app.app_context():
            audit = self.audit()
            finalise(audit, version=audit.version, actor=self.head)

    def all(self, statement: Any) -> list[Any]:
        with self.app.app_context():
            return list(db.session.scalars(statement).all())


@pytest.fixture
def draft(app: Flask, clock: StoppedClock) -> Draft:
    return Draft(app, clock)


@pytest.mark.parametrize(("day", "late"), [("2026-12-10", 0), ("2026-12-11", 1), ("2026-12-14", 4)])
def test_given_the_last_day_is_over_when_the_office_answers_then_it_is_taken_and_late_for_ever(
    draft: Draft, day: str, late: int
) -> None:
    draft.open()
    draft.clock.at(f"{day}T23:30+08:00")
    officer = draft.door(draft.officer)
    said = officer.submit(draft.office("/butir/I01"), {"stance": "remark", "text": OURS})
    assert said.status_code == 302
    officer.get(draft.office())
    assert officer.post(draft.office("/selesai")).status_code == 302
    words = f"terlambat {late} hari"
    for page in (officer.get(draft.office()), draft.door(draft.reviewer).get(draft.staff("/responses"))):
        assert OURS in page.text
        assert (words in page.text) if late else (re.search("[Tt]erlambat [0-9]", page.text) is None)
    assert [one.days_late for one in draft.all(select(AuditResponse))] == [late]
    with draft.app.app_context():
        assert draft.audit().days_late == late


def test_given_the_head_was_faster_when_an_answer_arrives_then_409_with_both_texts_and_nothing_is_kept(
    draft: Draft,
) -> None:
    draft.open()
    draft.clock.at("2026-12-10T23:50+08:00")
    officer, colleague = draft.door(draft.officer), draft.door(draft.colleague)
    assert colleague.submit(draft.office("/butir/I01"), {"stance": "accept"}).status_code == 302
    officer.get(draft.office("/butir/I01"))
    assert officer.page is not None
    typed = {**officer.page.values, "stance": "dispute", "text": THEIRS}
    draft.clock.at("2026-12-11T00:10+08:00")
    draft.finalise()

    answer = officer.post(draft.office("/butir/I01"), typed)

    assert answer.status_code == 409
    assert THEIRS in answer.text
    assert "Diterima" in answer.text
    assert len(draft.all(select(AuditResponse))) == 1
    assert officer.post(draft.office("/selesai"), {"csrf_token": officer.token()}).status_code == 409


def test_given_an_answer_was_faster_when_the_head_makes_it_final_then_409_and_it_waits_for_a_ruling(
    draft: Draft,
) -> None:
    draft.open()
    draft.clock.at("2026-12-11T08:00+08:00")
    head = draft.door(draft.head)
    head.get(draft.staff("/final"))
    assert head.page is not None
    seen = head.page.values
    late = draft.door(draft.officer).submit(draft.office("/butir/I01"), {"stance": "dispute", "text": THEIRS})
    assert late.status_code == 302

    for given in (seen, None):  # the page from before, and the one that knows
        answer = head.post(draft.staff("/final"), given) if given else head.submit(draft.staff("/final"))
        assert answer.status_code == 409
    assert "I01" in answer.text
    with draft.app.app_context():
        assert draft.audit().state is AuditState.DRAFT_SENT


def test_given_a_final_result_when_it_is_made_final_once_more_then_409_and_there_is_one_score(
    draft: Draft,
) -> None:
    draft.open()
    draft.clock.at("2026-12-11T08:00+08:00")
    head = draft.door(draft.head)
    head.get(draft.staff("/final"))
    assert head.page is not None
    seen = head.page.values
    assert head.post(draft.staff("/final"), seen).status_code == 302
    assert head.post(draft.staff("/final"), seen).status_code == 409
    finals = select(AuditScore).where(AuditScore.stage == ScoreStage.FINAL)
    assert len(draft.all(finals)) == 1
    assert draft.all(select(Finding)) == []


def test_given_a_public_result_when_it_is_released_from_an_old_page_then_409_and_its_day_stays(
    draft: Draft,
) -> None:
    draft.open()
    draft.clock.at("2026-12-11T23:50+08:00")
    draft.finalise()
    lead, head = draft.door(draft.lead), draft.door(draft.head)
    page = draft.staff("/publication")

    def version() -> dict[str, str]:
        with draft.app.app_context():
            return {"version": str(draft.audit().version)}

    seen = version()
    assert lead.post(f"{page}/ask", seen).status_code == 302
    assert lead.post(f"{page}/ask", seen).status_code == 409
    seen = version()
    assert head.post(f"{page}/release", seen).status_code == 302
    draft.clock.at("2026-12-12T00:10+08:00")
    assert head.post(f"{page}/release", seen).status_code == 409
    with draft.app.app_context():
        assert draft.audit().published_on == date(2026, 12, 11)


class TestProofOfReceipt:
    """The letter of a draft arrives by post; its receipt is written down later (§12)."""

    @staticmethod
    def by_post(draft: Draft) -> str:
        """The letter is drawn and went out on the 20th; return the page on which its receipt is proven."""
        with draft.app.app_context():
            letter = drawn(db.session.scalars(select(Document)).one())
            way = send(letter, SendInput(Channel.POST, "respondent", date(2026, 11, 20)), actor=draft.head)
            return f"/staff/documents/{letter.id}/deliveries/{way.id}/proof"

    @pytest.mark.parametrize(
        ("day", "says"),
        [
            ("19-11-2026", "Surat terbit sesudah tanggal ini"),
            ("24-11-2026", "belum tiba"),
            ("31-2-2026", "tanggal"),
            ("", ""),
        ],
    )
    def test_given_a_day_before_it_was_sent_or_after_today_then_422_and_no_time_runs(
        self, draft: Draft, day: str, says: str
    ) -> None:
        page = self.by_post(draft)
        draft.clock.at("2026-11-23T09:00+08:00")
        answer = draft.door(draft.head).submit(page, {"proof": "postal", "delivered_on": day})
        assert answer.status_code == 422
        assert says in answer.text
        assert draft.all(select(AuditClock)) == []
        with draft.app.app_context():
            assert draft.audit().received_on is None

    def test_given_the_scan_of_a_proof_then_it_is_added_by_the_door_and_the_time_runs_from_its_day(
        self, draft: Draft
    ) -> None:
        page = self.by_post(draft)
        draft.clock.at("2026-11-27T09:00+08:00")
        lead = draft.door(draft.lead)
        proof = {"proof": "postal", "delivered_on": "20-11-2026"}
        assert lead.submit(page, proof).status_code == 422  # a day that has passed needs a file
        form = lead.get(draft.staff()).text
        assert 'value="audit_paper"' in form
        with draft.app.app_context():
            scan = AttachmentFactory(draft.audit().papers_id, "resi.jpg").uuid
        assert lead.submit(page, {**proof, "file": str(scan)}).status_code == 302
        (clock,) = draft.all(select(AuditClock))
        assert (clock.start_on, clock.due_on) == (date(2026, 11, 20), DUE)
        assert draft.door(draft.officer).get(f"/portal/attachments/{scan}").status_code == 404

    def test_given_it_was_opened_before_when_the_post_is_proven_then_the_first_proof_counts(
        self, draft: Draft
    ) -> None:
        page = self.by_post(draft)
        draft.open()
        draft.clock.at("2026-11-30T09:00+08:00")
        assert draft.door(draft.head).submit(
            page, {"proof": "postal", "delivered_on": "30-11-2026"}
        ).status_code == 302  # fmt: skip
        assert [one.due_on for one in draft.all(select(AuditClock))] == [DUE]


class TestTheCalendarChanges:
    """Later at once, earlier when the head says so, ended never (DI7)."""

    def test_given_a_day_off_that_is_taken_back_then_the_earlier_day_waits_for_the_head(
        self, draft: Draft
    ) -> None:
        with draft.app.app_context():
            import_holidays([OFF], actor=STRANGER)
        draft.open()
        with draft.app.app_context():
            assert draft.audit().answer_due_on == date(2026, 12, 11)
            import_holidays([replace(OFF, day=date(2026, 12, 28))], actor=STRANGER)
            assert recount_audit_clocks(STRANGER) == Recount(waiting=1)
            assert draft.audit().answer_due_on == date(2026, 12, 11)
        assert "11 Desember 2026" in draft.door(draft.officer).get(draft.office()).text
        assert draft.door(draft.lead).post(draft.staff("/answer-time/release")).status_code == 403
        head = draft.door(draft.head)
        assert head.post(draft.staff("/answer-time/release")).status_code == 302
        assert head.post(draft.staff("/answer-time/release")).status_code == 409
        assert "10 Desember 2026" in draft.door(draft.officer).get(draft.office()).text

    def test_given_the_office_has_answered_when_the_calendar_changes_then_its_time_and_lateness_stay(
        self, draft: Draft
    ) -> None:
        draft.open()
        draft.clock.at("2026-12-11T09:00+08:00")
        officer = draft.door(draft.officer)
        officer.get(draft.office())
        officer.post(draft.office("/selesai"))
        with draft.app.app_context():
            import_holidays([OFF], actor=STRANGER)
            assert recount_audit_clocks(STRANGER) == Recount()
            assert (draft.audit().answer_due_on, draft.audit().days_late) == (DUE, 1)


def test_given_evidence_of_500_mb_is_announced_then_it_is_refused_before_a_byte_came(draft: Draft) -> None:
    draft.open()
    draft.clock.at("2026-12-10T23:50+08:00")
    officer = draft.door(draft.officer)
    officer.get(draft.office("/butir/I01"))

    def begin(size: int, owner: str = "audit_draft_answer") -> Any:
        words = {"filename": "bukti.mp4", "owner": owner, "owner_id": str(draft.id)}
        meta = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in words.items())
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": meta}
        headers["X-CSRF-Token"] = officer.token()
        return officer.client.post("/portal/attachments/uploads", headers=headers)

    refused = begin(500 * limits.MIB)
    assert refused.status_code == 413
    assert "MB" in refused.get_json()["message"]
    assert begin(10**15).status_code == 400
    assert begin(limits.MIB, "audit_paper").status_code == 404  # the folder of the Ombudsman's own papers
    assert begin(limits.MIB).status_code == 201
    draft.clock.at("2026-12-11T00:10+08:00")
    draft.finalise()
    assert begin(limits.MIB).status_code == 404


def test_given_an_officer_of_another_branch_then_draft_answer_file_and_acknowledgement_do_not_exist(
    draft: Draft,
) -> None:
    draft.open()
    officer = draft.door(draft.officer)
    officer.submit(draft.office("/butir/I01"), {"stance": "dispute", "text": OURS})
    officer.get(draft.office())
    officer.post(draft.office("/selesai"))
    with draft.app.app_context():
        file = AttachmentFactory(draft.answers_id, "bukti.jpg").uuid
        strangers = [person(Role.OFFICE_HEAD, portal_office=one) for one in ("kc_ntt", "kc_bengkulu")]
    assert officer.get(f"/portal/attachments/{file}").status_code == 200
    pages = ("", "/butir/I01", "/waktu", "/tanda-terima", "/tanda-terima/berkas")
    posts = ("/buka", "/selesai", "/butir/I01", "/tanda-terima")
    for stranger in map(draft.door, strangers):
        for page in pages:
            assert stranger.get(draft.office(page)).status_code == 404, page
        for page in posts:
            assert stranger.post(draft.office(page), {"stance": "accept"}).status_code == 404, page
        for copy in ("", "/thumb"):
            assert stranger.get(f"/portal/attachments/{file}{copy}").status_code == 404
        assert draft.office() not in stranger.get("/portal/penilaian").text
        for page in ("", "/responses", "/score", "/review", "/final"):
            assert stranger.get(draft.staff(page)).status_code in (403, 404), page


def test_given_an_auditor_with_every_other_role_when_reviewing_the_own_audit_then_403_everywhere(
    app: Flask, clock: StoppedClock
) -> None:
    clock.at(SENT)
    roles = Role.AUDITOR, Role.REVIEWER, Role.HEAD_OF_ASSISTANTS, Role.HEAD_OF_REPRESENTATIVE
    with app.app_context():
        lead = person(*roles)
        audit = AuditFactory(AuditState.SUBMITTED, lead=lead)
    page = f"/staff/audits/{audit.id}"
    visitor = Visitor(app).enter(lead.user_id or 0)
    assert visitor.get(f"{page}/review").status_code == 403
    assert visitor.get(f"{page}/review/I01").status_code == 403
    for act in ("/review", "/review/I01", "/review/I01/remark", "/give-back"):
        sent = {"version": "1", "remark": "Baik.", "back_reason": "Lengkapi.", "choice": "4", "reason": OURS}
        assert visitor.post(f"{page}{act}", sent).status_code == 403, act
    assert f"{page}/review" not in visitor.get(page).text
    with app.app_context():
        assert db.session.get_one(Audit, audit.id).state is AuditState.SUBMITTED


def test_given_the_lead_is_the_head_too_when_ruling_on_an_answer_then_403(draft: Draft) -> None:
    draft.open()
    with draft.app.app_context():
        both = person(Role.AUDITOR, Role.HEAD_OF_REPRESENTATIVE, Role.REVIEWER)
        audit = AuditFactory(AuditState.REVIEWED, lead=both)
        send_draft(audit, version=audit.version, actor=draft.head)
        open_draft(audit, actor=draft.officer)
    page = f"/portal/penilaian/{audit.id}/butir/I01"
    assert draft.door(draft.officer).submit(page, {"stance": "dispute", "text": OURS}).status_code == 302
    (response,) = draft.all(select(AuditResponse).where(AuditResponse.audit_id == audit.id))
    ruling = f"/staff/audits/{audit.id}/responses/{response.id}"
    visitor = draft.door(both)
    assert visitor.get(ruling).status_code == 403
    assert visitor.post(ruling, {"ruling": "kept", "reason": OURS}).status_code == 403
