"""Meetings and commitments to which addresses lead: those of one office of the Ombudsman (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.coverage.commands.meeting_papers import INVITATION, write_paper
from ombudsman_app.coverage.commands.meeting_people import PersonInput, invite_people, open_door
from ombudsman_app.coverage.meeting_states import MeetingState
from ombudsman_app.coverage.models import MeetingPerson, MonitoringMeeting
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from .factories.employers import keeper_of
from .factories.meetings import BODIES, CommitmentFactory, MeetingFactory, body_of, officer_of_body, reported

OF_PLANNED = (
    "meeting", "edit", "cancel", "write_invitation", "people", "room", "open_door", "close_door",
    "attendance", "follow_up", "carry", "hold",
)  # fmt: skip
OF_HELD = ("results", "write_minutes", "new_commitment")
SEEN_BY = {"MAM": "kc_mamuju", "KPG": "kc_ntt"}  # the office of officers in the generated suites


@dataclass(frozen=True)
class MeetingPlaces:
    """Meetings at each point of their life, one with commitments of the branch."""

    planned: int
    held: int
    drafted: tuple[int, int]  # another planned one, and its letter
    person: int
    code: str
    minuted: int
    body: int  # the invitation of the branch to that
    paper: int  # of it
    open: int  # commitments of the branch
    reported: int

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses of meetings, by endpoint."""
        one = {"meeting_id": self.planned}
        commitment = {"commitment_id": self.open}
        staff: dict[str, Mapping[str, Any]] = {
            **dict.fromkeys(OF_PLANNED, one),
            **{page: {"meeting_id": self.held} for page in OF_HELD},
            "edit_paper": {"document_id": self.drafted[1]},
            **{page: {**one, "person_id": self.person} for page in ("came", "strike")},
            "commitment": commitment,
            "report": commitment,
            "drop": commitment,
            **{page: {"commitment_id": self.reported} for page in ("confirm", "return_report")},
        }
        portal: dict[str, Mapping[str, Any]] = {
            "meeting": {"body_id": self.body},
            "paper": {"body_id": self.body, "document_id": self.paper},
            "commitment": commitment,
            "report": commitment,
        }
        return {
            **{f"staff.meetings.{page}": given for page, given in staff.items()},
            **{f"portal.meetings.{page}": given for page, given in portal.items()},
            **{f"public.attendance.{page}": {"code": self.code} for page in ("sign_in", "noted")},
        }

    def page_of(self, endpoint: str) -> str:
        """Return the page on which an act of an endpoint is begun."""
        if endpoint == "public.attendance.sign_in":
            return f"/hadir/{self.code}"
        if endpoint == "portal.meetings.report":
            return f"/portal/meetings/commitments/{self.open}"
        if endpoint.startswith("portal."):
            return f"/portal/meetings/{self.body}"
        if endpoint.endswith((".confirm", ".return_report")):
            return f"/staff/meetings/commitments/{self.reported}"
        if endpoint.endswith((".drop", "meetings.report")):
            return f"/staff/meetings/commitments/{self.open}"
        return f"/staff/meetings/{self.planned}"


def build_meeting_places(office: str = "MAM") -> MeetingPlaces:
    """Bring meetings to where their pages are for something. Call inside a context."""
    keeper, body = keeper_of(office), SEEN_BY[office]
    given = {"keeper": keeper, "office": office}
    planned = MeetingFactory(**given)
    invite_people(planned, [PersonInput(f"Maria {office}", "Kepala Dinas", "Dinas PMD")], actor=keeper)
    person = db.session.scalars(select(MeetingPerson.id).where(MeetingPerson.meeting_id == planned.id)).one()
    drafted = MeetingFactory(**given)
    letter = write_paper(drafted, INVITATION, subject="Undangan", words="", actor=keeper)
    minuted = MeetingFactory(MeetingState.MINUTED, **given)
    waiting = CommitmentFactory(minuted, office=office, keeper=keeper, body=body)
    done = reported(
        CommitmentFactory(minuted, office=office, keeper=keeper, body=body),
        actor=officer_of_body(body),
        on=minuted.meets_on,
    )
    assert body in BODIES[office]
    held = _held(given)
    return MeetingPlaces(
        planned=planned.id,
        held=held.id,
        drafted=(drafted.id, letter.id),
        person=person,
        code=open_door(held, actor=keeper).code,
        minuted=minuted.id,
        body=body_of(minuted, body).id,
        paper=_out(minuted),
        open=waiting.id,
        reported=done.id,
    )


@command
def _held(given: dict[str, Any]) -> MonitoringMeeting:
    """A meeting of which each point has its result: the minutes can be written."""
    held = MeetingFactory(MeetingState.HELD, **given)
    for item in held.agenda:
        item.result = "Disepakati."
    return held


@command
def _out(meeting: MonitoringMeeting) -> int:
    """Let a paper count as drawn: no render server runs in here."""
    paper = db.session.scalars(
        select(Document).where(Document.folder == meeting.papers_id).order_by(Document.id).limit(1)
    ).one()
    paper.state, paper.sealed_at = DocumentState.ISSUED, now()
    return paper.id
