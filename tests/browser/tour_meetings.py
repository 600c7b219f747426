"""A walk past monitoring meetings: the desk, the portal, the phone in the room. Needs a demonstration."""

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.coverage import meeting_demo
from ombudsman_app.coverage.meeting_states import CommitmentState, MeetingState
from ombudsman_app.coverage.models import Commitment, MonitoringMeeting

from . import journeys
from .live import Site
from .tour import Stop

LIST = "/staff/meetings"


def through_meetings(site: Site, page: Page, stop: Stop) -> None:
    """Both lists, one meeting with what hangs on it, one commitment, what is written. 14 stops."""
    with site.app.app_context():
        sign_ins = accounts_demo.load()
        meeting_demo.load()
        done = _meeting(MeetingState.MINUTED)
        coming = _meeting(MeetingState.INVITED)
        reported = db.session.scalars(
            select(Commitment.id).where(Commitment.state == CommitmentState.REPORTED).limit(1)
        ).one()
    journeys.enter_demo(page, sign_ins, "prevention_ntt")
    for name, path in (
        ("staff-meetings", LIST),
        ("staff-meetings-none", f"{LIST}?view=minutes"),
        ("staff-meeting", f"{LIST}/{done}"),
        ("staff-meeting-coming", f"{LIST}/{coming}"),
        ("staff-meeting-new", f"{LIST}/new"),
        ("staff-meeting-follow-up", f"{LIST}/{done}/follow-up"),
        ("staff-meeting-people", f"{LIST}/{coming}/people"),
        ("staff-meeting-room", f"{LIST}/{coming}/room"),
        ("staff-meeting-attendance", f"{LIST}/{done}/attendance"),
        ("staff-meeting-carry", f"{LIST}/{coming}/carry"),
        ("staff-commitments", f"{LIST}/commitments"),
        ("staff-commitment", f"{LIST}/commitments/{reported}"),
        ("staff-commitment-new", f"{LIST}/{done}/commitments/new"),
        ("staff-commitment-confirm", f"{LIST}/commitments/{reported}/confirm"),
    ):
        page.goto(path)
        stop(name)


def _meeting(state: MeetingState) -> int:
    found = select(MonitoringMeeting.id).where(MonitoringMeeting.state == state)
    return db.session.scalars(found.limit(1)).one()
