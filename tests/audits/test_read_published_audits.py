"""What everybody reads of published audits, and what nobody reads of the others."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from ombudsman_app.audits.commands.study_places import (
    StudyPlaceInput,
    end_study_place,
    name_study_place,
)
from ombudsman_app.audits.errors import StudyPlaceRefused
from ombudsman_app.audits.models import Audit, AuditResponse, ProposedFinding
from ombudsman_app.audits.states import AuditState, ProposalState, Ruling, Stance
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.findings.states import FindingState

from ..conftest import StoppedClock
from ..factories.audits import AuditFactory, RoundFactory, published_address
from ..factories.complaints import ComplaintFactory
from ..factories.findings import FindingFactory, person
from ..visitor import Visitor

CANARY = "Kenari-7f3a"
LISTS = ("/penilaian", "/penilaian/perbandingan", "/penilaian/studi-banding")
POOR: Mapping[str, Any] = {"I09": {"value": "0"}, "P11": {"numerator": 2, "denominator": 3}}


def page_of(address: Mapping[str, str]) -> str:
    return f"/kantor/{address['slug']}/penilaian/{address['round_slug']}"


@command
def say(audit: Audit, indicator: str, text: str, ruling: Ruling | None = None) -> None:
    """Let the office say something to an indicator."""
    officer = person(Role.OFFICE_OFFICER)
    db.session.add(
        AuditResponse(
            audit_id=audit.id,
            indicator=indicator,
            stance=Stance.DISPUTE,
            text=text,
            said_by_id=officer.user_id,
            said_at=now(),
            ruling=ruling,
            ruling_reason="Foto menunjukkan tangga saja." if ruling else "",
            decided_by_id=person(Role.REVIEWER).user_id if ruling else None,
            decided_at=now() if ruling else None,
        )
    )


@command
def follow(audit: Audit, indicator: str, state: FindingState) -> str:
    """Make a finding of a low score; return its number."""
    finding = FindingFactory(state, summary=f"{CANARY} {indicator}")
    db.session.add(
        ProposedFinding(
            audit_id=audit.id,
            indicator=indicator,
            severity="major",
            state=ProposalState.CONFIRMED,
            finding_id=finding.id,
        )
    )
    return finding.reference or ""


def test_given_a_poor_result_when_read_then_all_that_decides_it_is_told(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        audit = AuditFactory(AuditState.PUBLISHED, answers=POOR)
        say(audit, "I09", "Kami membantah yang lama.")
        say(audit, "I09", "Bidang miring sudah dipasang.", Ruling.KEPT)
        sent = follow(audit, "I09", FindingState.SENT)
        follow(audit, "P11", FindingState.DRAFT)
        held = db.session.get_one(Audit, audit.id)
        total, path = held.total, page_of({"slug": held_slug(held), "round_slug": round_slug(held)})
    text = visitor.get(path).text
    assert f"{total}".replace(".", ",") in text
    assert "Bidang miring sudah dipasang." in text
    assert "Kami membantah yang lama." not in text  # the latest counts
    assert "Foto menunjukkan tangga saja." in text
    assert "Kritis dan tidak terpenuhi" in text
    assert "Kasus terlalu sedikit" in text
    assert sent in text
    assert text.count("TM-") == 1  # of drafts nothing is told
    assert CANARY not in text  # and of a finding no word
    assert visitor.queries <= 10
    english = visitor.get(f"{path}?lang=en").text
    assert "Bidang miring sudah dipasang." in english


def held_slug(audit: Audit) -> str:
    db.session.refresh(audit, ["office"])
    return audit.office.slug


def round_slug(audit: Audit) -> str:
    db.session.refresh(audit, ["round"])
    return audit.round.slug


def test_given_unpublished_audits_then_nothing_of_them_is_found_anywhere(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        addresses = []
        for number, state in enumerate(AuditState):
            if state is AuditState.PUBLISHED:
                continue
            round_ = RoundFactory(title=f"{CANARY} {number}", slug=f"kenari-{number}")
            audit = AuditFactory(state, round_=round_)
            addresses.append(page_of({"slug": held_slug(audit), "round_slug": round_.slug}))
        office = addresses[0].split("/penilaian")[0]
    for path in (
        *LISTS,
        "/penilaian?putaran=kenari-1",
        "/penilaian?q=mamuju",
        office,
        "/penilaian/perbandingan?q=mamuju",
    ):
        text = visitor.get(path).text
        assert CANARY not in text, path
        assert "100,00" not in text, path
    assert "Penilaian kantor ini" not in visitor.get(office).text
    for path in addresses:
        for more in ("", "/json", "/csv"):
            answer = visitor.get(path + more)
            assert answer.status_code == 404, path + more
            assert CANARY not in answer.text
    assert visitor.get("/penilaian/perbandingan/csv").status_code == 404


def test_given_one_published_and_one_final_audit_of_an_office_then_only_the_first_is_told(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        address = published_address()
        AuditFactory(
            AuditState.FINAL, round_=RoundFactory(title=CANARY, period_until=date(2031, 1, 1)), answers=POOR
        )
    office = f"/kantor/{address['slug']}"
    for path in (*LISTS, office, page_of(address)):
        assert CANARY not in visitor.get(path).text, path
    assert "100,00" in visitor.get(office).text


def test_given_data_downloads_when_fetched_then_they_say_what_the_page_says(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        audit = AuditFactory(AuditState.PUBLISHED, answers=POOR)
        say(audit, "I09", "=HYPERLINK(1)", Ruling.KEPT)
        path = page_of({"slug": held_slug(audit), "round_slug": round_slug(audit)})
    found = visitor.get(f"{path}/json").json
    assert found is not None
    assert found["total"] == str(audit.total)
    assert found["total_exact"].startswith(str(audit.total)[:3])
    assert sum(len(one["indicators"]) for one in found["dimensions"]) == 57
    sheet = visitor.get(f"{path}/csv").data.decode("utf-8-sig")
    assert len(sheet.splitlines()) == 58
    assert "'=HYPERLINK(1)" in sheet
    assert ",=HYPERLINK" not in sheet


def test_given_the_statement_about_mamuju_then_it_is_no_score(app: Flask, visitor: Visitor) -> None:
    """12 August 2020 was a look at the counters, not an audit (domain/audits.md §7)."""
    with app.app_context():
        audit = AuditFactory(AuditState.FINAL)
        slug = held_slug(audit)
    text = visitor.get(f"/kantor/{slug}").text
    assert "bukan penilaian" in text or "bukan skor" in text or "12 Agustus 2020" in text
    assert "Zona hijau" not in text
    assert "zone-green" not in text
    assert slug not in visitor.get("/penilaian").text


class TestStudyPlace:
    def named(self, until: date) -> Audit:
        audit = AuditFactory(AuditState.PUBLISHED)
        head = person(Role.HEAD_OF_REPRESENTATIVE)
        name_study_place(
            audit, StudyPlaceInput("Loket ramah disabilitas.", until), version=audit.version, actor=head
        )
        return db.session.get_one(Audit, audit.id)

    def test_given_a_named_office_then_it_is_shown_until_its_last_day_and_no_longer(
        self, app: Flask, visitor: Visitor, clock: StoppedClock
    ) -> None:
        clock.at("2026-11-20T09:00+08:00")
        with app.app_context():
            audit = self.named(date(2026, 12, 31))
            office = f"/kantor/{held_slug(audit)}"
            pages = (office, f"{office}/penilaian/{round_slug(audit)}", "/penilaian/studi-banding")
        for path in pages:
            assert "Loket ramah disabilitas." in visitor.get(path).text, path
        clock.at("2026-12-31T23:00+07:00")
        assert "Loket ramah disabilitas." in visitor.get(pages[2]).text
        clock.at("2027-01-01T09:00+07:00")
        for path in pages:
            assert "Loket ramah disabilitas." not in visitor.get(path).text, path

    def test_given_it_is_ended_early_then_it_is_gone_and_may_be_named_anew(
        self, app: Flask, visitor: Visitor
    ) -> None:
        head: Any
        with app.app_context():
            audit = self.named(today("Asia/Makassar") + timedelta(days=90))
            head = person(Role.HEAD_OF_REPRESENTATIVE)
            with pytest.raises(StudyPlaceRefused):
                name_study_place(
                    audit,
                    StudyPlaceInput("Sekali lagi.", today("Asia/Makassar")),
                    version=audit.version,
                    actor=head,
                )
            end_study_place(audit, "Loket dipindahkan.", version=audit.version, actor=head)
        assert "Loket ramah disabilitas." not in visitor.get("/penilaian/studi-banding").text
        with app.app_context():
            held = db.session.get_one(Audit, audit.id)
            with pytest.raises(StudyPlaceRefused):
                end_study_place(held, "Lagi.", version=held.version, actor=head)
            given = StudyPlaceInput("Loket baru.", today("Asia/Makassar"))
            name_study_place(held, given, version=held.version, actor=head)
        assert "Loket baru." in visitor.get("/penilaian/studi-banding").text

    def test_given_an_audit_that_is_not_published_then_refused(self, in_app: Flask) -> None:
        audit = AuditFactory(AuditState.FINAL)
        with pytest.raises(StudyPlaceRefused):
            name_study_place(
                audit,
                StudyPlaceInput("Bagus.", today("Asia/Makassar")),
                version=audit.version,
                actor=person(Role.HEAD_OF_REPRESENTATIVE),
            )


def test_given_complaints_of_past_years_then_whole_years_alone_are_told(
    app: Flask, visitor: Visitor, clock: StoppedClock
) -> None:
    clock.at("2025-05-20T09:00+08:00")
    with app.app_context():
        address = published_address()
        for _ in range(6):
            ComplaintFactory()
    clock.at("2026-03-02T09:00+08:00")
    with app.app_context():
        for _ in range(7):
            ComplaintFactory()
    text = visitor.get(page_of(address)).text
    told = dict(re.findall(r"<dt>Diterima tahun (\d+)</dt>\s*<dd class=\"value\">([^<]+)<", text))
    assert {year: number.strip() for year, number in told.items()} == {"2025": "6", "2024": "0", "2023": "0"}
