"""Reading findings."""

from .asked import read_filter, said_filter
from .exports import ExportPage, export_page, visible_export
from .lateness import BANDS, LATE_UP_TO, OfficeLateness, lateness_by_office
from .more_time import RequestOfFinding, has_asked, moves_of, visible_time_request
from .page import FindingPage, addressed_finding, finding_page, visible_finding
from .parts import (
    ACKNOWLEDGEMENT,
    ClockOfFinding,
    ResponseOfFinding,
    StepOfFinding,
    addressed_clock,
    addressed_response,
    explained_clock,
    visible_clock,
    visible_step,
)
from .public_numbers import OfficeNumbers, office_numbers
from .register import (
    PORTAL_VIEWS,
    TIME_ASKED,
    RegisterFilter,
    RegisterRow,
    addressed_page,
    how_many,
    office_name,
    register_counts,
    register_page,
    register_walk,
    time_asked_part,
)
from .visits import VisitPage, VisitRow, visible_visit, visit_page, visits_page

__all__ = [
    "ACKNOWLEDGEMENT",
    "BANDS",
    "LATE_UP_TO",
    "PORTAL_VIEWS",
    "TIME_ASKED",
    "ClockOfFinding",
    "ExportPage",
    "FindingPage",
    "OfficeLateness",
    "OfficeNumbers",
    "RegisterFilter",
    "RegisterRow",
    "RequestOfFinding",
    "ResponseOfFinding",
    "StepOfFinding",
    "VisitPage",
    "VisitRow",
    "addressed_clock",
    "addressed_finding",
    "addressed_page",
    "addressed_response",
    "explained_clock",
    "export_page",
    "finding_page",
    "has_asked",
    "how_many",
    "lateness_by_office",
    "moves_of",
    "office_name",
    "office_numbers",
    "read_filter",
    "register_counts",
    "register_page",
    "register_walk",
    "said_filter",
    "time_asked_part",
    "visible_clock",
    "visible_export",
    "visible_finding",
    "visible_step",
    "visible_time_request",
    "visible_visit",
    "visit_page",
    "visits_page",
]
