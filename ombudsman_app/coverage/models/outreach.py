"""Outreach (sosialisasi): an event where people are told of their insurance, and what was said of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core import limits
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import Shown, own, through
from ombudsman_app.coverage.meeting_states import CameBy
from ombudsman_app.coverage.outreach_states import KnownBy, OutreachAct, OutreachState, TargetGroup
from ombudsman_app.directory.models import Office, Region, RepresentativeOffice

from .commitment import Commitment


class OutreachEvent(Versioned, Base):
    """One event. `office_id` holds it; `representative_office_id` watches over its place.

    `happens_on`: the legal day of `starts_at` in the zone of the place, by which lists are sorted.
    `participants` None: nobody knows how many came; `women` and `men` may leave some out.
    """

    __tablename__ = "outreach_event"
    __table_args__: Any = (
        Index("ix_outreach_event_list", "representative_office_id", "happens_on", "id", "state"),
        Index("ix_outreach_event_state", "representative_office_id", "state", "happens_on", "id"),
        Index("ix_outreach_event_region", "region_id", "state", "happens_on", "id"),
        Index("ix_outreach_event_province", "province_code", "state", "happens_on", "id"),
        Index("ix_outreach_event_office", "office_id", "happens_on", "id"),
        Index("ix_outreach_event_commitment", "commitment_id"),
        UniqueConstraint("made_by_id", "form_key"),
        CheckConstraint("participants >= 0 AND women >= 0 AND men >= 0", name="persons"),
        CheckConstraint("COALESCE(women, 0) + COALESCE(men, 0) <= COALESCE(participants, 0)", name="by_sex"),
        CheckConstraint("(participants IS NULL) = (known_by IS NULL)", name="known_by"),
        CheckConstraint("state <> 'cancelled' OR ended_because <> ''", name="ended_because"),
        CheckConstraint("ends_at >= starts_at", name="hours"),
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
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    province_code: Mapped[str] = mapped_column(String(2))
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    came_by: Mapped[CameBy] = mapped_column(default=CameBy.STAFF)
    title: Mapped[str] = mapped_column(String(limits.NAME))
    topic: Mapped[str] = mapped_column(Text, default="")
    district: Mapped[str] = mapped_column(String(limits.LINE), default="")  # kecamatan, as people write it
    venue: Mapped[str] = mapped_column(String(limits.ADDRESS))
    with_whom: Mapped[str] = mapped_column(String(limits.SHORT_TEXT), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    happens_on: Mapped[date]
    state: Mapped[OutreachState] = mapped_column(default=OutreachState.PLANNED)
    ended_because: Mapped[str] = mapped_column(Text, default="")  # of an event that was cancelled

    participants: Mapped[int | None]
    women: Mapped[int | None]
    men: Mapped[int | None]
    known_by: Mapped[KnownBy | None]
    handed_out: Mapped[str] = mapped_column(Text, default="")
    asked_most: Mapped[str] = mapped_column(Text, default="")
    follow_up: Mapped[str] = mapped_column(Text, default="")
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"))

    is_demo: Mapped[bool] = mapped_column(default=False)
    files_id: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    form_key: Mapped[str | None] = mapped_column(String(limits.FORM_KEY))

    region: Mapped[Region] = relationship(lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )
    office: Mapped[Office] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")
    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")
    made_by: Mapped[User] = relationship(lazy="raise_on_sql")
    targets: Mapped[list["OutreachTarget"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    @property
    def groups(self) -> list[TargetGroup]:
        """For whom it is held, in the order of the file."""
        chosen = {one.target_group for one in self.targets}
        return [one for one in TargetGroup if one in chosen]


class OutreachTarget(Base):
    """One group for whom an event is held."""

    __tablename__ = "outreach_target"
    __table_args__: Any = (
        Index("ix_outreach_target_group", "target_group", "event_id"),
        about(Level.CASE, Kept.PERMANENT, portal=through("event_id", "outreach_event")),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("outreach_event.id"), primary_key=True)
    target_group: Mapped[TargetGroup] = mapped_column(primary_key=True)


class OutreachEntry(Base):
    """What was said or done about an event. Only added to: a trigger refuses changes.

    `facts`: [field, before, after], names as they were then.
    """

    __tablename__ = "outreach_entry"
    __table_args__: Any = (
        Index("ix_outreach_entry_event", "event_id", "id"),
        about(Level.CASE, Kept.PERMANENT, portal=through("event_id", "outreach_event")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("outreach_event.id"))
    act: Mapped[OutreachAct]
    words: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    came_by: Mapped[CameBy]
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    by: Mapped[User] = relationship(lazy="raise_on_sql")
