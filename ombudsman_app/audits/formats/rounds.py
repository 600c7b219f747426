"""The boxes by which rounds and offices are asked, the tiles of a board, and what a team lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.queries import board
from ombudsman_app.audits.queries.offices import OfficeFilter
from ombudsman_app.audits.queries.rounds import RoundFilter, StageCounts
from ombudsman_app.audits.states import STAGES, AuditState, RoundState, Seat
from ombudsman_app.core.clock import today
from ombudsman_app.core.policy import HEAD_OFFICE_ZONE
from ombudsman_app.directory.queries import ProvinceLine

from .stages import KIND_WORDS, ROUND_WORDS, SEAT_WORDS, STAGE_WORDS

_YEARS_BACK = 8


@dataclass(frozen=True)
class Box:
    """A box of the filter: options are (value, words)."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Tile:
    """A stage and how many offices stand there."""

    state: AuditState
    label: str
    number: int


def round_boxes(chosen: RoundFilter) -> list[Box]:
    """Return the boxes above the list of rounds."""
    this = today(HEAD_OFFICE_ZONE).year
    years = [str(year) for year in range(this + 1, this - _YEARS_BACK, -1)]
    shown = str(chosen.year or "")
    if shown and shown not in years:
        years.append(shown)
    states = [(state.value, str(ROUND_WORDS[state])) for state in RoundState]
    return [
        Box("year", _("Year"), [("", _("All years")), *((year, year) for year in years)], shown),
        Box("state", _("State"), [("", _("All states")), *states], chosen.state or ""),
    ]


def office_boxes(asked: OfficeFilter, provinces: Iterable[ProvinceLine]) -> list[Box]:
    """Return the boxes above the offices to pick from."""
    kinds = [(kind.value, str(words)) for kind, words in KIND_WORDS.items()]
    return [
        Box("kind", _("Kind of office"), [("", _("All kinds")), *kinds], asked.kind or ""),
        Box(
            "province",
            _("Province"),
            [("", _("All provinces")), *((one.code, one.name) for one in provinces)],
            asked.province,
        ),
    ]


def offices_added(number: int) -> str:
    """Say how many offices were added."""
    if not number:
        return str(_("These offices are in the round already."))
    return str(ngettext("%(num)d office is added.", "%(num)d offices are added.", number))


def stage_tiles(counts: StageCounts) -> Sequence[Tile]:
    """Return a tile for each stage, and for cancelled ones where there are some."""
    shown = [*STAGES, *([AuditState.CANCELLED] if counts.by_state.get(AuditState.CANCELLED) else [])]
    return [Tile(state, str(STAGE_WORDS[state]), counts.by_state.get(state, 0)) for state in shown]


def team_lacks(seats: Iterable[str]) -> str:
    """Say which seats are missing, taken too often, or given to somebody without the right."""
    return str(_("Look again at these seats: %(seats)s.", seats=seats_words(seats)))


def seats_words(seats: Iterable[str]) -> str:
    """Name seats in their order, set apart by commas."""
    named = set(seats)
    return ", ".join(str(SEAT_WORDS[seat]) for seat in Seat if seat.value in named)


def is_open_plan(audit: Audit) -> bool:
    """Whether the days of the visit are not fixed yet."""
    return board.is_open_plan(audit.planned_from, audit.planned_until)


FILTERS = {"is_open_plan": is_open_plan, "seats_words": seats_words}
