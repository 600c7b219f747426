"""The way out as a port: who carries a message, and how that can end (`smtp.py`, `gateway.py`)."""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Letter:
    """A message as it leaves: words that name no case and no person beyond the address (PD6)."""

    uuid: UUID
    message_id: str
    to: str
    language: str
    subject: str
    text: str
    html: str = ""
    was_in_doubt: bool = False  # at an earlier try everything was handed over and nothing said


class NotCarried(Exception):
    """It did not leave. `reason` is a code of `states.REASONS`; `reply` the numbers of the other side."""

    def __init__(self, reason: str, reply: str = "") -> None:
        super().__init__(reason, reply)
        self.reason, self.reply = reason, reply[:20]


class Refused(NotCarried):
    """This address takes nothing, also not later."""


class Busy(NotCarried):
    """This message later."""


class Away(NotCarried):
    """Nobody is there: nothing can leave just now."""


class Silent(NotCarried):
    """Everything was handed over and nothing said: it may have arrived, or not."""


class Carrier(Protocol):
    """Carries many messages, one after the other, between entering and leaving."""

    def __enter__(self) -> "Carrier": ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def carry(self, letter: Letter, before_the_end: Callable[[], None]) -> None:
        """Hand a message over; call `before_the_end` before nobody can take it back any more.

        Raises NotCarried as one of its kinds. After a return the other side has taken it.
        """
