"""How a letter of `scope.addressed()` stands for the office that was asked, and its time, in SQL."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from ombudsman_app.complaints.models import ClarificationAnswer, Complaint, ComplaintClock
from ombudsman_app.complaints.states import FIRST_REQUEST, REQUESTS, SECOND_REQUEST, RequestState, clock
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

_LATER = aliased(Document)
_S = RequestState


def _waits_here() -> ColumnElement[bool]:
    """The case stands where it waits for the answer to this letter, and none has come."""
    places = [and_(Document.kind == one.kind, Complaint.state == one.asked_in) for one in REQUESTS.values()]
    return and_(or_(*places), Complaint.is_answered.is_(False))


def state_column() -> ColumnElement[str]:
    """Say in SQL how a letter of `scope.addressed()` stands for the office: see RequestState."""
    answered = select(ClarificationAnswer.id).where(ClarificationAnswer.request_id == Document.id).exists()
    again = _later().with_only_columns(_LATER.id).exists()
    words = case(
        (Document.state == DocumentState.REVOKED, _S.WITHDRAWN.value),
        (Document.state == DocumentState.SUPERSEDED, _S.REPLACED.value),
        (Complaint.is_open.is_(False), _S.CLOSED.value),
        (answered, _S.ANSWERED.value),
        (and_(Document.kind == FIRST_REQUEST, again), _S.ASKED_AGAIN.value),
        (_waits_here(), _S.WAITING.value),
        (Complaint.is_answered.is_(True), _S.ANSWERED.value),
        else_=_S.PASSED.value,
    )
    return type_coerce(words, String)


def _later() -> Select[Any]:
    """The second letter of a case that stands."""
    return select(_LATER).where(
        _LATER.folder == Document.folder,
        _LATER.id > Document.id,
        _LATER.kind == SECOND_REQUEST,
        _LATER.state == DocumentState.ISSUED,
    )


def clock_column() -> ColumnElement[int]:
    """The id of the time to answer that belongs to a letter, the last one that began."""
    ids = case(*((Document.kind == one.kind, clock(one.clock).id) for one in REQUESTS.values()), else_="")
    found = select(func.max(ComplaintClock.id)).where(
        ComplaintClock.complaint_id == Complaint.id, ComplaintClock.clock == ids
    )
    return found.correlate(Document, Complaint).scalar_subquery()
