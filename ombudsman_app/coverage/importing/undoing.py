"""A list of figures is taken back: its proposals go, as long as nobody decided on them."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from ombudsman_app.core.bulk import among
from ombudsman_app.core.db import db
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource
from ombudsman_app.coverage.states import Standing
from ombudsman_app.imports.kinds import Change, Touched


def edited(_run_id: int, touched: Sequence[Touched]) -> list[int]:
    """Return those on which somebody decided: what was shown once stays. 1 statement."""
    ids = {one.record_id for one in touched}
    rows = db.session.execute(
        select(CoverageFigure.id, CoverageFigure.standing).where(among(CoverageFigure.id, ids))
    )
    waiting = {row.id for row in rows if row.standing is Standing.PROPOSED}
    return sorted(ids - waiting)


def undo(_run_id: int, changes: Sequence[Change]) -> None:
    """Take proposals away, and their source where nothing else names it. 3 statements."""
    ids = {change.record_id for change in changes}
    sources = set(
        db.session.scalars(select(CoverageFigure.source_id).where(among(CoverageFigure.id, ids)).distinct())
    )
    gone = delete(CoverageFigure).where(among(CoverageFigure.id, ids))
    db.session.execute(gone.execution_options(synchronize_session=False))
    named = select(CoverageFigure.id).where(CoverageFigure.source_id == CoverageSource.id)
    empty = delete(CoverageSource).where(
        among(CoverageSource.id, sources),
        ~named.exists(),
        CoverageSource.key.is_(None),
        CoverageSource.files_id.is_(None),
        CoverageSource.published_on.is_(None),
        CoverageSource.url == "",
        CoverageSource.note == "",
    )
    db.session.execute(empty.execution_options(synchronize_session=False))
    db.session.expire_all()
