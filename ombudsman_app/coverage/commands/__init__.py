"""What changes figures, meetings, duties, rules, outreach and innovations."""

from .deciding import refuse_figure, release_figure, withdraw_figure
from .entering import (
    FigureInput,
    SourceInput,
    columns_of,
    name_source,
    propose_figure,
    revise_figure,
)
from .load_shipped import load_shipped_figures

__all__ = [
    "FigureInput",
    "SourceInput",
    "columns_of",
    "load_shipped_figures",
    "name_source",
    "propose_figure",
    "refuse_figure",
    "release_figure",
    "revise_figure",
    "withdraw_figure",
]
