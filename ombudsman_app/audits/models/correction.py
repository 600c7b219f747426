"""An answer of a published result that was wrong: asked by one, released by another, visible for ever."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.audits.states import CorrectionState
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import Wall, through

from .result import AuditScore

_RELEASED = "state = 'released'"


class AuditCorrection(Base):
    """One answer before and after, why, by whom; the score that is wrong and, released, the new one."""

    __tablename__ = "audit_correction"
    __table_args__: Any = (
        Index("ix_audit_correction_audit", "audit_id", "id"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
        CheckConstraint(
            "state <> 'released' OR (decided_by_id <> asked_by_id AND score_id IS NOT NULL)",
            name="released_by_another",
        ),
        about(
            Level.CASE,
            Kept.PERMANENT,
            portal=Wall(rule=f"{through('audit_id', 'audit').rule} AND {_RELEASED}", verbs="SELECT"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[CorrectionState] = mapped_column(default=CorrectionState.ASKED)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")  # of one that was dropped
    corrected_on: Mapped[date | None]  # in the zone of the handling office
    corrected_id: Mapped[int] = mapped_column(ForeignKey("audit_score.id"))  # the score that is wrong
    score_id: Mapped[int | None] = mapped_column(ForeignKey("audit_score.id"), unique=True)  # the new one

    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id], lazy="raise_on_sql")
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="raise_on_sql")
    corrected: Mapped[AuditScore] = relationship(foreign_keys=[corrected_id], lazy="raise_on_sql")
