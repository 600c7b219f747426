"""What can be chosen where an outreach event is written down: places, holders, promises that follow."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.duties import PEMDA_LEVELS
from ombudsman_app.coverage.local_rule_policies import MAKERS
from ombudsman_app.coverage.models import Commitment, OutreachEvent
from ombudsman_app.directory.models import Office, OfficeKind, Region

from .local_rule_page import PlaceChoice
from .meetings import BodyChoice, bodies_for

_ONE_PLACE = frozenset({OfficeKind.REGENCY_GOVERNMENT, OfficeKind.CITY_GOVERNMENT})
_MOST_COMMITMENTS = 100


def places_of_offices(offices: Sequence[int]) -> list[PlaceChoice]:
    """Return the places where offices under watch work, by code. ≤ 3 statements.

    The government of a regency or city works there; a branch or a province in its province; a regional
    office in the provinces of the offices below it.
    """
    rows = db.session.execute(
        select(Office.id, Office.kind, Office.region_id, Office.province_code).where(Office.id.in_(offices))
    ).all()
    single = {row.region_id for row in rows if row.kind in _ONE_PLACE}
    provinces = {row.province_code for row in rows if row.kind not in _ONE_PLACE}
    wide = [row.id for row in rows if row.kind not in _ONE_PLACE and row.province_code is None]
    if wide:
        below = select(Office.province_code).where(Office.parent_id.in_(wide)).distinct()
        provinces |= set(db.session.scalars(below))
    found = db.session.execute(
        select(Region.id, Region.code, Region.name, Region.level)
        .where(
            Region.level.in_(PEMDA_LEVELS),
            Region.valid_to.is_(None),
            or_(Region.id.in_(single), Region.province_code.in_(provinces - {None})),
        )
        .order_by(Region.code)
    )
    return [PlaceChoice(*row) for row in found]


def holders_for(actor: Actor) -> list[BodyChoice]:
    """Return who may hold an event: one's own offices first, then bodies there. 1 statement."""
    names = {one.office_id: one.office_name for one in actor.grants if one.role in MAKERS}
    ours = [BodyChoice(key, name) for key, name in sorted(names.items())]
    return [*ours, *bodies_for(sorted(names))]


def own_offices(actor: Actor, offices: Sequence[int]) -> list[BodyChoice]:
    """Return one's own offices under watch by their names. No statement."""
    names = {one.office_id: one.office_name for one in actor.grants}
    return [BodyChoice(key, names[key]) for key in offices]


def promises_near(event: OutreachEvent) -> list[tuple[int, str]]:
    """Return promises that an event may serve: of its place or of who held it, latest first. 1 statement."""
    rows = db.session.execute(
        select(Commitment.id, Commitment.text)
        .where(
            Commitment.representative_office_id == event.representative_office_id,
            or_(
                Commitment.region_id == event.region_id,
                Commitment.office_id == event.office_id,
                Commitment.id == event.commitment_id,
            ),
        )
        .order_by(Commitment.id.desc())
        .limit(_MOST_COMMITMENTS)
    )
    return [(row.id, row.text) for row in rows]
