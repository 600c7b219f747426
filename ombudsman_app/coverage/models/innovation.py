"""Innovations of local governments and offices: what sources say of them, and how they were evaluated.

Facts, statements and evaluations are rows that another person releases; a trigger refuses changes of what
they say. The innovation itself bears the released facts, so that lists read one table.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import NO_ROW
from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.coverage.innovations import Aspect, InnovationStatus
from ombudsman_app.coverage.states import Standing
from ombudsman_app.directory.models import Region, RepresentativeOffice

from .source import CoverageSource

_WAITS = "standing = 'proposed'"
_DECIDED = "standing NOT IN ('refused', 'withdrawn') OR decision_reason <> ''"
_TAIL = ("status", "is_public")


def _about() -> dict[str, Any]:
    """What waits is nobody's outside, and no page of the portal reads the rest."""
    return about(Level.PUBLIC, Kept.PERMANENT, portal=NO_ROW)


def _waiting_index(table: str, *, is_one: bool) -> Index:
    """What waits, by innovation; `is_one`: no second of its kind while one waits."""
    name = f"{'uq' if is_one else 'ix'}_{table}_waits"
    return Index(
        name, "innovation_id", unique=is_one, sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)
    )


class Innovation(Versioned, Base):
    """One innovation as the public knows it; while `is_public` is false, as it was first proposed.

    `notes`: what the sources do not tell, one note in each line. `reference`: its slug in the shipped file.
    """

    __tablename__ = "innovation"
    __table_args__: Any = (
        # one range for each way of asking; the tails answer the other filters without reading rows
        Index("ix_innovation_province", "province_code", "id", *_TAIL),
        Index("ix_innovation_region", "region_id", "id", *_TAIL),
        Index("ix_innovation_status", "status", "id", "is_public"),
        Index("ix_innovation_public", "is_public", "id"),
        Index("ix_innovation_changed", "changed_at"),  # the newest one, for pages that are kept
        _about(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str | None] = mapped_column(String(80), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)  # in public addresses, given once
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    province_code: Mapped[str] = mapped_column(String(2))
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"), index=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(120))
    owner: Mapped[str] = mapped_column(String(200))
    since: Mapped[int | None] = mapped_column(SmallInteger)  # the year; None: no source names it
    status: Mapped[InnovationStatus]
    status_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]  # when something of it was released or taken back

    region: Mapped[Region] = relationship(lazy="raise_on_sql")
    office: Mapped[RepresentativeOffice] = relationship(lazy="raise_on_sql")


class Proposed(Versioned):
    """What rows have in common that one person writes and another releases."""

    standing: Mapped[Standing] = mapped_column(default=Standing.PROPOSED)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: shipped
    made_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime | None]


class InnovationFacts(Proposed, Base):
    """Name, owner, year and status as one person wrote them down. The released ones stand in `innovation`."""

    __tablename__ = "innovation_facts"
    __table_args__: Any = (
        Index("ix_innovation_facts_of", "innovation_id", "id"),
        _waiting_index("innovation_facts", is_one=True),
        CheckConstraint(_DECIDED, name="decided"),
        _about(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovation.id"))
    name: Mapped[str] = mapped_column(String(120))
    owner: Mapped[str] = mapped_column(String(200))
    since: Mapped[int | None] = mapped_column(SmallInteger)
    status: Mapped[InnovationStatus]
    status_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(Text, default="")


class InnovationStatement(Proposed, Base):
    """What one source says: `quote` word for word, `text` in plain words, by whom and on which day."""

    __tablename__ = "innovation_statement"
    __table_args__: Any = (
        Index("ix_innovation_statement_of", "innovation_id", "id"),
        _waiting_index("innovation_statement", is_one=False),
        CheckConstraint(_DECIDED, name="decided"),
        _about(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovation.id"))
    aspect: Mapped[Aspect]
    text: Mapped[str] = mapped_column(String(500))
    quote: Mapped[str] = mapped_column(Text)
    speaker: Mapped[str] = mapped_column(String(200))  # an official, in the function he spoke in
    as_of: Mapped[date]
    verified: Mapped[Mark]
    source_id: Mapped[int] = mapped_column(ForeignKey("coverage_source.id"), index=True)

    source: Mapped[CoverageSource] = relationship(lazy="raise_on_sql")


class InnovationEvaluation(Proposed, Base):
    """What the office finds, on one day. `judgements`: [criterion, finding, evidence]; a criterion that is
    not among them could not be judged. A later one supersedes, this one stays to be read."""

    __tablename__ = "innovation_evaluation"
    __table_args__: Any = (
        Index("ix_innovation_evaluation_of", "innovation_id", "id"),
        _waiting_index("innovation_evaluation", is_one=True),
        CheckConstraint(_DECIDED, name="decided"),
        _about(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovation.id"))
    as_of: Mapped[date]
    conclusion: Mapped[str] = mapped_column(Text)
    judgements: Mapped[list[list[str]]] = mapped_column(JSON)
