"""What is read of figures, meetings, duties, rules, outreach and innovations."""

from .figures import (
    Measure,
    Shown,
    days_of,
    figures_of,
    figures_on_day,
    measures_held,
    newest_figures,
    targets_of,
)
from .provenance import Provenance, provenance_of
from .totals import Total, regency_codes, totals, totals_of

__all__ = [
    "Measure",
    "Provenance",
    "Shown",
    "Total",
    "days_of",
    "figures_of",
    "figures_on_day",
    "measures_held",
    "newest_figures",
    "provenance_of",
    "regency_codes",
    "targets_of",
    "totals",
    "totals_of",
]
