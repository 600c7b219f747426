"""Reading instruments: the list, one version, a part of it. The heavy content only where it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only

from ombudsman_app.audits.instrument_draft import part_at
from ombudsman_app.audits.models import AuditScheme, Instrument, InstrumentVersion
from ombudsman_app.audits.scope import scope
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.paging import Page, page_of, read_id


@dataclass(frozen=True)
class InstrumentRow:
    """An instrument with its versions, newest first, without what they ask."""

    instrument: Instrument
    versions: Sequence[InstrumentVersion]


@dataclass(frozen=True)
class InstrumentPart:
    """A dimension of a draft or one of its questions, by their places. `held` is None where it is gone."""

    version: InstrumentVersion
    place: int
    number: int | None
    held: dict[str, Any] | None


def instruments_page(actor: Actor, after: str | None) -> Page[InstrumentRow]:
    """Return instruments by their age with all their versions. 2 statements."""
    if not scope(actor).sees_instruments:
        return Page([])
    rows = db.session.scalars(
        select(Instrument)
        .where(Instrument.id > (read_id(after) or 0))
        .order_by(Instrument.id)
        .limit(limits.PAGE_ROWS + 1)
    ).all()
    found = db.session.scalars(
        scope(actor)
        .versions()
        .where(InstrumentVersion.instrument_id.in_([one.id for one in rows]))
        .order_by(InstrumentVersion.id.desc())
        .options(*_LIGHT)
    ).all()
    listed = [
        InstrumentRow(one, [version for version in found if version.instrument_id == one.id]) for one in rows
    ]
    return page_of(listed, limits.PAGE_ROWS, lambda row: str(row.instrument.id), after=after)


def visible_version(actor: Actor, version_id: int) -> InstrumentVersion | None:
    """Return a version with its instrument, scheme and first author. 1 statement."""
    return db.session.scalars(
        scope(actor).versions().where(InstrumentVersion.id == version_id).options(*_WHOLE)
    ).one_or_none()


def part_of_version(
    actor: Actor, version_id: int, place: int, number: int | None = None
) -> InstrumentPart | None:
    """Return a part of a version. 1 statement."""
    found = visible_version(actor, version_id)
    if found is None:
        return None
    return InstrumentPart(found, place, number, part_at(found.content, place, number))


def other_versions(actor: Actor, found: InstrumentVersion) -> Sequence[InstrumentVersion]:
    """Return the other versions of the same instrument, newest first, without what they ask. 1 statement."""
    return db.session.scalars(
        scope(actor)
        .versions()
        .where(
            InstrumentVersion.instrument_id == found.instrument_id,
            InstrumentVersion.id != found.id,
        )
        .order_by(InstrumentVersion.id.desc())
        .options(*_LIGHT)
    ).all()


def scheme_by_id(scheme_id: int) -> AuditScheme | None:
    """Return one scheme. 1 statement."""
    return db.session.get(AuditScheme, scheme_id)


_LIGHT = (
    load_only(
        InstrumentVersion.instrument_id,
        InstrumentVersion.number,
        InstrumentVersion.state,
        InstrumentVersion.made_by_id,
        InstrumentVersion.made_at,
        InstrumentVersion.changed_at,
        InstrumentVersion.in_use_from,
        InstrumentVersion.retired_on,
        raiseload=True,
    ),
    joinedload(InstrumentVersion.made_by),
    joinedload(InstrumentVersion.scheme, innerjoin=True),
)
_WHOLE = (
    joinedload(InstrumentVersion.instrument, innerjoin=True),
    joinedload(InstrumentVersion.scheme, innerjoin=True),
    joinedload(InstrumentVersion.made_by),
)
