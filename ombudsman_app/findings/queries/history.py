"""All that was said and done about a finding, line by line."""

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

from ombudsman_app.accounts.models import User
from ombudsman_app.core.db import UTC, db
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.models import FindingClock, FindingEntry, FindingTimeRequest, LadderStep

RESPONSE, PROGRESS, JUDGEMENT, CLOCK, STEP = "response", "progress", "judgement", "clock", "step"
TIME = "time"  # the office asked for more of it


@dataclass(frozen=True)
class Line:
    """One thing that happened to a finding, in the order in which it did.

    `word`: the position, the verdict, the proof of receipt, the step of the ladder. `number`: days late of an
    answer, the length of a time. `due_on`: by when of an answer, the last day of a time. `reference`: the
    number of a letter; `link`: its id. `channel`, `received_on`: of an answer that came on paper. Of a
    request for more time: `word` the id of the clock, `number` the days asked for, `action` what was said to
    it, `link` the days granted, None while it waits, `ended_on` when the clock ended.
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


def lines_of(finding_id: int) -> list[Line]:
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
        ended_on=FindingClock.ended_on,
        link=FindingTimeRequest.granted,
    )
    return (
        select(*columns)
        .join(FindingClock, FindingClock.id == FindingTimeRequest.clock_id)
        .join(User, User.id == FindingTimeRequest.asked_by_id)
        .where(FindingTimeRequest.finding_id == finding_id)
    )
