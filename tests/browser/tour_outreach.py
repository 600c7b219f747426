"""A walk past outreach: the desk, a province, the page of a place, the portal. Needs a demonstration."""

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.coverage import commands as coverage_commands
from ombudsman_app.coverage import outreach_demo
from ombudsman_app.coverage.meeting_states import CameBy
from ombudsman_app.coverage.models import OutreachEvent
from ombudsman_app.coverage.outreach_states import OutreachState

from . import journeys
from .live import Site
from .tour import Stop

LIST, OWN = "/staff/outreach", "/portal/outreach"


def through_outreach(site: Site, page: Page, stop: Stop) -> None:
    """Lists, events at each point of their life, forms, the picture, a place, the portal. 15 stops."""
    with site.app.app_context():
        sign_ins = accounts_demo.load()
        coverage_commands.load_shipped_figures()
        outreach_demo.load()
        held = _event(OutreachState.HELD, CameBy.STAFF, corrected=True)
        planned = _event(OutreachState.PLANNED, CameBy.STAFF)
        cancelled = _event(OutreachState.CANCELLED, CameBy.STAFF)
        own = _event(OutreachState.HELD, CameBy.PORTAL)
    page.goto("/cakupan/53")
    page.locator("#outreach").scroll_into_view_if_needed()
    stop("public-outreach")
    journeys.enter_demo(page, sign_ins, "prevention_ntt")
    for name, path in (
        ("staff-outreach", LIST),
        ("staff-outreach-none", f"{LIST}?year=2001"),
        ("staff-outreach-event", f"{LIST}/{held}"),
        ("staff-outreach-planned", f"{LIST}/{planned}"),
        ("staff-outreach-cancelled", f"{LIST}/{cancelled}"),
        ("staff-outreach-new", f"{LIST}/new"),
        ("staff-outreach-edit", f"{LIST}/{held}/edit"),
        ("staff-outreach-report", f"{LIST}/{held}/report"),
        ("staff-outreach-cancel", f"{LIST}/{planned}/cancel"),
        ("staff-outreach-places", f"{LIST}/places"),
    ):
        page.goto(path)
        stop(name)
    page.context.clear_cookies(name="sid")
    journeys.enter_demo(page, sign_ins, "office_officer_pemda", face="portal")
    for name, path in (
        ("portal-outreach", OWN),
        ("portal-outreach-event", f"{OWN}/{own}"),
        ("portal-outreach-new", f"{OWN}/new"),
        ("portal-outreach-report", f"{OWN}/{own}/report"),
    ):
        page.goto(path)
        stop(name)


def _event(state: OutreachState, came_by: CameBy, *, corrected: bool = False) -> int:
    found = select(OutreachEvent.id).where(
        OutreachEvent.state == state, OutreachEvent.came_by == came_by, OutreachEvent.is_demo.is_(True)
    )
    if corrected:
        found = found.order_by(OutreachEvent.version.desc())
    return db.session.scalars(found.order_by(OutreachEvent.id).limit(1)).one()
