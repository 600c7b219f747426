"""Where findings come from. The domains that make them register at start; this one knows its own visits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor

from .models import VisitFinding
from .states import Origin


@dataclass(frozen=True)
class OriginPage:
    """The page of the staff on which it can be read how a finding came to be."""

    endpoint: str
    values: Mapping[str, int]


Find = Callable[[int], OriginPage | None]
_origins: dict[Origin, Find] = {}
_told: dict[Origin, str] = {}


def register(origin: Origin, find: Find, *, received: str = "") -> None:
    """Make known how the origin of a finding is found by the id of the finding.

    `received`: the job that is asked for, with the id, when its office has opened it.
    """
    _origins[origin] = find
    if received:
        _told[origin] = received


def tell_origin(origin: Origin, finding_id: int, *, actor: Actor) -> None:
    """Let the domain above know, inside a command, that the office has opened a finding. ≤ 1 statement."""
    if kind := _told.get(origin):
        enqueue(kind, actor=actor, arguments={"finding": finding_id}, once=str(finding_id))


def origin_page(origin: Origin, finding_id: int) -> OriginPage | None:
    """Return the page of an origin, None where its domain is not there. ≤ 1 statement."""
    find = _origins.get(origin)
    return find(finding_id) if find else None


def _visit(finding_id: int) -> OriginPage | None:
    found = db.session.scalar(
        select(VisitFinding.observation_id).where(VisitFinding.finding_id == finding_id)
    )
    return OriginPage("staff.findings.visit", {"visit_id": found}) if found else None


register(Origin.VISIT, _visit)
