"""How a finding is changed: locked, compared with what the person saw, moved by the table, written down."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import flag_modified

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotAllowed, RecordChanged
from ombudsman_app.core.policy import Actor, Policy
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import FINDING


def locked_finding(finding_id: int, version: int | None = None) -> Finding:
    """Return the finding as it stands now, locked until the commit, with its offices. 1 statement.

    Raises RecordChanged if it is another version than the page showed (DI2).
    """
    held = db.session.scalars(
        select(Finding)
        .where(Finding.id == finding_id)
        .options(
            joinedload(Finding.office, innerjoin=True),
            joinedload(Finding.representative_office, innerjoin=True),
        )
        .with_for_update(of=Finding)
        .execution_options(populate_existing=True)
    ).one()
    if version is not None and held.version != version:
        raise RecordChanged
    return held


def demand(policy: Policy, actor: Actor, finding: Finding) -> None:
    """Ask for the right again, of the locked finding. Raises NotAllowed."""
    if not policy.allows(actor, finding):
        raise NotAllowed(policy=policy.name)


def move(
    held: Finding, event: str, *, note: Event, actor: Actor, changes: Mapping[str, Any] | None = None
) -> None:
    """Move a locked finding by the table and put it on the trail. Raises MoveNotAllowed (409)."""
    before = held.state
    held.state = FINDING.after(before, event)
    touch(held)
    stated = {"move": event, "state": [before.value, held.state.value], "round": held.round}
    record(note, "finding", held.id, actor=actor, changes={**stated, **(changes or {})})


def touch(held: Finding) -> None:
    """Make a new version, so that a page opened before is told (DI2)."""
    held.changed_at = now()
    flag_modified(held, "changed_at")  # also where the clock of a test stands still
