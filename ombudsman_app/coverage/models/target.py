"""What a place should reach, by the paper that says so."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.coverage.states import Definition

from .source import CoverageSource


class CoverageTarget(Base):
    """A percentage that a place should reach by the end of a year."""

    __tablename__ = "coverage_target"
    __table_args__ = (
        UniqueConstraint("place_code", "definition", "year", "source_id"),
        about(Level.PUBLIC, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(String(13))
    definition: Mapped[Definition]
    year: Mapped[int]
    percent: Mapped[Decimal] = mapped_column(Numeric(9, 4))
    paper: Mapped[str] = mapped_column(String(200), default="")  # the letter or plan that sets it
    source_id: Mapped[int] = mapped_column(ForeignKey("coverage_source.id"), index=True)

    source: Mapped[CoverageSource] = relationship(lazy="raise_on_sql")
