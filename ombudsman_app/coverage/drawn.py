"""One selection of figures with its pictures: a page of /cakupan and its sheet are drawn from the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ombudsman_app.web import charts

from . import figure_pictures as pictures
from . import queries
from .borders import Succession, cut_since
from .queries import BoundaryMap, Measure, Place, PlaceLine, Shown, Total
from .states import NATION_CODE, Level

NATION_NAME = "Indonesia"


@dataclass(frozen=True)
class Drawn:
    """What is known of the nation (`place` None) or of one place, and how it is drawn.

    `figures`: of the place itself, the newest first, undated ones at the end; `newest`: the one that counts
    on the day that was asked for. `lines`: its provinces, or its regencies and cities; a regency has none.
    """

    place: Place | None
    measure: Measure
    figures: list[Shown]
    newest: Shown | None
    lines: list[PlaceLine]
    total: Total | None
    scale: pictures.Scale
    target: Decimal | None
    map: charts.Choropleth | charts.Tiles
    outlines: BoundaryMap
    ranking: charts.Ranking
    gaps: charts.Gaps
    gauge: charts.Gauge | None
    trend: charts.Lines | None
    cut: Sequence[Succession] = ()

    @property
    def name(self) -> str:
        """Return what the place is called."""
        return self.place.name if self.place else NATION_NAME

    def with_figures(self, figures: Sequence[Shown]) -> "Drawn":
        """Return the same with some of its own figures alone, and the line that these make."""
        dated = [one for one in reversed(figures) if one.as_of]
        return replace(self, figures=list(figures), trend=pictures.trend_of(dated, self.name))


def drawn_nation(measure: Measure, on: date | None, link: pictures.LinkTo) -> Drawn:
    """Draw all provinces. 6 statements."""
    found = queries.provinces(measure, on=on)
    figures = queries.figures_of(measure, NATION_CODE)
    outlines = queries.province_boundaries()
    return _drawn(_Found(None, figures, found.lines, found.total, outlines), measure, on, link)


def drawn_place(place: Place, measure: Measure, on: date | None, link: pictures.LinkTo) -> Drawn:
    """Draw one place; a province with its regencies and cities. ≤ 5 statements."""
    figures = queries.figures_of(measure, place.code)
    targets = queries.targets_of(measure.definition, [place.code])
    is_province = place.level is Level.PROVINCE
    lines, total = queries.regencies_of(place.code, measure, on=on) if is_province else ([], None)
    outlines = queries.regency_boundaries(place.code) if is_province else BoundaryMap([])
    target = pictures.target_of(targets)
    return _drawn(_Found(place, figures, lines, total, outlines, target), measure, on, link)


@dataclass(frozen=True)
class _Found:
    """What was read of a selection. `figures`: oldest first."""

    place: Place | None
    figures: Sequence[Shown]
    lines: list[PlaceLine]
    total: Total | None
    outlines: BoundaryMap
    target: Decimal | None = None


def _drawn(found: _Found, measure: Measure, on: date | None, link: pictures.LinkTo) -> Drawn:
    place, figures, target = found.place, found.figures, found.target
    scale = pictures.scale_of(found.lines)
    areas = pictures.areas_of(found.lines, scale, link)
    newest = _newest(figures, on)
    percent = pictures.drawn_percent(newest) if newest else None
    first = min((one.as_of for one in figures if one.as_of), default=None)
    is_cut = place is not None and place.level is Level.PROVINCE
    return Drawn(
        place,
        measure,
        pictures.newest_first(figures),
        newest,
        found.lines,
        found.total,
        scale,
        target,
        pictures.map_of(found.outlines.outlines, areas, scale, charts.tiles if place else charts.nation),
        found.outlines,
        pictures.ranking_of(areas, scale, target),
        pictures.gaps_of(found.lines, link),
        charts.gauge(percent, target) if percent is not None else None,
        pictures.trend_of(figures, place.name if place else NATION_NAME),
        cut_since(place.code, first) if place and is_cut else (),
    )


def _newest(figures: Sequence[Shown], on: date | None) -> Shown | None:
    """Return the newest dated figure up to a day, a percentage before a bare count; oldest come first."""
    known = [one for one in figures if one.as_of and (on is None or one.as_of <= on)]
    percentages = [one for one in known if one.percent is not None]
    return next(iter(reversed(percentages or known)), None)
