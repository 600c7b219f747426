"""What happened on a case, in one list: steps, messages, notes, openings of the identity."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CompoundSelect, Row, String, cast, literal, null, select, union_all
from sqlalchemy.orm import aliased

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.models import (
    ComplaintMessage,
    ComplaintNote,
    ComplaintStep,
    IdentityAccess,
    Notice,
    opened_text,
)
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db


class Kind(StrEnum):
    """What a line of the history is."""

    STEP = "step"
    FROM_REPORTER = "from_reporter"
    FROM_OFFICE = "from_office"
    NOTE = "note"
    OPENED = "opened"


@dataclass(frozen=True)
class HistoryLine:
    """One line. `author` None: the reporter. Which of the rest is filled depends on the kind."""

    kind: Kind
    at: datetime
    author: str | None
    text: str = ""  # of a message or note; the grounds of a step; the reason of an opening
    move: str = ""
    state: ComplaintState | None = None  # that a step led to
    has_moved: bool = False  # the step led from one state to another
    officer: str | None = None  # to whom a step gave the case
    notice: Notice | None = None
    read_at: datetime | None = None


def history_of(complaint_id: int, *, is_whole: bool = False) -> list[HistoryLine]:
    """Return what happened on a case, oldest first; of a very long one the newest lines. 1 statement."""
    parts = (_messages(complaint_id), _steps(complaint_id), _notes(complaint_id), _openings(complaint_id))
    return _read(union_all(*parts), limits.HISTORY_WHOLE if is_whole else limits.HISTORY_LINES)


def public_history_of(complaint_id: int) -> list[HistoryLine]:
    """Return what the reporter may see: steps without their grounds, and the messages. 1 statement."""
    return _read(union_all(_messages(complaint_id), _steps(complaint_id)), limits.HISTORY_LINES)


def _read(lines: CompoundSelect[Any], most: int) -> list[HistoryLine]:
    every = lines.subquery("history")
    rows = db.session.execute(
        select(every).order_by(every.c.at.desc(), every.c.sort.desc(), every.c.id.desc()).limit(most)
    ).all()
    return [_line(row) for row in reversed(rows)]


# Messages stand first in the union: they have a value in the columns whose type PostgreSQL cannot guess.
def _messages(complaint_id: int) -> Any:
    return (
        select(
            literal("message", String).label("kind"),
            literal(1).label("sort"),
            ComplaintMessage.id.label("id"),
            ComplaintMessage.sent_at.label("at"),
            ComplaintMessage.author_id.label("author_id"),
            User.name.label("author"),
            cast(ComplaintMessage.notice, String).label("word"),
            cast(null(), String).label("from_state"),
            cast(null(), String).label("to_state"),
            cast(null(), String).label("text"),
            cast(null(), String).label("officer"),
            ComplaintMessage.uuid.label("uuid"),
            ComplaintMessage.sealed.label("sealed"),
            ComplaintMessage.read_at.label("read_at"),
        )
        .outerjoin(User, User.id == ComplaintMessage.author_id)
        .where(ComplaintMessage.complaint_id == complaint_id)
    )


def _steps(complaint_id: int) -> Any:
    officer = aliased(User)
    return (
        select(
            literal("step", String),
            literal(0),
            ComplaintStep.id,
            ComplaintStep.at,
            ComplaintStep.actor_id,
            User.name,
            ComplaintStep.move,
            cast(ComplaintStep.from_state, String),
            cast(ComplaintStep.to_state, String),
            ComplaintStep.reason,
            officer.name,
            null(),
            null(),
            null(),
        )
        .outerjoin(User, User.id == ComplaintStep.actor_id)
        .outerjoin(officer, officer.id == ComplaintStep.officer_id)
        .where(ComplaintStep.complaint_id == complaint_id)
    )


def _notes(complaint_id: int) -> Any:
    return (
        select(
            literal("note", String),
            literal(2),
            ComplaintNote.id,
            ComplaintNote.written_at,
            ComplaintNote.author_id,
            User.name,
            null(),
            null(),
            null(),
            null(),
            null(),
            ComplaintNote.uuid,
            ComplaintNote.sealed,
            null(),
        )
        .join(User, User.id == ComplaintNote.author_id)
        .where(ComplaintNote.complaint_id == complaint_id)
    )


def _openings(complaint_id: int) -> Any:
    return (
        select(
            literal("opened", String),
            literal(3),
            IdentityAccess.id,
            IdentityAccess.opened_at,
            IdentityAccess.user_id,
            User.name,
            null(),
            null(),
            null(),
            IdentityAccess.reason,
            null(),
            null(),
            null(),
            null(),
        )
        .join(User, User.id == IdentityAccess.user_id)
        .where(IdentityAccess.complaint_id == complaint_id)
    )


def _line(row: Row[Any]) -> HistoryLine:
    match row.kind:
        case "message":
            return HistoryLine(
                kind=Kind.FROM_REPORTER if row.author_id is None else Kind.FROM_OFFICE,
                at=row.at,
                author=row.author,
                text=opened_text(ComplaintMessage, row.uuid, row.sealed),
                notice=Notice(row.word) if row.word else None,
                read_at=row.read_at,
            )
        case "note":
            text = opened_text(ComplaintNote, row.uuid, row.sealed)
            return HistoryLine(kind=Kind.NOTE, at=row.at, author=row.author, text=text)
        case "opened":
            return HistoryLine(kind=Kind.OPENED, at=row.at, author=row.author, text=row.text)
    return HistoryLine(
        kind=Kind.STEP,
        at=row.at,
        author=row.author,
        text=row.text,
        move=row.word,
        state=ComplaintState(row.to_state),
        has_moved=row.from_state != row.to_state,
        officer=row.officer,
    )
