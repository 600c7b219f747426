"""Innovations of the shipped file: what the press says of them, each statement with its source."""

from datetime import datetime

from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.errors import ReferenceBroken
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.queries import representative_for

from .commands.innovation_inputs import FactsInput
from .commands.innovation_writing import facts_of, free_slug
from .models import CoverageSource, Innovation, InnovationFacts, InnovationStatement
from .shipped_innovations import ShippedInnovation, Statement, shipped_innovations
from .states import Standing

_FILE = "data/shipped_innovations.yaml"


@command
def load() -> str:
    """Store the shipped innovations that are missing; twice changes nothing.

    What officers have released since stays as it is. Raises ReferenceBroken for a place or source that is
    not loaded.
    """
    known = set(db.session.scalars(select(Innovation.reference).where(Innovation.reference.is_not(None))))
    new = [one for one in shipped_innovations() if one.slug not in known]
    for one in new:
        _add(one, now())
    if new:
        record(
            Event.COVERAGE_INNOVATIONS_LOADED, "reference", None, actor=STRANGER, changes={"added": len(new)}
        )
    return f"Innovations: {len(new)} added."


def _add(one: ShippedInnovation, instant: datetime) -> None:
    region = db.session.scalar(select(Region).where(Region.code == one.place_code))
    office = representative_for(one.place_code)
    if region is None or office is None:
        raise ReferenceBroken(_FILE, f"{one.slug} lies in {one.place_code}, which is no region")
    facts = facts_of(
        FactsInput(one.name, one.owner, one.since, one.status, one.status_on, "\n".join(one.notes))
    )
    made = Innovation(
        reference=one.slug,
        slug=free_slug(one.slug),
        region_id=region.id,
        province_code=region.province_code,
        representative_office_id=office.id,
        is_public=True,
        made_at=instant,
        changed_at=instant,
        **facts,
    )
    db.session.add(made)
    db.session.flush()
    released = {"innovation_id": made.id, "standing": Standing.CURRENT, "made_at": instant}
    db.session.add(InnovationFacts(**released, **facts))
    db.session.add_all(_statement(one, said, released) for said in one.statements)


def _statement(one: ShippedInnovation, said: Statement, released: dict[str, object]) -> InnovationStatement:
    source = db.session.scalar(select(CoverageSource.id).where(CoverageSource.key == said.src[0]))
    if source is None:
        raise ReferenceBroken(_FILE, f"{one.slug} quotes {said.src[0]}, which is not loaded")
    return InnovationStatement(
        aspect=said.aspect,
        text=said.text,
        quote=said.quote,
        speaker=said.speaker,
        as_of=said.as_of,
        verified=said.verified,
        source_id=source,
        **released,
    )
