"""Which offices a round can hold, and how they are found."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, true

from ombudsman_app.audits.models import Audit, AuditRound
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Jurisdiction, Office, OfficeKind, Region, RepresentativeOffice
from ombudsman_app.directory.models.office import OMBUDSMAN_KINDS
from ombudsman_app.directory.queries import offices_named

PICKED_AT_ONCE = 150  # ticks that one form may bring (limits.FORM_FIELDS)
_HOME_ZONE = "Asia/Jakarta"  # by whose day rows of the directory begin and end


@dataclass(frozen=True)
class OfficeFilter:
    """What the picker is asked for, already checked."""

    text: str = ""
    kind: OfficeKind | None = None
    province: str = ""


@dataclass(frozen=True)
class PickableOffice:
    """One line of the picker."""

    id: int
    name: str
    kind: OfficeKind
    place: str
    is_demo: bool


@dataclass(frozen=True)
class Picker:
    """What can be added. `number`: all that answer to the filter; `offices` holds the first of them."""

    offices: Sequence[PickableOffice]
    number: int


def may_be_audited_by(handling: RepresentativeOffice) -> ColumnElement[bool]:
    """Offices under watch that hold today, in the provinces of this office of the Ombudsman.

    The head office may audit everywhere (`design.md` §12).
    """
    day = today(_HOME_ZONE)
    own = (
        select(Region.code)
        .join(Jurisdiction, Jurisdiction.province_id == Region.id)
        .where(Jurisdiction.representative_id == handling.id, Jurisdiction.holds_on(day))
    )
    is_own = true() if handling.kind is OfficeKind.OMBUDSMAN_HEAD_OFFICE else Office.province_code.in_(own)
    return Office.kind.not_in(OMBUDSMAN_KINDS) & Office.holds_on(day) & is_own


def pickable_offices(found: AuditRound, asked: OfficeFilter) -> Picker:
    """Return what can still be added to a round. 1 statement."""
    where = [may_be_audited_by(found.representative_office)]
    taken = select(Audit.office_id).where(Audit.round_id == found.id)
    if asked.kind:
        where.append(Office.kind == asked.kind)
    if asked.province:
        where.append(Office.province_code == asked.province)
    if asked.text:
        named = offices_named(asked.text)
        if named is None:
            return Picker([], 0)
        where.append(Office.id.in_(named))
    rows = db.session.execute(
        select(Office.id, Office.name, Office.kind, Region.name, Office.is_demo, func.count().over())
        .outerjoin(Region, Region.id == Office.region_id)
        .where(*where, Office.id.not_in(taken))
        .order_by(Office.sort_key, Office.id)
        .limit(PICKED_AT_ONCE)
    ).all()
    offices = [PickableOffice(id_, name, kind, place or "", demo) for id_, name, kind, place, demo, _ in rows]
    return Picker(offices, rows[0][5] if rows else 0)
