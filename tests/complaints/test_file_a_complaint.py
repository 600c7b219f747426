"""Somebody with a phone files a complaint, gets ticket and code, and the office sees it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.commands import send_draft
from ombudsman_app.complaints.models import Complaint, ComplaintDraft, ReporterIdentity
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.accounts import UserFactory
from ..pages import Page
from ..visitor import Visitor
from ..wizard import NARRATIVE, Wizard


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def received(app: Flask) -> int:
    with app.app_context():
        query = select(func.count()).where(TrailEntry.event == "complaints:complaint:received")
        return db.session.scalar(query) or 0


def officer(app: Flask, role: Role = Role.PVL_ASSISTANT, office: str = "MAM") -> Visitor:
    with app.app_context():
        return Visitor(app).enter(UserFactory(role, password=None, office=office).id)


def test_given_a_phone_when_filing_then_it_is_followed_and_the_office_sees_it(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    ticket, code = Wizard(visitor).send_all()

    followed = another_visitor.submit("/lacak", {"ticket": ticket, "access_code": code})
    assert followed.location == "/lacak/laporan"
    status = another_visitor.get("/lacak/laporan").text
    assert ticket in status
    assert NARRATIVE not in status
    assert "Demo Pelapor" not in status

    desk = officer(app)
    queue = desk.get("/staff/complaints/").text
    assert ticket in queue
    (link,) = [link for link in Page(queue).links if link.startswith("/staff/complaints/1")]
    case = desk.get(link).text
    assert ticket in case
    assert NARRATIVE in case
    assert "Demo Pelapor" not in case
    assert received(app) == count(app, Complaint) == count(app, ReporterIdentity) == 1


def test_given_a_ticket_typed_by_hand_then_case_and_blanks_do_not_matter(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    ticket, code = Wizard(visitor).send_all()
    spaced = " ".join(code[start : start + 4] for start in range(0, 16, 4)).lower()
    answer = another_visitor.submit(
        "/lacak", {"ticket": f" {ticket.lower().replace('-', ' ')} ", "access_code": spaced}
    )
    assert answer.location == "/lacak/laporan"


def test_given_a_sent_draft_when_sent_again_then_one_case_and_the_same_receipt(
    app: Flask, visitor: Visitor
) -> None:
    walker = Wizard(visitor)
    walker.answer_all()
    visitor.get("/lapor/periksa")
    first, second = visitor.post("/lapor/periksa"), visitor.post("/lapor/periksa")
    assert first.location == second.location == "/lapor/terkirim"
    assert walker.receipt() == walker.receipt()
    assert received(app) == count(app, Complaint) == 1


def test_given_eight_sendings_at_once_then_one_case(app: Flask, visitor: Visitor) -> None:
    Wizard(visitor).answer_all()
    visitor.get("/lapor/periksa")
    token, cookies = visitor.token(), [visitor.client.get_cookie("sid"), visitor.client.get_cookie("draft")]
    start, seen = Barrier(8), []

    def send() -> None:
        client = app.test_client()
        for cookie in cookies:
            assert cookie is not None
            client.set_cookie(cookie.key, cookie.value)
        start.wait()
        seen.append(client.post("/lapor/periksa", data={"csrf_token": token}))

    threads = [Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.location for answer in seen] == ["/lapor/terkirim"] * 8
    assert received(app) == count(app, Complaint) == count(app, ReporterIdentity) == 1


def test_given_a_crash_after_the_commit_when_asked_again_then_the_same_receipt(in_app: Flask) -> None:
    from ombudsman_app.complaints.commands import answer_draft, start_draft

    from ..factories.complaints import office_id

    token = start_draft({"office_id": office_id("kc_mamuju"), "substance": "jht_claim", "urgency": "none"})
    token = answer_draft(token, {"narrative": NARRATIVE, "told_first": "no", "confidentiality": "open"})
    assert send_draft(token, actor=STRANGER) == send_draft(token, actor=STRANGER)


def test_given_two_tabs_then_neither_harms_the_answers_of_the_other(app: Flask, visitor: Visitor) -> None:
    Wizard(visitor).answer_all()
    visitor.get("/lapor/kejadian")
    visitor.get("/lapor/harapan")  # the second tab opened before the first is sent
    visitor.post("/lapor/harapan", {"requested_remedy": "Dari tab kedua"})
    visitor.post("/lapor/kejadian", {"narrative": "Dari tab pertama, lebih panjang dari dua puluh huruf."})
    check = visitor.get("/lapor/periksa").text
    assert "Dari tab kedua" in check
    assert "Dari tab pertama" in check


def test_given_one_tab_has_sent_when_the_other_answers_then_nothing_is_lost_and_the_case_stands(
    app: Flask, visitor: Visitor
) -> None:
    walker = Wizard(visitor)
    ticket, _code = walker.send_all()
    late = visitor.post("/lapor/kejadian", {"narrative": "Kalimat dari tab yang terlambat dikirim."})
    assert late.status_code == 302
    assert "Kalimat dari tab yang terlambat" in visitor.get("/lapor/kejadian").text
    assert count(app, Complaint) == 1
    with app.app_context():
        assert db.session.scalars(select(Complaint.narrative)).one() == NARRATIVE
        assert db.session.scalars(select(Complaint.ticket)).one() == ticket


def test_given_all_answers_when_going_back_then_each_page_still_holds_its_own(visitor: Visitor) -> None:
    walker = Wizard(visitor)
    walker.answer_all()
    for slug, given in reversed(walker.answers.items()):
        held = Page(visitor.get(f"/lapor/{slug}").text).values
        for name, value in given.items():
            expected = value.replace("12-11-2026", "2026-11-12").replace("13-11-2026", "2026-11-13")
            assert held[name] in (value, expected), name
    assert Page(visitor.get("/lapor").text).values["office"] == walker.office


def test_given_a_lost_cookie_in_the_middle_then_what_was_typed_begins_a_new_draft(visitor: Visitor) -> None:
    walker = Wizard(visitor)
    walker.begin()
    visitor.get("/lapor/kejadian")
    visitor.client.delete_cookie("draft")
    assert visitor.post("/lapor/kejadian", {"narrative": NARRATIVE}).status_code == 302
    assert NARRATIVE in visitor.get("/lapor/kejadian").text
    check = visitor.get("/lapor/periksa").text
    assert "/lapor" in Page(check).links, "the office is asked for again, the text is there"
    assert NARRATIVE in check


def test_given_the_session_cookie_is_lost_then_what_was_typed_can_be_sent_again(visitor: Visitor) -> None:
    walker = Wizard(visitor)
    walker.begin()
    visitor.get("/lapor/kejadian")
    token = visitor.token()
    visitor.client.delete_cookie("sid")
    too_old = visitor.post("/lapor/kejadian", {"narrative": NARRATIVE, "csrf_token": token})
    assert too_old.status_code == 400
    kept = Page(too_old.text)
    assert kept.values["narrative"] == NARRATIVE
    again = visitor.post("/lapor/kejadian", {**kept.values, "csrf_token": kept.token})
    assert again.status_code == 302
    assert NARRATIVE in visitor.get("/lapor/kejadian").text


def test_given_a_draft_of_eight_days_then_it_is_gone_and_the_text_begins_a_new_one(
    app: Flask, visitor: Visitor
) -> None:
    walker = Wizard(visitor)
    walker.answer_all()
    with stopped_at(now() + timedelta(days=8)):
        assert visitor.get("/lapor/periksa").location == "/lapor"
        assert visitor.post("/lapor/periksa").status_code == 302
        assert count(app, Complaint) == 0
        assert visitor.post("/lapor/kejadian", {"narrative": NARRATIVE}).status_code == 302
        assert NARRATIVE in visitor.get("/lapor/kejadian").text


def test_given_someone_removes_everything_then_server_and_phone_hold_nothing(
    app: Flask, visitor: Visitor
) -> None:
    Wizard(visitor).answer_all()
    visitor.get("/lapor/hapus")
    assert visitor.post("/lapor/hapus").location == "/lapor/terhapus"
    assert count(app, ComplaintDraft) == 0
    assert visitor.client.get_cookie("draft") is None


@pytest.mark.parametrize("missing", ["layanan", "kejadian", "upaya", "mendesak", "kerahasiaan"])
def test_given_an_answer_is_missing_then_the_check_page_leads_there_and_nothing_is_sent(
    app: Flask, visitor: Visitor, missing: str
) -> None:
    walker = Wizard(visitor)
    walker.begin()
    for slug, given in walker.answers.items():
        if slug != missing:
            walker.answer(slug, given)
    assert f"/lapor/{missing}" in Page(visitor.get("/lapor/periksa").text).links
    visitor.get("/lapor/hapus")
    assert visitor.post("/lapor/periksa").location == "/lapor/periksa"
    assert count(app, Complaint) == 0


def test_given_the_code_is_noted_then_it_is_gone_and_only_its_hash_remains(
    app: Flask, visitor: Visitor
) -> None:
    walker = Wizard(visitor)
    _ticket, code = walker.send_all()
    assert code
    assert walker.receipt()[1] == code, "a lost answer shows it again"
    assert visitor.post("/lapor/terkirim").location == "/lapor/terkirim"
    text = visitor.get("/lapor/terkirim").text
    assert code not in text
    with app.app_context():
        assert db.session.scalars(select(ComplaintDraft.sealed)).one() is None


@pytest.mark.parametrize(("hours", "is_shown"), [(23.9, True), (24, False), (30, False)])
def test_the_code_is_shown_for_24_hours_at_most(
    app: Flask, visitor: Visitor, hours: float, is_shown: bool
) -> None:
    start = now()
    with stopped_at(start):
        walker = Wizard(visitor)
        _ticket, code = walker.send_all()
    with stopped_at(start + timedelta(hours=hours)):
        answer = visitor.get("/lapor/terkirim")
        assert (code in answer.text) is is_shown
        if not is_shown:
            assert answer.location == "/lapor"


def test_given_24_hours_are_over_then_the_next_who_notes_a_code_sweeps_the_sealed_one_away(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    Wizard(visitor).send_all()
    with stopped_at(now() + timedelta(hours=25)):
        Wizard(another_visitor).send_all()
        another_visitor.post("/lapor/terkirim")
        with app.app_context():
            left = db.session.scalars(select(ComplaintDraft.sealed)).all()
    assert left == [None]


def test_given_a_company_is_named_then_it_is_led_to_the_body_that_must_act(visitor: Visitor) -> None:
    visitor.get("/lapor/pemberi-kerja")
    answer = visitor.post("/lapor/pemberi-kerja", {"employer_name": "PT Demo Sejahtera"})
    assert answer.status_code == 302
    check = visitor.get("/lapor/periksa").text
    assert "PT Demo Sejahtera" in check


@pytest.mark.parametrize("choice", ["tidak-ada", "ombudsman-ri", "", "'; drop table office; --"])
def test_given_no_office_under_watch_is_chosen_then_it_is_asked_again(visitor: Visitor, choice: str) -> None:
    visitor.get("/lapor?q=mamuju")
    answer = visitor.post("/lapor", {"office": choice, "q": "mamuju"})
    assert answer.status_code == 422
    assert "mamuju" in answer.text
