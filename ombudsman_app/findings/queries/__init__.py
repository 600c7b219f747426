"""Reading findings."""

from .ages import AGES, OfficeAges, ages_by_office
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
    office_name,
    register_page,
)
from .visits import VisitPage, VisitRow, visible_visit, visit_page, visits_page

__all__ = [
    "AGES",
    "PORTAL_VIEWS",
    "ClockOfFinding",
    "FindingPage",
    "OfficeAges",
    "RegisterFilter",
    "RegisterRow",
    "StepOfFinding",
    "VisitPage",
    "VisitRow",
    "addressed_clock",
    "addressed_finding",
    "addressed_page",
    "ages_by_office",
    "explained_clock",
    "finding_page",
    "office_name",
    "register_page",
    "visible_clock",
    "visible_finding",
    "visible_step",
    "visible_visit",
    "visit_page",
    "visits_page",
]
