"""What every row of the directory says about itself: how long it holds, who says so, how sure that is."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, String, and_, or_
from sqlalchemy.orm import Mapped, mapped_column


class Verified(StrEnum):
    """How far a fact was checked; the words of `places.yaml` and `sources.yaml`."""

    LAW_TEXT = "law_text"
    OFFICIAL = "official"
    DATASET = "dataset"
    DOCUMENT = "document"
    PRESS = "press"
    UNVERIFIED = "unverified"


class Dated:
    """Holds from `valid_from` to `valid_to`, both days included; None: unknown, or no end."""

    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    @classmethod
    def holds_on(cls, day: date | ColumnElement[date]) -> ColumnElement[bool]:
        """Return the condition that a row holds on this day."""
        return and_(
            or_(cls.valid_from.is_(None), cls.valid_from <= day),
            or_(cls.valid_to.is_(None), cls.valid_to >= day),
        )


class Sourced:
    """`source_keys` are keys of `data/sources.yaml`, parted by spaces. DEMO rows are invented."""

    source_keys: Mapped[str] = mapped_column(String(200), default="")
    verified: Mapped[Verified] = mapped_column(default=Verified.UNVERIFIED)
    is_demo: Mapped[bool] = mapped_column(default=False)
