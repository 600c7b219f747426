"""The lists that were brought, the newest first, and who gave lists before."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from ombudsman_app.accounts.models import User
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.imports.kinds import ImportKind
from ombudsman_app.imports.models import ImportRun, ImportSource
from ombudsman_app.imports.scope import scope
from ombudsman_app.imports.states import RunState
from ombudsman_app.web.paging import Page, page_of, read_id

_SOURCES = 100


class Brought(NamedTuple):
    """One line of the list."""

    id: int
    kind: str
    state: RunState
    file_name: str
    source: str
    made_at: datetime
    made_by: str
    counts: dict[str, int]


def brought_page(actor: Actor, after: str | None) -> Page[Brought]:
    """Return a page of the imports that this person may see. 1 statement."""
    behind = read_id(after)
    rows = (
        scope(actor)
        .runs()
        .join(ImportSource, ImportSource.id == ImportRun.source_id)
        .join(User, User.id == ImportRun.made_by_id)
        .with_only_columns(
            ImportRun.id,
            ImportRun.kind,
            ImportRun.state,
            ImportRun.file_name,
            ImportSource.name,
            ImportRun.made_at,
            User.name,
            ImportRun.counts,
        )
        .order_by(ImportRun.id.desc())
        .limit(limits.PAGE_ROWS + 1)
    )
    if behind:
        rows = rows.where(ImportRun.id < behind)
    found: list[Any] = [Brought._make(row) for row in db.session.execute(rows)]
    return page_of(found, limits.PAGE_ROWS, lambda row: str(row.id), after=after if behind else None)


def sources_of(kind: ImportKind, actor: Actor) -> list[str]:
    """Return who gave lists of this kind to the offices of this person. 1 statement."""
    names = select(ImportSource.name).where(
        ImportSource.kind == kind.id,
        ImportSource.representative_office_id.in_(sorted(actor.offices_as(*kind.roles))),
    )
    return sorted(set(db.session.scalars(names.order_by(ImportSource.used_at.desc()).limit(_SOURCES))))
