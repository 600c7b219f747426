"""Bringing rows to what a file says, without touching what already agrees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute

from ombudsman_app.core.db import Base, db

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Upserted(Generic[Row]):
    """All rows by key, with their ids, and how many of them differed from what was wanted."""

    rows: dict[str, Row]
    changes: int


def upsert(
    model: type[Row],
    key: InstrumentedAttribute[str],
    wanted: Iterable[Mapping[str, Any]],
    *,
    among: ColumnElement[bool] | None = None,
) -> Upserted[Row]:
    """Add or amend rows. What is not wanted stays as it is; `among` narrows what is read.

    1 reading statement, then one insert for all new rows and one update for all changed ones.
    """
    found = db.session.scalars(select(model).where(true() if among is None else among))
    rows = {getattr(row, key.key): row for row in found}
    changes = 0
    for columns in wanted:
        row = rows.get(columns[key.key])
        if row is None:
            rows[columns[key.key]] = row = model(**columns)
            db.session.add(row)
            changes += 1
        else:
            changes += amend(row, columns)
    db.session.flush()
    return Upserted(rows, changes)


def amend(row: Base, columns: Mapping[str, Any]) -> bool:
    """Set what differs; return whether anything did."""
    differing = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
