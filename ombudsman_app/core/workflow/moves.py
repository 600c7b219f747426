"""Why the last day of a clock became another one: for its explanation, beside the trail."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from .holiday_calendar import LONGEST_VERSION


class DayMoved(StrEnum):
    """Why a clock got another last day."""

    CALENDAR = "calendar"  # a newer calendar gave a later one
    RELEASED = "released"  # a newer calendar gave an earlier one, and the head released it
    PAUSED = "paused"
    PAUSE_ENDED = "pause_ended"
    GRANTED = "granted"  # more time
    CORRECTED = "corrected"  # the day from which it runs was written wrongly


class MoveColumns:
    """The columns of one change; such rows are only added."""

    id: Mapped[int] = mapped_column(primary_key=True)
    why: Mapped[DayMoved]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: the system
    due_before: Mapped[date]
    due_after: Mapped[date]
    calendar_version: Mapped[str] = mapped_column(String(LONGEST_VERSION))
