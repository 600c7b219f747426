"""A complaint and information that name an employer: where addresses of their links lead (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ombudsman_app.complaints.commands import link_employer
from ombudsman_app.complaints.models import Complaint, InformationTip
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .factories.employers import EmployerFactory


@dataclass(frozen=True)
class LinkPlaces:
    """A source of each kind, with its link."""

    case: int
    case_link: int
    tip: int
    tip_link: int

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses of links, by endpoint."""
        case, tip = {"complaint_id": self.case}, {"tip_id": self.tip}
        return {
            "staff.complaints.link_employer": case,
            "staff.complaints.new_employer": case,
            "staff.complaints.unlink_employer": {**case, "link_id": self.case_link},
            "staff.tips.link_employer_of_tip": tip,
            "staff.tips.new_employer_of_tip": tip,
            "staff.tips.unlink_employer_of_tip": {**tip, "link_id": self.tip_link},
        }


def build_link_places(case_id: int, tip_id: int, head: Actor, office: str = "MAM") -> LinkPlaces:
    """Link an employer to both. Call inside a context."""
    employer = EmployerFactory(office=office)
    case, tip = db.session.get_one(Complaint, case_id), db.session.get_one(InformationTip, tip_id)
    links = [link_employer(source, employer.id, actor=head).id for source in (case, tip)]
    return LinkPlaces(case_id, links[0], tip_id, links[1])
