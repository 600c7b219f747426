"""How findings look: words, what happened, the boxes and the picture of the register."""

from .register import band_words, lateness_picture, register_boxes
from .told import described, shown_clock
from .words import FILTERS, STATES, finding_state, finding_tone, unit_word

__all__ = [
    "FILTERS",
    "STATES",
    "band_words",
    "described",
    "finding_state",
    "finding_tone",
    "lateness_picture",
    "register_boxes",
    "shown_clock",
    "unit_word",
]
