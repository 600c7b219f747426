"""PD3, ADR 23: what is said inside the Ombudsman about an audit reaches neither its office nor the public.

An audit with words of its own in every field that is for the inside: notes, interviews, samples, remarks of
the review, reasons, names of files. It goes all the way to a published result with its papers; then all
that the office and anybody can fetch, and all that was sent or filed.
"""

import json

import pytest
from flask import Flask
from sqlalchemy import select, update

from ombudsman_app.audits.commands import (
    ResponseInput,
    acknowledge_responses,
    finish_responding,
    open_draft,
    respond,
    send_draft,
)
from ombudsman_app.audits.commands.deciding import RulingInput, decide_response
from ombudsman_app.audits.commands.finalising import finalise
from ombudsman_app.audits.commands.papers import issue_result_papers, write_report
from ombudsman_app.audits.commands.proposing import drop_finding
from ombudsman_app.audits.commands.publishing import ask_publication, release_publication
from ombudsman_app.audits.commands.reviewing import change_answer, give_back, remark, review
from ombudsman_app.audits.commands.sheets import AnswerInput
from ombudsman_app.audits.commands.submitting import submit_audit
from ombudsman_app.audits.models import Audit, AuditSheet, ProposedFinding, SheetAnswer, SheetEvidence
from ombudsman_app.audits.paper_contents import attached
from ombudsman_app.audits.states import AuditState, Ruling, SampleKind, Stance
from ombudsman_app.core.db import Base, command, db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.walls import wall_of
from ombudsman_app.documents import jobs
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.freezing import thawed
from ombudsman_app.documents.models import Document
from ombudsman_app.notifications.models import Message, Notification

from ..conftest import StoppedClock
from ..documents.desk import PAGES, make_all
from ..factories.attachments import AttachmentFactory
from ..factories.audits import AuditFactory, SampleFactory
from ..factories.findings import person
from ..routes import ROUTES
from ..visitor import Visitor
from .test_walls import SHARED, behind_wall

# Each holds the canary, so that one search finds all; the number of a participant does so by itself.
NOTE = "Catatanqwyx: petugas loket dua ragu."
INTERVIEW = "Wawancaraqwyx: Ibu Kenariku di kursi tunggu, peserta 23100456789."
MARK, NUMBER = "Berkasqwyx JHT 14", "23100456789"
REMARK, REASON, BACK = "Telaahqwyx: foto kurang.", "Alasanqwyx penelaah.", "Kembaliqwyx: lengkapi foto."
DROPPED, FILE = "Dicoretqwyx: sudah dibahas.", "foto-qwyx.jpg"
TRACES = ("qwyx", "kenariku", NUMBER)
SAID, RULED = "Jadwal petugas kami lampirkan.", "Jadwal menunjukkan petugas tetap."
ALL_HEARD = (SAID, RULED)  # what is meant to be heard, so that the search is known to look


@command
def _speak(audit: Audit, lead: Actor) -> str:
    """Put words for the inside into every field of the sheet; return a picture of a claim file."""
    sheet = db.session.scalars(select(AuditSheet).where(AuditSheet.audit_id == audit.id)).one()
    db.session.execute(update(SheetAnswer).where(SheetAnswer.sheet_id == sheet.id).values(note=NOTE))
    rows = db.session.scalars(select(SheetEvidence).where(SheetEvidence.sheet_id == sheet.id)).all()
    places = {row.indicator: row for row in db.session.scalars(select(SheetAnswer))}
    for row in rows:
        if row.kind not in ("photo", "observation_note", "url"):  # what was seen is told in the report
            row.text = INTERVIEW
    claim = next(row for row in rows if row.kind == "file_sample")
    file = AttachmentFactory(places[claim.indicator].folder_id, FILE).uuid
    claim.attachment_id = file
    SampleFactory(sheet.id, "P13", SampleKind.CLAIM_FILE, {"mark": MARK}, lead)
    AttachmentFactory(sheet.evidence_id, FILE)
    return str(file)


class Whole:
    """The audit, from the sheet to the published result."""

    def __init__(self, app: Flask, clock: StoppedClock) -> None:
        clock.at("2026-11-20T09:00+08:00")
        self.app = app
        with app.app_context():
            lead, self.head = person(Role.AUDITOR), person(Role.HEAD_OF_REPRESENTATIVE)
            self.officer, reviewer = person(Role.OFFICE_OFFICER), person(Role.REVIEWER)
            low = {"I01": {"value": "1"}, "P01": {"value": "2"}}
            audit = AuditFactory(AuditState.SUBMITTED, lead=lead, reviewer=reviewer, answers=low)
            self.id = audit.id
            self.file = _speak(audit, lead)
            remark(audit, "I02", REMARK, key="k" * 32, actor=reviewer)
            changed = AnswerInput(value="3")
            change_answer(audit, "I02", changed, reason=REASON, version=1, actor=reviewer)
            give_back(audit, BACK, version=self.audit().version, actor=reviewer)
            submit_audit(audit, version=self.audit().version, actor=lead)
            review(audit, version=self.audit().version, actor=reviewer)
            send_draft(audit, version=self.audit().version, actor=self.head)
            open_draft(audit, actor=self.officer)
            said = respond(audit, ResponseInput("I01", Stance.DISPUTE, SAID), actor=self.officer)
            finish_responding(audit, actor=self.officer)
            acknowledge_responses(audit, actor=self.officer)
            decide_response(said, RulingInput(Ruling.KEPT, RULED), actor=reviewer)
            self.lead = lead

    def audit(self) -> Audit:
        return db.session.get_one(Audit, self.id, populate_existing=True)

    def publish(self) -> None:
        with self.app.app_context():
            for row in db.session.scalars(select(ProposedFinding.id)).all():
                drop_finding(self.audit(), row, DROPPED, version=self.audit().version, actor=self.head)
            finalise(self.audit(), version=self.audit().version, actor=self.head)
            ask_publication(self.audit(), version=self.audit().version, actor=self.lead)
            release_publication(self.audit(), version=self.audit().version, actor=self.head)
            report = write_report(self.audit(), actor=self.lead)
            issue(report, version=report.version, actor=self.head)
            issue_result_papers(self.audit(), actor=self.head)
        assert set(make_all(self.app)) == {JobState.DONE}

    def hear(self, visitor: Visitor, faces: tuple[str, ...]) -> str:
        """Fetch every page of these faces that can be about the audit, read from the URL map."""
        with self.app.app_context():
            db.session.add(audit := self.audit())
            db.session.refresh(audit, ["office", "round"])
            held = {
                "audit_id": self.id,
                "slug": audit.office.slug,
                "round_slug": audit.round.slug,
            }
        told = ""
        for route in ROUTES:
            names = {part.partition(">")[0].rpartition(":")[2] for part in route.rule.split("<")[1:]}
            if not route.endpoint.startswith(faces) or not route.is_read:
                continue
            for indicator in ("I01", "I02", "P13", "P17") if "indicator" in names else ("",):
                values = {**held, "indicator": indicator, "kind": "audit_report"}
                if not names <= set(values):
                    continue
                with self.app.test_request_context("/"):
                    path = self.app.url_for(route.endpoint, **{name: values[name] for name in names})
                answer = visitor.client.get(path, environ_overrides={"REMOTE_ADDR": visitor.address})
                told += f"{answer.data.decode('utf-8', 'replace')}{answer.headers}"
        return told


@pytest.fixture
def whole(app: Flask, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> Whole:
    monkeypatch.setattr(jobs, "signed_pages", lambda document, _work=None: (PAGES + document.uuid.bytes, 1))
    return Whole(app, clock)


OFFICE = ("portal.audits.", "portal.home.", "portal.findings.", "staff.notifications.")
PUBLIC = ("public.audits.", "public.directory.", "public.home.")


def _silent(text: str) -> None:
    found = {trace for trace in TRACES if trace in text.lower()}
    assert not found, [text[max(0, text.lower().index(one) - 200) :][:400] for one in found]


def test_given_words_for_the_inside_then_none_reaches_the_office_or_anybody(whole: Whole) -> None:
    office, anybody = Visitor(whole.app).enter(whole.officer.user_id or 0), Visitor(whole.app)
    told = whole.hear(office, OFFICE)
    whole.publish()
    told += whole.hear(office, OFFICE) + whole.hear(anybody, PUBLIC)
    for face in ("/portal/attachments", "/berkas"):
        for visitor in (office, anybody):
            assert visitor.client.get(f"{face}/{whole.file}").status_code in (302, 404)
    with whole.app.app_context():
        rows = [*db.session.scalars(select(Notification)), *db.session.scalars(select(Message))]
        told += "".join(str(vars(row)) for row in rows)
        assert {row.kind for row in rows} >= {"audits.draft_sent", "audits.made_final"}
    _silent(told)
    assert all(words in told for words in ALL_HEARD)


def test_given_words_for_the_inside_then_no_paper_that_goes_out_holds_one_nor_the_picture_of_a_file(
    whole: Whole,
) -> None:
    whole.publish()
    with whole.app.app_context():
        papers = db.session.scalars(select(Document).where(Document.folder == whole.audit().papers_id)).all()
        kinds = {paper.kind: paper for paper in papers}
        assert set(kinds) == {
            "audit_draft_letter",
            "audit_acknowledgement",
            "audit_report",
            "audit_scorecard",
            "audit_certificate",
        }
        told = "".join(json.dumps(paper.content, default=str) + paper.subject for paper in papers)
        letter, _paper = thawed(kinds["audit_report"].content or {})
        pieces = attached(letter)
        told += "".join(content.decode("utf-8", "replace") for content, _type in pieces.values())
        told += "".join(pieces)
    _silent(told)
    assert whole.file not in told
    assert RULED in told
    assert "Terlihat saat kunjungan." in told  # what was seen is told


def test_given_words_for_the_inside_then_the_database_shows_the_portal_no_row_with_one(whole: Whole) -> None:
    """The second wall (AZ12): whatever a query of the portal forgets. SQLite has none."""
    if whole.app.extensions["engine"].dialect.name == "sqlite":
        pytest.skip("no roles")
    whole.publish()
    told = ""
    with behind_wall(whole.app, whole.officer.user_id):
        for table in Base.metadata.sorted_tables:
            if wall_of(table) is not None and table.name not in SHARED:
                told += "".join(str(tuple(row)) for row in db.session.execute(select(table)))
    _silent(told)
    assert all(words in told for words in ALL_HEARD)
