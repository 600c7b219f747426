"""A monitoring meeting (monev): when, about what, with whom, and what was said to each point."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core import limits
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import Shown, Wall, own, shown_by, through
from ombudsman_app.coverage.meeting_states import MeetingKind, MeetingState
from ombudsman_app.directory.models import Office, RepresentativeOffice

_PAPERS = Shown(
    "document", "folder", "papers_id", only="document.state IN ('issued', 'superseded', 'revoked')"
)


class MonitoringMeeting(Versioned, Base):
    """One meeting that an office of the Ombudsman calls. `papers_id`: folder of invitation and minutes.

    `meets_on`: the legal day of `starts_at` in the zone of the office, by which lists are sorted.
    """

    __tablename__ = "monitoring_meeting"
    __table_args__: Any = (
        Index("ix_monitoring_meeting_list", "representative_office_id", "meets_on", "id", "state"),
        Index("ix_monitoring_meeting_state", "representative_office_id", "state", "meets_on", "id"),
        UniqueConstraint("made_by_id", "form_key"),
        CheckConstraint("length_minutes > 0", name="length"),
        about(
            Level.CASE,
            Kept.COMPLAINT,
            portal=shown_by("meeting_body", "meeting_id", _PAPERS),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40), unique=True)  # PM-0003/2026/KPG
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    kind: Mapped[MeetingKind]
    topic: Mapped[str] = mapped_column(String(limits.NAME))
    place: Mapped[str] = mapped_column(String(limits.ADDRESS))
    starts_at: Mapped[datetime]
    meets_on: Mapped[date]
    length_minutes: Mapped[int]
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    is_told: Mapped[bool] = mapped_column(default=False)  # the bodies know of it: the invitation went out
    ended_because: Mapped[str] = mapped_column(Text, default="")  # of a meeting that was cancelled
    papers_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    form_key: Mapped[str | None] = mapped_column(String(limits.FORM_KEY))

    representative_office: Mapped[RepresentativeOffice] = relationship(lazy="raise_on_sql")
    agenda: Mapped[list["AgendaItem"]] = relationship(
        order_by="AgendaItem.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class AgendaItem(Base):
    """One point of the agenda, and what came of it. `speaker`: a person or a body, as the agenda says it."""

    __tablename__ = "meeting_agenda_item"
    __table_args__: Any = (
        UniqueConstraint("meeting_id", "position"),
        CheckConstraint("length_minutes > 0", name="length"),
        about(Level.CASE, Kept.COMPLAINT, portal=through("meeting_id", "monitoring_meeting")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("monitoring_meeting.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(limits.NAME))
    speaker: Mapped[str] = mapped_column(String(limits.NAME), default="")
    length_minutes: Mapped[int]
    result: Mapped[str] = mapped_column(Text, default="")


class MeetingBody(Base):
    """A body of the directory that is invited. Its officers see the meeting once the invitation went out."""

    __tablename__ = "meeting_body"
    __table_args__: Any = (
        UniqueConstraint("meeting_id", "office_id"),
        Index("ix_meeting_body_office", "office_id", "is_told", "meets_on", "meeting_id"),
        about(Level.CASE, Kept.COMPLAINT, portal=Wall(rule=f"{own('office_id').rule} AND is_told")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("monitoring_meeting.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    meets_on: Mapped[date]  # as the meeting says it, so that one index serves the list of the portal
    is_told: Mapped[bool] = mapped_column(default=False)

    meeting: Mapped[MonitoringMeeting] = relationship(lazy="raise_on_sql")
    office: Mapped[Office] = relationship(lazy="raise_on_sql")


class MinutesReading(Base):
    """A body says that it read the minutes, or remarks on them. Only added to."""

    __tablename__ = "meeting_minutes_reading"
    __table_args__: Any = (
        Index("ix_meeting_minutes_reading_body", "body_id", "id"),
        UniqueConstraint("body_id", "form_key"),
        about(Level.CASE, Kept.COMPLAINT, portal=through("body_id", "meeting_body")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("meeting_body.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(Text, default="")
    form_key: Mapped[str | None] = mapped_column(String(limits.FORM_KEY))
