"""How a finding is changed: locked, compared with what the person saw, moved by the table, written down."""

from collections.abc import Mapping
from typing import Any

from ombudsman_app.core.changing import locked, touch
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import FINDING


def locked_finding(finding_id: int, version: int | None = None) -> Finding:
    """Return the finding as it stands now, locked until the commit, with its offices. 1 statement.

    Raises RecordChanged if it is another version than the page showed (DI2).
    """
    return locked(Finding, finding_id, Finding.office, Finding.representative_office, version=version)


def move(
    held: Finding, event: str, *, note: Event, actor: Actor, changes: Mapping[str, Any] | None = None
) -> None:
    """Move a locked finding by the table and put it on the trail. Raises MoveNotAllowed (409)."""
    before = held.state
    held.state = FINDING.after(before, event)
    touch(held)
    stated = {"move": event, "state": [before.value, held.state.value], "round": held.round}
    record(note, "finding", held.id, actor=actor, changes={**stated, **(changes or {})})
