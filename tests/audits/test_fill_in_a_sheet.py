"""An assessor fills in the sheet: each answer is kept at once, once, and only by who may."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.audits.models import Audit, AuditScore, SheetAnswer, SheetEvidence
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry

from ..conftest import StoppedClock
from ..factories.audits import AuditFactory, RoundFactory, SheetFactory
from ..factories.findings import person
from ..visitor import Visitor

Inside = Callable[..., Any]
SHARE = {"numerator": "8", "denominator": "10"}


@pytest.fixture
def inside(inside: Inside, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T09:00+08:00")
    return inside


class Field:
    """An audit in the field with its lead at the door."""

    def __init__(
        self, visitor: Visitor, inside: Inside, *, is_blind: bool = False, is_full: bool = False
    ) -> None:
        self.inside = inside
        self.lead = inside(person, Role.AUDITOR)
        self.other = inside(person, Role.AUDITOR)
        self.third = inside(person, Role.REVIEWER)
        self.round = inside(RoundFactory, is_blind=is_blind)
        self.audit = inside(
            AuditFactory,
            round_=self.round,
            lead=self.lead,
            assessor=self.other,
            adjudicator=self.third if is_blind else None,
        )
        self.sheet = inside(SheetFactory, self.audit, self.lead, is_full=is_full)
        self.visitor = visitor.enter(self.lead.user_id)

    @property
    def page(self) -> str:
        return f"/staff/audits/field/{self.sheet.id}"

    def of(self, indicator: str) -> str:
        return f"{self.page}/indicators/{indicator}"

    def answer(self, indicator: str, **given: Any) -> Any:
        return (
            self.visitor.submit(self.of(indicator), {}, **{}) if not given else self._send(indicator, given)
        )

    def _send(self, indicator: str, given: dict[str, Any]) -> Any:
        self.visitor.get(self.of(indicator))
        assert self.visitor.page is not None
        values = {
            name: value
            for name, value in self.visitor.page.values.items()
            if name not in ("kind", "text", "counter", "owner", "owner_id", "back")
        }
        return self.visitor.post(f"{self.of(indicator)}/answer", {**values, **given})

    def stored(self, indicator: str) -> SheetAnswer:
        found: SheetAnswer = self.inside(
            lambda: db.session.scalars(
                select(SheetAnswer).where(
                    SheetAnswer.sheet_id == self.sheet.id, SheetAnswer.indicator == indicator
                )
            ).one()
        )
        return found


@pytest.fixture
def field(visitor: Visitor, inside: Inside) -> Field:
    return Field(visitor, inside)


def test_given_an_audit_in_the_field_when_its_lead_begins_then_every_question_stands_there(
    visitor: Visitor, inside: Inside
) -> None:
    lead = inside(person, Role.AUDITOR)
    audit = inside(AuditFactory, lead=lead)
    visitor.enter(lead.user_id)

    first = visitor.post(f"/staff/audits/{audit.id}/field")
    again = visitor.post(f"/staff/audits/{audit.id}/field")

    assert first.status_code == 302
    assert first.location == again.location
    page = visitor.get(first.location).text
    assert "0 dari 57 terjawab" in page
    assert "Apakah petugas loket" in page
    assert inside(lambda: db.session.scalar(select(func.count()).select_from(SheetAnswer))) == 57


def test_given_a_scale_when_a_step_is_chosen_then_it_is_kept_with_its_points(field: Field) -> None:
    answer = field.answer("I01", choice="3", note="Empat petugas ditanya.", then="next")

    assert answer.location.endswith("/indicators/I02")
    assert field.stored("I01").value == "3"
    page = field.visitor.get(field.of("I01")).text
    assert "75,00 dari 100 poin" in page
    assert "Empat petugas ditanya." in page


@pytest.mark.parametrize(
    ("indicator", "given", "kept"),
    [
        ("I12", {"choice": "yes"}, {"value": "yes"}),
        ("I05", {"value": "1,25"}, {"value": "1.25"}),
        ("P11", {**SHARE, "promised_days": "3"}, {**SHARE, "promised_days": 3}),
        ("O01", {"value": "83,2"}, {"value": "83.2"}),
        ("O02", SHARE, SHARE),
        ("P11", {"is_na": "y", "na_reason": "Tidak ada klaim."}, {"na_reason": "Tidak ada klaim."}),
    ],
)
def test_given_each_kind_of_question_when_answered_then_it_is_kept_as_written(
    field: Field, indicator: str, given: dict[str, str], kept: dict[str, Any]
) -> None:
    assert field.answer(indicator, **given).status_code == 302
    stored = field.stored(indicator)
    assert {name: getattr(stored, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("indicator", "given", "words"),
    [
        ("I01", {"choice": "5"}, "Pilih salah satu jawaban"),
        ("I05", {"value": "1.250"}, "tanpa titik ribuan"),
        ("O01", {"value": "24"}, "antara 25 dan 100"),
        ("P11", {"numerator": "0", "denominator": "0"}, "0 dari 0"),
        ("P11", {"numerator": "11", "denominator": "10"}, "lebih dari seluruhnya"),
        ("P11", {"numerator": "-1", "denominator": "10"}, "bilangan bulat"),
        ("P11", {"numerator": "8"}, "Isi kedua angka"),
        ("P11", {"is_na": "y", "na_reason": ""}, "Tulis mengapa tidak berlaku"),
    ],
)
def test_given_what_cannot_be_counted_when_sent_then_it_is_said_beside_the_field(
    field: Field, indicator: str, given: dict[str, str], words: str
) -> None:
    answer = field.answer(indicator, **given)
    assert answer.status_code == 422
    assert words in answer.text
    assert field.stored(indicator).as_given(0) is None


def test_given_a_question_that_always_applies_when_na_is_sent_then_it_is_not_taken(field: Field) -> None:
    field.answer("I01", choice="2", is_na="y", na_reason="Tidak mau.")
    assert field.stored("I01").na_reason is None
    assert field.stored("I01").value == "2"


def test_given_the_same_sending_twice_then_the_answer_is_kept_once(field: Field, inside: Inside) -> None:
    field.visitor.get(field.of("I12"))
    assert field.visitor.page is not None
    sent = {"choice": "yes", "version": "1", "answer_key": "a" * 32}
    for _ in range(2):
        answer = field.visitor.post(f"{field.of('I12')}/answer", sent, headers={"Accept": "application/json"})
        assert answer.status_code == 200
        assert answer.json["version"] == 2
    assert inside(_acts, "audits:sheet:answered") == 1
    other = field.visitor.post(f"{field.of('I12')}/answer", {**sent, "choice": "no"})
    assert other.status_code == 422
    assert field.stored("I12").value == "yes"


def _acts(event: str) -> int:
    return db.session.scalar(select(func.count()).where(TrailEntry.event == event)) or 0


def test_given_two_windows_when_the_second_is_late_then_both_texts_stand_there(field: Field) -> None:
    field.answer("I01", choice="3", version="1", answer_key="a" * 32)
    late = field.answer("I01", choice="1", version="1", answer_key="b" * 32, note="Dari jendela kedua.")

    assert late.status_code == 409
    assert "3: Ada, hampir lengkap" in late.text
    assert "Dari jendela kedua." in late.text
    assert field.stored("I01").value == "3"
    assert field.visitor.page is not None
    again = field.visitor.post(f"{field.of('I01')}/answer", field.visitor.page.values)
    assert again.status_code == 302
    assert field.stored("I01").value == "1"


def test_given_words_when_kept_as_evidence_then_they_stand_with_the_answer_once(field: Field) -> None:
    page = field.visitor.get(field.of("P17")).text
    assert "Catatan wawancara" in page
    assert "multipart/form-data" not in page
    assert field.visitor.page is not None
    form = {
        **field.visitor.page.values,
        "kind": "interview_note",
        "text": "Dua pengguna: tidak diminta uang.",
    }
    for _ in range(2):
        assert field.visitor.post(f"{field.of('P17')}/evidence", form).status_code == 302
    assert field.visitor.get(field.of("P17")).text.count("Dua pengguna: tidak diminta uang.") == 1


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("photo", "Foto.", "tidak menerima jenis bukti ini"),
        ("interview_note", "NIK 7601 0112 0390 0001 berkata demikian.", "tampak seperti NIK"),
    ],
)
def test_given_what_proves_nothing_or_names_somebody_when_sent_then_it_is_refused(
    field: Field, kind: str, text: str, words: str
) -> None:
    field.visitor.get(field.of("P17"))
    assert field.visitor.page is not None
    sent = {**field.visitor.page.values, "kind": kind, "text": text}
    answer = field.visitor.post(f"{field.of('P17')}/evidence", sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert text in answer.text


def test_given_evidence_when_it_is_taken_back_then_it_counts_no_more_and_stays_kept(
    visitor: Visitor, inside: Inside
) -> None:
    field = Field(visitor, inside, is_full=True)
    item = inside(
        lambda: db.session.scalars(
            select(SheetEvidence).where(
                SheetEvidence.sheet_id == field.sheet.id, SheetEvidence.indicator == "I01"
            )
        ).one()
    )
    refused = field.visitor.post(f"{field.page}/evidence/{item.id}/kind", {"kind": "photo"})
    assert refused.status_code == 422  # words are no photo
    assert f'id="kind-{item.id}-error"' in refused.text
    assert field.visitor.post(f"{field.page}/evidence/{item.id}/remove").status_code == 302
    gone = field.visitor.post(f"{field.page}/evidence/{item.id}/kind", {"kind": "photo"})
    assert gone.status_code == 409
    assert "1 jawaban belum berbukti" in field.visitor.get(field.page).text
    kept = inside(lambda: db.session.get_one(SheetEvidence, item.id))
    assert kept.removed_at is not None
    assert kept.text == "Terlihat saat kunjungan."


def test_given_a_sheet_with_gaps_when_handed_in_then_each_gap_is_a_link(field: Field) -> None:
    field.visitor.get(f"/staff/audits/{field.audit.id}/submit")
    answer = field.visitor.submit(f"/staff/audits/{field.audit.id}/submit")
    assert answer.status_code == 422
    assert answer.text.count("/indicators/") == 57
    assert field.inside(lambda: db.session.get_one(Audit, field.audit.id)).state is AuditState.IN_FIELD


def test_given_a_full_sheet_when_handed_in_then_it_is_scored_and_closed(
    visitor: Visitor, inside: Inside
) -> None:
    field = Field(visitor, inside, is_full=True)
    answer = field.visitor.submit(f"/staff/audits/{field.audit.id}/submit")
    assert answer.status_code == 302
    audit = inside(lambda: db.session.get_one(Audit, field.audit.id))
    score = inside(lambda: db.session.scalars(select(AuditScore)).one())
    assert audit.state is AuditState.SUBMITTED
    assert score.total_exact == "100.0000000000"[: len(score.total_exact)]
    late = field.visitor.post(
        f"{field.of('I01')}/answer",
        {"choice": "0", "version": "1", "answer_key": "c" * 32, "note": "Terlambat sekali."},
    )
    assert late.status_code == 409
    assert "Terlambat sekali." in late.text
    assert field.stored("I01").value == "4"


def test_given_a_stranger_to_the_team_when_looking_then_an_open_sheet_does_not_exist(
    field: Field, app: Flask
) -> None:
    stranger = Visitor(app).enter(field.inside(person, Role.AUDITOR).user_id)
    assert stranger.get(field.page).status_code == 404
    assert stranger.get(field.of("I01")).status_code == 404
    assert stranger.post(f"{field.of('I01')}/answer", {"choice": "1"}).status_code == 404


def test_given_a_team_that_writes_one_sheet_when_a_colleague_answers_then_it_is_on_the_same_sheet(
    field: Field, app: Flask
) -> None:
    colleague = Visitor(app).enter(field.other.user_id)
    opened = colleague.post(f"/staff/audits/{field.audit.id}/field")
    assert opened.location.endswith(field.page)
    colleague.post(f"{field.of('I01')}/answer", {"choice": "2", "version": "1", "answer_key": "d" * 32})
    assert field.stored("I01").value == "2"
    assert field.stored("I01").changed_by_id == field.other.user_id
