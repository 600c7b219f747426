"""Files and values of imports that ended long ago are forgotten: the key goes, then the bytes."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Connection, delete, func, inspect, or_, select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.imports.keeping import store
from ombudsman_app.imports.models import ImportBlock, ImportRow, ImportRun
from ombudsman_app.imports.states import SETTLED, WORKING, RunState

KEPT = timedelta(days=90)  # product setting; undoing needs none of it
_AT_ONCE = 20
_LEFT_BEHIND = timedelta(days=2)


def named_lists(connection: Connection) -> Iterator[str]:
    """Yield the names of all sealed files of imports, as this connection sees the rows. 1 statement."""
    if not inspect(connection).has_table(ImportRun.__tablename__):
        return  # a database of an earlier release
    held = select(ImportRun.file, ImportRun.rows_sha256).where(ImportRun.wrapped_key.is_not(None))
    for file, rows in connection.execute(held.execution_options(yield_per=1000)):
        yield file.hex
        if rows is not None:
            yield f"{file.hex}r"


def sweep_runs() -> bool:
    """Forget what imports held that nobody touched for 90 days; return whether there were any."""
    names = _forget()
    for name in names:
        store().delete(name)
        store().delete(f"{name}r")
    if not names:
        _remove_unnamed()
    return bool(names)


@command
def _forget() -> list[str]:
    last = func.coalesce(ImportRun.changed_at, ImportRun.made_at)
    old = db.session.scalars(
        select(ImportRun)
        .where(ImportRun.wrapped_key.is_not(None), ImportRun.state.not_in(WORKING), last < now() - KEPT)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for run in old:
        run.wrapped_key, run.look = None, None
        gone = [delete(ImportBlock).where(ImportBlock.run_id == run.id)]
        if run.state in SETTLED or run.state is not RunState.APPLIED:
            gone.append(delete(ImportRow).where(ImportRow.run_id == run.id))
        for statement in gone:
            db.session.execute(statement.execution_options(synchronize_session=False))
    return [run.file.hex for run in old]


def _remove_unnamed() -> None:
    """Bytes without a row: the process died between the two."""
    before = (now() - _LEFT_BEHIND).timestamp()
    found = {name: at for name, at in store().names() if at < before}
    if not found:
        return
    kept = set(
        db.session.scalars(
            select(ImportRun.file).where(or_(ImportRun.wrapped_key.is_not(None), ImportRun.file.is_(None)))
        )
    )
    named = {file.hex for file in kept}
    for name in found:
        if name.removesuffix("r") not in named:
            store().delete_found(name)
