"""Reading findings."""

from .asked import read_filter, said_filter
from .lateness import BANDS, LATE_UP_TO, OfficeLateness, lateness_by_office
from .page import (
    ClockOfFinding,
    FindingPage,
    StepOfFinding,
    addressed_clock,
    addressed_finding,
    explained_clock,
    finding_page,
    visible_clock,
    visible_finding,
    visible_step,
)
from .register import (
    PORTAL_VIEWS,
    RegisterFilter,
    RegisterRow,
    addressed_page,
    how_many,
    office_name,
    register_counts,
    register_page,
    register_walk,
)
from .visits import VisitPage, VisitRow, visible_visit, visit_page, visits_page

__all__ = [
    "BANDS",
    "LATE_UP_TO",
    "PORTAL_VIEWS",
    "ClockOfFinding",
    "FindingPage",
    "OfficeLateness",
    "RegisterFilter",
    "RegisterRow",
    "StepOfFinding",
    "VisitPage",
    "VisitRow",
    "addressed_clock",
    "addressed_finding",
    "addressed_page",
    "explained_clock",
    "finding_page",
    "how_many",
    "lateness_by_office",
    "office_name",
    "read_filter",
    "register_counts",
    "register_page",
    "register_walk",
    "said_filter",
    "visible_clock",
    "visible_finding",
    "visible_step",
    "visible_visit",
    "visit_page",
    "visits_page",
]
