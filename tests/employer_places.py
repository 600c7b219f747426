"""Employers to which addresses lead: those of one office of the Ombudsman (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.employers.commands.projects import PartyInput
from ombudsman_app.employers.models import Project, ProjectParty
from ombudsman_app.employers.states import Breach

from .factories.employers import EmployerFactory, EstimateFactory, ObservationFactory, broken
from .factories.projects import ProjectFactory, amended

OF_EMPLOYER = ("employer", "edit", "observe", "breach", "end_breach", "same_as", "number", "estimates")
OF_ESTIMATE = ("estimate_result", "order_estimate")
OF_ORDERS = ("estimate_order", "estimate_file")
OF_PROJECT = (
    "project",
    "days",
    "days_json",
    "release_day",
    "edit",
    "registration",
    "amend",
    "mark",
    "new_finding",
)


@dataclass(frozen=True)
class EmployerPlaces:
    """An employer with observations and open kinds of non-compliance."""

    name: str  # in no page of another office
    employer: int
    project: int
    party: int
    owner: int
    estimate: int

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses of employers, by endpoint."""
        here, kept = {"employer_id": self.employer}, {"estimate_id": self.estimate}
        project = {"project_id": self.project}
        return {
            **{f"staff.employers.{page}": here for page in OF_EMPLOYER},
            **{f"staff.projects.{page}": project for page in OF_PROJECT},
            "staff.projects.party": {**project, "party_id": self.party},
            "staff.projects.owner": {"owner_id": self.owner},
            "staff.employers.estimate": {**here, "type": "pds_workers"},
            **{f"staff.employers.{page}": kept for page in OF_ESTIMATE},
            # of a person: here it is nobody's (tests/employers/test_print_an_estimate.py)
            **{f"staff.employers.{page}": {"uuid": UUID(int=0)} for page in OF_ORDERS},
        }


def build_employer_places(office: str = "MAM") -> EmployerPlaces:
    """Write down an employer. Call inside a context."""
    name = f"PT Rahasia {office}"
    made = EmployerFactory(office=office, name=name, nib="1234567890123", tax_number="7602011203800001")
    ObservationFactory(made)
    broken(made, Breach.PDS_WORKERS, Breach.PDS_WAGE)
    EmployerFactory(office=office, name=name)  # looks the same
    party = PartyInput(name, employer_id=made.id)
    project = amended(ProjectFactory(office=office, parties=(party,), owner=f"Dinas {name}"), office=office)
    return EmployerPlaces(
        name, made.id, project.id, _party_of(project), project.owner_id, EstimateFactory(made).id
    )


def _party_of(project: Project) -> int:
    return db.session.scalars(select(ProjectParty.id).where(ProjectParty.project_id == project.id)).one()
