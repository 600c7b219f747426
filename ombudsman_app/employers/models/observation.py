"""What was said about an employer, and when. Only added to: a trigger refuses changes.

Undoing an import takes its rows out again as if they had never been there; nothing else deletes them.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base
from ombudsman_app.employers.states import Breach, BreachEnd, SourceKind


class Observation(Base):
    """How many work there and how many of them are registered, by one source on one day.

    Counts are ranges: low and high are equal where the source gives one number, None where it gives none.
    No names of workers: counts alone (`privacy_limits`). Wages are whole rupiah a month, on average.
    """

    __tablename__ = "employer_observation"
    __table_args__: Any = (
        Index("ix_employer_observation_employer", "employer_id", "observed_on", "id"),
        Index("ix_employer_observation_import", "import_id"),
        CheckConstraint("workers_low IS NULL OR workers_low BETWEEN 0 AND workers_high", name="workers"),
        CheckConstraint(
            "registered_low IS NULL OR registered_low BETWEEN 0 AND registered_high", name="registered"
        ),
        CheckConstraint("(workers_low IS NULL) = (workers_high IS NULL)", name="workers_range"),
        CheckConstraint("(registered_low IS NULL) = (registered_high IS NULL)", name="registered_range"),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    observed_on: Mapped[date]  # the day for which the numbers hold
    source_kind: Mapped[SourceKind]
    source: Mapped[str] = mapped_column(String(300))  # which paper, list or visit; no person

    workers_low: Mapped[int | None]
    workers_high: Mapped[int | None]
    registered_low: Mapped[int | None]
    registered_high: Mapped[int | None]
    wage_paid: Mapped[int | None] = mapped_column(info=level(Level.SENSITIVE))
    wage_reported: Mapped[int | None] = mapped_column(info=level(Level.SENSITIVE))
    programmes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # it takes part in
    note: Mapped[str] = mapped_column(Text, default="")

    import_id: Mapped[int | None]  # the run that brought it; no foreign key: runs are swept earlier
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    made_by: Mapped[User] = relationship(lazy="raise_on_sql")


class Noncompliance(Base):
    """One kind of non-compliance of one employer, from the day it was found until it ended."""

    __tablename__ = "employer_noncompliance"
    __table_args__: Any = (
        Index("ix_employer_noncompliance_employer", "employer_id", "id"),
        # one open row of each kind: a second report of it adds an observation
        Index(
            "uq_employer_noncompliance_open",
            *("employer_id", "breach"),
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_employer_noncompliance_import", "import_id"),
        CheckConstraint("(ended_on IS NULL) = (ended_as IS NULL)", name="ended"),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    breach: Mapped[Breach]
    found_on: Mapped[date]
    source_kind: Mapped[SourceKind]
    source: Mapped[str] = mapped_column(String(300))
    is_proven: Mapped[bool] = mapped_column(default=False)  # by an act of a public body, not by a report
    ended_on: Mapped[date | None]
    ended_as: Mapped[BreachEnd | None]

    import_id: Mapped[int | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
