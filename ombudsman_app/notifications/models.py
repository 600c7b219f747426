"""What people were told, what leaves the house for them, and how they want it.

Nothing in here says what a case is about, and no address is kept: it is read when a message leaves, so that
an identity that was destroyed is destroyed here too (PD4, PD8).
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core import limits
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base
from ombudsman_app.core.sealing import seal, unseal
from ombudsman_app.core.walls import OPEN

from .states import Channel, MessageState

KEY = 160  # letters of a key


class Notification(Base):
    """One line in somebody's inbox: a kind and the record it is about; the words come when it is read."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),  # the same event never makes two
        Index("ix_notification_inbox", "person_id", "id"),
        Index("ix_notification_record", "record_kind", "record_id"),
        Index("ix_notification_unread", "person_id", "read_at", "id"),
        about(Level.CASE, Kept.ACCESS_LOG, portal=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[str] = mapped_column(String(60))
    record_kind: Mapped[str] = mapped_column(String(40), default="", server_default="")
    record_id: Mapped[int | None]
    label: Mapped[str] = mapped_column(String(limits.TICKET), default="", server_default="")  # the ticket
    facts: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")  # numbers and days alone
    key: Mapped[str] = mapped_column(String(KEY))
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Message(Base):
    """One mail or text message on its way out (DI5). Its words are made each time it is tried."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_due", "state", "channel", "next_try_at", "id"),
        Index("ix_message_list", "state", "id"),
        Index("ix_message_person", "person_id", "id"),
        Index("ix_message_record", "record_kind", "record_id", "id"),
        about(Level.CASE, Kept.ACCESS_LOG, portal=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)  # the same at every try
    key: Mapped[str] = mapped_column(String(KEY), unique=True)  # the same event never makes two
    channel: Mapped[Channel]
    kind: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: who reported
    record_kind: Mapped[str] = mapped_column(String(40), default="", server_default="")
    record_id: Mapped[int | None]
    label: Mapped[str] = mapped_column(String(limits.TICKET), default="", server_default="")
    facts: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    language: Mapped[str] = mapped_column(String(5))

    state: Mapped[MessageState] = mapped_column(default=MessageState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)  # ends of the text that were sent without a word back
    reason: Mapped[str] = mapped_column(String(40), default="", server_default="")  # code of `states.REASONS`
    reply: Mapped[str] = mapped_column(
        String(20), default="", server_default=""
    )  # numbers of the server alone

    made_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    ends_at: Mapped[datetime]  # after that it is of no use any more
    ended_at: Mapped[datetime | None]


class NotificationChoice(Base):
    """What a person decided about one kind and one channel; without a row the default of the kind holds."""

    __tablename__ = "notification_choice"
    __table_args__ = about(Level.CASE, Kept.ACCOUNT, portal=OPEN)

    person_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    channel: Mapped[Channel] = mapped_column(primary_key=True)
    is_on: Mapped[bool]


class TextNumber(Base):
    """The number to which somebody who works here wants text messages; sealed (PD4)."""

    __tablename__ = "text_number"
    __table_args__ = about(Level.CASE, Kept.ACCOUNT, portal=OPEN)

    person_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info=level(Level.SECRET))
    changed_at: Mapped[datetime]

    def seal(self, number: str, *, at: datetime) -> None:
        """Keep a number, bound to its person."""
        self.sealed = seal(number.encode(), purpose="text-number", place=self._place)
        self.changed_at = at

    def opened(self) -> str:
        """Open it for whoever sends. Raises SealBroken."""
        return unseal(self.sealed, purpose="text-number", place=self._place).decode()

    @property
    def _place(self) -> str:
        return f"text_number.sealed.{self.person_id}"
