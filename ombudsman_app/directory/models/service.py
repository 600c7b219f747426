"""What a counter gives, and what an office promises about it (UU 25/2009 Pasal 21)."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base

from .standing import Dated, Sourced


class PromiseUnit(StrEnum):
    MINUTES = "minutes"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class Service(Dated, Sourced, Base):
    """One service; `code` as in `complaints.yaml` where that has one (`jht_claim`)."""

    __tablename__ = "service"
    __table_args__ = about(Level.PUBLIC, Kept.PERMANENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)


class ServicePromise(Dated, Sourced, Base):
    """Published time, fee and requirements of a service at one office. None: the office does not say."""

    __tablename__ = "service_promise"
    __table_args__ = (UniqueConstraint("office_id", "service_id"), about(Level.PUBLIC, Kept.PERMANENT))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    length: Mapped[int | None]
    unit: Mapped[PromiseUnit | None]
    starts: Mapped[str] = mapped_column(String(200), default="")
    fee_rupiah: Mapped[int | None]  # 0: free of charge
    requirements: Mapped[str] = mapped_column(Text, default="")  # one a line

    service: Mapped[Service] = relationship(lazy="raise_on_sql")

    @property
    def requirement_lines(self) -> list[str]:
        return self.requirements.splitlines()
