"""What a job made. The bytes lie in a file of the data folder under the public id."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base


class ProducedFile(Base):
    """One file of one job, for the person who asked (AZ9); without an owner what everybody may have."""

    __tablename__ = "produced_file"
    __table_args__ = (Index("ix_produced_file_ends", "ends_at"), about(Level.CASE, Kept.A_DAY))

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    job_uuid: Mapped[UUID] = mapped_column(unique=True)
    owner_id: Mapped[int | None]
    saved_as: Mapped[str] = mapped_column(String(120))  # on the device
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
