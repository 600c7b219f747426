"""The address of the list of information, read and written; and what officers give when they move it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ombudsman_app.complaints.queries import TipFilter
from ombudsman_app.complaints.states.tips import MOVE_WORDS
from ombudsman_app.web.fields import VersionedForm
from ombudsman_app.web.paging import read_id

from .case import reason_box
from .queue import FilterBox, FilterTick, Misread, Readers, read_address, read_slug, read_yes


@dataclass(frozen=True)
class AskedTips:
    """What an address asks for, and what of it could not be understood."""

    chosen: TipFilter
    misread: list[Misread]


def read_tips(given: Mapping[str, str], spoiled: Collection[str] = ()) -> AskedTips:
    """Read an address. `spoiled` names the values from which the gate took something out (IN1)."""
    read, misread = read_address(given, spoiled, _READERS)
    return AskedTips(TipFilter(**read), misread)


_READERS: Readers = {
    "ended": ("is_all", read_yes),
    "waiting": ("is_waiting", read_yes),
    "urgent": ("is_urgent", read_yes),
    "office": ("office", read_slug),
    "after": ("after", read_id),
    "before": ("before", read_id),
}


def tip_parameters(chosen: TipFilter) -> dict[str, str]:
    """Return the filters as the address says them, without the place in the list."""
    said = {
        "ended": "yes" if chosen.is_all else "",
        "waiting": "yes" if chosen.is_waiting else "",
        "urgent": "yes" if chosen.is_urgent else "",
        "office": chosen.office,
    }
    return {name: value for name, value in said.items() if value}


def tip_boxes(chosen: TipFilter, offices: Mapping[str, str]) -> list[FilterBox]:
    """Show the office that is chosen among those in view, by slug."""
    by_name = sorted(offices.items(), key=lambda one: one[1])
    return [FilterBox("office", _l("Office"), [("", _l("All offices")), *by_name], chosen.office)]


def tip_ticks(chosen: TipFilter) -> list[FilterTick]:
    """Show which of these are on."""
    return [
        FilterTick("urgent", _l("Urgent"), chosen.is_urgent),
        FilterTick("waiting", _l("Waiting for us"), chosen.is_waiting),
        FilterTick("ended", _l("Used and set aside too"), chosen.is_all),
    ]


def _offered(moves: Iterable[str]) -> list[SelectChoice]:
    return [SelectChoice(move, _l(MOVE_WORDS[move])) for move in moves]


class TipMoveForm(VersionedForm):
    """What becomes of information, and why."""

    move = RadioField(
        _l("What becomes of it?"),
        choices=_offered(MOVE_WORDS),
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    reason = reason_box(_l("Why?"), _l("Write why."))

    def offer(self, moves: Iterable[str]) -> None:
        """Show the moves that are possible now. What came is judged by all: another may have been faster."""
        self.move.choices = _offered(moves)
