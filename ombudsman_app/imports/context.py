"""What all rows of one import share."""

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .kinds import Context
from .models import ImportRun, ImportSource


def context_of(run: ImportRun, actor: Actor) -> Context:
    """Return what the batches of a kind are told. 1 statement."""
    source = db.session.get_one(ImportSource, run.source_id)
    return Context(
        run.id,
        run.representative_office_id,
        actor,
        source.name,
        source.source_kind,
        run.as_of,
        now(),
    )
