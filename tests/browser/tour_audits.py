"""A walk past audits: the instrument, rounds with board and calendar, a sheet, a result. A demonstration."""

from datetime import timedelta

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.audits import demo
from ombudsman_app.audits.commands import load_shipped
from ombudsman_app.audits.commands.sheets import open_sheet
from ombudsman_app.audits.models import Audit, AuditMember, AuditRound, InstrumentVersion
from ombudsman_app.audits.states import AuditState, RoundState
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from tests.factories.audits import RoundFactory, published_address

from . import journeys
from .live import Site
from .tour import Stop

LEAD, CRITICAL, SHARE = "audit_lead", "I09", "P11"
FAILED = {CRITICAL: {"value": "0"}, SHARE: {"numerator": 2, "denominator": 3}}


def through_audits(site: Site, page: Page, stop: Stop) -> None:
    """Through the desks of who plans and who assesses, then to what everybody reads. 10 stops."""
    with site.app.app_context():
        sign_ins = accounts_demo.load()
        load_shipped()
        demo.load()
        version = db.session.scalars(select(InstrumentVersion.id)).one()
        running = select(AuditRound.id).where(AuditRound.state == RoundState.RUNNING)
        round_id = db.session.scalars(running).one()
        lead = accounts_demo.demo_actor(LEAD)
        assert lead is not None
        led = select(Audit).join(AuditMember).where(AuditMember.user_id == lead.user_id)
        audit = db.session.scalars(led.where(Audit.state == AuditState.IN_FIELD)).one()
        audit_id, sheet_id = audit.id, open_sheet(audit, actor=lead).id
        with stopped_at(now() - timedelta(days=400)):
            earlier = RoundFactory(title="DEMO. Audit tahun lalu", is_demo=True, state=RoundState.CLOSED)
            place = published_address(round_=earlier, answers=FAILED)
    journeys.enter_demo(page, sign_ins, LEAD)
    for name, path in (
        ("audits-instruments", "/staff/audits/instruments"),
        ("audits-instrument", f"/staff/audits/instruments/{version}"),
        ("audits-rounds", "/staff/audits"),
        ("audits-board", f"/staff/audits/rounds/{round_id}"),
        ("audits-calendar", "/staff/audits/calendar"),
        ("audits-audit", f"/staff/audits/{audit_id}"),
        ("audits-sheet", f"/staff/audits/field/{sheet_id}"),
        ("audits-question", f"/staff/audits/field/{sheet_id}/indicators/{CRITICAL}"),
        ("audits-public", "/penilaian"),
    ):
        page.goto(path)
        stop(name)
    page.goto(f"/kantor/{place['slug']}/penilaian/{place['round_slug']}")
    stop("audits-result")
