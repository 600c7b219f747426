"""Instruments with their versions, and the schemes by which a total gets a category."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.audits.states import VersionState
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import shown_by


class AuditScheme(Base):
    """Bands and what else of an assessment holds in some years. Only added to: an audit keeps its own.

    `content` is what `scoring.scheme.read_scheme` reads.
    """

    __tablename__ = "audit_scheme"
    __table_args__ = about(Level.PUBLIC, Kept.PERMANENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    year_from: Mapped[int]
    year_until: Mapped[int | None]  # None: it still holds
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_shipped: Mapped[bool] = mapped_column(default=False)  # from the rules of the house
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]


class Instrument(Base):
    """A question sheet through all its versions."""

    __tablename__ = "audit_instrument"
    __table_args__ = about(Level.PUBLIC, Kept.PERMANENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    title_id: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200))

    versions: Mapped[list["InstrumentVersion"]] = relationship(
        order_by="InstrumentVersion.id", lazy="raise_on_sql", back_populates="instrument"
    )


class InstrumentVersion(Versioned, Base):
    """One version: written as a draft, frozen when it is put in use, in use for one instrument at a time.

    A trigger keeps what was in use from being changed or deleted, by whatever way.
    `content` is what `scoring.definition.read_definition` reads, `digest` that of the definition.
    """

    __tablename__ = "audit_instrument_version"
    __table_args__: Any = (
        UniqueConstraint("instrument_id", "number"),
        Index(
            "uq_audit_instrument_version_in_use",
            "instrument_id",
            unique=True,
            sqlite_where=text("state = 'in_use'"),
            postgresql_where=text("state = 'in_use'"),
        ),
        about(Level.CASE, Kept.PERMANENT, portal=shown_by("audit", "instrument_version_id")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("audit_instrument.id"))
    number: Mapped[str] = mapped_column(String(20))  # "1.0"
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("audit_scheme.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("audit_instrument_version.id"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: shipped
    co_authors: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    in_use_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    in_use_from: Mapped[date | None]
    retired_on: Mapped[date | None]

    instrument: Mapped[Instrument] = relationship(lazy="raise_on_sql", back_populates="versions")
    scheme: Mapped[AuditScheme] = relationship(lazy="raise_on_sql")
    made_by: Mapped[User | None] = relationship(foreign_keys=[made_by_id], lazy="raise_on_sql")

    def is_written_by(self, user_id: int | None) -> bool:
        """Whether words of it are of this person, who then does not put it in use (AZ10)."""
        return user_id is not None and user_id in (self.made_by_id, *self.co_authors)
