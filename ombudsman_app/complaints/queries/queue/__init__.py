"""The office's queue: filters, pages by keyset, counts."""

from .counting import COUNTED_STATES, QueueCounts, counts, overdue_number
from .filters import QueueFilter, Whose, office_names
from .rows import QueueRow, queue, read_key

__all__ = [
    "COUNTED_STATES",
    "QueueCounts",
    "QueueFilter",
    "QueueRow",
    "Whose",
    "counts",
    "office_names",
    "overdue_number",
    "queue",
    "read_key",
]
