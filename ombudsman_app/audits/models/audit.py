"""A round of audits, the audit of one office in it, its team, and what happened to it."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.audits.states import AuditState, RoundState, Seat
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import Shown, Wall, own, shown_by, through
from ombudsman_app.directory.models import Office, OfficeKind, RepresentativeOffice

from .instrument import AuditScheme, InstrumentVersion

if TYPE_CHECKING:
    from .answer_time import AuditClock

_SHOWN_STATES = "IN ('draft_sent', 'final', 'published')"


class AuditRound(Versioned, Base):
    """A campaign: one version of an instrument, some offices, a period."""

    __tablename__ = "audit_round"
    __table_args__: Any = (
        Index("ix_audit_round_list", "representative_office_id", "period_from", "id"),
        about(Level.CASE, Kept.PERMANENT, portal=shown_by("audit", "round_id")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)  # in public addresses, given once
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    title: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(Text, default="")
    instrument_version_id: Mapped[int] = mapped_column(ForeignKey("audit_instrument_version.id"), index=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("audit_scheme.id"))
    period_from: Mapped[date]
    period_until: Mapped[date]
    state: Mapped[RoundState] = mapped_column(default=RoundState.PLANNED)
    is_blind: Mapped[bool] = mapped_column(default=False)  # two assessors who do not see each other's sheet
    has_cap: Mapped[bool] = mapped_column(default=True)  # a critical indicator below 50 caps at C (setting)
    is_demo: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]

    representative_office: Mapped[RepresentativeOffice] = relationship(lazy="raise_on_sql")
    instrument_version: Mapped[InstrumentVersion] = relationship(lazy="raise_on_sql")
    scheme: Mapped[AuditScheme] = relationship(lazy="raise_on_sql")


class Audit(Versioned, Base):
    """The audit of one office in one round. What decides the score is frozen in `AuditScore`.

    Folders: `papers_id` of documents (assignment, draft, report …), `answers_id` of what the office sends.
    The columns of the result are those of the final score, for lists and comparison.
    """

    __tablename__ = "audit"
    __table_args__: Any = (
        UniqueConstraint("round_id", "office_id"),
        Index("ix_audit_list", "representative_office_id", "state", "planned_from", "id"),
        Index("ix_audit_portal", "office_id", "state", "id"),
        Index("ix_audit_published", "office_kind", "round_id", "hundredths", "id"),
        Index(  # the field of a round, of which no row is read (`queries/comparison.py`)
            "ix_audit_compared",
            *(
                "round_id",
                "office_kind",
                "state",
                "hundredths",
                "low_hundredths",
                "high_hundredths",
                "office_id",
            ),
        ),
        about(
            Level.CASE,
            Kept.PERMANENT,
            portal=Wall(
                rule=f"{own('office_id').rule} AND state {_SHOWN_STATES}",
                shows=(
                    Shown("attachment", "folder", "answers_id"),
                    Shown("upload", "folder", "answers_id"),
                    # who is sent to assess is no business of the office
                    Shown("document", "folder", "papers_id", only="kind <> 'audit_assignment'"),
                ),
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str | None] = mapped_column(String(40), unique=True)  # AU-0003/2026/MAM, when it starts
    round_id: Mapped[int] = mapped_column(ForeignKey("audit_round.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office_kind: Mapped[OfficeKind]  # as it was then: only offices of one kind are compared
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    instrument_version_id: Mapped[int] = mapped_column(ForeignKey("audit_instrument_version.id"))
    scheme_id: Mapped[int] = mapped_column(ForeignKey("audit_scheme.id"))
    state: Mapped[AuditState] = mapped_column(default=AuditState.PLANNED)
    planned_from: Mapped[date]
    planned_until: Mapped[date]
    papers_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    answers_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]

    started_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reviewed_at: Mapped[datetime | None]

    # legal days in the zone of the handling office
    draft_sent_on: Mapped[date | None]
    received_on: Mapped[date | None]  # the day of proven receipt, day 0 of the time to answer
    receipt: Mapped[str | None] = mapped_column(String(40))  # how it is proven
    answer_due_on: Mapped[date | None]
    answered_on: Mapped[date | None]  # when the office said that it has answered
    days_late: Mapped[int | None]  # calendar days after the last day; for ever

    finalised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    finalised_at: Mapped[datetime | None]
    publication_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    publication_asked_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_on: Mapped[date | None]

    hundredths: Mapped[int | None]  # of the final total: 7569 is 75.69; exact on both databases
    # what the total could be if indicators with too few cases had come out otherwise (`scoring/span.py`)
    low_hundredths: Mapped[int | None]
    high_hundredths: Mapped[int | None]
    category: Mapped[str | None] = mapped_column(String(10))
    zone: Mapped[str | None] = mapped_column(String(20))

    round: Mapped[AuditRound] = relationship(lazy="raise_on_sql")
    office: Mapped[Office] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )
    instrument_version: Mapped[InstrumentVersion] = relationship(lazy="raise_on_sql")
    scheme: Mapped[AuditScheme] = relationship(lazy="raise_on_sql")
    clock: Mapped["AuditClock | None"] = relationship(
        lazy="raise_on_sql", back_populates="audit", uselist=False
    )
    members: Mapped[list["AuditMember"]] = relationship(
        lazy="raise_on_sql", order_by="AuditMember.id", back_populates="audit"
    )

    @property
    def total(self) -> Decimal | None:
        """The final total, two decimals."""
        return None if self.hundredths is None else Decimal(self.hundredths).scaleb(-2)


class AuditMember(Base):
    """Who has which seat in the team of an audit: one person, one seat."""

    __tablename__ = "audit_member"
    __table_args__: Any = (
        UniqueConstraint("audit_id", "user_id"),
        Index("ix_audit_member_user", "user_id", "audit_id"),
        about(Level.CASE, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    seat: Mapped[Seat]

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql", back_populates="members")
    user: Mapped[User] = relationship(lazy="raise_on_sql")


class AuditStep(Base):
    """One move of an audit; only added to."""

    __tablename__ = "audit_step"
    __table_args__: Any = (
        Index("ix_audit_step_audit", "audit_id", "id"),
        # why a reviewer gave an audit back stays inside: an office sees the steps from its draft on
        about(
            Level.CASE,
            Kept.PERMANENT,
            portal=Wall(rule=f"{through('audit_id', 'audit').rule} AND to_state {_SHOWN_STATES}"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    move: Mapped[str] = mapped_column(String(40))
    from_state: Mapped[AuditState]
    to_state: Mapped[AuditState]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: a job
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")

    by: Mapped[User | None] = relationship(lazy="raise_on_sql")
