"""One finding with all that was said, for both sides."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    String,
    Text,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import joinedload

from ombudsman_app.accounts.models import User
from ombudsman_app.attachments.queries import FileLine, files_in
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import UTC, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.workflow.deadlines import Explanation
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.queries import Receipt, receipt_of
from ombudsman_app.findings.models import (
    Finding,
    FindingClock,
    FindingEntry,
    FindingTimeRequest,
    LadderStep,
)
from ombudsman_app.findings.models import Response as FindingResponse
from ombudsman_app.findings.scope import scope
from ombudsman_app.findings.states import RULES, WAITING, Rung

from .counting import counted_again

ACKNOWLEDGEMENT = "finding_acknowledgement"  # the paper that proves what the office sent
RESPONSE, PROGRESS, JUDGEMENT, CLOCK, STEP = "response", "progress", "judgement", "clock", "step"
TIME = "time"  # the office asked for more of it


@dataclass(frozen=True)
class Line:
    """One thing that happened to a finding, in the order in which it did.

    `word`: the position, the verdict, the proof of receipt, the step of the ladder. `number`: days late of an
    answer, the length of a time. `due_on`: by when of an answer, the last day of a time. `reference`: the
    number of a letter; `link`: its id. `channel`, `received_on`: of an answer that came on paper. Of a
    request for more time: `word` the id of the clock, `number` the days asked for, `action` what was said to
    it, `link` the days granted, None while it waits.
    """

    kind: str
    id: int
    round: int
    at: datetime
    by: str
    word: str
    text: str
    action: str
    responsible: str
    number: int | None
    due_on: date | None
    ended_on: date | None
    proposed_on: date | None
    reference: str
    link: int | None
    channel: str | None
    received_on: date | None


@dataclass(frozen=True)
class FindingPage:
    """Everything its page shows."""

    finding: Finding
    lines: list[Line]
    evidence: list[FileLine]  # of the Ombudsman; no office sees it
    answers: list[FileLine]  # of the office
    today: date

    @property
    def clock(self) -> Line | None:
        """The time that runs now, the last one that was granted."""
        running = [line for line in self.lines if line.kind == CLOCK and line.ended_on is None]
        return max(running, key=lambda line: line.due_on or date.min, default=None)

    @property
    def days_left(self) -> int | None:
        """Calendar days to the last day, below zero when it is past; None: no time runs."""
        clock = self.clock
        return (clock.due_on - self.today).days if clock and clock.due_on else None

    @property
    def is_overdue(self) -> bool:
        """Computed, never stored."""
        return self.finding.state in WAITING and (self.days_left or 0) < 0

    @property
    def awaits_opening(self) -> bool:
        """Whether something lies there that nobody of the office has opened: the finding, a second term."""
        if self.finding.state not in WAITING:
            return False
        this_round = [line for line in self.lines if line.round == self.finding.round]
        has_term = any(line.kind == CLOCK and line.text == Rung.SECOND_TERM for line in this_round)
        has_letter = any(
            line.kind == STEP and line.word == Rung.SECOND_TERM and line.link is not None
            for line in this_round
        )
        return not self.finding.is_received or (has_letter and not has_term)

    @property
    def time_requests(self) -> list[Line]:
        """Requests for more of the time that runs, oldest first. `link`: the days granted, None: it waits."""
        clock = self.clock
        return [line for line in self.lines if clock and line.kind == TIME and line.word == str(clock.id)]

    @property
    def waiting_time(self) -> Line | None:
        """The request for more time that waits for a person."""
        if self.finding.state not in WAITING:
            return None
        return next((line for line in self.time_requests if line.link is None), None)

    @property
    def may_ask_for_time(self) -> bool:
        """Whether the office may ask for more of the time that runs: before it ends, one at a time."""
        is_open = self.finding.state in WAITING and self.clock is not None and (self.days_left or 0) >= 0
        asked = len(self.time_requests)
        return is_open and self.waiting_time is None and asked < RULES.more_time.most_requests

    @property
    def answer(self) -> Line | None:
        """The latest answer."""
        return next((line for line in reversed(self.lines) if line.kind == RESPONSE), None)

    @property
    def judgement(self) -> Line | None:
        """The latest judgement."""
        return next((line for line in reversed(self.lines) if line.kind == JUDGEMENT), None)

    @property
    def proposed(self) -> Line | None:
        """The step of the ladder that waits for a person."""
        if self.finding.state not in WAITING:
            return None
        waits = (line for line in self.lines if line.kind == STEP and line.link is None)
        return next((line for line in waits if line.round == self.finding.round), None)

    @property
    def told(self) -> list[Line]:
        """What happened: without steps that nobody released."""
        return [line for line in self.lines if line.kind != STEP or line.link is not None]


def visible_finding(actor: Actor, finding_id: int) -> Finding | None:
    """Return a finding that this person of the staff may see, with offices, maker, measures. 1 statement."""
    return _one(scope(actor).findings(), finding_id)


def addressed_finding(actor: Actor, finding_id: int) -> Finding | None:
    """Return a finding that was sent to the own office. 1 statement."""
    return _one(scope(actor).addressed(), finding_id)


def _one(seen: Select[Finding], finding_id: int) -> Finding | None:
    found = seen.where(Finding.id == finding_id).options(
        joinedload(Finding.office, innerjoin=True),
        joinedload(Finding.representative_office, innerjoin=True),
        joinedload(Finding.made_by, innerjoin=True),
        joinedload(Finding.measures),
    )
    return db.session.scalars(found).unique().one_or_none()


def finding_page(finding: Finding) -> FindingPage:
    """Return the page of a visible finding. 2 statements, whatever the data."""
    files = files_in(finding.evidence_id, finding.answers_id)
    return FindingPage(
        finding=finding,
        lines=_lines(finding.id),
        evidence=files[finding.evidence_id],
        answers=files[finding.answers_id],
        today=today(finding.representative_office.time_zone),
    )


def _lines(finding_id: int) -> list[Line]:
    """Read all that was said and done about a finding, each table by its index. 1 statement."""
    rows = db.session.execute(
        union_all(_said(finding_id), _ran(finding_id), _stepped(finding_id), _asked_for_time(finding_id))
    ).all()
    lines = [Line(*row) for row in rows]
    return sorted(lines, key=lambda line: (line.at, line.kind != CLOCK, line.id))


_TYPES: dict[str, Any] = {
    "kind": String(),
    "id": Integer(),
    "round": Integer(),
    "at": UTC(),
    "by": String(),
    "word": String(),
    "text": Text(),
    "action": Text(),
    "responsible": String(),
    "number": Integer(),
    "due_on": Date(),
    "ended_on": Date(),
    "proposed_on": Date(),
    "reference": String(),
    "link": Integer(),
    "channel": String(),
    "received_on": Date(),
}


def _columns(**given: Any) -> list[Any]:
    """Return the columns of a line; what a table does not have is nothing of the right type."""
    return [
        (type_coerce(given[name], kind) if name in given else cast(null(), kind)).label(name)
        for name, kind in _TYPES.items()
    ]


def _said(finding_id: int) -> Select[*tuple[Any, ...]]:
    columns = _columns(
        kind=FindingEntry.kind,
        id=FindingEntry.id,
        round=FindingEntry.round,
        at=FindingEntry.said_at,
        by=User.name,
        word=func.coalesce(
            type_coerce(FindingEntry.position, String), type_coerce(FindingEntry.verdict, String)
        ),
        text=FindingEntry.text,
        action=FindingEntry.action,
        responsible=FindingEntry.responsible,
        number=FindingEntry.days_late,
        due_on=FindingEntry.by_on,
        link=FindingEntry.answer_id,
        reference=FindingEntry.reference,
        channel=FindingEntry.channel,
        received_on=FindingEntry.received_on,
    )
    return (
        select(*columns)
        .join(User, User.id == FindingEntry.said_by_id)
        .where(FindingEntry.finding_id == finding_id)
    )


def _ran(finding_id: int) -> Select[*tuple[Any, ...]]:
    columns = _columns(
        kind=literal(CLOCK),
        id=FindingClock.id,
        round=FindingClock.round,
        at=FindingClock.received_at,
        by=User.name,
        word=FindingClock.proof,
        text=FindingClock.clock,
        action=FindingClock.unit,
        number=FindingClock.length,
        due_on=FindingClock.due_on,
        ended_on=FindingClock.ended_on,
        proposed_on=FindingClock.proposed_due_on,
        link=FindingClock.id,
    )
    return (
        select(*columns)
        .outerjoin(User, User.id == FindingClock.received_by_id)
        .where(FindingClock.finding_id == finding_id)
    )


def _stepped(finding_id: int) -> Select[*tuple[Any, ...]]:
    columns = _columns(
        kind=literal(STEP),
        id=LadderStep.id,
        round=LadderStep.round,
        at=func.coalesce(LadderStep.released_at, LadderStep.proposed_at),
        by=User.name,
        word=LadderStep.rung,
        text=LadderStep.words,
        reference=Document.number,
        link=LadderStep.document_id,
    )
    return (
        select(*columns)
        .outerjoin(User, User.id == LadderStep.released_by_id)
        .outerjoin(Document, Document.id == LadderStep.document_id)
        .where(LadderStep.finding_id == finding_id)
    )


def _asked_for_time(finding_id: int) -> Select[*tuple[Any, ...]]:
    columns = _columns(
        kind=literal(TIME),
        id=FindingTimeRequest.id,
        round=FindingClock.round,
        at=FindingTimeRequest.asked_at,
        by=User.name,
        word=cast(FindingTimeRequest.clock_id, String),
        text=FindingTimeRequest.reason,
        action=FindingTimeRequest.decision,
        number=FindingTimeRequest.days,
        link=FindingTimeRequest.granted,
    )
    return (
        select(*columns)
        .join(FindingClock, FindingClock.id == FindingTimeRequest.clock_id)
        .join(User, User.id == FindingTimeRequest.asked_by_id)
        .where(FindingTimeRequest.finding_id == finding_id)
    )


@dataclass(frozen=True)
class ClockOfFinding:
    """One time of a visible finding, ended ones too; policies look at the office that handles it."""

    finding: Finding
    clock: FindingClock

    @property
    def representative_office_id(self) -> int:
        return self.finding.representative_office_id

    @property
    def office_id(self) -> int:
        return self.finding.office_id


def visible_clock(actor: Actor, finding_id: int, clock_id: int) -> ClockOfFinding | None:
    """Return a time by the address of its page in the office. 2 statements."""
    return _clock_of(visible_finding(actor, finding_id), clock_id)


def addressed_clock(actor: Actor, finding_id: int, clock_id: int) -> ClockOfFinding | None:
    """Return a time by the address of its page in the portal. 2 statements."""
    return _clock_of(addressed_finding(actor, finding_id), clock_id)


def _clock_of(finding: Finding | None, clock_id: int) -> ClockOfFinding | None:
    if finding is None:
        return None
    found = select(FindingClock).where(FindingClock.id == clock_id, FindingClock.finding_id == finding.id)
    clock = db.session.scalar(found)
    return ClockOfFinding(finding, clock) if clock else None


def explained_clock(found: ClockOfFinding) -> Explanation:
    """Count a time with each of its days, by the calendar of today. 1 statement."""
    return counted_again(found.clock, calendar_of(found.finding.office.province_code))


@dataclass(frozen=True)
class StepOfFinding:
    """A step of the ladder of a visible finding."""

    finding: Finding
    step: LadderStep

    @property
    def representative_office_id(self) -> int:
        return self.finding.representative_office_id


def visible_step(actor: Actor, finding_id: int, step_id: int) -> StepOfFinding | None:
    """Return a step of the ladder. 2 statements."""
    finding = visible_finding(actor, finding_id)
    if finding is None:
        return None
    found = select(LadderStep).where(LadderStep.id == step_id, LadderStep.finding_id == finding.id)
    step = db.session.scalar(found)
    return StepOfFinding(finding, step) if step else None


@dataclass(frozen=True)
class ResponseOfFinding:
    """An answer to a finding that was sent to the own office, and its acknowledgement if it was asked for."""

    finding: Finding
    response: FindingResponse
    receipt: Receipt | None

    @property
    def office_id(self) -> int:
        return self.finding.office_id


def addressed_response(actor: Actor, finding_id: int, response_id: int) -> ResponseOfFinding | None:
    """Return an answer of the own office by the address of its acknowledgement. ≤ 4 statements."""
    finding = addressed_finding(actor, finding_id)
    if finding is None:
        return None
    found = select(FindingResponse).where(
        FindingResponse.id == response_id, FindingResponse.finding_id == finding.id
    )
    response = db.session.scalar(found)
    if response is None:
        return None
    receipt = receipt_of(finding.evidence_id, ACKNOWLEDGEMENT, ("response", response.id))
    return ResponseOfFinding(finding, response, receipt)
