"""Reading employers."""

from .estimates import (
    ORDERS,
    EstimateOrder,
    EstimatePage,
    EstimatePaper,
    EstimateStart,
    estimate_start,
    estimates_of,
    newest_estimates,
    own_estimate_order,
    visible_estimate,
)
from .names import Meant, meant_by
from .page import EmployerPage, employer_page, open_breaches, visible_employer
from .pictures import GapSum, gap_by_place, gap_by_section
from .places import PlaceChoice, places_of
from .register import (
    RegisterCounts,
    RegisterFilter,
    RegisterRow,
    read_filter,
    register_counts,
    register_page,
    said_filter,
)
from .similar import Known, Similar, alike, similar_to
from .timeline import Happened, Happening, timeline_of

__all__ = [
    "ORDERS",
    "EmployerPage",
    "EstimateOrder",
    "EstimatePage",
    "EstimatePaper",
    "EstimateStart",
    "GapSum",
    "Happened",
    "Happening",
    "Known",
    "Meant",
    "PlaceChoice",
    "RegisterCounts",
    "RegisterFilter",
    "RegisterRow",
    "Similar",
    "alike",
    "employer_page",
    "estimate_start",
    "estimates_of",
    "gap_by_place",
    "gap_by_section",
    "meant_by",
    "newest_estimates",
    "open_breaches",
    "own_estimate_order",
    "places_of",
    "read_filter",
    "register_counts",
    "register_page",
    "said_filter",
    "similar_to",
    "timeline_of",
    "visible_employer",
    "visible_estimate",
]
