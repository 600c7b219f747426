"""Was a project registered in time, and for its whole value? Computed from the dates, never stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from ombudsman_app.core.workflow.deadlines import days_late

from .rules import Standing


class Timing(StrEnum):
    """When a project was registered, seen from a day. Order: the worst first."""

    UNREGISTERED = "unregistered"  # the last day has passed
    LATE = "late"
    RUNNING = "running"  # not registered yet, and there is time
    UNKNOWN = "unknown"
    IN_TIME = "in_time"
    CANCELLED = "cancelled"


class Dated(Protocol):
    """What a verdict is computed from."""

    @property
    def due_on(self) -> date | None: ...
    @property
    def registered_on(self) -> date | None: ...
    @property
    def cancelled_on(self) -> date | None: ...
    @property
    def registered_value(self) -> int | None: ...
    @property
    def current_net(self) -> int | None: ...


@dataclass(frozen=True)
class Verdict:
    """`days`: of lateness, or that are left (running); 0 where neither. `missing`: rupiah of the value
    without VAT for which the project was not registered; 0: none, or a value is not known."""

    timing: Timing
    days: int
    missing: int

    @property
    def is_breach(self) -> bool:
        """Whether the duty to register is broken today."""
        return self.timing is Timing.UNREGISTERED

    @property
    def is_owners(self) -> bool:
        """Whether the agency that ordered the works should have seen to it: a finding to it can follow."""
        return self.timing in (Timing.UNREGISTERED, Timing.LATE) or self.missing > 0


def standing_of(due_on: date | None, registered_on: date | None, cancelled_on: date | None) -> Standing:
    """Return what the dates say. Cancelled after its last day, a project should have been registered."""
    if registered_on is not None:
        if due_on is None:
            return Standing.UNKNOWN
        return Standing.IN_TIME if registered_on <= due_on else Standing.LATE
    if cancelled_on is not None and (due_on is None or cancelled_on <= due_on):
        return Standing.CANCELLED
    return Standing.UNKNOWN if due_on is None else Standing.OPEN


def missing_value(registered_value: int | None, current_net: int | None) -> int:
    """Return by how much the registered value lies below that of the contract as it stands, without VAT."""
    if registered_value is None or current_net is None:
        return 0
    return max(0, current_net - registered_value)


def verdict_of(project: Dated, today: date) -> Verdict:
    """Compute the verdict on a project, as of a day in the zone of the office that follows it."""
    standing = standing_of(project.due_on, project.registered_on, project.cancelled_on)
    missing = missing_value(project.registered_value, project.current_net)
    due = project.due_on
    if standing is Standing.OPEN and due is not None:
        if today > due:
            return Verdict(Timing.UNREGISTERED, days_late(due, today), missing)
        return Verdict(Timing.RUNNING, (due - today).days, missing)
    if standing is Standing.LATE and due is not None and project.registered_on is not None:
        return Verdict(Timing.LATE, days_late(due, project.registered_on), missing)
    return Verdict(Timing(standing.value), 0, missing)
