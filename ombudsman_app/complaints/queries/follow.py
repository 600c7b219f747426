"""What a reporter sees of the own complaint: with ticket and code, and of this one alone."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, literal, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.complaints.errors import CodeUnknown
from ombudsman_app.complaints.models import CODE_LASTS, Complaint, InformationTip
from ombudsman_app.complaints.states import CLOCKS, ComplaintState, Outcome
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import db
from ombudsman_app.core.sealing import as_crockford, hmac_hex, is_same
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.directory.models import RepresentativeOffice

from .case import RunningClock, explained
from .counting import ground_of_pause
from .drafts import OpenDraft
from .history import HistoryLine, Kind, public_history_of
from .report import HAS_REPORT, ReportOfCase, report_of_case

_NO_HASH = "0" * 64


@dataclass(frozen=True)
class FollowedComplaint:
    """The status page: no identity, no narrative, no officer; for confidential cases no office either."""

    ticket: str
    received_at: datetime
    state: ComplaintState
    is_open: bool
    office_name: str | None
    handling: RepresentativeOffice
    clock: RunningClock | None  # the legal clock that runs, the next to end
    today: date
    history: list[HistoryLine]  # steps and messages, oldest first
    files_id: UUID | None
    is_withdrawal_asked: bool
    pause_ground: str  # why the clock stands still today, empty where it runs
    outcome: Outcome | None
    result: ReportOfCase | None  # of an examination whose report is out

    @property
    def must_complete(self) -> bool:
        return self.state is ComplaintState.AWAITING_COMPLETION

    @property
    def letters(self) -> list[HistoryLine]:
        """The letters meant for the reporter, oldest first."""
        return [line for line in self.history if line.kind is Kind.LETTER]

    @property
    def takes_messages(self) -> bool:
        """Whether one can still write and add files."""
        return self.is_open

    @property
    def unread(self) -> list[int]:
        """The ids of the messages of the office that were not opened before."""
        unread = (line for line in self.history if line.kind is Kind.FROM_OFFICE and line.read_at is None)
        return [line.id for line in unread]


@dataclass(frozen=True)
class SentComplaint:
    """What the receipt shows. The code is there until it was noted, 24 hours at most (AU7)."""

    ticket: str
    received_at: datetime
    time_zone: str
    office_name: str
    handling: RepresentativeOffice
    access_code: str | None


@dataclass(frozen=True)
class OpenedByCode:
    """What ticket and code open: a complaint, or information without identity."""

    id: int
    is_tip: bool


def opened_by_code(ticket: str, code: str) -> OpenedByCode:
    """Return what ticket and code open. 1 statement. Raises CodeUnknown.

    Unknown tickets cost the same work as wrong codes, and tickets of both kinds the same (AU3): nobody
    learns from the outside whether somebody gave a name.
    """
    rows = db.session.execute(_BY_TICKET, {"ticket": as_ticket(ticket)}).all()
    given = hmac_hex(as_crockford(code), purpose="access-code")
    fits = [is_same(row.access_code_hash, given) for row in rows] or [is_same(_NO_HASH, given)]
    found = next((row for row, is_fit in zip(rows, fits, strict=False) if is_fit is True), None)
    if found is None:
        raise CodeUnknown
    return OpenedByCode(found.id, found.is_tip)


def _of_ticket(kind: type[Complaint] | type[InformationTip], *, is_tip: bool) -> Select[int, str, bool]:
    hashed = select(kind.id, kind.access_code_hash, literal(is_tip).label("is_tip"))
    return hashed.where(kind.ticket == bindparam("ticket"))


_BY_TICKET = union_all(_of_ticket(Complaint, is_tip=False), _of_ticket(InformationTip, is_tip=True))


def as_ticket(typed: str) -> str:
    """Read a typed ticket: any case, blanks for hyphens, I, L and O for 1, 1 and 0 in its random part."""
    parts = [part for part in typed.upper().replace("\u2013", "-").replace(" ", "-").split("-") if part]
    return "-".join([*parts[:2], *(as_crockford(part) for part in parts[2:])])  # office, year, letters


def complaint_of_follower(complaint_id: int) -> Complaint | None:
    """Return the complaint that ticket and code opened, for the commands of its reporter. 1 statement."""
    return db.session.get(Complaint, complaint_id)


def followed_complaint(complaint_id: int) -> FollowedComplaint | None:
    """Return what the reporter of this complaint may see. 4 statements, up to 3 more by where it stands."""
    found = db.session.scalar(
        select(Complaint)
        .where(Complaint.id == complaint_id)
        .options(
            joinedload(Complaint.office, innerjoin=True),
            joinedload(Complaint.representative_office, innerjoin=True),
            selectinload(Complaint.clocks),
        )
    )
    if found is None:
        return None
    history, day = public_history_of(found.id), today(found.representative_office.time_zone)
    clock = _next_to_end(found)
    return FollowedComplaint(
        ticket=found.ticket,
        received_at=found.received_at,
        state=found.state,
        is_open=found.is_open,
        office_name=found.office.name if found.confidentiality == "open" else None,
        handling=found.representative_office,
        clock=clock,
        today=day,
        history=history,
        files_id=found.files_id,
        is_withdrawal_asked=found.withdrawal_asked_at is not None,
        pause_ground=ground_of_pause(clock.clock) if clock and clock.clock.is_paused(day) else "",
        outcome=found.outcome,
        result=_result_of(found),
    )


def _result_of(complaint: Complaint) -> ReportOfCase | None:
    """Return the report once it is out, for its words to the reporter and its actions. ≤ 1 statement."""
    found = report_of_case(complaint) if complaint.state in HAS_REPORT else None
    return found if found is not None and found.is_out else None


def _next_to_end(complaint: Complaint) -> RunningClock | None:
    """Legal clocks only: the product's own targets are promises inside the office."""
    running = [one for one in complaint.clocks if one.ended_on is None and one.clock in CLOCKS]
    first = min(running, key=lambda one: one.due_on, default=None)
    return explained(first, calendar_of(complaint.office.province_code)) if first else None


def sent_complaint(draft: OpenDraft) -> SentComplaint | None:
    """Return the receipt of a sent draft. 1 statement."""
    found = db.session.scalar(
        select(Complaint)
        .where(Complaint.id == draft.complaint_id)
        .options(
            joinedload(Complaint.office, innerjoin=True),
            joinedload(Complaint.representative_office, innerjoin=True),
        )
    )
    if found is None:
        return None
    is_fresh = now() - found.received_at < CODE_LASTS
    return SentComplaint(
        ticket=found.ticket,
        received_at=found.received_at,
        time_zone=found.representative_office.time_zone,
        office_name=found.office.name,
        handling=found.representative_office,
        access_code=draft.answers.get("access_code") if is_fresh else None,
    )
