"""What is asked of the offices of somebody in the portal, from all domains at once."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, and_, func, literal, or_, select, union_all

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.asked import kinds
from ombudsman_app.web.paging import Page, page_of, read_id

_NEVER = date(9999, 12, 31)  # where there is no last day: behind all others
Key = tuple[date, str, int]


@dataclass(frozen=True)
class AskedRow:
    """One thing that an office must answer, or has answered."""

    kind: str
    record_id: int
    title: str
    asker: str
    asked_on: date
    due_on: date | None
    paused_until: date | None
    state: str


def asked(actor: Actor, *, waits: bool, after: str | None = None) -> Page[AskedRow]:
    """Return what waits for the office, the earliest last day first; else what it has answered, the last
    first. By keyset; `after` is the key of the last row seen. 1 statement, none where no domain asks.
    """
    parts = [
        select(literal(kind.name, String).label("kind"), kind.rows(actor).subquery()) for kind in kinds()
    ]
    if not parts:
        return Page([])
    rows = union_all(*parts).subquery()
    sort = func.coalesce(rows.c.due_on, literal(_NEVER)) if waits else rows.c.asked_on
    wanted = select(
        rows.c.kind,
        rows.c.record_id,
        rows.c.title,
        rows.c.asker,
        rows.c.asked_on,
        rows.c.due_on,
        rows.c.paused_until,
        rows.c.state,
    ).where(rows.c.waits.is_(waits))
    place = _place(after)
    if place is not None:
        day, kind, record_id = place
        beyond = sort > day if waits else sort < day
        behind = or_(rows.c.kind > kind, and_(rows.c.kind == kind, rows.c.record_id > record_id))
        wanted = wanted.where(or_(beyond, and_(sort == day, behind)))
    ordered = wanted.order_by(sort if waits else sort.desc(), rows.c.kind, rows.c.record_id)
    found = db.session.execute(ordered.limit(limits.PAGE_ROWS + 1))
    return page_of(
        [AskedRow(*row) for row in found],
        limits.PAGE_ROWS,
        lambda row: _key(row, waits=waits),
        after=after if place else None,
    )


def _key(row: AskedRow, *, waits: bool) -> str:
    day = (row.due_on or _NEVER) if waits else row.asked_on
    return f"{day.isoformat()}~{row.kind}~{row.record_id}"


def _place(key: str | None) -> Key | None:
    """Read a key from an address; None for what is none (IN4)."""
    day, _, rest = (key or "").partition("~")
    kind, _, record_id = rest.partition("~")
    number = read_id(record_id)
    if number is None:
        return None
    try:
        return date.fromisoformat(day), kind, number
    except ValueError:
        return None
