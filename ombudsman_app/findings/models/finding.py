"""A finding and the measures that it carries."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import Shown, own, through
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.findings.states import FindingState, MeasureKind, Origin

NO_DUE_DAY = date(9999, 12, 31)  # sorts behind every real day, so that one index serves the register


class Finding(Versioned, Base):
    """One shortcoming, at one office, with a time to answer. Nothing in here says who reported anything.

    Two folders of files: what the Ombudsman holds, which no office sees, and what the office sent.
    `round` counts how often it was sent: 1 when it goes out, one more each time it goes back.
    """

    __tablename__ = "finding"
    __table_args__: Any = (
        # One range per way of asking (`queries/register.py`).
        # The tail of the first answers filters, that of the second the picture of lateness: no row is read.
        Index(
            "ix_finding_register",
            *("representative_office_id", "is_open", "next_due_on", "id", "state", "origin", "office_id"),
        ),
        Index(
            "ix_finding_register_state",
            *("representative_office_id", "state", "next_due_on", "id", "office_id"),
        ),
        Index(
            "ix_finding_register_respondent",
            *("representative_office_id", "office_id", "is_open", "next_due_on", "id"),
        ),
        Index("ix_finding_register_maker", "made_by_id", "is_open", "next_due_on", "id"),
        Index("ix_finding_portal", "office_id", "is_open", "next_due_on", "id"),
        UniqueConstraint("id", "origin"),
        about(
            Level.CASE,
            Kept.PERMANENT,
            portal=own(
                "office_id",
                Shown("attachment", "folder", "answers_id"),
                Shown("upload", "folder", "answers_id"),
                Shown("document", "folder", "evidence_id"),
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str | None] = mapped_column(
        String(40), unique=True
    )  # TM-0012/2026/MAM, when it is sent
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    origin: Mapped[Origin]
    # the rules that the case behind it began under; None: it comes from no case
    regime: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[FindingState] = mapped_column(default=FindingState.DRAFT)
    is_open: Mapped[bool] = mapped_column(default=True)
    round: Mapped[int] = mapped_column(default=0)
    is_received: Mapped[bool] = mapped_column(default=False)  # the receipt of this round is proven

    summary: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(300))
    evidence_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    answers_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)

    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    # who else wrote words of the draft: ids of people
    co_authors: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    sent_on: Mapped[date | None]  # legal day in the zone of the handling office
    next_due_on: Mapped[date] = mapped_column(default=NO_DUE_DAY)
    done_on: Mapped[date | None]
    changed_at: Mapped[datetime | None]

    office: Mapped[Office] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )
    made_by: Mapped[User] = relationship(lazy="raise_on_sql")
    measures: Mapped[list["Measure"]] = relationship(
        order_by="Measure.id", lazy="raise_on_sql", back_populates="finding"
    )

    def is_written_by(self, user_id: int | None) -> bool:
        """Whether words of it are of this person, who then does not judge the answer."""
        return user_id is not None and user_id in (self.made_by_id, *self.co_authors)

    @property
    def institution_id(self) -> int:
        """The body that answers; its office must be loaded."""
        return self.office.institution_id


class Measure(Base):
    """What the office is to do. Its kind follows from where the finding comes from, for ever."""

    __tablename__ = "finding_measure"
    __table_args__ = (
        ForeignKeyConstraint(["finding_id", "origin"], ["finding.id", "finding.origin"]),
        CheckConstraint(
            "(kind <> 'corrective_action' OR origin = 'lhp')"
            " AND (kind <> 'improvement_suggestion' OR origin IN ('audit', 'kajian', 'visit', 'employer'))"
            " AND (kind <> 'recommendation' OR (origin = 'recommendation' AND written_as = 'chair'))",
            name="kind_of_origin",
        ),
        about(Level.CASE, Kept.PERMANENT, portal=through("finding_id", "finding")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(index=True)
    origin: Mapped[Origin]
    kind: Mapped[MeasureKind]
    written_as: Mapped[str] = mapped_column(String(40))  # the role in which it was written
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str | None] = mapped_column(String(40))  # None: nothing was said about it yet

    finding: Mapped[Finding] = relationship(lazy="raise_on_sql", back_populates="measures")
