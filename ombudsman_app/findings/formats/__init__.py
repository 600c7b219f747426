"""How findings look: words, what happened, the boxes and the picture of the register."""

from .register import band_words, lateness_picture, register_boxes
from .sheet import filter_words, sheet_about, sheet_columns, sheet_row
from .told import described, shown_clock
from .words import FILTERS, POSITIONS, finding_state, finding_tone, state_to_office, unit_word

__all__ = [
    "FILTERS",
    "POSITIONS",
    "STATES",
    "band_words",
    "described",
    "filter_words",
    "finding_state",
    "finding_tone",
    "lateness_picture",
    "register_boxes",
    "sheet_about",
    "sheet_columns",
    "sheet_row",
    "shown_clock",
    "state_to_office",
    "unit_word",
]
