"""Asking for work: a row in the transaction of what wants it, then a nudge that nothing depends on (DI5)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import after_commit, db
from ombudsman_app.core.policy import Actor

from .models import Job, JobState
from .registry import kind_of
from .waking import wake


def enqueue(
    kind: str,
    *,
    actor: Actor,
    arguments: Mapping[str, str | int] | None = None,
    run_after: datetime | None = None,
    once: str = "",
) -> UUID:
    """Ask for a piece of work inside a command; return its public id. 1 statement, 2 with `once` taken.

    `arguments` are ids and code words, nothing about a person (JQ5). While a job with the key `once` waits
    or runs, asking again gives that one. Raises LookupError for an unknown kind.
    """
    if kind_of(kind) is None:
        raise LookupError(kind)
    instant, uuid = now(), uuid4()
    row = {
        "uuid": uuid,
        "kind": kind,
        "arguments": json.dumps(dict(arguments or {}), sort_keys=True),
        "asked_by_id": actor.user_id,
        "once_key": f"{kind}:{once}" if once else None,
        "state": JobState.WAITING,
        "run_after": run_after or instant,
        "created_at": instant,
    }
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    asking = dialect.insert(Job).values(row).on_conflict_do_nothing(index_elements=["once_key"])
    if db.session.scalar(asking.returning(Job.id)) is None:
        found: UUID = db.session.scalars(select(Job.uuid).where(Job.once_key == row["once_key"])).one()
        return found
    after_commit(lambda: wake(uuid))
    return uuid
