"""What happened to information: its steps and the talk with whoever gave it, both opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.models import TipMessage, TipStep, opened_text
from ombudsman_app.complaints.states import TipState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db


@dataclass(frozen=True)
class TipLine:
    """One step or message. `author` empty: whoever gave it, or not to be told to this reader."""

    id: int
    at: datetime
    author: str
    text: str  # of the message, or the grounds of the step
    is_theirs: bool  # written or done by whoever gave the information
    read_at: datetime | None = None
    move: str = ""
    state: TipState | None = None
    has_moved: bool = False


@dataclass(frozen=True)
class TipLines:
    """Steps and messages, each oldest first; of very much talk the newest messages."""

    steps: list[TipLine]
    messages: list[TipLine]

    @property
    def last_message(self) -> int:
        """The id of the last message, 0 if there is none."""
        return max((line.id for line in self.messages), default=0)


def _newest(kind: Any, author_id: Any) -> Select[Any, str]:
    """Select the newest rows of one piece of information with the names of the office's people."""
    return (
        select(kind, User.name)
        .outerjoin(User, User.id == author_id)
        .where(kind.tip_id == bindparam("tip"))
        .order_by(kind.id.desc())
        .limit(limits.HISTORY_LINES)
    )


_MESSAGES, _STEPS = _newest(TipMessage, TipMessage.author_id), _newest(TipStep, TipStep.actor_id)


def history_of_tip(tip_id: int) -> TipLines:
    """Return all of it, for the office. 2 statements."""
    messages = [
        TipLine(
            id=row.id,
            at=row.sent_at,
            author=name or "",
            text=opened_text(TipMessage, row.uuid, row.sealed),
            is_theirs=row.author_id is None,
            read_at=row.read_at,
        )
        for row, name in db.session.execute(_MESSAGES, {"tip": tip_id})
    ]
    steps = [
        TipLine(
            id=row.id,
            at=row.at,
            author=name or "",
            text=opened_text(TipStep, row.uuid, row.sealed),
            is_theirs=row.actor_id is None,
            move=row.move,
            state=row.to_state,
            has_moved=row.has_moved,
        )
        for row, name in db.session.execute(_STEPS, {"tip": tip_id})
    ]
    return TipLines(steps[::-1], messages[::-1])


def public_history_of_tip(tip_id: int) -> TipLines:
    """Return the talk and the moves, without names of officers and without their grounds. 2 statements."""
    whole = history_of_tip(tip_id)
    steps = [
        TipLine(line.id, line.at, "", "", line.is_theirs, state=line.state, has_moved=True)
        for line in whole.steps
        if line.has_moved
    ]
    messages = [
        TipLine(line.id, line.at, "", line.text, line.is_theirs, line.read_at) for line in whole.messages
    ]
    return TipLines(steps, messages)
