"""Nothing that goes to a respondent gives the reporter away (UU 37/2008 Pasal 24(2), privacy.md §2, §3)."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import MoreTimeInput, ask_for_time
from ombudsman_app.complaints.commands.hidden_identity import naming
from ombudsman_app.complaints.errors import IdentityInLetter
from ombudsman_app.complaints.models import ClarificationTimeRequest, Complaint, IdentityAccess
from ombudsman_app.complaints.states import FIRST_REQUEST, ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.documents.commands import change_draft, issue, write_draft
from ombudsman_app.documents.models import Document

from ..documents.desk import papers
from ..factories.complaints import Team, TeamFactory
from ..factories.examination import ASKED, SUMMARY, asked_letter, current, examined
from ..factories.findings import person
from ..visitor import Visitor

TOLD = {
    "full_name": "Siti Nurhaliza Kanaria",
    "phone": "0812 3456 7788",
    "email": "kanaria.7@example.test",
    "address": "Jalan Kenari 17, Kelurahan Rimuku, Mamuju",
    "birth_date": "1987-03-14",
}
NAMING = (
    "Peserta bernama SITI  NURHALIZA Kanaria menunggu.",
    "Ibu Kanaria menunggu sejak Agustus.",
    "Peserta S. Nurhaliza menunggu.",
    "Hubungi +62 812-3456-7788.",
    "Hubungi 081234567788.",
    "Balas ke KANARIA.7@example.test.",
    "Ia tinggal di jalan kenari 17 dekat pasar.",
    "Lahir 14-03-1987.",
    "NIK 7604 0154 0387 0002 tercatat.",
    "NIK 7604015403870002 tercatat.",
    "NIK 7604015403870002 081299990000 tercatat.",
    "Ibu Kana\u200bria menunggu.",
    "Ibu Kana\u00adria menunggu.",
    "Ibu Kana-\nria menunggu.",
    "Ibu \uff2b\uff41\uff4e\uff41\uff52\uff49\uff41 menunggu.",
    "Berkas siti_nurhaliza_surat.",
    "Hubungi 0812\u20133456\u20137788.",
    "Hubungi 0812\u200b3456\u200b7788.",
    "Hubungi 0812_3456_7788.",
    "Hubungi \uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff17\uff18\uff18.",
    "Balas ke kanaria.7\n@example.test.",
    "Lahir 14/3/1987.",
    "Lahir 14-03-1987 081299990000.",
)
HARMLESS = (
    SUMMARY,
    "Kantor Cabang Mamuju menerima berkas pada 5 Agustus 2026.",
    "Laporan 0012/LM/XI/2026/MAM mengenai klaim Rp37.977.600.",
    "Warga di Kelurahan Rimuku mengeluh.",
)


@pytest.fixture
def team(app: Flask, clock) -> Team:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        return TeamFactory()


@pytest.mark.parametrize("text", NAMING)
def test_a_text_that_gives_the_person_away_is_found(text: str) -> None:
    assert naming(text, TOLD, known=("Kantor Cabang Mamuju",))


@pytest.mark.parametrize("text", HARMLESS)
def test_a_text_without_the_person_is_not(text: str) -> None:
    assert not naming(text, TOLD, known=("Kantor Cabang Mamuju",))


def test_words_of_every_letter_and_of_the_office_are_nobodys() -> None:
    told = {"full_name": "Pelapor Mamuju"}
    assert not naming("Pelapor menunggu di Mamuju.", told, known=("Kantor Cabang Mamuju",))
    assert naming("Pelapor Mamuju menunggu.", told, known=("Kantor Cabang Mamuju",))


@pytest.mark.parametrize("box", ["subject", "summary", "questions", "copies"])
def test_given_a_confidential_report_when_a_box_names_the_reporter_then_it_says_so_there(
    app: Flask, visitor: Visitor, team: Team, box: str
) -> None:
    with app.app_context():
        case = examined(team, confidentiality="confidential", identity=TOLD)
    address = f"/staff/complaints/{case.id}/letters/{FIRST_REQUEST}"
    visitor.enter(team.users[Role.EXAMINER].id)
    typed = {"subject": "Permintaan penjelasan", **ASKED}

    refused = visitor.submit(address, typed | {box: "Kepada keluarga Kanaria di Mamuju."})

    assert refused.status_code == 422
    assert "Terlapor akan tahu siapa yang melapor" in refused.text
    assert f'id="{box}-error"' in refused.text
    assert "keluarga Kanaria" in refused.text, "what was typed is kept"
    assert papers(app, FIRST_REQUEST) == []
    with app.app_context():
        (row,) = db.session.scalars(
            select(TrailEntry).where(TrailEntry.event == "complaints:identity:compared")
        )
        assert json.loads(row.changes)["found_in"] == [box]
        assert "Kanaria" not in row.changes
        assert db.session.scalars(select(IdentityAccess)).all() == [], "nobody read it"
    assert visitor.submit(address, typed).status_code == 302


def test_given_an_open_report_then_the_name_may_be_told_but_nothing_that_reaches_the_person(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        case = examined(team, identity=TOLD)
    address = f"/staff/complaints/{case.id}/letters/{FIRST_REQUEST}"
    visitor.enter(team.users[Role.EXAMINER].id)
    named = {"summary": "Siti Nurhaliza Kanaria menunggu pembayaran sejak Agustus."}

    assert visitor.submit(address, ASKED | named).status_code == 302
    refused = visitor.submit(address, ASKED | {"summary": "Hubungi peserta di 0812-3456-7788 segera."})

    assert refused.status_code == 422


def test_given_words_that_were_changed_behind_the_form_when_issued_then_the_letter_stays(
    app: Flask, team: Team
) -> None:
    """The second look: whatever door the words came through, they are compared before a number is drawn."""
    with app.app_context():
        case = examined(team, confidentiality="confidential", identity=TOLD)
        draft = write_draft(
            FIRST_REQUEST, case.files_id, subject="Permintaan", answers=ASKED, actor=team.examiner
        )
        change_draft(
            draft,
            subject="Permintaan",
            answers=ASKED | {"summary": "Klaim milik Siti Nurhaliza tertahan."},
            version=draft.version,
            actor=team.examiner,
        )
        held = db.session.get_one(Document, draft.id)
        with pytest.raises(IdentityInLetter) as refused:
            issue(held, version=held.version, actor=team.head)
        assert refused.value.details == {"parts": ["summary"]}
        assert "Nurhaliza" not in str(refused.value.details)
        db.session.rollback()
        assert current(case).state is ComplaintState.DOCUMENT_EXAMINATION
        assert db.session.get_one(Document, draft.id, populate_existing=True).number is None


def test_given_a_confidential_report_when_issued_then_the_letter_tells_neither_day_nor_ticket(
    app: Flask, team: Team
) -> None:
    """PD3: the respondent sees the released summary, never the narrative or the exact time."""
    canary = "KANARIURAIAN dua kali datang ke loket dan ditolak."
    with app.app_context():
        case = examined(team, confidentiality="confidential", identity=TOLD, narrative=canary)
        draft = write_draft(
            FIRST_REQUEST, case.files_id, subject="Permintaan", answers=ASKED, actor=team.examiner
        )
        issue(draft, version=draft.version, actor=team.head)
        ticket = case.ticket
    (letter,) = papers(app, FIRST_REQUEST)
    said = json.dumps(letter.content)
    assert SUMMARY in said
    assert letter.content["letter"]["received_on"] is None
    for secret in (*TOLD.values(), "KANARIURAIAN", ticket):
        assert secret not in said, secret


def test_given_a_confidential_report_when_a_decision_about_time_names_the_reporter_then_it_is_refused(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    """The office reads why it gets no more time."""
    why = "Ibu Kanaria menunggu terlalu lama."
    with app.app_context():
        letter = asked_letter(team, confidentiality="confidential", identity=TOLD)
        given = MoreTimeInput(3, "Arsip lama belum ditemukan.")
        asked = ask_for_time(letter.id, given, actor=person(Role.OFFICE_OFFICER))
        case = db.session.get_one(Complaint, asked.complaint_id, populate_existing=True)
        address = f"/staff/complaints/{case.id}/clocks/{letter.clock_id}/time/{asked.id}"
        decision = {"time_verdict": "refuse", "decision": why, "version": case.version}
    visitor.enter(team.users[Role.EXAMINER].id)
    refused = visitor.submit(address, decision)
    assert (refused.status_code, "siapa yang melapor" in refused.text, why in refused.text) == (
        422,
        True,
        True,
    )
    with app.app_context():
        assert db.session.get_one(ClarificationTimeRequest, asked.id).decided_at is None
    assert visitor.submit(address, decision | {"decision": "Berkasnya sudah ada."}).status_code == 302
