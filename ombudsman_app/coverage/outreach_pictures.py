"""What the picture of outreach is drawn from: how often somebody came to each place, and the gap there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.web import charts
from ombudsman_app.web.formats import number

from .figure_formats import figure_day
from .figure_pictures import drawn_percent
from .queries.outreach_places import Reached, ReachedPlace

_STEPS = (1, 2, 4, 8)  # from how many events on a tile gets its next shade; product setting
LinkTo = Callable[[ReachedPlace], str]


@dataclass(frozen=True)
class PlaceTile:
    """One regency or city. `tone` 0: nobody went, hatched; 1 to 4: the more the darker."""

    name: str
    reached: Reached
    tone: int
    link: str


@dataclass(frozen=True)
class OutreachPicture:
    """Tiles by code, bars by gap; where no source gives counts, bars by percentage, the lowest first.

    `unmet`: where nobody went, the largest gap first.
    """

    tiles: list[PlaceTile]
    gaps: charts.Gaps
    ranking: charts.Ranking | None
    unmet: list[ReachedPlace]
    unmet_gap: int
    events: int
    participants: int


def picture_of(rows: Sequence[ReachedPlace], link: LinkTo) -> OutreachPicture:
    """Lay out tiles and bars. `rows`: the largest gap first."""
    unmet = [one for one in rows if not one.reached.events]
    gaps = charts.gaps(
        [
            charts.Counted(one.name, one.shown.numerator, one.shown.denominator, _told(one), link(one))
            for one in rows
            if one.shown is not None and one.gap is not None
        ]
    )
    return OutreachPicture(
        tiles=[
            PlaceTile(
                one.name.removeprefix("Kabupaten "), one.reached, tone_of(one.reached.events), link(one)
            )
            for one in sorted(rows, key=lambda one: one.code)
        ],
        gaps=gaps,
        ranking=None if gaps.bars else _by_percent(rows, link),
        unmet=unmet,
        unmet_gap=sum(max(one.gap or 0, 0) for one in unmet),
        events=sum(one.reached.events for one in rows),
        participants=sum(one.reached.participants for one in rows),
    )


def _by_percent(rows: Sequence[ReachedPlace], link: LinkTo) -> charts.Ranking | None:
    """Return places by their percentage, the lowest first; None where nobody gives one."""
    areas = [
        charts.Area(one.code, one.name, value, _told(one), link(one))
        for one in rows
        if one.shown is not None and (value := drawn_percent(one.shown)) is not None
    ]
    return charts.ranking(areas, is_lowest_first=True) if areas else None


def tone_of(events: int) -> int:
    """Return the shade of a tile."""
    return sum(events >= step for step in _STEPS)


def reached_words(reached: Reached) -> str:
    """Say how often somebody came and to how many."""
    if not reached.events:
        return str(_("nobody went"))
    held = ngettext("%(number)s event", "%(number)s events", reached.events, number=number(reached.events))
    came = ngettext(
        "%(number)s participant",
        "%(number)s participants",
        reached.participants,
        number=number(reached.participants),
    )
    return f"{held}, {came}"


def _told(one: ReachedPlace) -> str:
    return f"{reached_words(one.reached)} · {figure_day(one.shown)}"
