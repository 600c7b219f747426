"""What a body promised at a meeting, by when, and all that was said of it since."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core import limits
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import Shown, Wall, own, through
from ombudsman_app.coverage.meeting_states import CameBy, CommitmentAct, CommitmentState
from ombudsman_app.directory.models import Office, Region, RepresentativeOffice

from .meeting import MonitoringMeeting


class Commitment(Versioned, Base):
    """One promise: of a place (regency, city), of a body of the directory, or of a body for a place.

    `is_told`: the body sees it in the portal, since the minutes went out. `done_on`: the day on which it was
    done, as the body reports it; `days_late`: calendar days after the last day, for ever once confirmed.
    """

    __tablename__ = "commitment"
    __table_args__: Any = (
        Index("ix_commitment_list", "representative_office_id", "due_on", "id", "state"),
        Index("ix_commitment_state", "representative_office_id", "state", "due_on", "id"),
        Index("ix_commitment_region", "representative_office_id", "region_id", "due_on", "id", "state"),
        Index("ix_commitment_office", "office_id", "is_told", "due_on", "id", "state"),
        Index("ix_commitment_due", "state", "due_on", "id"),
        UniqueConstraint("meeting_id", "number"),
        UniqueConstraint("made_by_id", "form_key"),
        CheckConstraint("region_id IS NOT NULL OR office_id IS NOT NULL", name="whose"),
        CheckConstraint("days_late >= 0", name="days_late"),
        about(
            Level.CASE,
            Kept.COMPLAINT,
            portal=Wall(
                rule=f"{own('office_id').rule} AND is_told",
                shows=(Shown("attachment", "folder", "files_id"), Shown("upload", "folder", "files_id")),
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("monitoring_meeting.id"))  # at which it was agreed
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    number: Mapped[int]  # among those of its meeting
    text: Mapped[str] = mapped_column(Text)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    due_on: Mapped[date]
    state: Mapped[CommitmentState] = mapped_column(default=CommitmentState.OPEN)
    is_told: Mapped[bool] = mapped_column(default=False)
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    done_on: Mapped[date | None]
    days_late: Mapped[int] = mapped_column(default=0)
    reminded: Mapped[int] = mapped_column(default=0)  # how many of the reminders went out
    files_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    form_key: Mapped[str | None] = mapped_column(String(limits.FORM_KEY))

    meeting: Mapped[MonitoringMeeting] = relationship(lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )
    region: Mapped[Region | None] = relationship(lazy="raise_on_sql")
    office: Mapped[Office | None] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")

    @property
    def whose(self) -> str:
        """Name whose promise it is. Region and office are loaded."""
        return self.office.short_name if self.office else self.region.name if self.region else ""


class CommitmentEntry(Base):
    """One line of the history. Only added to; a trigger refuses any change."""

    __tablename__ = "commitment_entry"
    __table_args__: Any = (
        Index("ix_commitment_entry_commitment", "commitment_id", "id"),
        UniqueConstraint("commitment_id", "form_key"),
        about(Level.CASE, Kept.COMPLAINT, portal=through("commitment_id", "commitment")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    act: Mapped[CommitmentAct]
    text: Mapped[str] = mapped_column(Text, default="")
    done_on: Mapped[date | None]  # of a report
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("monitoring_meeting.id"))  # that carries it on
    came_by: Mapped[CameBy]
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    form_key: Mapped[str | None] = mapped_column(String(limits.FORM_KEY))

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class CommitmentCarried(Base):
    """A later meeting goes on with a commitment of an earlier one: it is carried, not copied."""

    __tablename__ = "commitment_carried"
    __table_args__: Any = (
        Index("ix_commitment_carried_commitment", "commitment_id"),
        about(Level.CASE, Kept.COMPLAINT, portal=through("commitment_id", "commitment")),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("monitoring_meeting.id"), primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), primary_key=True)
