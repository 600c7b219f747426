"""Service counters (loket). The code on a counter's poster leads to `/lapor/loket/<code>`."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base

from .office import Office
from .service import Service
from .standing import Dated, Sourced


class CounterService(Base):
    """A service that a counter gives."""

    __tablename__ = "counter_service"
    __table_args__ = about(Level.PUBLIC, Kept.PERMANENT)

    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True, index=True)


class Counter(Dated, Sourced, Base):
    """One counter of an office. `code` is random and short: it is typed from a poster, no secret."""

    __tablename__ = "counter"
    __table_args__ = about(Level.PUBLIC, Kept.PERMANENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    reference: Mapped[str | None] = mapped_column(String(60), unique=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)

    office: Mapped[Office] = relationship(lazy="raise_on_sql")
    services: Mapped[list[Service]] = relationship(
        secondary="counter_service", order_by=Service.position, lazy="raise_on_sql"
    )
