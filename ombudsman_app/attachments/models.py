"""Files, those that are still arriving, and what happened to each."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import SHOWN, through


class AttachmentState(StrEnum):
    """Nobody opens a file before it is ready (FI6)."""

    QUARANTINED = "quarantined"
    READY = "ready"
    REFUSED = "refused"  # the sealed original is kept, since evidence is never thrown away silently
    REMOVED = "removed"  # its key is destroyed (PD8), the row remains


class FileAct(StrEnum):
    """A line of the chain of custody."""

    RECEIVED = "received"
    CHECKED = "checked"
    REFUSED = "refused"
    OPENED = "opened"
    ORIGINAL_OPENED = "original_opened"
    REMOVED = "removed"


class Attachment(Base):
    """One file in a folder: the files of a draft, complaint or piece of information share a folder's id.

    Original, cleaned copy and previews lie in the store, sealed by the key of this row. Destroying the
    wrapped key destroys them all.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_folder", "folder", "id"),
        about(Level.CASE, Kept.COMPLAINT, portal=SHOWN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    folder: Mapped[UUID]
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary)  # people name files after people
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))  # of the file as it came
    media_type: Mapped[str] = mapped_column(String(40), default="")  # by its content, once it was checked
    cleaned_bytes: Mapped[int | None] = mapped_column(BigInteger)
    has_preview: Mapped[bool] = mapped_column(default=False)
    state: Mapped[AttachmentState] = mapped_column(default=AttachmentState.QUARANTINED)
    reason: Mapped[str] = mapped_column(String(40), default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: the reporter
    added_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]


class Upload(Base):
    """A file that is still arriving. Its pieces are sealed as they come (PD9)."""

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_folder", "folder"), about(Level.CASE, Kept.A_DAY, portal=SHOWN))

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # a creation sent again finds it
    folder: Mapped[UUID]
    owner_type: Mapped[str] = mapped_column(String(20))
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    length: Mapped[int] = mapped_column(BigInteger)
    offset: Mapped[int] = mapped_column(BigInteger, default=0)  # bytes of the file that are safely there
    pieces: Mapped[int] = mapped_column(default=0)
    stored_bytes: Mapped[int] = mapped_column(BigInteger, default=0)  # how long the sealed file is with them
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))  # what became of it

    @property
    def is_whole(self) -> bool:
        return self.offset == self.length


class AttachmentEvent(Base):
    """A line of the chain of custody; only added to."""

    __tablename__ = "attachment_event"
    __table_args__ = about(Level.CASE, Kept.COMPLAINT, portal=through("attachment_id", "attachment"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)
    act: Mapped[FileAct]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
