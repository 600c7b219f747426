"""Who is invited by name, who came, and the door by which people sign in on their phones."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core import limits
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base
from ombudsman_app.core.sealing import seal, unseal
from ombudsman_app.coverage.meeting_states import CameBy

_NAME, _CODE = "meeting-person", "meeting-door"


class MeetingPerson(Base):
    """One person of a meeting. Needs no account; nothing of it is public, and no body under watch sees it.

    The name is sealed. `person_hash` is a keyed hash of name and body as they are compared: whoever signs in
    twice, or was invited and then came, is one row.
    """

    __tablename__ = "meeting_person"
    __table_args__: Any = (
        UniqueConstraint("meeting_id", "person_hash"),
        Index("ix_meeting_person_meeting", "meeting_id", "id"),
        about(Level.IDENTITY, Kept.ACCESS_LOG),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("monitoring_meeting.id"))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    person_hash: Mapped[str] = mapped_column(String(64), info=level(Level.SECRET))
    function: Mapped[str] = mapped_column(String(limits.LINE))
    body: Mapped[str] = mapped_column(String(limits.NAME))
    invited_at: Mapped[datetime | None]
    came_at: Mapped[datetime | None]
    came_by: Mapped[CameBy | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: by themselves
    struck_at: Mapped[datetime | None]  # put on the list by mistake: who it was is gone

    def keep_name(self, name: str) -> None:
        """Seal a name, bound to this row. The row has its uuid."""
        self.name_sealed = seal(name.encode(), purpose=_NAME, place=self._place)

    @property
    def name(self) -> str:
        """Open the name for whoever sees the row. Raises SealBroken."""
        return unseal(self.name_sealed, purpose=_NAME, place=self._place).decode()

    @property
    def _place(self) -> str:
        return f"meeting_person.name_sealed.{self.uuid}"


class MeetingDoor(Base):
    """A code by which people sign in, on the day of the meeting alone, until an officer closes it.

    The code is found by its keyed hash; sealed it is kept to be shown in the room again.
    """

    __tablename__ = "meeting_door"
    __table_args__: Any = (
        Index("ix_meeting_door_meeting", "meeting_id", "id"),
        about(Level.SECRET, Kept.ACCESS_LOG),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("monitoring_meeting.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    valid_on: Mapped[date]  # legal day in the zone of the office
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    def keep_code(self, code: str) -> None:
        """Seal a code, bound to this row."""
        self.code_sealed = seal(code.encode(), purpose=_CODE, place=self._place)

    @property
    def code(self) -> str:
        return unseal(self.code_sealed, purpose=_CODE, place=self._place).decode()

    @property
    def _place(self) -> str:
        return f"meeting_door.code_sealed.{self.uuid}"
