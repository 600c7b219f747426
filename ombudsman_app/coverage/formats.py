"""How coverage looks in words: what its parts add to the templates."""

from .figure_formats import FIGURE_FILTERS
from .meeting_words import FILTERS as MEETING_FILTERS

FILTERS = {**FIGURE_FILTERS, **MEETING_FILTERS}
