"""Reading projects."""

from .filters import UNDER_VALUED, VERDICTS, ProjectFilter, read_filter
from .firms import Candidate, PartyOfProject, candidates, projects_of_employer, visible_party
from .listing import ALL, ProjectRow, project_counts, projects_page
from .numbers import by_number
from .owners import Key as OwnerKey
from .owners import OwnerRow, bodies_of, owner_counts, owner_name, owners_page, visible_owner
from .page import PartyLine, ProjectPage, explained_days, project_of_finding, project_page, visible_project

__all__ = [
    "ALL",
    "UNDER_VALUED",
    "VERDICTS",
    "Candidate",
    "OwnerKey",
    "OwnerRow",
    "PartyLine",
    "PartyOfProject",
    "ProjectFilter",
    "ProjectPage",
    "ProjectRow",
    "bodies_of",
    "by_number",
    "candidates",
    "explained_days",
    "owner_counts",
    "owner_name",
    "owners_page",
    "project_counts",
    "project_of_finding",
    "project_page",
    "projects_of_employer",
    "projects_page",
    "read_filter",
    "visible_owner",
    "visible_party",
    "visible_project",
]
