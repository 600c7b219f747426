"""People and the roles they were given."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core import limits
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.policy import Role
from ombudsman_app.core.walls import OPEN, READ


class User(Versioned, Base):
    """Somebody who signs in. `email` is normalised; without a password the account waits for its link."""

    __tablename__ = "user_account"
    __table_args__ = about(Level.IDENTITY, Kept.ACCOUNT, portal=OPEN)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(limits.EMAIL), unique=True)
    name: Mapped[str] = mapped_column(String(limits.NAME))
    password_hash: Mapped[str | None] = mapped_column(String(200), info=level(Level.SECRET))
    is_active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(5), default="id")
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime | None]
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary, info=level(Level.SECRET))  # sealed
    totp_since: Mapped[datetime | None]  # when a first code confirmed it; a new phone confirms anew
    link_since: Mapped[datetime | None]  # when the last one-time link was ordered: those before are dead
    totp_last_step: Mapped[int | None]  # the time step of the last code: each code works once (AU2)


class RoleGrant(Base):
    """One role at one office (`Grant` of `core/policy.py` is how it is read).

    All offices share one space of ids, those of the Ombudsman too. Days are included at both ends and
    counted in the zone of the head office; a revoked grant ends at that instant. Rows are never deleted.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("valid_until is null or valid_until >= valid_from", "days_in_order"),
        about(Level.CASE, Kept.ACCOUNT, portal=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[Role]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    given_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class FocalPoint(Base):
    """Somebody whom an office under watch named as the person to turn to. Rows are never deleted."""

    __tablename__ = "focal_point"
    __table_args__ = (
        Index(
            "uq_focal_point_open",
            "user_id",
            "office_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        about(Level.CASE, Kept.ACCOUNT, portal=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    named_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code for the day when the phone is lost; works once. Stored as a keyed hash."""

    __tablename__ = "recovery_code"
    __table_args__ = about(Level.SECRET, Kept.ACCOUNT)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ConflictDeclaration(Base):
    """What a person declared about an own interest in a case or an audit (UU 37/2008 Pasal 40).

    Only added to. Any declaration of a conflict closes the record for this person.
    """

    __tablename__ = "conflict_declaration"
    __table_args__ = (
        Index("ix_conflict_declaration_record", "subject_type", "subject_id", "has_conflict", "user_id"),
        Index("ix_conflict_declaration_user", "user_id", "subject_type", "has_conflict", "subject_id"),
        about(Level.CASE, Kept.COMPLAINT, portal=READ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    has_conflict: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime]
