"""A figure is proposed by one person; what was said before stays readable beside it."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ombudsman_app.core.changing import locked
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.borders import code_today, province_on
from ombudsman_app.coverage.checks import Checked, Claim, check, places_of
from ombudsman_app.coverage.errors import FigureRefused
from ombudsman_app.coverage.figure_notices import figure_waits
from ombudsman_app.coverage.figure_policies import ADD, MAKERS, REVISE
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource, SourceKind
from ombudsman_app.coverage.place_levels import LEVEL_OF
from ombudsman_app.coverage.states import NATION_CODE, Flag, Level, Standing
from ombudsman_app.directory.models import Region

SUBJECT = "coverage_figure"
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")  # it becomes a link on a public page


@dataclass(frozen=True)
class SourceInput:
    """A paper that was not known yet. `published_on` None: it bears no day."""

    kind: SourceKind
    title: str
    url: str = ""
    published_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class FigureInput:
    """One figure as a form gives it. `place`: `ID`, or a Kemendagri code, old ones too."""

    place: str
    claim: Claim
    programme: str = ""
    unit: str = ""
    speaker: str = ""
    note: str = ""
    source_place: str = ""


@command
def name_source(given: SourceInput, *, office: int, actor: Actor) -> CoverageSource:
    """Write down a source. Raises NotAllowed, FigureRefused for a day that cannot be."""
    if office not in actor.offices_as(*MAKERS):
        raise NotAllowed(policy=ADD.name)
    if given.published_on is not None and given.published_on > today(actor.time_zone):
        raise FigureRefused(field="published_on", why="future")
    if given.url and not _ADDRESS.fullmatch(given.url):
        raise FigureRefused(field="source_url", why="no_address")
    held = CoverageSource(
        kind=given.kind,
        title=given.title,
        url=given.url,
        published_on=given.published_on,
        note=given.note,
        representative_office_id=office,
        made_by_id=actor.user_id,
        made_at=now(),
    )
    db.session.add(held)
    db.session.flush()
    record(Event.COVERAGE_SOURCE_NAMED, "coverage_source", held.id, actor=actor)
    return held


@command
def propose_figure(
    given: FigureInput, source: CoverageSource | SourceInput, *, office: int, form_key: str, actor: Actor
) -> CoverageFigure | None:
    """Propose a figure; None where the same form came before. Raises NotAllowed, FigureRefused.

    A new source is written down with it, or not at all. What the same source says already of this place and
    day is refused: that is a revision.
    """
    if office not in actor.offices_as(*MAKERS):
        raise NotAllowed(policy=ADD.name)
    if not is_first_sending(form_key, f"coverage.propose {actor.user_id}", _sent(given, source)):
        return None
    row = _row(given, _named(source, office, actor), office, actor)
    if _said_already(row) is not None:
        raise FigureRefused(field="place", why="said")
    db.session.add(row)
    db.session.flush()
    record(Event.COVERAGE_FIGURE_PROPOSED, SUBJECT, row.id, actor=actor, changes=_words_of(row))
    figure_waits(row, actor=actor)
    return row


@command
def revise_figure(
    figure: CoverageFigure,
    given: FigureInput,
    source: CoverageSource | SourceInput,
    *,
    reason: str,
    office: int,
    form_key: str,
    actor: Actor,
) -> CoverageFigure | None:
    """Propose a figure in the place of a released one, which holds until another person decides.

    None where the same form came before. Raises NotAllowed, FigureRefused (no reason, another place or
    measure, a revision that waits already); then a new source is not written down either.
    """
    held = locked(CoverageFigure, figure.id)
    if office not in actor.offices_as(*MAKERS):
        raise NotAllowed(policy=REVISE.name)
    if not is_first_sending(form_key, f"coverage.revise {held.id} {actor.user_id}", _sent(given, source)):
        return None
    if held.standing is not Standing.CURRENT:
        raise FigureRefused(field="place", why="not_current")
    if not reason.strip():
        raise FigureRefused(field="revision_reason", why="empty")
    row = _row(given, _named(source, office, actor), office, actor)
    for field in ("place_code", "definition", "part", "programme"):
        if getattr(row, field) != getattr(held, field):
            raise FigureRefused(field=field, why="another")
    waits = select(CoverageFigure.id).where(
        CoverageFigure.supersedes_id == held.id, CoverageFigure.standing == Standing.PROPOSED
    )
    if db.session.scalar(waits) is not None:
        raise FigureRefused(field="place", why="waits")
    row.supersedes_id, row.revision_reason = held.id, reason.strip()
    db.session.add(row)
    db.session.flush()
    said = {**_words_of(row), "supersedes": held.id}
    record(Event.COVERAGE_FIGURE_PROPOSED, SUBJECT, row.id, actor=actor, reason=reason, changes=said)
    figure_waits(row, actor=actor)
    return row


def _sent(given: FigureInput, source: CoverageSource | SourceInput) -> str:
    return repr((given, source.id if isinstance(source, CoverageSource) else source))


def _named(source: CoverageSource | SourceInput, office: int, actor: Actor) -> CoverageSource:
    return source if isinstance(source, CoverageSource) else name_source(source, office=office, actor=actor)


def _row(given: FigureInput, source: CoverageSource, office: int, actor: Actor) -> CoverageFigure:
    checked = check(given.claim, published=source.published_on, today=today(actor.time_zone))
    code = code_today(given.place)
    level, name = _place(code)
    return CoverageFigure(
        level=level,
        place_code=code,
        place_name=name,
        programme=given.programme,
        unit=given.unit,
        speaker=given.speaker,
        note=given.note,
        source_id=source.id,
        source_place=given.source_place,
        representative_office_id=office,
        made_by_id=actor.user_id,
        made_at=now(),
        **columns_of(given.claim, checked, code, is_old=code != given.place),
    )


def columns_of(claim: Claim, checked: Checked, code: str, *, is_old: bool = False) -> dict[str, object]:
    """Return what a claim and its check say, by the columns of a figure. `is_old`: named by a former code."""
    return {
        "definition": claim.definition,
        "part": claim.part,
        "as_of": checked.as_of,
        "numerator": claim.numerator,
        "denominator": claim.denominator,
        "quoted": claim.quoted,
        "quoted_places": None if claim.quoted is None else places_of(claim.quoted),
        "percent": checked.percent,
        "status": checked.status,
        "text": claim.text,
        "flags": [str(flag) for flag in (*checked.flags, *((Flag.OLD_CODE,) if is_old else ()))],
        "flag_reason": claim.reason,
        "province_code": None if code == NATION_CODE else province_on(code, checked.as_of),
    }


def _place(code: str) -> tuple[Level, str]:
    """Return the level and the name of a place. Raises FigureRefused. 1 statement."""
    if code == NATION_CODE:
        return Level.NATION, "Indonesia"
    found = db.session.execute(select(Region.level, Region.name).where(Region.code == code)).one_or_none()
    if found is None or found[0] not in LEVEL_OF:
        raise FigureRefused(field="place", why="place")
    return LEVEL_OF[found[0]], found[1]


def _said_already(row: CoverageFigure) -> int | None:
    return db.session.scalar(
        select(CoverageFigure.id)
        .where(
            CoverageFigure.place_code == row.place_code,
            CoverageFigure.definition == row.definition,
            CoverageFigure.part == row.part,
            CoverageFigure.programme == row.programme,
            CoverageFigure.source_id == row.source_id,
            CoverageFigure.standing.in_((Standing.CURRENT, Standing.PROPOSED)),
            CoverageFigure.as_of.is_(None) if row.as_of is None else CoverageFigure.as_of == row.as_of,
        )
        .limit(1)
    )


def _words_of(row: CoverageFigure) -> dict[str, object]:
    return {
        "place": row.place_code,
        "definition": row.definition,
        "part": row.part,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "percent": None if row.percent is None else str(row.percent),
        "numerator": row.numerator,
        "denominator": row.denominator,
    }
