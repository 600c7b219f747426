"""Adding a scheme: the bands of some years. What exists is never changed: results were read by it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from ombudsman_app.audits.models import AuditScheme
from ombudsman_app.audits.policies import ADD_SCHEME
from ombudsman_app.audits.scoring.problems import Problem, SchemeInvalid
from ombudsman_app.audits.scoring.scheme import read_scheme, scheme_mapping
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record


@command
def add_scheme(content: Mapping[str, Any], *, actor: Actor) -> AuditScheme:
    """Keep one more scheme. Raises SchemeInvalid with every problem, a key that is taken too."""
    demand(ADD_SCHEME, actor, None)
    read = read_scheme(content)
    if db.session.scalar(select(AuditScheme.id).where(AuditScheme.key == read.id)):
        raise SchemeInvalid([Problem("id", "key_taken", {"value": read.id})])
    made = AuditScheme(
        key=read.id,
        title=read.title_id,
        year_from=read.first_year,
        year_until=read.last_year,
        content=scheme_mapping(read),
        is_shipped=False,
        made_by_id=actor.user_id,
        made_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    record(Event.AUDITS_SCHEME_ADDED, "audit_scheme", made.id, actor=actor, changes={"key": made.key})
    return made
