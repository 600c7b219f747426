"""How an audit is changed: locked, compared with what the person saw, moved by the table, written down."""

from collections.abc import Mapping
from typing import Any

from ombudsman_app.audits.models import Audit, AuditStep
from ombudsman_app.audits.states import AUDIT
from ombudsman_app.core.changing import locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record


def locked_audit(audit_id: int, version: int | None = None) -> Audit:
    """Return the audit as it stands now, locked until the commit, with its offices and team. 2 statements.

    Raises RecordChanged if it is another version than the page showed (DI2).
    """
    held = locked(Audit, audit_id, Audit.office, Audit.representative_office, version=version)
    db.session.refresh(held, ["members"])
    return held


def move(
    held: Audit, event: str, *, actor: Actor, reason: str = "", changes: Mapping[str, Any] | None = None
) -> None:
    """Move a locked audit by the table, keep the step, put it on the trail. Raises MoveNotAllowed (409)."""
    before = held.state
    held.state = AUDIT.after(before, event)
    touch(held)
    db.session.add(
        AuditStep(
            audit_id=held.id,
            move=event,
            from_state=before,
            to_state=held.state,
            by_id=actor.user_id,
            at=now(),
            reason=reason,
        )
    )
    stated = {"move": event, "state": [before.value, held.state.value]}
    record(Event.AUDITS_MOVED, "audit", held.id, actor=actor, changes={**stated, **(changes or {})})
