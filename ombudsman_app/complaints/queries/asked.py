"""What an office under watch sees of a case: the letters that ask it, as issued, and its own answers.

A read model of its own: no column of a case leads from here to a page, apart from whose it is (PD3, AZ6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from ombudsman_app.accounts.models import User
from ombudsman_app.attachments.queries import FileLine, files_in
from ombudsman_app.complaints.models import (
    AnswerBox,
    ClarificationAnswer,
    ClarificationTimeRequest,
    Complaint,
    ComplaintClock,
    opened_text,
)
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import (
    ANSWERABLE,
    FIRST_REQUEST,
    PAUSES,
    SECOND_REQUEST,
    AnswerChannel,
    RequestState,
)
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.queries import Receipt, receipt_of
from ombudsman_app.documents.states import Channel, DocumentState
from ombudsman_app.web.deadlines import shown_time

from .asked_columns import clock_column, state_column
from .case import RunningClock, explained

_OFFICE, _HANDLING = Office.__table__.alias(), Office.__table__.alias()  # some columns, no whole rows
_ZONE = RepresentativeOffice.__table__
_SUCCESSOR = aliased(Document)
ACKNOWLEDGEMENT = "answer_acknowledgement"  # the paper that proves what the office sent
READ_THERE = frozenset(
    {AnswerChannel.PORTAL, AnswerChannel.LINK}
)  # what the office wrote itself, word by word


@dataclass(frozen=True)
class Ran:
    """The time to answer of a request."""

    id: int
    start_on: date
    due_on: date
    ended_on: date | None
    paused_from: date | None
    paused_until: date | None


@dataclass(frozen=True)
class AskedRequest:
    """One letter that asks the own office; `summary` and `questions` are empty until it was received."""

    id: int
    kind: str
    number: str
    subject: str
    state: RequestState
    issued_on: date
    office_id: int
    office_name: str
    sender: str
    sender_short: str
    time_zone: str
    is_received: bool
    received_at: datetime | None
    received_by: str  # who opened it in the portal
    summary: str
    questions: tuple[str, ...]
    clock: Ran | None
    successor_id: int | None  # the letter that stands in its place, or asks again
    successor_number: str

    @property
    def is_answerable(self) -> bool:
        return self.is_received and self.state in ANSWERABLE

    @property
    def awaits_opening(self) -> bool:
        return not self.is_received and self.state in ANSWERABLE


@dataclass(frozen=True)
class OwnAnswer:
    """One answer of the own office. `text` and `files` only of what it wrote in the portal."""

    id: int
    at: datetime
    by: str
    channel: AnswerChannel
    reference: str
    received_on: date
    due_on: date | None
    days_late: int
    request_id: int
    request_number: str
    text: str
    files: list[FileLine]


@dataclass(frozen=True)
class RequestPage:
    """Everything its page shows. `waiting_files`: sent with the next answer."""

    request: AskedRequest
    answers: list[OwnAnswer]
    waiting_files: list[FileLine]
    today: date
    # for more time to answer this letter, oldest first; who answers by a link sees none
    time_requests: list[ClarificationTimeRequest] = field(default_factory=list)

    @property
    def days_left(self) -> int | None:
        """Calendar days to the last day, below zero when it is past; None: no time runs."""
        running = self.request.clock
        return (running.due_on - self.today).days if running and running.ended_on is None else None

    @property
    def may_ask_for_time(self) -> bool:
        """Whether the office may ask for more of the time that runs: before it ends, one at a time."""
        asked = self.time_requests
        runs = self.request.state is RequestState.WAITING and self.days_left is not None
        is_left = len(asked) < PAUSES.more_time.most_requests
        decided = all(one.decided_at is not None for one in asked)
        return runs and (self.days_left or 0) >= 0 and is_left and decided

    @property
    def look(self) -> str:
        """How the clock looks: running, soon, late, ended, paused."""
        if self.days_left is None:
            return "ended"
        return "paused" if self.paused_until else self._shown[1]

    @property
    def paused_until(self) -> date | None:
        """The last day on which the time stands still, if it does so today."""
        running = self.request.clock
        if running is None or running.ended_on or running.paused_from is None or running.paused_until is None:
            return None
        return running.paused_until if running.paused_from <= self.today <= running.paused_until else None

    @property
    def part_used(self) -> int:
        """Percent of the time that is gone."""
        return self._shown[2]

    @property
    def _shown(self) -> tuple[int, str, int]:
        running = self.request.clock
        return shown_time(running.start_on, running.due_on, self.today) if running else (0, "ended", 100)

    @property
    def is_overdue(self) -> bool:
        """Computed, never stored."""
        return (self.days_left or 0) < 0 and self.request.state is RequestState.WAITING


def addressed_request(actor: Actor, request_id: int) -> AskedRequest | None:
    """Return a letter that asks the own office, as it was issued. 1 statement."""
    return asked_by(scope(actor).addressed(), request_id)


def asked_by(seen: Select[Document], request_id: int) -> AskedRequest | None:
    """Return one of the letters that somebody may see; `seen` joins them with their case. 1 statement."""
    first = select(func.min(Delivery.id)).where(
        Delivery.document_id == Document.id, Delivery.proof.is_not(None)
    )
    next_one = select(func.max(_SUCCESSOR.id)).where(
        _SUCCESSOR.folder == Document.folder,
        _SUCCESSOR.id > Document.id,
        _SUCCESSOR.state == DocumentState.ISSUED,
        or_(
            _SUCCESSOR.supersedes_id == Document.id,
            and_(Document.kind == FIRST_REQUEST, _SUCCESSOR.kind == SECOND_REQUEST),
        ),
    )
    successor = aliased(Document)
    found = (
        seen.where(Document.id == request_id)
        .join(_OFFICE, _OFFICE.c.id == Complaint.office_id)
        .join(_HANDLING, _HANDLING.c.id == Document.representative_office_id)
        .join(_ZONE, _ZONE.c.id == Document.representative_office_id)
        .outerjoin(Delivery, Delivery.id == first.correlate(Document).scalar_subquery())
        .outerjoin(User, and_(User.id == Delivery.recorded_by_id, Delivery.channel == Channel.PORTAL))
        .outerjoin(ComplaintClock, ComplaintClock.id == clock_column())
        .outerjoin(successor, successor.id == next_one.correlate(Document).scalar_subquery())
        .with_only_columns(
            Document.id,
            Document.kind,
            Document.number,
            Document.subject,
            state_column().label("state"),
            Document.issued_on,
            Document.content,
            Complaint.office_id,
            _OFFICE.c.name.label("office_name"),
            _HANDLING.c.name.label("sender"),
            _HANDLING.c.short_name.label("sender_short"),
            _ZONE.c.time_zone,
            Delivery.id.label("delivery_id"),
            Delivery.delivered_at,
            User.name.label("received_by"),
            ComplaintClock.id.label("clock_id"),
            ComplaintClock.start_on,
            ComplaintClock.due_on,
            ComplaintClock.ended_on,
            ComplaintClock.paused_from,
            ComplaintClock.paused_until,
            successor.id.label("successor_id"),
            successor.number.label("successor_number"),
        )
    )
    row = db.session.execute(found).one_or_none()
    return _request(row) if row else None


def _request(row: Any) -> AskedRequest:
    is_received = row.delivery_id is not None
    letter: Mapping[str, Any] = (row.content or {}).get("letter", {}) if is_received else {}
    runs = row.clock_id is not None and is_received
    return AskedRequest(
        id=row.id,
        kind=row.kind,
        number=row.number or "",
        subject=row.subject if is_received else "",
        state=RequestState(row.state),
        issued_on=row.issued_on,
        office_id=row.office_id,
        office_name=row.office_name,
        sender=row.sender,
        sender_short=row.sender_short,
        time_zone=row.time_zone,
        is_received=is_received,
        received_at=row.delivered_at,
        received_by=row.received_by or "",
        summary=str(letter.get("summary", "")),
        questions=tuple(str(one) for one in letter.get("questions", ())),
        clock=_ran(row) if runs else None,
        successor_id=row.successor_id,
        successor_number=row.successor_number or "",
    )


def _ran(row: Any) -> Ran:
    return Ran(row.clock_id, row.start_on, row.due_on, row.ended_on, row.paused_from, row.paused_until)


def request_page(request: AskedRequest) -> RequestPage:
    """Return the page of a letter that asks the own office. 2 statements, whatever the data."""
    asked, asker = aliased(Document), aliased(User)
    wanted_time = ClarificationTimeRequest
    rows = db.session.execute(
        select(ClarificationAnswer, User.name, asked.number, AnswerBox.files_id, wanted_time)
        .select_from(Document)
        .join(Complaint, Complaint.files_id == Document.folder)
        .outerjoin(AnswerBox, AnswerBox.request_id == Document.id)
        .outerjoin(
            ClarificationAnswer,
            and_(
                ClarificationAnswer.complaint_id == Complaint.id,
                ClarificationAnswer.office_id == request.office_id,
            ),
        )
        .outerjoin(User, User.id == ClarificationAnswer.filed_by_id)
        .outerjoin(asked, asked.id == ClarificationAnswer.request_id)
        .outerjoin(wanted_time, wanted_time.request_id == Document.id)
        .outerjoin(asker, asker.id == wanted_time.asked_by_id)
        .where(Document.id == request.id)
        .order_by(ClarificationAnswer.id, wanted_time.id)
        .options(contains_eager(wanted_time.asked_by.of_type(asker)))
    ).all()
    answers = {row.id: (row, name, number) for row, name, number, *_more in rows if row is not None}
    times = {one.id: one for *_more, one in rows if one is not None}
    box = rows[0].files_id if rows else None
    given = list(answers.values())
    folders = [row.files_id for row, _name, _number in given if row.channel in READ_THERE]
    files = files_in(*folders, *([box] if box else []))
    return RequestPage(
        request=request,
        answers=[_answer(row, name, number or "", files) for row, name, number in given],
        waiting_files=files[box] if box else [],
        time_requests=list(times.values()),
        today=today(request.time_zone),
    )


def _answer(row: ClarificationAnswer, name: str | None, number: str, files: Mapping[Any, Any]) -> OwnAnswer:
    is_read_there = row.channel in READ_THERE
    return OwnAnswer(
        id=row.id,
        at=row.filed_at,
        by=(name or row.signed_by) if is_read_there else "",
        channel=row.channel,
        reference=row.reference,
        received_on=row.received_on,
        due_on=row.due_on,
        days_late=row.days_late,
        request_id=row.request_id,
        request_number=number,
        text=opened_text(ClarificationAnswer, row.uuid, row.sealed) if is_read_there else "",
        files=files.get(row.files_id, []),
    )


@dataclass(frozen=True)
class ClockOfRequest:
    """The time to answer of a letter that asks the own office; policies look at the office."""

    request: AskedRequest
    clock: ComplaintClock

    @property
    def office_id(self) -> int:
        return self.request.office_id


def addressed_clock(actor: Actor, request_id: int, clock_id: int) -> ClockOfRequest | None:
    """Return the time of a letter by the address of its page. 2 statements."""
    request = addressed_request(actor, request_id)
    if request is None or request.clock is None or request.clock.id != clock_id:
        return None
    return ClockOfRequest(request, db.session.get_one(ComplaintClock, clock_id))


def explained_request(found: ClockOfRequest) -> RunningClock:
    """Count a time with each of its days, by the calendar of today. 2 statements."""
    province = db.session.scalar(select(_OFFICE.c.province_code).where(_OFFICE.c.id == found.office_id))
    return explained(found.clock, calendar_of(province or ""))


def letter_of_request(request: AskedRequest) -> Document:
    """Return the letter itself, for its bytes alone. 1 statement."""
    return db.session.get_one(Document, request.id)


@dataclass(frozen=True)
class AnswerOfRequest:
    """An answer that the own office sent in the portal, and its acknowledgement if it was asked for."""

    request: AskedRequest
    id: int
    received_on: date
    receipt: Receipt | None

    @property
    def office_id(self) -> int:
        return self.request.office_id


def own_answer(actor: Actor, request_id: int, answer_id: int) -> AnswerOfRequest | None:
    """Return an own answer by the address of its acknowledgement. ≤ 4 statements."""
    request = addressed_request(actor, request_id)
    if request is None:
        return None
    row = db.session.execute(
        select(ClarificationAnswer.received_on, Document.folder)
        .join(Complaint, Complaint.id == ClarificationAnswer.complaint_id)
        .join(Document, Document.folder == Complaint.files_id)
        .where(
            Document.id == request.id,
            ClarificationAnswer.id == answer_id,
            ClarificationAnswer.office_id == request.office_id,
            ClarificationAnswer.channel.in_(READ_THERE),
        )
    ).one_or_none()
    if row is None:
        return None
    receipt = receipt_of(row.folder, ACKNOWLEDGEMENT, ("answer", answer_id))
    return AnswerOfRequest(request, answer_id, row.received_on, receipt)
