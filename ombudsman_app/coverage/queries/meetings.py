"""Meetings as lists and one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.meeting_scope import meeting_scope, of_meeting
from ombudsman_app.coverage.meeting_states import AFTER, BEFORE, RUNNING, CommitmentState, MeetingState
from ombudsman_app.coverage.models import (
    AgendaItem,
    Commitment,
    MeetingBody,
    MeetingPerson,
    MinutesReading,
    MonitoringMeeting,
)
from ombudsman_app.directory.models import Jurisdiction, Office, OfficeKind, Region
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.queries import letters_of
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on

_M = MonitoringMeeting
VIEWS: dict[str, frozenset[MeetingState]] = {
    "coming": BEFORE,
    "minutes": frozenset({MeetingState.HELD}),
    "done": frozenset({MeetingState.MINUTED}),
}
_BODIES = (
    OfficeKind.PROVINCE_GOVERNMENT,
    OfficeKind.REGENCY_GOVERNMENT,
    OfficeKind.CITY_GOVERNMENT,
    OfficeKind.LABOUR_OFFICE,
    OfficeKind.REGIONAL_OFFICE,
    OfficeKind.BRANCH,
    OfficeKind.SMALL_BRANCH,
)
_MOST_BODIES = 200


@dataclass(frozen=True)
class MeetingRow:
    """One line of the list. `promised` and `done`: what was agreed there, without what it carries."""

    id: int
    reference: str
    kind: str
    topic: str
    place: str
    starts_at: datetime
    zone: str
    meets_on: date
    state: MeetingState
    promised: int
    done: int


def meetings_page(
    actor: Actor,
    view: str,
    *,
    after: DayKey | None = None,
    before: DayKey | None = None,
    limit: int = limits.PAGE_ROWS,
) -> Page[MeetingRow]:
    """Return one page of the meetings of one's offices, the latest day first. 2 statements."""
    place = tuple_(_M.meets_on, _M.id)
    found = meeting_scope(actor).meetings()
    if view in VIEWS:
        found = found.where(_M.state.in_(VIEWS[view]))
    if before is not None:
        found = found.where(place > before)
    elif after is not None:
        found = found.where(place < after)
    order = (_M.meets_on, _M.id) if before else (_M.meets_on.desc(), _M.id.desc())
    rows = list(
        db.session.scalars(
            found.order_by(*order)
            .limit(limit + 1)
            .options(joinedload(_M.representative_office, innerjoin=True))
        )
    )
    promised = _promised([row.id for row in rows])
    lines = [_row(row, promised.get(row.id, (0, 0))) for row in rows]
    if before is not None:
        return page_back(lines, limit, _key_of)
    return page_on(lines, limit, _key_of, is_first=after is None)


def _row(row: MonitoringMeeting, promised: tuple[int, int]) -> MeetingRow:
    return MeetingRow(
        row.id,
        row.reference,
        row.kind,
        row.topic,
        row.place,
        row.starts_at,
        row.representative_office.time_zone,
        row.meets_on,
        row.state,
        *promised,
    )


def _key_of(row: MeetingRow) -> str:
    return day_key(row.meets_on, row.id)


def _promised(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Count what was agreed at each of these meetings, and what of it is done. ≤ 1 statement."""
    if not ids:
        return {}
    done = func.count().filter(Commitment.state == CommitmentState.DONE)
    rows = db.session.execute(
        select(Commitment.meeting_id, func.count(), done)
        .where(Commitment.meeting_id.in_(ids), Commitment.state != CommitmentState.DROPPED)
        .group_by(Commitment.meeting_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def meeting_counts(actor: Actor) -> dict[str, int]:
    """Count for the chips, up to 1,001 each. 1 statement."""
    parts = []
    for name, states in VIEWS.items():
        few = (
            meeting_scope(actor)
            .meetings()
            .where(_M.state.in_(states))
            .with_only_columns(_M.id)
            .limit(limits.COUNT_STOPS_AT)
            .subquery()
        )
        counted: Any = select(literal(name, String).label("name"), func.count().label("number"))
        parts.append(counted.select_from(few))
    return {row.name: row.number for row in db.session.execute(union_all(*parts))}


def visible_meeting(actor: Actor, meeting_id: int) -> MonitoringMeeting | None:
    """Return a meeting with its office and its agenda, if visible. 2 statements."""
    return db.session.scalar(
        meeting_scope(actor)
        .meetings()
        .where(_M.id == meeting_id)
        .options(joinedload(_M.representative_office, innerjoin=True), selectinload(_M.agenda))
    )


@dataclass(frozen=True)
class PersonOfMeeting:
    """A person on the list of one meeting that can be seen."""

    meeting: MonitoringMeeting
    person: MeetingPerson

    @property
    def representative_office_id(self) -> int:
        return self.meeting.representative_office_id


def visible_person(actor: Actor, meeting_id: int, person_id: int) -> PersonOfMeeting | None:
    """Return a person on the list of a visible meeting. 1 statement."""
    row = db.session.execute(
        meeting_scope(actor)
        .meetings()
        .join(MeetingPerson, MeetingPerson.meeting_id == _M.id)
        .where(_M.id == meeting_id, MeetingPerson.id == person_id)
        .add_columns(MeetingPerson)
    ).one_or_none()
    return PersonOfMeeting(*row) if row else None


@dataclass(frozen=True)
class PaperOfMeeting:
    """A draft of one meeting that can be seen."""

    meeting: MonitoringMeeting
    document: Document

    @property
    def representative_office_id(self) -> int:
        return self.meeting.representative_office_id


def visible_paper(actor: Actor, document_id: int) -> PaperOfMeeting | None:
    """Return a paper with its meeting, if visible. 1 statement."""
    row = db.session.execute(
        meeting_scope(actor)
        .meetings()
        .join(Document, Document.folder == _M.papers_id)
        .where(Document.id == document_id)
        .add_columns(Document)
    ).one_or_none()
    return PaperOfMeeting(*row) if row else None


@dataclass(frozen=True)
class BodyLine:
    """An invited body; `read_at`: when it said last that it read the minutes, `remark`: what it remarked."""

    office: Office
    is_told: bool
    read_at: datetime | None
    remark: str


@dataclass(frozen=True)
class MeetingPage:
    """What the page of a meeting shows beside it."""

    bodies: list[BodyLine]
    papers: Sequence[Document]
    invited: int
    came: int
    counts: dict[str, int]  # commitments by state, and `late`

    @property
    def total(self) -> int:
        return sum(number for name, number in self.counts.items() if name != "late")

    def paper(self, kind: str) -> Document | None:
        """Return the latest paper of a kind."""
        return next((one for one in reversed(self.papers) if one.kind == kind), None)


def meeting_page(meeting: MonitoringMeeting, *, today: date) -> MeetingPage:
    """Collect what stands on the page of a meeting. ≤ 6 statements."""
    invited, came = db.session.execute(
        select(
            func.count().filter(MeetingPerson.invited_at.is_not(None)),
            func.count().filter(MeetingPerson.came_at.is_not(None)),
        ).where(MeetingPerson.meeting_id == meeting.id)
    ).one()
    return MeetingPage(
        bodies=bodies_of_meeting(meeting.id),
        papers=letters_of(meeting.papers_id),
        invited=invited,
        came=came,
        counts=commitment_counts(of_meeting(meeting.id), today=today),
    )


def bodies_of_meeting(meeting_id: int) -> list[BodyLine]:
    """Return the invited bodies, with what they said of the minutes last. 1 statement."""
    last = (
        select(func.max(MinutesReading.id))
        .where(MinutesReading.body_id == MeetingBody.id)
        .correlate(MeetingBody)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(MeetingBody, MinutesReading.at, MinutesReading.remark)
        .outerjoin(MinutesReading, MinutesReading.id == last)
        .where(MeetingBody.meeting_id == meeting_id)
        .order_by(MeetingBody.id)
        .options(joinedload(MeetingBody.office, innerjoin=True))
    )
    return [BodyLine(row[0].office, row[0].is_told, row[1], row[2] or "") for row in rows]


def commitment_counts(where: ColumnElement[bool], *, today: date) -> dict[str, int]:
    """Count commitments by state; `late`: open ones whose last day has passed. 1 statement."""
    late = func.count().filter(Commitment.state == CommitmentState.OPEN, Commitment.due_on < today)
    rows = db.session.execute(
        select(Commitment.state, func.count(), late).where(where).group_by(Commitment.state)
    )
    counts, late_number = {state.value: 0 for state in CommitmentState}, 0
    for state, number, behind in rows:
        counts[state.value], late_number = number, late_number + behind
    return {**counts, "late": late_number}


def people_of(meeting: MonitoringMeeting) -> Sequence[MeetingPerson]:
    """Return everybody on the list, in the order in which they were put on it. 1 statement."""
    return db.session.scalars(
        select(MeetingPerson)
        .where(MeetingPerson.meeting_id == meeting.id, MeetingPerson.struck_at.is_(None))
        .order_by(MeetingPerson.id)
    ).all()


@dataclass(frozen=True)
class BodyChoice:
    """An office that can be invited or can promise."""

    id: int
    name: str


def bodies_for(offices: Sequence[int]) -> list[BodyChoice]:
    """Return the bodies where these offices of the Ombudsman watch, local governments first. 1 statement."""
    watched = (
        select(Region.code)
        .join(Jurisdiction, Jurisdiction.province_id == Region.id)
        .where(Jurisdiction.representative_id.in_(list(offices)))
    )
    rows = db.session.execute(
        select(Office.id, Office.name, Office.kind)
        .where(
            Office.kind.in_(_BODIES),
            or_(Office.province_code.in_(watched), Office.province_code.is_(None)),
            Office.valid_to.is_(None),
        )
        .order_by(Office.sort_key, Office.id)
        .limit(_MOST_BODIES)
    ).all()
    ranked = sorted(rows, key=lambda row: _BODIES.index(row.kind))
    return [BodyChoice(row.id, row.name) for row in ranked]


@dataclass(frozen=True)
class EarlierMeeting:
    """A meeting before of which something still runs."""

    id: int
    reference: str
    topic: str
    meets_on: date
    running: int


def earlier_meetings(meeting: MonitoringMeeting) -> list[EarlierMeeting]:
    """Return meetings of the office before this one of which something runs, latest first. 1 statement."""
    rows = db.session.execute(
        select(_M.id, _M.reference, _M.topic, _M.meets_on, func.count(Commitment.id))
        .join(Commitment, Commitment.meeting_id == _M.id)
        .where(
            _M.representative_office_id == meeting.representative_office_id,
            _M.id != meeting.id,
            _M.meets_on <= meeting.meets_on,
            _M.state.in_(AFTER),
            Commitment.state.in_(RUNNING),
        )
        .group_by(_M.id, _M.reference, _M.topic, _M.meets_on)
        .order_by(_M.meets_on.desc(), _M.id.desc())
        .limit(limits.PAGE_ROWS)
    )
    return [EarlierMeeting(*row) for row in rows]


def results_missing(agenda: Sequence[AgendaItem]) -> int:
    """Return how many points have no result yet."""
    return sum(not one.result for one in agenda)
