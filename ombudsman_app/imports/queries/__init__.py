"""Reading imports."""

from .brought import Brought, brought_page, sources_of
from .page import RunPage, own_rejected, run_page, visible_run
from .preview import Preview, preview_of
from .rows import DoubtfulPage, RowLine, RowsPage, doubtful_page, rows_page

__all__ = [
    "Brought",
    "DoubtfulPage",
    "Preview",
    "RowLine",
    "RowsPage",
    "RunPage",
    "brought_page",
    "doubtful_page",
    "own_rejected",
    "preview_of",
    "rows_page",
    "run_page",
    "sources_of",
    "visible_run",
]
