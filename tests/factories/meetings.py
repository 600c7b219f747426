"""Meetings and commitments as officers make them. Call inside an application context."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.core.clock import stopped_at, today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.coverage.commands.commitments import (
    CommitmentInput,
    ReportInput,
    agree,
    report_done,
)
from ombudsman_app.coverage.commands.meeting_papers import INVITATION, MINUTES, write_paper
from ombudsman_app.coverage.commands.meetings import (
    MeetingInput,
    Point,
    hold_meeting,
    keep_results,
    plan_meeting,
)
from ombudsman_app.coverage.meeting_states import MeetingKind, MeetingState
from ombudsman_app.coverage.models import Commitment, MeetingBody, MonitoringMeeting
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.documents.commands import issue

from .complaints import office_id
from .employers import PLACES, keeper_of, region_id
from .findings import person

ZONE = "Asia/Makassar"
TOPIC = "Optimalisasi kepesertaan di provinsi"
BODIES = {"MAM": ("pemkab_mamuju", "kc_mamuju"), "KPG": ("pemkab_mabar", "kc_ntt")}
POINTS = (Point("Pembukaan", "Kepala Perwakilan", 15), Point("Capaian kepesertaan", "Kepala Cabang", 45))


def planned(office: str = "MAM", *, keeper: Actor | None = None, on: date | None = None, **given: Any) -> Any:
    """A meeting of today at nine in the morning."""
    values: dict[str, Any] = {
        "kind": MeetingKind.MONEV,
        "topic": TOPIC,
        "place": "Aula kantor perwakilan",
        "on": on or today(ZONE),
        "at": time(9),
        "agenda": POINTS,
        "bodies": [office_id(one) for one in BODIES[office]],
        **given,
    }
    return plan_meeting(office_id_of(office), MeetingInput(**values), actor=keeper or keeper_of(office))


def office_id_of(code: str) -> int:
    return db.session.scalars(select(RepresentativeOffice.id).where(RepresentativeOffice.code == code)).one()


def MeetingFactory(
    state: MeetingState = MeetingState.PLANNED,
    *,
    office: str = "MAM",
    keeper: Actor | None = None,
    head: Actor | None = None,
    **given: Any,
) -> MonitoringMeeting:
    """A meeting brought into this state by the commands, on the day of today."""
    keeper = keeper or keeper_of(office)
    made = planned(office, keeper=keeper, **given)
    if state is MeetingState.PLANNED:
        return again(made)
    head = head or person(Role.HEAD_OF_REPRESENTATIVE, office=office)
    _issue(made, INVITATION, keeper, head)
    if state is MeetingState.INVITED:
        return again(made)
    with stopped_at(evening(made)):
        hold_meeting(made, version=again(made).version, actor=keeper)
    if state is MeetingState.HELD:
        return again(made)
    conclude(made, keeper=keeper, head=head)
    return again(made)


def conclude(made: MonitoringMeeting, *, keeper: Actor, head: Actor) -> None:
    """Write results and minutes, and let another person issue them."""
    held = again(made)
    results = {item.id: "Disepakati." for item in held.agenda}
    keep_results(held, results, version=held.version, actor=keeper)
    _issue(held, MINUTES, keeper, head)


def evening(made: MonitoringMeeting) -> datetime:
    """Return an hour of its day at which it is over."""
    return datetime.combine(made.meets_on, time(20), ZoneInfo(ZONE))


def _issue(made: MonitoringMeeting, kind: str, keeper: Actor, head: Actor) -> None:
    paper = write_paper(made, kind, subject="Undangan", words="", actor=keeper)
    issue(paper, version=paper.version, actor=head)


def again(made: MonitoringMeeting) -> MonitoringMeeting:
    """The meeting as it stands, with office and agenda."""
    found = (
        select(MonitoringMeeting)
        .where(MonitoringMeeting.id == made.id)
        .options(joinedload(MonitoringMeeting.representative_office), selectinload(MonitoringMeeting.agenda))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(found).one()


def CommitmentFactory(
    meeting: MonitoringMeeting | None = None,
    *,
    office: str = "MAM",
    body: str | None = "",
    keeper: Actor | None = None,
    due_on: date | None = None,
    **given: Any,
) -> Commitment:
    """A promise of the Pemda at a meeting whose minutes are issued; `body=None`: of the place alone."""
    meeting = meeting or MeetingFactory(MeetingState.MINUTED, office=office)
    values: dict[str, Any] = {
        "text": "Menganggarkan iuran perangkat desa.",
        "due_on": due_on or meeting.meets_on + timedelta(days=90),
        "region_id": region_id(PLACES[office]),
        "office_id": None if body is None else office_id(body or BODIES[office][0]),
        **given,
    }
    made = agree(meeting, CommitmentInput(**values), actor=keeper or keeper_of(office))
    return fresh(made)


def fresh(made: Commitment) -> Commitment:
    """The commitment as it stands."""
    found = select(Commitment).where(Commitment.id == made.id)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def reported(
    made: Commitment, *, actor: Actor, is_by_body: bool = True, on: date | None = None
) -> Commitment:
    """The body says that it is done."""
    day = on or today(ZONE)
    report_done(made, ReportInput(day, "Sudah dianggarkan."), is_by_body=is_by_body, actor=actor)
    return fresh(made)


def officer_of_body(body: str = "pemkab_mamuju") -> Actor:
    """Somebody who answers for a body in the portal."""
    return person(Role.OFFICE_OFFICER, portal_office=body)


def body_of(meeting: MonitoringMeeting, body: str) -> MeetingBody:
    """The invitation of a body."""
    found = select(MeetingBody).where(
        MeetingBody.meeting_id == meeting.id, MeetingBody.office_id == office_id(body)
    )
    return db.session.scalars(found).one()
