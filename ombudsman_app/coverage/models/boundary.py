"""True boundaries of provinces and regencies, as an institution brought them: none is shipped."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base


class BoundaryLevel(StrEnum):
    """What is drawn: all provinces on one map, or the regencies and cities of one province."""

    PROVINCE = "province"
    REGENCY = "regency"


class BoundarySet(Base):
    """One import of a level; the next one replaces it whole. Source and licence stand below each map."""

    __tablename__ = "boundary_set"
    __table_args__ = (about(Level.PUBLIC, Kept.PERMANENT),)

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[BoundaryLevel] = mapped_column(unique=True)
    source: Mapped[str] = mapped_column(String(300))
    licence: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))  # of the file
    imported_at: Mapped[datetime]


class Boundary(Base):
    """The outline of one area: a path of SVG in places of a grid, y down (`isolated/boundaries.py`).

    Box and middle are in the same places; `room` is how far it is from the middle to the border.
    """

    __tablename__ = "boundary"
    __table_args__ = (about(Level.PUBLIC, Kept.PERMANENT),)

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("boundary_set.id"), index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), unique=True)
    path: Mapped[str] = mapped_column(Text)
    left: Mapped[int]
    top: Mapped[int]
    right: Mapped[int]
    bottom: Mapped[int]
    middle_x: Mapped[int]
    middle_y: Mapped[int]
    room: Mapped[int]
