"""How a record is changed: locked, compared with what the person saw, and the right asked for again."""

from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import QueryableAttribute, joinedload
from sqlalchemy.orm.attributes import flag_modified

from .clock import now
from .db import Versioned, db
from .errors import NotAllowed, RecordChanged
from .policy import Actor, Policy

Record = TypeVar("Record", bound=Versioned)


class Changed(Protocol):
    """A versioned row that says when it was last acted upon."""

    changed_at: Any


def locked(
    kind: type[Record], record_id: int, *parts: QueryableAttribute[Any], version: int | None = None
) -> Record:
    """Return a record as it stands now, locked until the commit, joined with `parts`. 1 statement.

    `version` is the one that the person's page showed: see `compare_version`.
    """
    row: Any = kind
    held: Record = db.session.scalars(
        select(kind)
        .where(row.id == record_id)
        .options(*(joinedload(part, innerjoin=True) for part in parts))
        .with_for_update(of=kind)
        .execution_options(populate_existing=True)
    ).one()
    compare_version(held, version)
    return held


def compare_version(held: Versioned, version: int | None) -> None:
    """Raise RecordChanged if a locked record is another than the page showed (DI2); None: never mind."""
    if version is not None and held.version != version:
        raise RecordChanged


def demand(policy: Policy, actor: Actor, record: Any) -> None:
    """Ask for the right again, of the locked record: it may have gone to another. Raises NotAllowed."""
    if not policy.allows(actor, record):
        raise NotAllowed(policy=policy.name)


def touch(held: Changed) -> None:
    """Make a new version of a record, so that a page opened before is told (DI2)."""
    instant: datetime = now()
    held.changed_at = instant
    flag_modified(held, "changed_at")  # also where the clock of a test stands still
