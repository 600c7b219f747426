"""What was seen on a visit. It is no score, whatever was said on that day (domain/audits.md §7)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.directory.models import Counter, Office, RepresentativeOffice, Sourced

from .finding import Finding


class VisitObservation(Sourced, Base):
    """What officers saw at a counter: what was good, whether others can learn there, why and until when."""

    __tablename__ = "visit_observation"
    __table_args__: Any = (
        Index("ix_visit_observation_list", "representative_office_id", "visited_on", "id"),
        CheckConstraint("NOT is_study_place OR study_reason <> ''", name="study_place_has_a_reason"),
        about(Level.CASE, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str | None] = mapped_column(String(60), unique=True)  # of what came with a source
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    visited_on: Mapped[date]
    seen: Mapped[str] = mapped_column(Text)
    good_practice: Mapped[str] = mapped_column(Text, default="", server_default="")
    is_study_place: Mapped[bool] = mapped_column(default=False)  # tujuan studi banding
    study_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    study_until: Mapped[date | None]  # None: said without an end
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: from a source
    noted_at: Mapped[datetime]

    office: Mapped[Office] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )
    counter: Mapped[Counter | None] = relationship(lazy="raise_on_sql")
    noted_by: Mapped[User | None] = relationship(lazy="raise_on_sql")


class VisitFinding(Base):
    """Which visit a finding comes from."""

    __tablename__ = "visit_finding"
    __table_args__ = about(Level.CASE, Kept.PERMANENT)

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    observation_id: Mapped[int] = mapped_column(ForeignKey("visit_observation.id"), index=True)

    finding: Mapped[Finding] = relationship(lazy="raise_on_sql")
    observation: Mapped[VisitObservation] = relationship(lazy="raise_on_sql")
