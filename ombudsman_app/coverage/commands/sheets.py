"""A sheet of figures is asked for, drawn once for everybody, and forgotten with its bytes."""

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.produced.keeping import KEPT
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.models import CoverageSheet
from ombudsman_app.coverage.queries.sheets import SheetOf, printed_stamp, sheet_of

SHEET = "coverage.sheet"  # the job that draws one
_SWEPT_AT_ONCE = 200


@command
def order_sheet(selection: SheetOf) -> None:
    """Have a sheet drawn as the figures stand now; one that is there or being made stays. ≤ 9 statements.

    Nobody owns it, whoever asked: there is one for all.
    """
    held = sheet_of(selection)
    if held is not None and (held.file is not None or held.is_being_made):
        return
    stamp = printed_stamp()
    key = selection.key(stamp)
    job = enqueue(SHEET, actor=STRANGER, arguments={"sheet": key}, once=key)
    row = {
        "key": key,
        "place_code": selection.place_code,
        "measure": selection.measure,
        "as_of": selection.on,
        "language": selection.language,
        "stamp": stamp,
        "job_uuid": job,
        "asked_at": now(),
    }
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    again = {"job_uuid": job, "asked_at": row["asked_at"]}
    asking = insert(CoverageSheet).values(row).on_conflict_do_update(index_elements=["key"], set_=again)
    made = db.session.scalar(asking.returning(CoverageSheet.id))
    told = {"place": selection.place_code, "measure": selection.measure, "stamp": stamp}
    record(Event.COVERAGE_SHEET_ORDERED, "coverage_sheet", made, actor=STRANGER, changes=told)


@command
def forget_sheets() -> bool:
    """Forget sheets whose bytes have ended, some at a time; return whether there were any. ≤ 2 statements."""
    old = select(CoverageSheet.id).where(CoverageSheet.asked_at < now() - 2 * KEPT).limit(_SWEPT_AT_ONCE)
    ids = list(db.session.scalars(old))
    if ids:
        gone = delete(CoverageSheet).where(CoverageSheet.id.in_(ids))
        db.session.execute(gone.execution_options(synchronize_session=False))
    return bool(ids)
