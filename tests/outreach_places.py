"""Outreach events to which addresses lead: those of one office of the Ombudsman (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ombudsman_app.coverage.outreach_states import OutreachState

from .factories.employers import keeper_of
from .factories.outreach import OutreachFactory, officer_of_branch

OF_EVENT = ("event", "edit", "report", "cancel")


@dataclass(frozen=True)
class OutreachPlaces:
    """An event that waits for its report, and one that the branch wrote down itself."""

    planned: int
    own: int

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses of outreach, by endpoint."""
        return {
            **{f"staff.outreach.{page}": {"event_id": self.planned} for page in OF_EVENT},
            **{f"portal.outreach.{page}": {"event_id": self.own} for page in OF_EVENT},
        }


def build_outreach_places(office: str = "MAM") -> OutreachPlaces:
    """Write events down. Call inside a context."""
    keeper = keeper_of(office)
    OutreachFactory(OutreachState.HELD, office=office, keeper=keeper)
    planned = OutreachFactory(office=office, keeper=keeper)
    own = OutreachFactory(office=office, keeper=officer_of_branch(office), title=f"Milik kantor {office}")
    return OutreachPlaces(planned.id, own.id)
