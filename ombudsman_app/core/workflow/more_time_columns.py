"""A request for more time as a row; apart from its rules, which are read without a database."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column


class MoreTimeColumns:
    """The columns of a request for more time. `granted`: None while it waits, 0 where it was refused."""

    id: Mapped[int] = mapped_column(primary_key=True)
    days: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    form_key: Mapped[str | None] = mapped_column(String(64))  # the same form sent twice asks once (DI4)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    granted: Mapped[int | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]


def request_rules(table: str) -> tuple[Any, ...]:
    """Return what the database holds such rows to: one waits on a clock, another person decides, once."""
    waits = text("decided_at IS NULL")
    return (
        Index(f"uq_{table}_waiting", "clock_id", unique=True, sqlite_where=waits, postgresql_where=waits),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (granted IS NULL)",
            name="decided",
        ),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="another_person"),
        CheckConstraint("days > 0 AND (granted IS NULL OR (granted >= 0 AND granted <= days))", name="days"),
    )
