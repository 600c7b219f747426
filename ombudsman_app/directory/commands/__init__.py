"""Changing the directory."""

from .counters import CounterInput, open_counter
from .finding_words import free_slug, set_words, sort_key
from .load_reference import Loaded, load_reference
from .posters import order_poster
from .upsert import upsert

__all__ = [
    "CounterInput",
    "Loaded",
    "free_slug",
    "load_reference",
    "open_counter",
    "order_poster",
    "set_words",
    "sort_key",
    "upsert",
]
