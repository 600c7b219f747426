"""Schemes and versions to choose from when a round is made."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ombudsman_app.audits.models import AuditScheme, InstrumentVersion
from ombudsman_app.audits.scope import scope
from ombudsman_app.audits.states import VersionState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor


def scheme_of_year(year: int) -> AuditScheme | None:
    """Return the scheme by which a year is assessed, the latest where two hold. 1 statement."""
    holds = (
        AuditScheme.year_from <= year,
        or_(AuditScheme.year_until.is_(None), AuditScheme.year_until >= year),
    )
    found = select(AuditScheme).where(*holds).order_by(AuditScheme.year_from.desc(), AuditScheme.id.desc())
    return db.session.scalars(found.limit(1)).first()


def all_schemes() -> Sequence[AuditScheme]:
    """Return every scheme, the newest first. 1 statement."""
    found = select(AuditScheme).order_by(AuditScheme.year_from.desc(), AuditScheme.id.desc())
    return db.session.scalars(found).all()


def versions_to_use(actor: Actor) -> Sequence[InstrumentVersion]:
    """Return the versions in use, with their instruments, by title. 1 statement."""
    found = (
        scope(actor)
        .versions()
        .where(InstrumentVersion.state == VersionState.IN_USE)
        .options(joinedload(InstrumentVersion.instrument, innerjoin=True))
    )
    return sorted(db.session.scalars(found).all(), key=lambda one: (one.instrument.title_id, one.id))
