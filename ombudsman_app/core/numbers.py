"""Numbers without gaps: drawn in the transaction of what they number, so a failed one gives its number back.

DI6: a locked counter for each kind, owner and year. What gets the number keeps it under a unique constraint.
"""

from typing import Any

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from .columns import Kept, Level, about
from .db import Base, db
from .walls import OPEN


class NumberCounter(Base):
    """The last number that was given out. The owner is an office; this floor does not know its table."""

    __tablename__ = "number_counter"
    __table_args__ = about(Level.CASE, Kept.PERMANENT, portal=OPEN)

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def next_number(kind: str, owner_id: int, year: int, *, many: int = 1) -> int:
    """Draw the next number, from 1 on; of `many` in a row, the last. 1 statement.

    Others wait for it until this command has ended.
    """
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    first = dialect.insert(NumberCounter).values(kind=kind, owner_id=owner_id, year=year, last=many)
    drawn: int = db.session.scalars(
        first.on_conflict_do_update(
            index_elements=["kind", "owner_id", "year"], set_={"last": NumberCounter.last + many}
        ).returning(NumberCounter.last)
    ).one()
    return drawn
