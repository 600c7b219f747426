"""What happened on a case, in one list: steps, messages, notes, openings of the identity."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    LargeBinary,
    Row,
    String,
    Uuid,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from ombudsman_app.accounts.models import ConflictDeclaration, User
from ombudsman_app.complaints.models import (
    ClarificationAnswer,
    Complaint,
    ComplaintEmployer,
    ComplaintMessage,
    ComplaintNote,
    ComplaintStep,
    IdentityAccess,
    Notice,
    opened_text,
)
from ombudsman_app.complaints.states import AnswerChannel, ComplaintState
from ombudsman_app.core import limits
from ombudsman_app.core.db import UTC, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, Region
from ombudsman_app.documents.kinds import kinds
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.states import OUT, DocumentState
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.scope import SUBJECT as EMPLOYER
from ombudsman_app.employers.scope import scope as employers


class Kind(StrEnum):
    """What a line of the history is."""

    STEP = "step"
    FROM_REPORTER = "from_reporter"
    FROM_OFFICE = "from_office"
    NOTE = "note"
    OPENED = "opened"
    LETTER = "letter"
    ANSWER = "answer"  # of the respondent
    EMPLOYER = "employer"  # of the register, linked by an officer


@dataclass(frozen=True)
class HistoryLine:
    """One line. `author` None: the reporter. Which of the rest is filled depends on the kind."""

    id: int  # among the lines of its kind
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
    letter: "LetterLine | None" = None
    answer: "AnswerLine | None" = None
    employer: "EmployerLine | None" = None


@dataclass(frozen=True)
class LetterLine:
    """A paper of the case: its kind, where it stands, and its number once it has one."""

    uuid: UUID
    kind: str
    state: DocumentState
    number: str
    arrived_at: datetime | None  # the first proven receipt


@dataclass(frozen=True)
class AnswerLine:
    """An answer of the respondent: who answered, how it came, on which day, how many days late."""

    office: str
    channel: AnswerChannel
    received_on: date
    days_late: int


@dataclass(frozen=True)
class EmployerLine:
    """An employer that the case names; its place, and whether the link has ended."""

    id: int
    name: str
    place: str
    has_ended: bool


@dataclass(frozen=True)
class NamedEmployer:
    """One link as the page of the complaint or information shows it."""

    link_id: int
    employer_id: int
    name: str
    place: str
    said_by: str
    said_at: datetime


_CASE, _MOST = bindparam("complaint_id", type_=Integer), bindparam("most", type_=Integer)
# One shape for all parts of the union: PostgreSQL must know the type of a column also where it is empty.
_SHAPE: dict[str, Any] = {
    "kind": String,
    "sort": Integer,  # among lines of one instant
    "id": Integer,
    "at": UTC,
    "author_id": Integer,
    "author": String,
    "word": String,  # the notice of a message, the move of a step
    "from_state": String,
    "to_state": String,
    "text": String,
    "officer": String,
    "uuid": Uuid,
    "sealed": LargeBinary,
    "read_at": UTC,
}


def _columns(kind: str, sort: int, **given: Any) -> list[Any]:
    held = {"kind": literal(kind, String), "sort": literal(sort), **given}
    return [held.get(name, cast(null(), kind_of)).label(name) for name, kind_of in _SHAPE.items()]


def _messages() -> Any:
    columns = _columns(
        "message",
        1,
        id=ComplaintMessage.id,
        at=ComplaintMessage.sent_at,
        author_id=ComplaintMessage.author_id,
        author=User.name,
        word=cast(ComplaintMessage.notice, String),
        uuid=ComplaintMessage.uuid,
        sealed=ComplaintMessage.sealed,
        read_at=ComplaintMessage.read_at,
    )
    return (
        select(*columns)
        .select_from(ComplaintMessage)
        .outerjoin(User, User.id == ComplaintMessage.author_id)
        .where(ComplaintMessage.complaint_id == _CASE)
    )


def _steps() -> Any:
    officer = aliased(User)
    columns = _columns(
        "step",
        0,
        id=ComplaintStep.id,
        at=ComplaintStep.at,
        author_id=ComplaintStep.actor_id,
        author=User.name,
        word=ComplaintStep.move,
        from_state=cast(ComplaintStep.from_state, String),
        to_state=cast(ComplaintStep.to_state, String),
        text=ComplaintStep.reason,
        officer=officer.name,
    )
    return (
        select(*columns)
        .select_from(ComplaintStep)
        .outerjoin(User, User.id == ComplaintStep.actor_id)
        .outerjoin(officer, officer.id == ComplaintStep.officer_id)
        .where(ComplaintStep.complaint_id == _CASE)
    )


def _notes() -> Any:
    columns = _columns(
        "note",
        2,
        id=ComplaintNote.id,
        at=ComplaintNote.written_at,
        author_id=ComplaintNote.author_id,
        author=User.name,
        uuid=ComplaintNote.uuid,
        sealed=ComplaintNote.sealed,
    )
    return (
        select(*columns)
        .select_from(ComplaintNote)
        .join(User, User.id == ComplaintNote.author_id)
        .where(ComplaintNote.complaint_id == _CASE)
    )


def _openings() -> Any:
    columns = _columns(
        "opened",
        3,
        id=IdentityAccess.id,
        at=IdentityAccess.opened_at,
        author_id=IdentityAccess.user_id,
        author=User.name,
        text=IdentityAccess.reason,
    )
    return (
        select(*columns)
        .select_from(IdentityAccess)
        .join(User, User.id == IdentityAccess.user_id)
        .where(IdentityAccess.complaint_id == _CASE)
    )


def _letters(*conditions: Any) -> Any:
    arrived = select(func.min(Delivery.delivered_at)).where(Delivery.document_id == Document.id)
    columns = _columns(
        "letter",
        4,
        id=Document.id,
        at=func.coalesce(Document.sealed_at, Document.drafted_at),
        author_id=Document.drafted_by_id,
        author=User.name,
        word=Document.kind,
        to_state=cast(Document.state, String),
        text=Document.number,
        uuid=Document.uuid,
        read_at=arrived.scalar_subquery(),
    )
    return (
        select(*columns)
        .select_from(Document)
        .join(Complaint, Complaint.files_id == Document.folder)
        .outerjoin(User, User.id == Document.drafted_by_id)
        .where(Complaint.id == _CASE, Document.state != DocumentState.DISCARDED, *conditions)
    )


def _answers() -> Any:
    columns = _columns(
        "answer",
        5,
        id=ClarificationAnswer.id,
        at=ClarificationAnswer.filed_at,
        author_id=ClarificationAnswer.filed_by_id,
        author=func.coalesce(User.name, ClarificationAnswer.signed_by),
        word=cast(ClarificationAnswer.channel, String),
        from_state=cast(ClarificationAnswer.received_on, String),
        to_state=cast(ClarificationAnswer.days_late, String),
        text=Office.short_name,
    )
    return (
        select(*columns)
        .select_from(ClarificationAnswer)
        .outerjoin(User, User.id == ClarificationAnswer.filed_by_id)
        .join(Office, Office.id == ClarificationAnswer.office_id)
        .where(ClarificationAnswer.complaint_id == _CASE)
    )


def _employers() -> Any:
    """Links to employers that the reader sees too: of the own offices, and of no declared interest."""
    closed = select(ConflictDeclaration.subject_id).where(
        ConflictDeclaration.user_id == bindparam("reader", type_=Integer),
        ConflictDeclaration.subject_type == EMPLOYER,
        ConflictDeclaration.has_conflict.is_(True),
    )
    columns = _columns(
        "employer",
        6,
        id=ComplaintEmployer.id,
        at=ComplaintEmployer.said_at,
        author_id=cast(ComplaintEmployer.employer_id, Integer),
        author=User.name,
        word=Region.name,
        text=Employer.name,
        read_at=ComplaintEmployer.ended_at,
    )
    return (
        select(*columns)
        .select_from(ComplaintEmployer)
        .join(User, User.id == ComplaintEmployer.said_by_id)
        .join(Employer, Employer.id == ComplaintEmployer.employer_id)
        .outerjoin(Region, Region.id == Employer.region_id)
        .where(
            ComplaintEmployer.complaint_id == _CASE,
            Employer.representative_office_id.in_(bindparam("offices", expanding=True)),
            Employer.id.not_in(closed),
        )
    )


def _newest(part: Any) -> Any:
    cut = part.order_by(part.selected_columns.at.desc(), part.selected_columns.id.desc()).limit(_MOST)
    return select(cut.subquery())


def _in_order(*parts: Any) -> Any:
    every = union_all(*parts).subquery("history")
    return select(every).order_by(every.c.at, every.c.sort, every.c.id)


# Put together once: so many columns cost more to write down than to read.
_OF_OFFICE = _in_order(
    _newest(_messages()),
    _newest(_notes()),
    _newest(_openings()),
    _steps(),
    _letters(),
    _answers(),
    _employers(),
)
_FOR_REPORTER: Any = bindparam("for_reporter", expanding=True)
_OF_REPORTER = _in_order(
    _newest(_messages()), _steps(), _letters(Document.state.in_(OUT), Document.kind.in_(_FOR_REPORTER))
)


def history_of(complaint_id: int, reader: Actor, *, is_whole: bool = False) -> list[HistoryLine]:
    """Return what happened on a case, oldest first; of very much talk the newest of each kind. 1 statement.

    The steps are there in any case: a case has few, and its pictures need the first ones.
    """
    most = limits.HISTORY_WHOLE if is_whole else limits.HISTORY_LINES
    asked = {"complaint_id": complaint_id, "most": most, "reader": reader.user_id}
    rows = db.session.execute(_OF_OFFICE, {**asked, "offices": employers(reader).offices})
    return [_line(row) for row in rows]


def public_history_of(complaint_id: int) -> list[HistoryLine]:
    """Return what the reporter may see: messages and steps, no grounds and no names. 1 statement."""
    asked = {"complaint_id": complaint_id, "most": limits.HISTORY_LINES}
    meant = [kind.name for kind in kinds() if kind.is_for_reporter]
    rows = db.session.execute(_OF_REPORTER, {**asked, "for_reporter": meant})
    return [_for_reporter(_line(row)) for row in rows]


def _for_reporter(line: HistoryLine) -> HistoryLine:
    return HistoryLine(
        id=line.id,
        kind=line.kind,
        at=line.at,
        author=None,
        text="" if line.kind is Kind.STEP else line.text,
        state=line.state,
        has_moved=line.has_moved,
        notice=line.notice,
        read_at=line.read_at,
        letter=line.letter,
    )


def _line(row: Row[Any]) -> HistoryLine:  # noqa: PLR0911 - one for each kind of row
    match row.kind:
        case "message":
            return HistoryLine(
                id=row.id,
                kind=Kind.FROM_REPORTER if row.author_id is None else Kind.FROM_OFFICE,
                at=row.at,
                author=row.author,
                text=opened_text(ComplaintMessage, row.uuid, row.sealed),
                notice=Notice(row.word) if row.word else None,
                read_at=row.read_at,
            )
        case "note":
            text = opened_text(ComplaintNote, row.uuid, row.sealed)
            return HistoryLine(row.id, kind=Kind.NOTE, at=row.at, author=row.author, text=text)
        case "letter":
            letter = LetterLine(
                row.uuid, row.word, DocumentState(row.to_state), row.text or "", arrived_at=row.read_at
            )
            return HistoryLine(row.id, kind=Kind.LETTER, at=row.at, author=row.author, letter=letter)
        case "answer":
            answer = AnswerLine(
                office=row.text,
                channel=AnswerChannel(row.word),
                received_on=date.fromisoformat(row.from_state),
                days_late=int(row.to_state),
            )
            return HistoryLine(row.id, kind=Kind.ANSWER, at=row.at, author=row.author, answer=answer)
        case "employer":
            named = EmployerLine(row.author_id, row.text, row.word or "", has_ended=row.read_at is not None)
            return HistoryLine(row.id, kind=Kind.EMPLOYER, at=row.at, author=row.author, employer=named)
        case "opened":
            return HistoryLine(row.id, kind=Kind.OPENED, at=row.at, author=row.author, text=row.text)
    return HistoryLine(
        id=row.id,
        kind=Kind.STEP,
        at=row.at,
        author=row.author,
        text=row.text,
        move=row.word,
        state=ComplaintState(row.to_state),
        has_moved=row.from_state != row.to_state,
        officer=row.officer,
    )
