"""People and the roles they were given."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core import limits
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.policy import Role


class User(Versioned, Base):
    """Somebody who signs in. `email` is normalised; without a password the account waits for its link."""

    __tablename__ = "user_account"
    __table_args__ = about(Level.IDENTITY, Kept.ACCOUNT)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(limits.EMAIL), unique=True)
    name: Mapped[str] = mapped_column(String(limits.NAME))
    password_hash: Mapped[str | None] = mapped_column(String(200), info=level(Level.SECRET))
    is_active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(5), default="id")
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime | None]


class RoleGrant(Base):
    """One role at one office (`Grant` of `core/policy.py` is how it is read).

    All offices share one space of ids, those of the Ombudsman too. Days are included at both ends and
    counted in the zone of the head office; a revoked grant ends at that instant. Rows are never deleted.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("valid_until is null or valid_until >= valid_from", "days_in_order"),
        about(Level.CASE, Kept.ACCOUNT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[Role]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    given_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
