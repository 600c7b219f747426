"""Information without identity: what somebody told who does not want to be known (`design.md` §4).

Nothing about that person is here: no name, no number, no address. What was typed is sealed as a whole, since
people give themselves away in what they tell; what was chosen from lists stays in clear, for the list.
"""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.states import OPEN_STATES, TipState
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.sealing import seal, unseal
from ombudsman_app.core.walls import NO_ROW
from ombudsman_app.directory.models import Counter, Office, RepresentativeOffice


class InformationTip(Versioned, Base):
    """One piece of information about one office. It is no complaint: no reporter, no number, no clock."""

    __tablename__ = "information_tip"
    __table_args__ = (
        Index("ix_information_tip_list", "representative_office_id", "is_open", "id"),
        Index("ix_information_tip_waiting", "representative_office_id", "awaits_office", "id"),
        Index("ix_information_tip_counter", "counter_id", "received_on"),
        Index("ix_information_tip_office", "office_id", "received_on"),
        about(Level.CASE, Kept.COMPLAINT, portal=NO_ROW),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)  # the seal is bound to it
    ticket: Mapped[str] = mapped_column(String(40), unique=True)  # of the same form as that of a complaint
    access_code_hash: Mapped[str] = mapped_column(String(64), info=level(Level.SECRET))  # AU7
    sent_draft: Mapped[UUID | None] = mapped_column(unique=True)  # sending twice makes one (DI4)
    files_id: Mapped[UUID | None] = mapped_column(default=uuid4, index=True)  # the folder of its files

    representative_office_id: Mapped[int] = mapped_column(
        ForeignKey(
            "representative_office.id", name="fk_information_tip_handled_by"
        )  # the usual name is too long
    )
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    substance: Mapped[str] = mapped_column(String(40))
    urgency: Mapped[str | None] = mapped_column(String(40))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info=level(Level.SECRET))  # everything that was typed

    state: Mapped[TipState]
    is_open: Mapped[bool] = mapped_column(default=True)
    awaits_office: Mapped[bool] = mapped_column(default=True)  # nobody read it yet, or a message came behind
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # who reads it
    received_at: Mapped[datetime]
    received_on: Mapped[date]  # legal day in the zone of the handling office
    changed_at: Mapped[datetime | None]  # of the last act; by it each act makes a new `version`

    office: Mapped[Office] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")
    counter: Mapped[Counter | None] = relationship(lazy="raise_on_sql")
    officer: Mapped[User | None] = relationship(lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )

    @property
    def takes_messages(self) -> bool:
        """Whether both sides may still write: only what was set aside is silent."""
        return self.state is not TipState.SET_ASIDE

    def stand_in(self, state: TipState) -> None:
        """Set the state that the flow answered, and what follows from it."""
        self.state, self.is_open = state, state in OPEN_STATES

    def close(self, told: dict[str, Any]) -> None:
        """Seal what was told, as a whole."""
        plain = json.dumps(told, ensure_ascii=False).encode()
        self.sealed = seal(plain, purpose="tip", place=self._place)

    def opened(self) -> dict[str, Any]:
        """Return what was told, by field name. Raises SealBroken."""
        told: dict[str, Any] = json.loads(unseal(self.sealed, purpose="tip", place=self._place))
        return told

    @property
    def _place(self) -> str:
        return f"information_tip.sealed.{self.uuid}"


class TipMessage(Base):
    """One message on `/lacak`. `author_id` None: whoever gave the information wrote it."""

    __tablename__ = "tip_message"
    __table_args__ = (Index("ix_tip_message_tip", "tip_id", "id"), about(Level.CASE, Kept.COMPLAINT))

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4)
    tip_id: Mapped[int] = mapped_column(ForeignKey("information_tip.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=level(Level.SECRET))
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]  # opened by who holds the code

    @property
    def at(self) -> datetime:
        return self.sent_at


class TipStep(Base):
    """One move, in the order it happened; only added to. The grounds may repeat what was told: sealed."""

    __tablename__ = "tip_step"
    __table_args__ = (Index("ix_tip_step_tip", "tip_id", "id"), about(Level.CASE, Kept.COMPLAINT))

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4)
    tip_id: Mapped[int] = mapped_column(ForeignKey("information_tip.id"))
    move: Mapped[str] = mapped_column(String(60))
    to_state: Mapped[TipState]
    has_moved: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: who gave it
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=level(Level.SECRET))
