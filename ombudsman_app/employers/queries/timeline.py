"""What happened with one employer, day by day: from what its page has read already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ombudsman_app.employers.links import Linked
from ombudsman_app.employers.models import Noncompliance, Observation

from .page import EmployerPage


class Happened(StrEnum):
    """What kind of thing it is."""

    OBSERVED = "observed"
    BROKEN = "broken"
    ENDED = "ended"
    LINKED = "linked"


@dataclass(frozen=True)
class Happening:
    """One thing on one day; of what it tells, one of the three is there."""

    kind: Happened
    on: date
    observation: Observation | None = None
    noncompliance: Noncompliance | None = None
    linked: Linked | None = None


def timeline_of(page: EmployerPage) -> list[Happening]:
    """Return all that the page knows, the newest day first. No statement."""
    return sorted(_all(page), key=lambda one: one.on, reverse=True)


def _all(page: EmployerPage) -> Iterator[Happening]:
    for seen in page.observations:
        yield Happening(Happened.OBSERVED, seen.observed_on, observation=seen)
    for one in page.noncompliance:
        yield Happening(Happened.BROKEN, one.found_on, noncompliance=one)
        if one.ended_on is not None:
            yield Happening(Happened.ENDED, one.ended_on, noncompliance=one)
    for line in page.linked:
        yield Happening(Happened.LINKED, line.on, linked=line)
