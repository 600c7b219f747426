"""Another person releases all proposals of one list at once, or sends them back."""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, func, literal_column, select, update
from sqlalchemy.orm import aliased

from ombudsman_app.core.bulk import update_rows
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.errors import DecisionRefused, ImportRefused
from ombudsman_app.coverage.figure_notices import list_is_decided
from ombudsman_app.coverage.import_policies import DECIDE_IMPORT
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.coverage.states import Standing
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.states import RunState

_SUBJECT = "import_run"
_FIGURE = cast(Table, CoverageFigure.__table__)
_CHUNK = 5_000


class Released(NamedTuple):
    """`figures`: released; `revised`: those of them that took the place of another one.

    `overtaken`: still waiting, since what they revise was changed meanwhile.
    """

    figures: int
    revised: int
    overtaken: int


@command
def release_import(run_id: int, *, actor: Actor) -> Released:
    """Release what waits of one list; what it revises is superseded in the same breath.

    ≤ 10 statements for each 5,000 rows, and 2 that settle its notice. Raises NotAllowed, ImportRefused (own,
    decided, moving).
    """
    run = _held(run_id, actor)
    old = aliased(CoverageFigure)
    rows = db.session.execute(
        select(CoverageFigure.id, CoverageFigure.version, old.id, old.version)
        .outerjoin(old, (old.id == CoverageFigure.supersedes_id) & (old.standing == Standing.CURRENT))
        .where(*_waiting(run_id), _may_follow(old), ~_is_said())
        .order_by(CoverageFigure.id)
    ).all()
    for start in range(0, len(rows), _CHUNK):
        _release(rows[start : start + _CHUNK], actor)
    db.session.expire_all()
    left = db.session.scalar(select(func.count()).select_from(CoverageFigure).where(*_waiting(run_id))) or 0
    found = Released(len(rows), sum(row[2] is not None for row in rows), left)
    record(Event.COVERAGE_IMPORT_RELEASED, _SUBJECT, run_id, actor=actor, changes=found._asdict())
    if not left:
        list_is_decided(run, actor=actor)
    return found


@command
def refuse_import(run_id: int, *, reason: str, actor: Actor) -> int:
    """Send back what waits of one list; return how many. Raises as `release_import`, and without a reason."""
    if not reason.strip():
        raise DecisionRefused(why="no_reason")
    run = _held(run_id, actor)
    back = (
        update(CoverageFigure)
        .where(*_waiting(run_id))
        .values(
            standing=Standing.REFUSED,
            decision_reason=reason.strip(),
            decided_by_id=actor.user_id,
            decided_at=now(),
            changed_at=now(),
            version=CoverageFigure.version + 1,
        )
    )
    done: Any = db.session.execute(back.execution_options(synchronize_session=False))
    count = int(done.rowcount)
    db.session.expire_all()
    said = {"figures": count}
    record(Event.COVERAGE_IMPORT_REFUSED, _SUBJECT, run_id, actor=actor, reason=reason, changes=said)
    list_is_decided(run, is_back=True, actor=actor)
    return count


def _held(run_id: int, actor: Actor) -> ImportRun:
    """Lock the list, so that nobody takes it back meanwhile, and ask for the right again."""
    run = db.session.get_one(ImportRun, run_id, with_for_update=True, populate_existing=True)
    demand(DECIDE_IMPORT, actor, run)
    if run.state is not RunState.APPLIED:
        raise ImportRefused(why="moving")
    if actor.user_id in (run.made_by_id, run.applied_by_id):
        raise ImportRefused(why="own")
    if db.session.scalar(select(CoverageFigure.id).where(*_waiting(run_id)).limit(1)) is None:
        raise ImportRefused(why="decided")
    return run


def _waiting(run_id: int) -> Sequence[Any]:
    return (CoverageFigure.import_id == run_id, CoverageFigure.standing == Standing.PROPOSED)


def _may_follow(old: Any) -> Any:
    """What it revises is still the released one, or it revises none."""
    return CoverageFigure.supersedes_id.is_(None) | old.id.is_not(None)


def _is_said() -> Any:
    """Another released figure of this place, day and source came meanwhile. By the unique index."""
    other = aliased(CoverageFigure)
    return (
        select(other.id)
        .where(
            other.place_code == CoverageFigure.place_code,
            other.definition == CoverageFigure.definition,
            other.part == CoverageFigure.part,
            other.programme == CoverageFigure.programme,
            other.as_of == CoverageFigure.as_of,
            other.source_id == CoverageFigure.source_id,
            other.standing == literal_column("'current'"),  # the words of the index
            other.place_code != literal_column("''"),
            other.id != func.coalesce(CoverageFigure.supersedes_id, 0),
        )
        .exists()
    )


def _release(rows: Sequence[Any], actor: Actor) -> None:
    """Only one of a place, day and source is current: the old ones go first."""
    at = now()
    olds = [(row[2], str(Standing.SUPERSEDED), row[0], row[3] + 1, at) for row in rows if row[2] is not None]
    update_rows(_FIGURE, ("id",), ("standing", "superseded_by_id", "version", "changed_at"), olds)
    news = [(row[0], str(Standing.CURRENT), actor.user_id, at, row[1] + 1, at) for row in rows]
    names = ("standing", "decided_by_id", "decided_at", "version", "changed_at")
    update_rows(_FIGURE, ("id",), names, news)
