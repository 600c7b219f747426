"""Agencies that order works: found by their name, and said to be an office of the directory by a person."""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory import queries as directory
from ombudsman_app.employers.models import ProjectOwner
from ombudsman_app.employers.policies import WRITE_OWNER
from ombudsman_app.employers.projects.keys import agency_key

OWNER = "project_owner"


def owner_named(name: str, representative_office_id: int) -> ProjectOwner:
    """Return the agency of this name at an office of the Ombudsman, made where it is new. ≤ 2 statements."""
    key = agency_key(name)[:300]
    found = db.session.scalar(
        select(ProjectOwner).where(
            ProjectOwner.representative_office_id == representative_office_id, ProjectOwner.name_key == key
        )
    )
    if found is not None:
        return found
    made = ProjectOwner(representative_office_id=representative_office_id, name=name, name_key=key)
    db.session.add(made)
    db.session.flush()
    return made


@dataclass(frozen=True)
class OwnerInput:
    """Which office of the directory an agency is or belongs to; None: none of them."""

    office_id: int | None


@command
def name_office(owner: ProjectOwner, given: OwnerInput, *, version: int, actor: Actor) -> None:
    """Say which office of the directory an agency is. Raises RecordChanged, NotAllowed, NotVisible."""
    held = locked(ProjectOwner, owner.id, version=version)
    demand(WRITE_OWNER, actor, held)
    if given.office_id is not None and directory.office_by_id(given.office_id) is None:
        raise NotVisible
    before, held.office_id = held.office_id, given.office_id
    touch(held)
    changes = {"office_id": [before, given.office_id]}
    record(Event.EMPLOYERS_OWNER_NAMED, OWNER, held.id, actor=actor, changes=changes)
