"""A published score that was wrong: asked by one, released by another; what was wrong stays to be read."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ombudsman_app.audits.commands import verify_scores
from ombudsman_app.audits.commands.correcting import (
    CorrectionInput,
    ask_correction,
    drop_correction,
    release_correction,
)
from ombudsman_app.audits.commands.papers import issue_result_papers, living_paper, write_report
from ombudsman_app.audits.errors import OwnAudit, SheetRefused
from ombudsman_app.audits.models import Audit, AuditCorrection, AuditRound, AuditScore
from ombudsman_app.audits.states import AuditState, CorrectionState, ScoreStage
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, RecordChanged
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.documents import jobs
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..documents.desk import PAGES, make_all
from ..factories.audits import AuditFactory
from ..factories.findings import person
from ..visitor import Visitor
from .test_publish import address_of

WHY = "Berkas contoh tertukar dengan kantor lain; dihitung ulang dari sepuluh berkas."
P11 = {"numerator": 5, "denominator": 10, "evidence": 1}


class Public:
    """A published result of 100,00 in a branch, and who may do something about it."""

    def __init__(self, app: Flask, clock: StoppedClock) -> None:
        clock.at("2026-11-20T09:00+08:00")
        self.app = app
        with app.app_context():
            self.lead, self.head = person(Role.AUDITOR), person(Role.HEAD_OF_REPRESENTATIVE)
            self.officer = person(Role.OFFICE_OFFICER)
            audit = AuditFactory(AuditState.PUBLISHED, lead=self.lead, received_on=None)
            self.id, self.round_id, self.public = audit.id, audit.round_id, address_of(audit)
        self.page = f"/staff/audits/{self.id}"

    def audit(self) -> Audit:
        return db.session.get_one(Audit, self.id, populate_existing=True)

    def ask(
        self, indicator: str = "P11", answer: Mapping[str, Any] = P11, *, actor: Actor | None = None
    ) -> Any:
        with self.app.app_context():
            given = CorrectionInput(indicator, answer, WHY)
            return ask_correction(self.audit(), given, version=self.audit().version, actor=actor or self.lead)

    def release(self, actor: Actor | None = None) -> Any:
        with self.app.app_context():
            return release_correction(self.audit(), version=self.audit().version, actor=actor or self.head)

    def door(self, actor: Actor) -> Visitor:
        return Visitor(self.app).enter(actor.user_id or 0)

    def rows(self, statement: Any) -> list[Any]:
        with self.app.app_context():
            return list(db.session.scalars(statement).all())


@pytest.fixture
def public(app: Flask, clock: StoppedClock) -> Public:
    return Public(app, clock)


def test_given_a_wrong_answer_when_one_asks_and_the_head_releases_then_everybody_reads_both(
    public: Public, clock: StoppedClock
) -> None:
    lead, head = public.door(public.lead), public.door(public.head)
    assert f"{public.page}/correction" in lead.get(public.page).text
    assert "P11" in lead.get(f"{public.page}/correction").text
    asked = {"numerator": "5", "denominator": "10", "evidence": "1", "reason": WHY}
    assert lead.submit(f"{public.page}/correction/indicators/P11", asked).status_code == 302
    anybody = Visitor(public.app)
    assert "100,00" in anybody.get(public.public).text
    assert WHY not in anybody.get(public.public).text  # nothing before it is released
    told = lead.get(public.page)
    assert WHY in told.text
    assert "/correction/release" not in told.text
    assert lead.post(f"{public.page}/correction/release", {"version": "1"}).status_code == 403

    shown = head.get(public.page)
    assert "/correction/release" in shown.text
    assert head.queries <= 10
    with public.app.app_context():
        version = {"version": str(public.audit().version)}
    clock.at("2026-11-20T09:20+08:00")
    assert head.post(f"{public.page}/correction/release", version).status_code == 302
    assert head.post(f"{public.page}/correction/release", version).status_code == 409

    (wrong, right) = public.rows(
        select(AuditScore).where(AuditScore.stage == ScoreStage.FINAL).order_by(AuditScore.id)
    )
    total = str(right.total).replace(".", ",")
    assert (wrong.hundredths, right.hundredths < 10000) == (10000, True)
    page = anybody.get(public.public)
    for words in (total, "100,00", "20 November 2026", WHY, "P11"):
        assert words in page.text, words
    assert anybody.queries <= 10
    for name in (public.lead.name, public.head.name):
        assert name not in page.text
    data = anybody.get(f"{public.public}/json").get_json()
    assert data["total"] == str(right.total)
    assert data["corrected"] == [
        {
            "total": "100.00", "category": "A", "corrected_on": "2026-11-20", "indicator": "P11",
            "reason": WHY,
        }
    ]  # fmt: skip
    assert total in anybody.get("/penilaian").text
    sheet = anybody.get("/penilaian/csv").data.decode("utf-8-sig").splitlines()
    assert len(sheet) == 2
    for words in (str(right.total), "2026-11-20", public.public):
        assert words in sheet[1]
    office = public.door(public.officer).get(f"/portal/penilaian/{public.id}").text
    assert WHY in office
    assert total in office
    with public.app.app_context():
        assert not [one for one in verify_scores() if one.wrong]
        events = [one.event for one in db.session.scalars(select(TrailEntry).order_by(TrailEntry.seq))]
        assert {"audits:correction:asked", "audits:correction:released"} <= set(events)
        told = {(one.kind, one.person_id) for one in db.session.scalars(select(Notification))}
        assert ("audits.correction_asked", public.head.user_id) in told
        assert ("audits.corrected", public.officer.user_id) in told


def test_given_a_corrected_result_when_offices_are_compared_then_by_what_holds(public: Public) -> None:
    with public.app.app_context():
        round_ = db.session.get_one(AuditRound, public.round_id)
        AuditFactory(AuditState.PUBLISHED, round_=round_, office="kc_ntt", answers={"P11": {"numerator": 8}})
    names = ("Mamuju", "Nusa Tenggara Timur")

    def order() -> list[str]:
        table = Visitor(public.app).get("/penilaian/perbandingan").text.partition("<tbody")[2]
        return sorted(names, key=table.index)

    first = order()
    public.ask()
    assert order() == first
    public.release()
    assert order() == first[::-1]


def test_given_the_head_who_asked_then_another_head_releases(public: Public) -> None:
    public.ask(actor=public.head)
    with pytest.raises(OwnAudit):
        public.release()
    page = public.door(public.head).get(public.page).text
    assert "/correction/release" not in page
    with public.app.app_context():
        other = person(Role.HEAD_OF_REPRESENTATIVE)
    public.release(other)


def test_given_a_wish_that_waits_then_no_second_one_and_it_can_be_taken_back_with_a_reason(
    public: Public,
) -> None:
    public.ask()
    lead = public.door(public.lead)
    assert lead.get(f"{public.page}/correction/indicators/P12").status_code == 409
    with pytest.raises(MoveNotAllowed):
        public.ask("P12", {**P11, "numerator": 1})
    with public.app.app_context():
        version = {"version": str(public.audit().version)}
    drop = f"{public.page}/correction/drop"
    with public.app.app_context():
        other = person(Role.AUDITOR)
    assert public.door(other).post(drop, {**version, "drop_reason": "Bukan saya."}).status_code == 403
    assert lead.post(drop, version).status_code == 422
    assert lead.post(drop, {**version, "drop_reason": "Berkas ternyata benar."}).status_code == 302
    assert lead.post(drop, {**version, "drop_reason": "Berkas ternyata benar."}).status_code == 409
    assert "Berkas ternyata benar." in lead.get(public.page).text
    assert [one.state for one in public.rows(select(AuditCorrection))] == [CorrectionState.DROPPED]
    assert "Berkas ternyata benar." not in Visitor(public.app).get(public.public).text
    public.ask()


@pytest.mark.parametrize(
    ("indicator", "sent", "status"),
    [
        ("P11", {"numerator": "10", "denominator": "10", "evidence": "1"}, 422),  # as it stands
        ("P11", {"numerator": "0", "denominator": "0", "evidence": "1"}, 422),
        ("P11", {"numerator": "11", "denominator": "10", "evidence": "1"}, 422),
        ("P11", {"numerator": "5", "denominator": "10", "evidence": "9999"}, 422),
        ("P11", {"numerator": "5", "denominator": "10", "evidence": "1", "reason": " "}, 422),
        ("I01", {"choice": "7", "evidence": "1"}, 422),
        ("X99", {"choice": "1", "evidence": "1"}, 404),
    ],
)
def test_given_bad_input_when_asked_then_it_is_said_and_nothing_is_kept(
    public: Public, indicator: str, sent: dict[str, str], status: int
) -> None:
    with public.app.app_context():
        version = str(public.audit().version)
    answer = public.door(public.lead).post(
        f"{public.page}/correction/indicators/{indicator}", {"reason": WHY, "version": version, **sent}
    )
    assert answer.status_code == status
    assert public.rows(select(AuditCorrection)) == []


def test_given_an_old_page_or_another_state_or_office_then_refused(public: Public) -> None:
    with public.app.app_context():
        audit = public.audit()
        given = CorrectionInput("P11", P11, WHY)
        with pytest.raises(RecordChanged):
            ask_correction(audit, given, version=audit.version - 1, actor=public.lead)
        stranger = person(Role.HEAD_OF_REPRESENTATIVE, office="KPG")
        with pytest.raises(NotAllowed):
            ask_correction(audit, given, version=audit.version, actor=stranger)
        final = AuditFactory(AuditState.FINAL)
        with pytest.raises(MoveNotAllowed):
            ask_correction(final, given, version=final.version, actor=public.lead)
        with pytest.raises(MoveNotAllowed):
            release_correction(audit, version=audit.version, actor=public.head)
        with pytest.raises(MoveNotAllowed):
            drop_correction(audit, WHY, version=audit.version, actor=public.head)
        with pytest.raises(SheetRefused):
            ask_correction(
                audit, CorrectionInput("P11", {**P11, "numerator": 10}, WHY), version=None, actor=public.lead
            )
    assert public.door(stranger).get(f"{public.page}/correction").status_code == 404


def test_given_the_same_person_in_both_columns_then_the_database_refuses(public: Public) -> None:
    public.ask()

    @command
    def cheat() -> None:
        row = db.session.scalars(select(AuditCorrection)).one()
        row.state, row.decided_by_id, row.score_id = (
            CorrectionState.RELEASED,
            row.asked_by_id,
            row.corrected_id,
        )
        db.session.flush()

    with public.app.app_context(), pytest.raises(IntegrityError):
        cheat()


def test_given_issued_papers_when_the_result_is_corrected_then_the_next_edition_stands_in_their_place(
    public: Public, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "signed_pages", lambda document, _work=None: (PAGES + document.uuid.bytes, 1))
    _issue_all(public)
    public.ask()
    public.release()
    head = public.door(public.head)
    page = head.get(public.page).text
    assert page.count("Dari sebelum koreksi") == 3
    assert head.queries <= 10
    _issue_all(public)
    assert "Dari sebelum koreksi" not in head.get(public.page).text
    with public.app.app_context():
        assert issue_result_papers(public.audit(), actor=public.head) == []
        papers = db.session.scalars(select(Document).order_by(Document.id)).all()
        for kind in ("audit_report", "audit_scorecard", "audit_certificate"):
            first, second = [paper for paper in papers if paper.kind == kind]
            assert (first.state, second.state) == (DocumentState.SUPERSEDED, DocumentState.ISSUED)
            assert second.supersedes_id == first.id
            told = [(paper.content or {})["letter"] for paper in (first, second)]
            assert [one["edition"] for one in told] == [1, 2]
            assert told[1]["corrections"][0]["before"] == "100.00"
            assert told[1]["corrections"][0]["reason"] == WHY
        assert living_paper(public.audit(), "audit_report") is not None


def _issue_all(public: Public) -> None:
    with public.app.app_context():
        report = write_report(public.audit(), actor=public.lead)
        issue(report, version=report.version, actor=public.head)
        assert len(issue_result_papers(public.audit(), actor=public.head)) == 2
    assert set(make_all(public.app)) == {JobState.DONE}
