"""Where outreach was held and where nobody went: beside the gap of coverage, and for the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.meeting_states import CameBy
from ombudsman_app.coverage.models import OutreachEvent
from ombudsman_app.coverage.outreach_scope import outreach_scope
from ombudsman_app.coverage.outreach_states import KnownBy, OutreachState
from ombudsman_app.directory.models import Office, Region

from .figures import Measure, Shown
from .outreach_list import days_of_year
from .places import Place, regencies_of

_E = OutreachEvent
_HELD = _E.state == OutreachState.HELD


@dataclass(frozen=True)
class Reached:
    """What was held in one place. `participants`: where the number is known; `last_on`: the latest day."""

    events: int = 0
    participants: int = 0
    last_on: date | None = None


@dataclass(frozen=True)
class ReachedPlace:
    """A regency or city with its newest figure (None: nobody gave one) and what was held there."""

    id: int
    code: str
    name: str
    shown: Shown | None
    reached: Reached

    @property
    def gap(self) -> int | None:
        """How many workers there are not insured; None where no source gives both counts."""
        return self.shown.gap if self.shown else None


def reached_places(actor: Actor, province: str, measure: Measure, *, year: int | None) -> list[ReachedPlace]:
    """Return the regencies and cities of a province: the largest gap first, unknown ones last. 3 statements.

    Events for the province as a whole stand in no regency.
    """
    lines, _total = regencies_of(province, measure)
    held = outreach_scope(actor).events().where(_HELD, _E.province_code == province)
    if year:
        held = held.where(_E.happens_on.between(*days_of_year(year)))
    counted = (
        held.with_only_columns(
            _E.region_id,
            func.count().label("events"),
            func.sum(_E.participants).label("participants"),
            func.max(_E.happens_on).label("last_on"),
        )
        .group_by(_E.region_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Region.code, Region.id, counted.c.events, counted.c.participants, counted.c.last_on)
        .outerjoin(counted, counted.c.region_id == Region.id)
        .where(Region.code.in_([line.code for line in lines]))
    )
    reached = {row[0]: (row[1], Reached(row[2] or 0, int(row[3] or 0), row[4])) for row in rows}
    places = [
        ReachedPlace(reached[line.code][0], line.code, line.name, line.shown, reached[line.code][1])
        for line in lines
    ]
    return sorted(places, key=lambda one: (one.gap is None, -(one.gap or 0), one.name))


@dataclass(frozen=True)
class HeldHere:
    """One event as everybody reads it: no person is named."""

    id: int
    title: str
    happens_on: date
    starts_at: datetime
    place: str
    district: str
    venue: str
    office: str
    participants: int | None
    known_by: KnownBy | None
    came_by: CameBy
    is_demo: bool


@dataclass(frozen=True)
class HeldEvents:
    """The latest events of a place, and how many there are in all."""

    items: Sequence[HeldHere]
    total: int


def held_in(place: Place, *, limit: int = 10) -> HeldEvents:
    """Return what was held in a place, of a province also in its regencies, latest first. 1 statement."""
    is_province = place.code == place.province_code
    where = _E.province_code == place.code if is_province else Region.code == place.code
    rows = db.session.execute(
        select(
            _E.id,
            _E.title,
            _E.happens_on,
            _E.starts_at,
            Region.name,
            _E.district,
            _E.venue,
            Office.__table__.c.name,
            _E.participants,
            _E.known_by,
            _E.came_by,
            _E.is_demo,
            func.count().over(),
        )
        .join(Region, Region.id == _E.region_id)
        .join(Office.__table__, Office.__table__.c.id == _E.office_id)
        .where(_HELD, where)
        .order_by(_E.happens_on.desc(), _E.id.desc())
        .limit(limit)
    ).all()
    return HeldEvents([HeldHere(*row[:-1]) for row in rows], rows[0][-1] if rows else 0)
