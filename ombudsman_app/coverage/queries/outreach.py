"""One outreach event, and what was said of it so far."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.attachments.queries import FileLine, files_in
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.models import OutreachEntry, OutreachEvent
from ombudsman_app.coverage.outreach_scope import outreach_scope
from ombudsman_app.directory.models import Region

_E = OutreachEvent
_WITH = (
    joinedload(_E.region, innerjoin=True).joinedload(Region.parent),
    joinedload(_E.office, innerjoin=True),
    selectinload(_E.targets),
)


@dataclass(frozen=True)
class OutreachPage:
    """What the page of an event shows beside it: its history, the newest first, and its files."""

    entries: list[OutreachEntry]
    files: list[FileLine]


def visible_event(actor: Actor, event_id: int) -> OutreachEvent | None:
    """Return an event with its place, who holds it and for whom, if visible. 2 statements."""
    found = outreach_scope(actor).events().where(_E.id == event_id)
    return db.session.scalar(found.options(*_WITH, joinedload(_E.commitment)))


def own_event(actor: Actor, event_id: int) -> OutreachEvent | None:
    """Return an event that the own office holds. 2 statements."""
    return db.session.scalar(outreach_scope(actor).own().where(_E.id == event_id).options(*_WITH))


def outreach_page(event: OutreachEvent, *, with_names: bool = True) -> OutreachPage:
    """Return history and files. 2 statements. Offices under watch read no names of the staff."""
    entries = select(OutreachEntry).where(OutreachEntry.event_id == event.id)
    if with_names:
        entries = entries.options(joinedload(OutreachEntry.by, innerjoin=True))
    return OutreachPage(
        list(db.session.scalars(entries.order_by(OutreachEntry.id.desc()))),
        files_in(event.files_id)[event.files_id],
    )
