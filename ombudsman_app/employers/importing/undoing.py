"""A list of employers is taken back: what it made goes, what it changed is as it was."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Column, Table, delete, select

from ombudsman_app.core.bulk import among, update_rows
from ombudsman_app.core.db import Base, db
from ombudsman_app.employers.models import Employer, Noncompliance, Observation
from ombudsman_app.imports.kinds import Change, Touched

from .register import CARRIED, FILLED

_EMPLOYER = cast(Table, Employer.__table__)
_OWN = (Observation.__tablename__, Noncompliance.__tablename__)  # what others add makes a new version


def edited(_run_id: int, touched: Sequence[Touched]) -> list[int]:
    """Return the employers that were changed since, or, where the import made them, are named by others.

    1 statement and 1 for each table that names employers.
    """
    versions = {one.record_id: one.version for one in touched}
    rows = db.session.execute(select(Employer.id, Employer.version).where(among(Employer.id, versions)))
    now_there = {row.id: row.version for row in rows}
    found = {record_id for record_id, version in versions.items() if now_there.get(record_id) != version}
    made = [one.record_id for one in touched if one.is_made]
    if made:
        for column in _naming():
            found.update(db.session.scalars(select(column).where(_among(column, made)).distinct()))
    return sorted(found)


def _among(column: Column[Any], values: list[int]) -> Any:
    return among(cast(Any, column), values)


def _naming() -> list[Column[Any]]:
    """Return the columns of all tables that point to an employer."""
    return [
        column
        for table in Base.metadata.sorted_tables
        if table.name not in _OWN
        for column in table.columns
        if any(key.column.table is _EMPLOYER for key in column.foreign_keys)
    ]


def undo(run_id: int, changes: Sequence[Change]) -> None:
    """Put records back, the newest change first. 4 statements."""
    ids = {change.record_id for change in changes}
    for table in (Observation, Noncompliance):
        gone = delete(table).where(table.import_id == run_id, among(table.employer_id, ids))
        db.session.execute(gone.execution_options(synchronize_session=False))
    rows: dict[int, tuple[Any, ...]] = {}
    made = []
    for change in changes:
        if change.before is None:
            made.append(change.record_id)
        else:  # the older one comes later and counts
            named = zip((*FILLED, *CARRIED), change.before, strict=True)
            rows[change.record_id] = (change.record_id, *(_from_json(*one) for one in named))
    update_rows(
        _EMPLOYER, ("id",), (*FILLED, *CARRIED), [row for key, row in rows.items() if key not in made]
    )
    if made:
        gone_too = delete(Employer).where(among(Employer.id, made))
        db.session.execute(gone_too.execution_options(synchronize_session=False))


def _from_json(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "npwp_sealed":
        return bytes.fromhex(value)
    if name == "changed_at":
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name == "observed_on" else value
