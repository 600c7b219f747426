"""How findings look: words, what happened, the boxes and the picture of the register."""

from .register import ages_picture, register_boxes
from .told import described, shown_clock, typed
from .words import FILTERS, STATES, finding_state, finding_tone, unit_word

__all__ = [
    "FILTERS",
    "STATES",
    "ages_picture",
    "described",
    "finding_state",
    "finding_tone",
    "register_boxes",
    "shown_clock",
    "typed",
    "unit_word",
]
