"""What is read of figures, meetings, duties, rules, outreach and innovations."""

from .boundaries import BoundaryMap, province_boundaries, regency_boundaries
from .figures import (
    Measure,
    Shown,
    days_of,
    figures_of,
    figures_stamp,
    measures_held,
    newest_figures,
    released_figures,
    released_sources,
    targets_of,
)
from .places import Nation, Place, PlaceLine, place_of, province_lines, provinces, regencies_of
from .provenance import Provenance, provenance_of
from .totals import Total, regency_codes, totals, totals_of

__all__ = [
    "BoundaryMap",
    "Measure",
    "Nation",
    "Place",
    "PlaceLine",
    "Provenance",
    "Shown",
    "Total",
    "days_of",
    "figures_of",
    "figures_stamp",
    "measures_held",
    "newest_figures",
    "place_of",
    "provenance_of",
    "province_boundaries",
    "province_lines",
    "provinces",
    "regencies_of",
    "regency_boundaries",
    "regency_codes",
    "released_figures",
    "released_sources",
    "targets_of",
    "totals",
    "totals_of",
]
