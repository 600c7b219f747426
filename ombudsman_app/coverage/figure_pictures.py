"""What pictures of figures are drawn from: one measure each, so that two definitions never share an axis."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ombudsman_app.web import charts
from ombudsman_app.web.formats import month_short

from .checks import BOUNDS
from .figure_formats import figure_day
from .models import CoverageTarget
from .queries import PlaceLine, Shown
from .states import FigureStatus

_HUNDREDTH = Decimal("0.01")
_MOST_MONTHS, _A_LINE = 120, 2
LinkTo = Callable[[PlaceLine], str]


@dataclass(frozen=True)
class Scale:
    """Whether percentages or counts are drawn, and where one shade ends and the next begins."""

    is_percent: bool

    @property
    def unit(self) -> str:
        return "%" if self.is_percent else ""

    @property
    def classes(self) -> charts.Classes:
        limits = BOUNDS.percent_classes if self.is_percent else BOUNDS.count_classes
        return charts.Classes(tuple(Decimal(limit) for limit in limits), self.unit)

    def value(self, one: Shown | None) -> Decimal | None:
        """Return what is drawn of a figure: with the decimals that it has a right to."""
        if one is None:
            return None
        if not self.is_percent:
            return None if one.numerator is None else Decimal(one.numerator)
        return drawn_percent(one)


def drawn_percent(one: Shown) -> Decimal | None:
    """Return 33.73 of a computed figure, and 34 of one that was quoted as 34."""
    if one.status is FigureStatus.COMPUTED and one.percent is not None:
        return one.percent.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
    if one.quoted is None:
        return None
    return one.quoted.quantize(Decimal(1).scaleb(-(one.quoted_places or 0)))


def scale_of(lines: Iterable[PlaceLine]) -> Scale:
    """Draw percentages where any place gives one, or none gives anything; else counts."""
    shown = [line.shown for line in lines if line.shown is not None]
    return Scale(not shown or any(one.percent is not None for one in shown))


def areas_of(lines: Sequence[PlaceLine], scale: Scale, link: LinkTo) -> list[charts.Area]:
    """Return the places of a map or a ranking. `link`: where a place leads."""
    return [
        charts.Area(
            line.code,
            line.name,
            scale.value(line.shown),
            figure_day(line.shown) if line.shown else "",
            link(line),
        )
        for line in lines
    ]


def map_of(
    outlines: Sequence[charts.Outline],
    areas: Sequence[charts.Area],
    scale: Scale,
    tiles: Callable[[Sequence[charts.Area], charts.Classes], charts.Tiles],
) -> charts.Choropleth | charts.Tiles:
    """Return true boundaries where they were brought for every place, else tiles."""
    if {one.code for one in outlines} >= {area.code for area in areas}:
        drawn = charts.choropleth(outlines, areas, scale.classes)
        if drawn is not None:
            return drawn
    return tiles(areas, scale.classes)


def gaps_of(lines: Sequence[PlaceLine], link: LinkTo) -> charts.Gaps:
    """Return how many persons are missing, place by place; only where both counts are known."""
    return charts.gaps(
        [
            charts.Counted(
                line.name,
                line.shown.numerator,
                line.shown.denominator,
                figure_day(line.shown),
                link(line),
            )
            for line in lines
            if line.shown and line.shown.gap is not None
        ]
    )


def ranking_of(areas: Sequence[charts.Area], scale: Scale, target: Decimal | None) -> charts.Ranking:
    """Return those with a figure in order: percentages on a scale of 100, counts up to the largest."""
    known = [one for one in areas if one.value is not None]
    if scale.is_percent:
        return charts.ranking(known, target=target)
    return charts.ranking(known, top=max((one.value or Decimal(0) for one in known), default=Decimal(0)))


def target_of(targets: Sequence[CoverageTarget]) -> Decimal | None:
    """Return the newest target, without zeros that nobody wrote."""
    if not targets:
        return None
    plain = targets[0].percent.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def trend_of(figures: Sequence[Shown], name: str) -> charts.Lines | None:
    """Return the line of one place by month; a month without a figure is a hole. None: less than two months.

    Of several figures of a month the newest day counts, of one day the surer one; undated ones are left out.
    """
    by_month: dict[int, Shown] = {}
    for one in figures:
        if one.as_of is None or drawn_percent(one) is None:
            continue
        month = _month(one.as_of)
        before = by_month.get(month)
        if before is None or _rank(one) >= _rank(before):
            by_month[month] = one
    if len(by_month) < _A_LINE:
        return None
    last = max(by_month)
    months = range(max(min(by_month), last - _MOST_MONTHS + 1), last + 1)
    values = [drawn_percent(by_month[month]) if month in by_month else None for month in months]
    top = max(Decimal(100), *(value for value in values if value is not None))
    labels = [month_short(date(month // 12, month % 12 + 1, 1)) for month in months]
    return charts.lines(labels, [charts.Series(name, values)], top=top)


@dataclass(frozen=True)
class Compared:
    """Two days side by side. `same`: places without a newer figure; `silent`: without any."""

    changes: charts.Changes
    same: list[PlaceLine]
    silent: list[PlaceLine]


def compared(pairs: Iterable[tuple[PlaceLine, PlaceLine]], link: LinkTo) -> Compared:
    """Return what changed between two days, what rose most first."""
    rows: list[charts.Change] = []
    same: list[PlaceLine] = []
    silent: list[PlaceLine] = []
    for before, after in pairs:
        if after.shown is None:
            silent.append(after)
        elif before.shown is not None and before.shown.id == after.shown.id:
            same.append(after)
        else:
            first = drawn_percent(before.shown) if before.shown else None
            rows.append(charts.Change(after.name, first, drawn_percent(after.shown), link(after)))
    rows.sort(key=lambda row: (row.difference is None, -(row.difference or 0), row.label))
    highest = [value for row in rows for value in (row.before, row.after) if value is not None]
    return Compared(
        charts.changes(rows, top=max(Decimal(100), *highest) if highest else Decimal(100)), same, silent
    )


def newest_first(figures: Sequence[Shown]) -> list[Shown]:
    """Return dated figures, the newest first, then those without a day."""
    dated = [one for one in figures if one.as_of is not None]
    return [*reversed(dated), *(one for one in figures if one.as_of is None)]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _rank(one: Shown) -> tuple[date, bool, int]:
    return (one.as_of or date.min, one.status is FigureStatus.COMPUTED, one.id)
