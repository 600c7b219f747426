"""The demonstration of audits: published years with a break, and a running round in every state."""

from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.audits import demo
from ombudsman_app.audits.commands import verify_scores
from ombudsman_app.audits.models import Audit, AuditRound, AuditSheet, ProposedFinding, StudyPlace
from ombudsman_app.audits.states import AuditState, RoundState
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.directory import demo as directory_demo
from ombudsman_app.directory.models import Office
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import FindingState

from ..visitor import Visitor

ZONE = "Asia/Makassar"
LAST_YEAR = ["kc_bengkulu", "kc_mamuju", "kc_ntt", "kcp_ende", "kcp_sikka"]
RUNNING = {
    "kc_mamuju": AuditState.IN_FIELD,
    "kc_bengkulu": AuditState.SUBMITTED,
    "kc_ntt": AuditState.DRAFT_SENT,
    "kcp_ende": AuditState.FINAL,
    "kcp_sikka": AuditState.PLANNED,
    "kcp_atambua": AuditState.PLANNED,
    "kc_labuan_bajo": AuditState.PLANNED,
}
MAMUJU = "/kantor/bpjs-ketenagakerjaan-kantor-cabang-mamuju"


@pytest.fixture
def in_demo(app: Flask) -> Flask:
    app.extensions["settings"] = replace(app.extensions["settings"], is_demo=True)
    with app.app_context():
        demo.load_instrument()
        load_shipped()
        directory_demo.load()
        accounts_demo.load()
        demo.load()
    return app


def audits_of(round_: AuditRound) -> dict[str, Audit]:
    """The audits of a round by office."""
    rows = db.session.execute(
        select(Office.reference, Audit)
        .join(Office, Office.id == Audit.office_id)
        .where(Audit.round_id == round_.id)
        .order_by(Office.reference)
    )
    return {reference or "": audit for reference, audit in rows}


def rounds() -> list[AuditRound]:
    return list(db.session.scalars(select(AuditRound).order_by(AuditRound.period_from)))


def sheets_of(audit: Audit) -> list[AuditSheet]:
    """The two blind ones, then the one on which the third settles."""
    found = select(AuditSheet).where(AuditSheet.audit_id == audit.id).order_by(AuditSheet.id)
    return list(db.session.scalars(found))


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_given_the_people_of_the_demonstration_when_loaded_twice_then_every_state_is_there_once(
    in_demo: Flask, visitor: Visitor
) -> None:
    """One test, since the rounds take seconds to happen."""
    with in_demo.app_context():
        entries = count(TrailEntry)
        assert "0 invented" in demo.load()
        assert count(TrailEntry) == entries

        oldest, last_year, running, blind, planned = rounds()
        assert all(one.is_demo and one.title.endswith("(DEMO)") for one in rounds())
        states = [one.state for one in (oldest, last_year, running, blind, planned)]
        assert states == [*(RoundState.CLOSED,) * 2, *(RoundState.RUNNING,) * 2, RoundState.PLANNED]
        assert last_year.period_until.year == today(ZONE).year - 1
        assert list(audits_of(last_year)) == LAST_YEAR
        assert {name: one.state for name, one in audits_of(running).items()} == RUNNING
        # another scheme and another version of the instrument: nothing is compared over the two years
        assert oldest.scheme_id != last_year.scheme_id
        assert oldest.instrument_version_id != last_year.instrument_version_id
        assert [one for one in verify_scores() if one.wrong] == []

        (doubly,) = audits_of(blind).values()
        assert [one.submitted_at is not None for one in sheets_of(doubly)] == [True, True, False]

    the_results_differ(in_demo)
    people_see_the_break_the_reply_and_what_waits(in_demo, visitor)


def the_results_differ(in_demo: Flask) -> None:
    with in_demo.app_context():
        oldest, last_year, *_later = rounds()
        assert {one.category for one in audits_of(oldest).values()} == {"B", "C"}
        assert {one.category for one in audits_of(last_year).values()} == {None}  # its scheme has no bands
        totals = {name: one.total or Decimal(0) for name, one in audits_of(last_year).items()}
        assert len(set(totals.values())) == len(totals)
        assert totals["kcp_sikka"] < 60 < 90 < totals["kc_bengkulu"]
        of_low = select(ProposedFinding.finding_id).where(
            ProposedFinding.audit_id == audits_of(last_year)["kcp_sikka"].id
        )
        found = db.session.scalars(select(Finding).where(Finding.id.in_(of_low))).all()
        followed = [*(FindingState.DONE,) * 2, *(FindingState.ACCEPTED,) * 2]
        assert sorted(one.state for one in found) == sorted(followed)
        assert all(one.summary.startswith("DEMO.") for one in found)
        place = db.session.scalars(select(StudyPlace)).one()
        assert place.until > today(ZONE)
        assert place.reason.startswith("DEMO.")


def people_see_the_break_the_reply_and_what_waits(in_demo: Flask, visitor: Visitor) -> None:
    with in_demo.app_context():
        year, running, blind = today(ZONE).year - 1, *rounds()[2:4]
        (doubly,) = audits_of(blind).values()
        settled = f"/staff/audits/{doubly.id}/compare"
        draft = audits_of(running)["kc_ntt"].id
        head, officer = (
            accounts_demo.demo_actor(key).user_id for key in ("audit_head", "office_officer_ntt")
        )

    compared = visitor.get("/penilaian/perbandingan").text
    result = visitor.get(f"{MAMUJU}/penilaian/audit-kepatuhan-{year}").text
    board = visitor.enter(head).get(f"/staff/audits/rounds/{running.id}").text
    seen = visitor.enter(officer).get(f"/portal/penilaian/{draft}").text

    assert "Tidak dapat dibandingkan dengan yang sebelumnya" in compared
    assert "Rekaan" in result
    assert "Kappa" in visitor.enter(head).get(settled).text
    assert "Hari pengamatan bertepatan dengan pembayaran massal" in result  # the office beside the score
    assert "46%" in board  # 26 of 57 questions at Mamuju
    assert "Sekat loket sudah dipesan" in seen


def test_given_no_demonstration_when_its_audits_are_asked_for_then_there_are_none(in_app: Flask) -> None:
    with pytest.raises(UnsafeSettings):
        demo.load()
