"""The office's queue: filters, pages by keyset, counts."""

from .counting import COUNTED_STATES, MenuNumbers, QueueCounts, counts, menu_numbers
from .filters import QueueFilter, Whose, office_names
from .rows import QueueRow, queue

__all__ = [
    "COUNTED_STATES",
    "MenuNumbers",
    "QueueCounts",
    "QueueFilter",
    "QueueRow",
    "Whose",
    "counts",
    "menu_numbers",
    "office_names",
    "queue",
]
