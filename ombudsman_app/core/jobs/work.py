"""What a job sees of itself, and how one attempt is carried out."""

import json
from collections.abc import Mapping
from traceback import clear_frames
from typing import Any
from uuid import UUID

from flask import Flask, current_app

from ombudsman_app.core.children import ChildFailed
from ombudsman_app.core.db import db
from ombudsman_app.core.durable import is_full
from ombudsman_app.core.errors import NotAllowed, NotVisible
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.logs import logger
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.signatures import SigningNotPossible

from .claiming import Claim, finish, give_up, hold, tell
from .errors import JobCancelled, JobFailed, LeaseLost
from .registry import kind_of


class Work:
    """One attempt at a job."""

    def __init__(self, claimed: Claim) -> None:
        self._claimed = claimed
        self._is_finished = False
        self.job_id: UUID = claimed.uuid
        self.kind = claimed.kind
        self.attempts = claimed.attempts  # this one included
        self.arguments: Mapping[str, Any] = json.loads(claimed.arguments)

    @property
    def actor(self) -> Actor:
        """Who asked for it, with the rights of this moment (AZ9). Raises NotAllowed when they are gone."""
        if self._claimed.asked_by_id is None:
            return STRANGER
        found: Actor | None = current_app.extensions["actor_of"](self._claimed.asked_by_id)
        if found is None:
            raise NotAllowed
        return found

    def progress(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say what is done just now (a msgid) and how far it is. Raises JobCancelled or LeaseLost."""
        tell(self._claimed, step, done, total)

    def hold(self) -> None:
        """Call it inside the command that stores what came of the work. Raises LeaseLost (JQ3)."""
        hold(self._claimed)

    def finish(self, **result: str | int) -> None:
        """End the job with ids or numbers; inside a command, together with what it stores."""
        finish(self._claimed, json.dumps(result, sort_keys=True))
        self._is_finished = True

    def end(self) -> None:
        """End it if the job has not done so itself."""
        if not self._is_finished:
            self.finish()


def perform(app: Flask, claimed: Claim) -> None:
    """Carry out one attempt and write down how it ended. No error comes out of here."""
    with app.app_context():
        crash_point("jobs.perform.begun")
        try:
            _carry_out(claimed)
        except LeaseLost:
            logger.warning("lease lost", kind=claimed.kind, job=str(claimed.uuid))
        except Exception as failed:
            db.session.rollback()
            code, for_good = _reason_of(failed)
            if isinstance(failed, MemoryError):
                clear_frames(failed.__traceback__)  # what filled the memory is in the way of writing it down
            if code == "broken":
                logger.error("job broke", kind=claimed.kind, job=str(claimed.uuid), exc_info=failed)
            give_up(claimed, code, for_good=for_good)


def _carry_out(claimed: Claim) -> None:
    kind = kind_of(claimed.kind)
    if kind is None:
        raise JobFailed("unknown_kind")
    work = Work(claimed)
    kind.function(work)
    crash_point("jobs.perform.done")
    work.end()


def _reason_of(failed: Exception) -> tuple[str, bool]:
    """Return the code of a failure, and whether another attempt is in vain."""
    if isinstance(failed, JobFailed):
        return failed.code, True
    if isinstance(failed, SigningNotPossible):  # somebody must put a key or a certificate in its place
        return f"signing_{failed.details['why']}", True
    for kind, code in _IN_VAIN.items():
        if isinstance(failed, kind):
            return code, True
    if isinstance(failed, ChildFailed):
        return _CHILD.get(failed.code, "broken"), failed.code in _CHILD_IN_VAIN
    if isinstance(failed, MemoryError):
        return "too_much_memory", False
    return ("storage_full" if is_full(failed) else "broken"), False


_CHILD: Mapping[str, str] = {
    "away": "child_away",
    "full": "storage_full",
    "refused": "child_refused",
    "too_big": "too_much_memory",
    "too_long": "too_long",
}
_CHILD_IN_VAIN = ("refused", "unreadable")
_IN_VAIN: Mapping[type[Exception], str] = {
    JobCancelled: "cancelled",
    NotAllowed: "not_allowed",
    NotVisible: "gone",
}
