"""Tables of employers."""

from .case import (
    NO_CASE_DUE,
    CaseBreach,
    CaseForwarding,
    CaseOrigin,
    EmployerComplianceCase,
)
from .case_course import CaseClock, CaseClockMove, CaseDelay, CaseEntry, CaseStep
from .employer import NO_GAP, Employer
from .estimate import EmployerEstimate
from .observation import Noncompliance, Observation
from .project import Project, ProjectChange, ProjectFinding, ProjectOwner, ProjectParty
from .word import EmployerWord

__all__ = [
    "NO_CASE_DUE",
    "NO_GAP",
    "CaseBreach",
    "CaseClock",
    "CaseClockMove",
    "CaseDelay",
    "CaseEntry",
    "CaseForwarding",
    "CaseOrigin",
    "CaseStep",
    "Employer",
    "EmployerComplianceCase",
    "EmployerEstimate",
    "EmployerWord",
    "Noncompliance",
    "Observation",
    "Project",
    "ProjectChange",
    "ProjectFinding",
    "ProjectOwner",
    "ProjectParty",
]
