"""What an employer may owe, as it was counted on a day. Only added to: a trigger refuses changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base
from ombudsman_app.employers.estimates.fields import EstimateType


class EmployerEstimate(Base):
    """An estimate of unpaid contributions, frozen with the rates of its day. No bill (employers.md §8).

    `inputs` are the keys of `estimates.fields`, `result` is the shape of design.md §2; `digest` is their
    SHA-256 together with the kind and the rates (`estimates.frozen`), so that what was printed can be told
    from what was changed. Wages in them are averages; no names of workers.
    """

    __tablename__ = "employer_estimate"
    __table_args__: Any = (
        Index("ix_employer_estimate_employer", "employer_id", "id"),
        CheckConstraint("total >= 0", name="total"),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    kind: Mapped[EstimateType]
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON, info=level(Level.SENSITIVE))
    rate_version: Mapped[str] = mapped_column(String(80))
    result: Mapped[dict[str, Any]] = mapped_column(JSON, info=level(Level.SENSITIVE))
    digest: Mapped[str] = mapped_column(String(64))
    total: Mapped[int] = mapped_column(BigInteger)  # whole rupiah, without late charge and fine
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    made_by: Mapped[User] = relationship(lazy="raise_on_sql")
