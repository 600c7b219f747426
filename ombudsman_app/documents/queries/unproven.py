"""Letters that went out and whose receipt nothing proves yet: the longest waiting first, by keyset."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, String, func, literal, select, tuple_

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.policies import READERS
from ombudsman_app.documents.scope import scope
from ombudsman_app.documents.states import PROOF_MISSING_DAYS
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on

UNPROVEN = "unproven"


@dataclass(frozen=True)
class UnprovenRow:
    """A letter that went out, and since when its proof is awaited."""

    id: int
    kind: str
    number: str
    subject: str
    since: date
    days: int  # calendar days since then
    is_late: bool


def last_late_day(today: date) -> date:
    """Return the last day such that what went out then waits too long (`rules/documents.yaml`)."""
    return today - timedelta(days=PROOF_MISSING_DAYS)


def _unproven(actor: Actor) -> Select[Document]:
    offices = sorted(actor.offices_as(*READERS))
    is_own = (
        Document.representative_office_id == offices[0]  # one office: its index has the order of the list
        if len(offices) == 1
        else Document.representative_office_id.in_(offices)
    )
    return scope(actor).documents().where(is_own, Document.unproven_since.is_not(None))


def unproven_part(actor: Actor, today: date) -> Select[str, int]:
    """Select (name, number) of the letters that wait too long for a proof, up to 1,001."""
    late = _unproven(actor).where(Document.unproven_since <= last_late_day(today))
    few = late.with_only_columns(literal(1)).limit(limits.COUNT_STOPS_AT).subquery()
    return select(literal(UNPROVEN, String).label("name"), func.count().label("number")).select_from(few)


def unproven_page(
    actor: Actor,
    *,
    today: date,
    kind: str = "",
    after: DayKey | None = None,
    before: DayKey | None = None,
    limit: int = limits.PAGE_ROWS,
) -> Page[UnprovenRow]:
    """Return one page of them, the longest waiting first. 1 statement, whatever the data."""
    seen = _unproven(actor)
    if kind:
        seen = seen.where(Document.kind == kind)
    place = tuple_(Document.unproven_since, Document.id)
    order: tuple[Any, ...] = (Document.unproven_since, Document.id)
    if before is not None:
        seen = seen.where(place < tuple_(*map(literal, before)))
        order = (Document.unproven_since.desc(), Document.id.desc())
    elif after is not None:
        seen = seen.where(place > tuple_(*map(literal, after)))
    columns = (Document.id, Document.kind, Document.number, Document.subject, Document.unproven_since)
    found = db.session.execute(seen.with_only_columns(*columns).order_by(*order).limit(limit + 1))
    rows = [
        UnprovenRow(
            id=row.id,
            kind=row.kind,
            number=row.number or "",
            subject=row.subject,
            since=row.unproven_since,
            days=(today - row.unproven_since).days,
            is_late=row.unproven_since <= last_late_day(today),
        )
        for row in found
    ]
    if before is not None:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=after is None)


def _key_of(row: UnprovenRow) -> str:
    return day_key(row.since, row.id)
