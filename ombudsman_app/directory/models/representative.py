"""The Ombudsman's own offices. They are offices too: one id space for rights and respondents."""

from datetime import time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base

from .office import Office
from .region import Region
from .standing import Dated, Verified


class Jurisdiction(Dated, Base):
    """A province that an office of the Ombudsman watches over."""

    __tablename__ = "jurisdiction"
    __table_args__ = (
        UniqueConstraint("representative_id", "province_id"),
        about(Level.PUBLIC, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    representative_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    province_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)

    province: Mapped[Region] = relationship(lazy="raise_on_sql")


class RepresentativeOffice(Office):
    """An office of the Ombudsman. `code` (MAM) stands in registration numbers; working days Mon-Fri."""

    __tablename__ = "representative_office"
    __table_args__ = about(Level.PUBLIC, Kept.PERMANENT)

    id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    code_verified: Mapped[Verified] = mapped_column(default=Verified.UNVERIFIED)
    time_zone: Mapped[str] = mapped_column(String(40))
    opens_at: Mapped[time | None]
    closes_at: Mapped[time | None]
    phone: Mapped[str | None] = mapped_column(String(40))
    whatsapp: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))
    contact_source_keys: Mapped[str] = mapped_column(String(200), default="")
    contact_verified: Mapped[Verified] = mapped_column(default=Verified.UNVERIFIED)

    jurisdictions: Mapped[list[Jurisdiction]] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"polymorphic_identity": "representative"}  # noqa: RUF012
