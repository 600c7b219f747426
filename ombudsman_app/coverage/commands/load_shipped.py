"""`ombudsman seed reference`: the figures of the seeds and of the press, each with its source."""

from collections.abc import Iterable, Mapping

from sqlalchemy import insert, select

from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import HEAD_OFFICE_ZONE, STRANGER
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.borders import province_on
from ombudsman_app.coverage.checks import check, places_of
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource, CoverageTarget
from ombudsman_app.coverage.shipped import (
    ShippedFigure,
    shipped_figures,
    shipped_sources,
    shipped_targets,
)
from ombudsman_app.coverage.states import Flag, Level, Standing


@command
def load_shipped_figures() -> str:
    """Store the shipped figures that are missing; what is there stays as it is. Runs twice."""
    ids = _load_sources()
    held = set(db.session.scalars(select(CoverageFigure.key).where(CoverageFigure.key.is_not(None))))
    figures = shipped_figures()
    adding = [one for one in figures if one.key not in held]
    odd = _with_parts_that_differ(figures)
    for one in adding:
        db.session.add(_row(one, ids[one.source], is_odd=one.key in odd))
    targets = _load_targets(ids)
    if adding:
        db.session.flush()
        said = {"figures": len(adding), "targets": targets}
        record(Event.COVERAGE_SHIPPED_LOADED, "coverage_figure", None, actor=STRANGER, changes=said)
    return f"Coverage: {len(adding)} figures, {targets} targets added."


def _load_sources() -> dict[str, int]:
    held = dict(db.session.execute(select(CoverageSource.key, CoverageSource.id)).all())
    for one in shipped_sources():
        if one.key in held:
            continue
        row = CoverageSource(
            key=one.key,
            kind=one.kind,
            title=one.title,
            url=one.url,
            published_on=one.published,
            made_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        held[one.key] = row.id
    return {key: id_ for key, id_ in held.items() if key}


def _row(one: ShippedFigure, source_id: int, *, is_odd: bool) -> CoverageFigure:
    checked = check(one.claim, published=one.published, today=today(HEAD_OFFICE_ZONE))
    quoted = one.claim.quoted
    is_province_known = one.level in (Level.PROVINCE, Level.REGENCY)
    return CoverageFigure(
        key=one.key,
        level=one.level,
        place_code=one.place_code,
        place_name=one.place_name,
        province_code=province_on(one.place_code, checked.as_of) if is_province_known else None,
        definition=one.claim.definition,
        part=one.claim.part,
        as_of=checked.as_of,
        numerator=one.claim.numerator,
        denominator=one.claim.denominator,
        quoted=quoted,
        quoted_places=None if quoted is None else places_of(quoted),
        percent=checked.percent,
        status=checked.status,
        flags=[*checked.flags, *([Flag.PARTS_DIFFER] if is_odd else [])],
        source_id=source_id,
        standing=Standing.CURRENT,
        made_at=now(),
        **one.words,
    )


def _with_parts_that_differ(figures: Iterable[ShippedFigure]) -> set[str]:
    """Return the keys of figures whose parts do not add up to them (`coverage.md` §3)."""
    wholes: Mapping[str, ShippedFigure] = {one.key: one for one in figures}
    sums: dict[str, int] = {}
    for one in wholes.values():
        if one.whole:
            sums[one.whole] = sums.get(one.whole, 0) + (one.claim.numerator or 0)
    return {key for key, total in sums.items() if wholes[key].claim.numerator != total}


def _load_targets(ids: Mapping[str, int]) -> int:
    held = set(db.session.execute(select(CoverageTarget.place_code, CoverageTarget.year)).all())
    missing = [one for one in shipped_targets() if (one.place_code, one.year) not in held]
    if missing:
        db.session.execute(
            insert(CoverageTarget),
            [
                {
                    "place_code": one.place_code,
                    "definition": one.definition,
                    "year": one.year,
                    "percent": one.percent,
                    "paper": one.paper,
                    "source_id": ids[one.source],
                }
                for one in missing
            ],
        )
    return len(missing)
