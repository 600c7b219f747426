"""The ladder: what follows where no answer comes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import through
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.states import Rung

from .finding import Finding


class LadderStep(Base):
    """One step: proposed by the system once in a round, released by a person, with its letter."""

    __tablename__ = "ladder_step"
    __table_args__ = (
        UniqueConstraint("finding_id", "round", "rung"),
        CheckConstraint(
            "(released_at IS NULL) = (released_by_id IS NULL)"
            " AND (released_at IS NULL) = (document_id IS NULL)",
            name="by_a_person",
        ),
        about(Level.CASE, Kept.PERMANENT, portal=through("finding_id", "finding")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    round: Mapped[int]
    rung: Mapped[Rung]
    proposed_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    addressee_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))  # to whom the letter goes
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), unique=True)

    finding: Mapped[Finding] = relationship(lazy="raise_on_sql")
    document: Mapped[Document | None] = relationship(lazy="raise_on_sql")
