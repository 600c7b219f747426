"""Who opened whose identity, for those who supervise it (PD2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.models import Complaint, IdentityAccess
from ombudsman_app.complaints.policies import SUPERVISE
from ombudsman_app.complaints.scope import scope
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.paging import Page, page_back, page_on

WATCHED = timedelta(hours=24)


@dataclass(frozen=True)
class OpenedIdentity:
    """One opening."""

    id: int
    opened_at: datetime
    who: str
    reason: str
    complaint_id: int
    ticket: str
    time_zone: str


def opened_identities(
    actor: Actor, *, before: int | None = None, after: int | None = None
) -> Page[OpenedIdentity]:
    """Return openings at one's own offices, the youngest first, by keyset. 1 statement."""
    rows = _visible(
        actor,
        IdentityAccess.id,
        IdentityAccess.opened_at,
        User.name,
        IdentityAccess.reason,
        IdentityAccess.complaint_id,
        Complaint.ticket,
    ).join(User, User.id == IdentityAccess.user_id)
    size = limits.PAGE_ROWS
    if after is not None:  # younger ones, on the way back
        younger = rows.where(IdentityAccess.id > after).order_by(IdentityAccess.id).limit(size + 1)
        return page_back(_lines(younger, actor), size, _key)
    older = rows if before is None else rows.where(IdentityAccess.id < before)
    found = _lines(older.order_by(IdentityAccess.id.desc()).limit(size + 1), actor)
    return page_on(found, size, _key, is_first=before is None)


def opened_number(actor: Actor, *, since: datetime, until: datetime) -> int:
    """Count the openings of a time at the offices of who supervises. 1 statement."""
    found = _visible(actor, func.count()).where(
        IdentityAccess.opened_at >= since, IdentityAccess.opened_at < until
    )
    return int(db.session.execute(found).scalar_one())


def opened_by(user_id: int, *, until: datetime) -> int:
    """Count what one person opened within the last 24 hours, at whichever office. 1 statement."""
    found = select(func.count(IdentityAccess.id)).where(
        IdentityAccess.user_id == user_id,
        IdentityAccess.opened_at > until - WATCHED,
        IdentityAccess.opened_at <= until,
    )
    return db.session.scalar(found) or 0


def _visible(actor: Actor, *shown: Any) -> Select[Any]:
    """Select openings in cases that this person may see, at offices where they supervise."""
    offices = sorted(actor.offices_as(*SUPERVISE.roles))
    return (
        scope(actor)
        .complaints()
        .where(Complaint.representative_office_id.in_(offices))
        .join(IdentityAccess, IdentityAccess.complaint_id == Complaint.id)
        .with_only_columns(*shown)
    )


def _lines(rows: Select[Any], actor: Actor) -> list[OpenedIdentity]:
    return [
        OpenedIdentity(
            row.id, row.opened_at, row.name, row.reason, row.complaint_id, row.ticket, actor.time_zone
        )
        for row in db.session.execute(rows)
    ]


def _key(line: OpenedIdentity) -> str:
    return str(line.id)
