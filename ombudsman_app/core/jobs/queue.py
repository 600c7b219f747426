"""The Redis queue: it wakes workers and says nothing (JQ1, JQ2).

An entry names one allowed function, the public id of a job and a MAC over it. Whatever else lies in the
queue is refused: RQ would call any function that an entry names, so the serializer alone protects nothing.
"""

import hmac
from time import sleep
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from redis import Redis
from rq import Queue, Worker
from rq.exceptions import DuplicateJobError
from rq.job import Job as QueueEntry
from rq.serializers import JSONSerializer

from ombudsman_app.core.clock import monotonic, now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.logs import logger
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside

from .attempt import Attempt
from .claiming import claim
from .errors import JobRefused

QUEUE = "kawal"
ENTRY = f"{__name__}.work_on"
_LONGEST = 64
_NUDGE_SECONDS = 300  # an entry that nobody took is worth nothing afterwards: the relay writes a new one
_KEEP_FAILED_SECONDS = 86_400
_CONNECT_SECONDS, _ANSWER_SECONDS = 0.5, 2.0
_PAUSE_SECONDS = 10.0  # after a failure nobody waits for Redis again for so long
_FIRST_LOOK_SECONDS, _LAST_LOOK_SECONDS = 0.01, 1.0


def mac(text: str) -> str:
    """Return the proof that this house wrote an entry."""
    return hmac_hex(text, purpose="queue-entry")[:_LONGEST]


class SafeEntry(QueueEntry):
    """An entry that can only do one thing. Used for the queue and for the worker alike."""

    @property
    def func(self) -> Any:
        given = self.args or ()
        if (
            self.func_name != ENTRY
            or self.instance is not None
            or self.kwargs
            or len(given) != 2
            or not all(isinstance(one, str) and len(one) <= _LONGEST for one in given)
            or not hmac.compare_digest(given[1].encode(), mac(given[0]).encode())
        ):
            raise JobRefused(self.id)
        return work_on

    @property
    def success_callback(self) -> Any:
        return None

    @property
    def failure_callback(self) -> Any:
        return None

    @property
    def stopped_callback(self) -> Any:
        return None

    def send_webhooks(self, *_given: Any, **_more: Any) -> None:
        return None


def connected(settings: Settings, **more: Any) -> Redis:
    """Open a connection with patience of seconds, not minutes (FB2)."""
    return Redis.from_url(settings.redis_url, socket_connect_timeout=_CONNECT_SECONDS, **more)


def _queue(connection: Redis) -> Queue:
    return Queue(QUEUE, connection=connection, serializer=JSONSerializer, job_class=SafeEntry)


def push(settings: Settings, uuid: UUID, attempts: int) -> None:
    """Write an entry for a job, for the same attempt one in five minutes. Raises what Redis raises.

    What RQ remembers of an attempt whose worker died must not keep the next one from being woken.
    """
    app: Any = current_app
    silent_until = app.extensions.get("redis_silent_until", 0.0)
    if monotonic() < silent_until:
        return
    name = str(uuid)
    bucket = int(now().timestamp()) // _NUDGE_SECONDS
    try:
        with connected(settings, socket_timeout=_ANSWER_SECONDS) as connection:
            _queue(connection).enqueue(
                ENTRY,
                args=(name, mac(name)),
                job_id=f"outbox-{name}-{attempts}-{bucket}",
                unique=True,
                job_timeout=-1,  # a job knows its own limit
                ttl=_NUDGE_SECONDS,
                result_ttl=0,
                failure_ttl=_KEEP_FAILED_SECONDS,
            )
    except DuplicateJobError:
        return
    except Exception:
        app.extensions["redis_silent_until"] = monotonic() + _PAUSE_SECONDS
        raise


def work_on(name: str, _mac: str) -> None:
    """Work on a job in the process that RQ forked; what came of it stands in the job table alone."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        uuid = UUID(name)
    except ValueError:
        raise JobRefused(name) from None
    with app.app_context():
        claimed = claim(uuid)
    if claimed is None:
        return  # done already, being done, or not yet due
    attempt, pause = Attempt(app, claimed), _FIRST_LOOK_SECONDS
    while not attempt.is_over():
        sleep(pause)
        pause = min(pause * 2, _LAST_LOOK_SECONDS)


def serve(app: Flask) -> None:
    """Take entries until a signal asks to stop."""
    settings: Settings = app.extensions["settings"]
    with app.app_context():
        db.engine.dispose()
        worker = Worker(
            [QUEUE],
            connection=connected(settings),
            serializer=JSONSerializer,
            job_class=SafeEntry,
            queue_class=_SafeQueue,
            exception_handlers=[_note_refusal],
            disable_default_exception_handler=True,
        )
        worker.work(with_scheduler=False, logging_level="WARNING")


class _SafeQueue(Queue):
    job_class = SafeEntry


def _note_refusal(_entry: QueueEntry, kind: type[BaseException], _error: object, _trace: object) -> bool:
    """Put a refused entry into the log and on the trail (LG2)."""
    if issubclass(kind, JobRefused):
        logger.error("queue entry refused", code="queue_entry_refused")
        record_aside(Event.CORE_ENTRY_REFUSED, "queue_entry", None, actor=STRANGER)
    else:
        logger.error("queue entry failed", code=kind.__name__)
    return False
