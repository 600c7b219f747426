"""Who reported: in a table of its own, sealed field by field (PD1)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.sealing import RecordKey, new_record_key, open_record_key


class ReporterIdentity(Base):
    """One person, each field sealed with the key of this row. Destroying `wrapped_key` forgets them (PD8)."""

    __tablename__ = "reporter_identity"
    __table_args__ = about(Level.SECRET, Kept.COMPLAINT)

    # F1–F5 of the formal requirements, and how to reach the person
    FIELDS: ClassVar = (
        "full_name",
        "birth_place",
        "birth_date",
        "marital_status",
        "occupation",
        "address",
        "phone",
        "email",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    full_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    birth_place: Mapped[bytes | None] = mapped_column(LargeBinary)
    birth_date: Mapped[bytes | None] = mapped_column(LargeBinary)
    marital_status: Mapped[bytes | None] = mapped_column(LargeBinary)
    occupation: Mapped[bytes | None] = mapped_column(LargeBinary)
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    email: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True)  # blind index (PD4)
    created_at: Mapped[datetime]

    def place(self, column: str) -> str:
        """Return what a sealed value is bound to, so that it opens nowhere else."""
        return f"reporter_identity.{column}.{self.uuid}"

    @classmethod
    def sealed(cls, given: dict[str, str], *, at: datetime, phone_index: str | None) -> "ReporterIdentity":
        """Seal what a person told; empty answers stay empty."""
        identity = cls(uuid=uuid4(), created_at=at, phone_index=phone_index)
        key, identity.wrapped_key = new_record_key(place=identity.place("wrapped_key"))
        for field in cls.FIELDS:
            if given.get(field):
                setattr(identity, field, key.seal(given[field], place=identity.place(field)))
        return identity

    def record_key(self) -> RecordKey:
        """Open the key of this row. Raises SealBroken; a destroyed key is a destroyed person."""
        return open_record_key(self.wrapped_key or b"", place=self.place("wrapped_key"))

    def told_fields(self) -> tuple[str, ...]:
        """Return the names of the fields that were answered, without opening any."""
        return tuple(field for field in self.FIELDS if getattr(self, field) is not None)

    def opened_fields(self, *names: str) -> dict[str, str]:
        """Return some of what was told, for a message that leaves. Raises SealBroken."""
        told = [name for name in names if getattr(self, name) is not None]
        key = self.record_key() if told else None
        return {name: key.unseal(getattr(self, name), place=self.place(name)) for name in told if key}

    def opened(self) -> dict[str, str]:
        """Return what was told, by field. Only the command that logs it calls this. Raises SealBroken."""
        key = self.record_key()
        return {
            field: key.unseal(getattr(self, field), place=self.place(field)) for field in self.told_fields()
        }
