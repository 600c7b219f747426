"""What reporter and office write to each other, and the notes of the office. Sealed: people name people."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.sealing import seal, unseal


class Notice(StrEnum):
    """A message that the product writes itself; its words are in the language of whoever reads."""

    FILE_COMPLETE = "file_complete"  # the answer on completeness of UU 25/2009 Pasal 44(1)
    LETTER = "letter"  # a letter waits on the same page


class ComplaintMessage(Base):
    """One message on `/lacak`. `author_id` None: the reporter wrote it."""

    __tablename__ = "complaint_message"
    __table_args__ = (
        Index("ix_complaint_message_complaint", "complaint_id", "id"),
        about(Level.CASE, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4)  # the seal is bound to it
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    notice: Mapped[Notice | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]  # opened by who holds the code: proof of receipt

    @property
    def at(self) -> datetime:
        return self.sent_at


class ComplaintNote(Base):
    """A note of the office on a case; never leaves the house."""

    __tablename__ = "complaint_note"
    __table_args__ = (
        Index("ix_complaint_note_complaint", "complaint_id", "id"),
        about(Level.CASE, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]

    @property
    def at(self) -> datetime:
        return self.written_at


def sealed_text(kind: type[Base], uuid: UUID, text: str) -> bytes:
    """Seal what somebody wrote, bound to its row."""
    return seal(text.encode(), purpose="conversation", place=f"{kind.__tablename__}.sealed.{uuid}")


def opened_text(kind: type[Base], uuid: UUID, sealed: bytes | None) -> str:
    """Open what somebody wrote; empty where there is nothing. Raises SealBroken."""
    if sealed is None:
        return ""
    return unseal(sealed, purpose="conversation", place=f"{kind.__tablename__}.sealed.{uuid}").decode()
