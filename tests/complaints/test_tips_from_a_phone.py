"""Somebody tells something and wants to stay unknown: it is kept as information, with ticket and code."""

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.commands import answer_draft, send_draft, start_draft
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintClock,
    ComplaintDraft,
    InformationTip,
    ReporterIdentity,
    TipStep,
)
from ombudsman_app.complaints.queries import draft_of
from ombudsman_app.complaints.states import ANONYMOUS, RULES, TipState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.complaints import office_id
from ..visitor import Visitor
from ..wizard import NARRATIVE, TipWizard, Wizard

NAME = "Demo Pelapor"


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def only_tip(app: Flask) -> InformationTip:
    with app.app_context():
        return db.session.scalars(select(InformationTip)).one()


def test_the_third_choice_is_a_level_of_the_rules() -> None:
    assert ANONYMOUS in {level.id for level in RULES.confidentiality.levels}


def test_given_no_identity_when_sent_then_it_is_information_and_no_complaint(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    ticket, code = TipWizard(visitor).send_all()

    tip = only_tip(app)
    assert (tip.ticket, tip.state, tip.is_open, tip.awaits_office) == (ticket, TipState.NEW, True, True)
    with app.app_context():
        told = tip.opened()
        assert told["narrative"] == NARRATIVE
        assert told["event_on"] == "2026-11-12"
        assert NARRATIVE.encode() not in tip.sealed
        events = db.session.scalars(select(TrailEntry.event).where(TrailEntry.subject_type == "tip")).all()
    assert list(events) == ["complaints:tip:received"]
    assert count(app, TipStep) == 1
    assert count(app, Complaint) == count(app, ReporterIdentity) == count(app, ComplaintClock) == 0

    followed = another_visitor.submit("/lacak", {"ticket": ticket, "access_code": code})
    assert followed.location == "/lacak/laporan"
    page = another_visitor.get("/lacak/laporan").text
    assert ticket in page
    assert NARRATIVE not in page
    assert "Mamuju" not in page.split("<main")[1].split("Siapa yang menangani")[0], "no place of the office"


def test_given_the_third_choice_then_nobody_asks_who_it_is(visitor: Visitor) -> None:
    walker = TipWizard(visitor)
    walker.answer_all()
    check = visitor.get("/lapor/periksa").text
    assert "/lapor/identitas" not in check
    assert "bukan laporan" in check
    assert visitor.get("/lapor/identitas").location == "/lapor/kerahasiaan"


def test_given_a_name_was_told_when_the_third_choice_is_made_then_it_is_dropped_for_good(
    app: Flask, visitor: Visitor
) -> None:
    Wizard(visitor).answer_all()
    visitor.submit("/lapor/kerahasiaan", {"confidentiality": "anonymous"})
    assert NAME not in visitor.get("/lapor/periksa").text

    back = visitor.submit("/lapor/kerahasiaan?dari=periksa", {"confidentiality": "confidential"})
    assert back.location == "/lapor/identitas?dari=periksa", "who gives a name now is asked for it"
    assert NAME not in visitor.get("/lapor/identitas").text
    assert visitor.submit("/lapor/identitas?dari=periksa", {"full_name": "Nama Baru"}).location == (
        "/lapor/periksa"
    )
    assert "Nama Baru" in visitor.get("/lapor/periksa").text
    visitor.post("/lapor/periksa")
    assert count(app, Complaint) == count(app, ReporterIdentity) == 1
    assert count(app, InformationTip) == 0


def test_given_an_old_page_asks_for_the_name_when_sent_then_it_is_not_kept(
    app: Flask, visitor: Visitor
) -> None:
    Wizard(visitor).answer_all()
    visitor.get("/lapor/identitas")
    token = visitor.token()
    visitor.submit("/lapor/kerahasiaan", {"confidentiality": "anonymous"})
    late = visitor.post("/lapor/identitas", {"full_name": NAME, "csrf_token": token})
    assert late.status_code == 302
    held = visitor.client.get_cookie("draft")
    assert held is not None
    with app.app_context():
        draft = draft_of(held.value)
        assert draft is not None
        assert not set(ReporterIdentity.FIELDS) & set(draft.answers)


def test_given_it_was_sent_then_nothing_of_it_is_left_in_the_draft(app: Flask, visitor: Visitor) -> None:
    walker = TipWizard(visitor)
    ticket, code = walker.send_all()
    with app.app_context():
        draft = db.session.scalars(select(ComplaintDraft)).one()
        assert draft.opened() == {"ticket": ticket, "access_code": code}
        assert draft.complaint_id is None
    assert visitor.post("/lapor/terkirim").status_code == 302
    assert walker.receipt() == (ticket, ""), "the code is not shown again once it was noted"
    with app.app_context():
        assert db.session.scalars(select(ComplaintDraft.sealed)).one() is None
        confirmed = select(TrailEntry.subject_type).where(
            TrailEntry.event == "complaints:access_code:confirmed"
        )
        assert db.session.scalars(confirmed).all() == ["tip"]


def test_given_it_was_sent_when_beginning_again_then_it_says_so(visitor: Visitor) -> None:
    TipWizard(visitor).send_all()
    page = visitor.get("/lapor").text
    assert "Anda sudah mengirim informasi" in page
    assert visitor.post("/lapor/baru").location == "/lapor"


def test_the_final_post_is_cheap(visitor: Visitor) -> None:
    walker = TipWizard(visitor)
    costs = walker.answer_all()
    assert max(costs.values()) <= 5, costs
    assert walker.send().status_code == 302
    assert visitor.queries <= 12, "\n".join(visitor.statements)
    visitor.get("/lapor/terkirim")
    assert visitor.queries <= 2


def test_given_twenty_sendings_at_once_then_one_piece_of_information(app: Flask, visitor: Visitor) -> None:
    TipWizard(visitor).answer_all()
    visitor.get("/lapor/periksa")
    token, cookies = visitor.token(), [visitor.client.get_cookie("sid"), visitor.client.get_cookie("draft")]
    start, seen = Barrier(20), []

    def send() -> None:
        client = app.test_client()
        for cookie in cookies:
            assert cookie is not None
            client.set_cookie(cookie.key, cookie.value)
        start.wait()
        seen.append(client.post("/lapor/periksa", data={"csrf_token": token}))

    threads = [Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.location for answer in seen] == ["/lapor/terkirim"] * 20
    assert count(app, InformationTip) == count(app, TipStep) == 1
    assert count(app, Complaint) == 0


def test_given_a_crash_after_the_commit_when_asked_again_then_the_same_receipt(in_app: Flask) -> None:
    token = start_draft({"office_id": office_id("kc_mamuju"), "substance": "jht_claim", "urgency": "none"})
    token = answer_draft(token, {"narrative": NARRATIVE, "told_first": "no", "confidentiality": ANONYMOUS})
    first = send_draft(token, actor=STRANGER)
    assert first == send_draft(token, actor=STRANGER)
    assert first.tip_id is not None


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_of_the_three_choices_says_what_it_means(visitor: Visitor, language: str) -> None:
    if language == "en":
        visitor.client.set_cookie("language", "en")
    Wizard(visitor).begin()
    page = visitor.get("/lapor/kerahasiaan").text
    told = {
        "id": ("tidak ada tenggat", "tidak ada surat", "nomor tiket dan kode"),
        "en": ("no deadline runs", "no letter is sent", "With ticket number and code"),
    }[language]
    assert all(words in page for words in told), page
    for choice in ("open", "confidential", "anonymous"):
        assert f'value="{choice}"' in page
