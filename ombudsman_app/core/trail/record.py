"""Writing the trail: entries wait in the session and are chained at the end of the command.

What `verify` cannot see: the whole database put back to an earlier state. Compare what it prints with what it
printed before, kept elsewhere.
"""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import String, bindparam, insert, select, type_coerce, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import before_commit, db, write_aside
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import hmac_hex

from .chain import GENESIS, chained_hash
from .events import Event
from .models import TrailEntry, TrailHead

request_id: ContextVar[str] = ContextVar("request_id", default="")


def record(
    event: Event,
    subject_type: str,
    subject_id: int | None,
    *,
    actor: Actor,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    session: Session | None = None,
) -> None:
    """Put one act on the trail, in the transaction of the act.

    `changes` holds words, numbers and digests, never personal data in clear (LG3). With a `session`
    from `write_aside()` the entry is chained when `close_chain(session)` is called.
    """
    entry = {
        "at": now(),
        "event": event.value,
        "actor_id": actor.user_id,
        "roles": " ".join(sorted(actor.roles)),
        "subject_type": subject_type,
        "subject_id": subject_id,
        "reason": reason,
        "changes": json.dumps(changes or {}, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
        "request_id": request_id.get(),
    }
    target = session if session is not None else db.session()
    target.info.setdefault("trail", []).append(entry)


# Put together once: every command ends with them.
_HEAD = select(TrailHead.seq, TrailHead.hash).where(TrailHead.id == 1).with_for_update()
_ADD = insert(TrailEntry.__table__)  # type: ignore[arg-type]
_MOVE = (
    update(TrailHead.__table__)  # type: ignore[arg-type]
    .where(TrailHead.id == 1)
    .values(seq=bindparam("to_seq"), hash=bindparam("to_hash"), signature=bindparam("by"))
)


@before_commit
def close_chain(session: Session) -> None:
    """Chain the waiting entries. The head stays locked until the commit. 3 statements, 5 the first time."""
    waiting: list[dict[str, Any]] = session.info.pop("trail", [])
    if not waiting:
        return
    head = session.execute(_HEAD).one_or_none()
    if head is None:
        _begin_chain(session)
        head = session.execute(_HEAD).one()
    seq, previous = head.seq, head.hash
    for entry in waiting:
        seq += 1
        entry |= {"seq": seq, "previous_hash": previous, "hash": chained_hash(seq, previous, entry)}
        previous = entry["hash"]
    session.execute(_ADD, waiting)
    session.execute(_MOVE, {"to_seq": seq, "to_hash": previous, "by": _signature(seq, previous)})


def _begin_chain(session: Session) -> None:
    """Put the head there. Of two processes that do so at once, one waits and goes on from the other's."""
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    head = {"id": 1, "seq": 0, "hash": GENESIS, "signature": _signature(0, GENESIS)}
    session.execute(dialect.insert(TrailHead).values(head).on_conflict_do_nothing())


def record_aside(
    event: Event,
    subject_type: str,
    subject_id: int | None,
    *,
    actor: Actor,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Put one act on the trail that belongs to no command: a refusal, a look. 3 statements.

    Ends the reading transaction, for which SQLite would make this one wait.
    """
    db.release()
    with write_aside() as aside:
        record(event, subject_type, subject_id, actor=actor, changes=changes, session=aside)
        close_chain(aside)


def _signature(seq: int, head_hash: str) -> str:
    return hmac_hex(f"{seq}:{head_hash}", purpose="trail-head")


def verify() -> tuple[int, str | None]:
    """Walk the whole chain. Return (entries read, None) or (entries read, what is wrong).

    Finds edits, deletions, reordering, insertion and, by the signed head, truncation (LG1). A trail without
    any entry is whole only as long as nothing is there that acts leave behind.
    """
    seq, previous, broken = _walk()
    if broken:
        return seq, broken
    if seq == 0 and _has_evidence_of_acts():
        return seq, "the trail is empty although acts have left rows"
    return seq, _wrong_at_head(seq, previous)


def _wrong_at_head(seq: int, previous: str) -> str | None:
    """Say what is wrong with the head of a chain that ends so."""
    heads = db.session.execute(select(*TrailHead.__table__.c)).all()
    if len(heads) > 1:
        return f"there are {len(heads)} heads of the trail"
    if not heads or heads[0].id != 1:
        return None if seq == 0 and not heads else "the head of the trail is missing"
    head = heads[0]
    if (head.seq, head.hash) != (seq, previous):
        return f"the trail ends at {seq}, its head says {head.seq}"
    if head.signature != _signature(seq, previous):
        return "the head of the trail was not signed by this house"
    return None


def _has_evidence_of_acts() -> bool:
    """Ask the domains above, which this floor does not know; `app.py` gives their questions."""
    asked: list[Callable[[], bool]] = current_app.extensions.get("evidence_of_acts", [])
    return any(has_rows() for has_rows in asked)


def _walk() -> tuple[int, str, str | None]:
    """Return the last sound entry, its hash, and what is wrong with the next one."""
    seq, previous = 0, GENESIS
    try:
        with db.session.execute(_ALL) as rows:
            for row in rows:
                if row.seq != seq + 1:
                    return seq, previous, f"entry {seq + 1} is missing"
                if not _is_sound(row, previous):
                    return seq, previous, f"entry {row.seq} was changed"
                seq, previous = row.seq, row.hash
    except (ValueError, TypeError):  # SQLite stores anything: what is no day, what is no text
        return seq, previous, f"entry {seq + 1} cannot be read"
    except OperationalError as failed:
        if "decode" not in str(failed.orig).lower():
            raise  # the database is away, which says nothing about the trail
        return seq, previous, f"something after entry {seq} cannot be read"
    return seq, previous, None


def _is_sound(row: Any, previous: str) -> bool:
    """Compare an entry with its hash, and on SQLite the text of its instant with the one way to write it."""
    if isinstance(row.stored_at, str) and row.stored_at != _as_sqlite_stores(row.at):
        return False
    return bool(row.previous_hash == previous and row.hash == chained_hash(row.seq, previous, _as_entry(row)))


def _as_sqlite_stores(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(" ", "microseconds")


def _as_entry(row: Any) -> dict[str, Any]:
    return {column: getattr(row, column) for column in _COLUMNS}


_COLUMNS = (
    "at", "event", "actor_id", "roles", "subject_type", "subject_id", "reason", "changes", "request_id",
)  # fmt: skip

# Columns, no objects: what the session holds already must not stand in for what is stored.
_ALL = (
    select(*TrailEntry.__table__.c, type_coerce(TrailEntry.at, String).label("stored_at"))
    .order_by(TrailEntry.seq)
    .execution_options(yield_per=500)
)
