"""How far each addressee keeps each duty of Inpres 2/2021, what was said before, what a Pemda proposes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import Shown, Wall, own, through
from ombudsman_app.coverage.duties import DutyState, ProposalState
from ombudsman_app.directory.models import Office, OfficeKind

from .local_rule import LocalRule

GOVERNMENTS = (
    OfficeKind.PROVINCE_GOVERNMENT,
    OfficeKind.REGENCY_GOVERNMENT,
    OfficeKind.CITY_GOVERNMENT,
)
_WAITS = text("state = 'waiting'")
_KINDS = ", ".join(f"'{kind.value}'" for kind in GOVERNMENTS)
# the government of the place, and no other office that lies there
_OF_PEMDA = (
    f"EXISTS (SELECT 1 FROM office AS record WHERE {own('record.id').rule}"  # noqa: S608 - our own words
    f" AND record.region_id = {{table}}.region_id AND record.kind IN ({_KINDS}))"
)


class DutyStatus(Versioned, Base):
    """How far one duty is kept by one addressee, as last assessed. No row: not assessed.

    `subject` is the code of the region, or the addressee where it is a national body.
    """

    __tablename__ = "duty_status"
    __table_args__: Any = (
        UniqueConstraint("subject", "duty"),
        Index("ix_duty_status_province", "province_code", "subject", "duty", "status"),
        about(
            Level.PUBLIC,
            Kept.PERMANENT,
            portal=Wall(rule=_OF_PEMDA, verbs="SELECT", shows=(Shown("attachment", "folder", "files_id"),)),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    province_code: Mapped[str | None] = mapped_column(String(2))
    duty: Mapped[str] = mapped_column(String(40))
    status: Mapped[DutyState]
    as_of: Mapped[date]
    files_id: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    changed_at: Mapped[datetime | None]

    entries: Mapped[list["DutyEntry"]] = relationship(order_by="DutyEntry.id", lazy="raise_on_sql")


class DutyEntry(Base):
    """One assessment. Only added to: a trigger refuses changes, so every old status can be read."""

    __tablename__ = "duty_entry"
    __table_args__: Any = (
        Index("ix_duty_entry_status", "duty_status_id", "id"),
        CheckConstraint("status NOT IN ('not_applicable', 'not_assessed') OR reason <> ''", name="reason"),
        CheckConstraint(
            "status NOT IN ('met', 'in_progress') OR evidence <> ''"
            " OR evidence_url <> '' OR local_rule_id IS NOT NULL",
            name="evidence",
        ),
        about(Level.PUBLIC, Kept.PERMANENT, portal=through("duty_status_id", "duty_status")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_status_id: Mapped[int] = mapped_column(ForeignKey("duty_status.id"))
    status: Mapped[DutyState]
    as_of: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    evidence_url: Mapped[str] = mapped_column(String(500), default="")
    local_rule_id: Mapped[int | None] = mapped_column(ForeignKey("local_rule.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("duty_proposal.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    made_by: Mapped[User] = relationship(lazy="raise_on_sql")
    local_rule: Mapped[LocalRule | None] = relationship(lazy="raise_on_sql")


class DutyProposal(Versioned, Base):
    """What a Pemda says of itself, until an officer takes it over or returns it with a reason."""

    __tablename__ = "duty_proposal"
    __table_args__: Any = (
        Index("ix_duty_proposal_office", "office_id", "duty", "id"),
        Index("ix_duty_proposal_waits", "state", "representative_office_id", "id"),
        # one at a time, whatever the program does
        Index(
            "uq_duty_proposal_waits",
            "subject",
            "duty",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        CheckConstraint("state NOT IN ('accepted', 'returned') OR decided_by_id IS NOT NULL", name="decided"),
        about(
            Level.CASE,
            Kept.PERMANENT,
            portal=own(
                "office_id",
                Shown("attachment", "folder", "files_id"),
                Shown("upload", "folder", "files_id"),
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    subject: Mapped[str] = mapped_column(String(20))
    duty: Mapped[str] = mapped_column(String(40))
    status: Mapped[DutyState]
    as_of: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    evidence_url: Mapped[str] = mapped_column(String(500), default="")
    local_rule_id: Mapped[int | None] = mapped_column(ForeignKey("local_rule.id"))
    files_id: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.WAITING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(Text, default="")  # why it was returned
    changed_at: Mapped[datetime | None]

    office: Mapped[Office] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id], lazy="raise_on_sql")
    local_rule: Mapped[LocalRule | None] = relationship(lazy="raise_on_sql")
