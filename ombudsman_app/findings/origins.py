"""Where findings come from. The domains that make them register at start; this one knows its own visits."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.models import Document

from .errors import NamesReporter, OwnWork
from .models import VisitFinding
from .states import Origin


@dataclass(frozen=True)
class OriginPage:
    """The page of the staff on which it can be read how a finding came to be."""

    endpoint: str
    values: Mapping[str, int]


Find = Callable[[int], OriginPage | None]
FindPaper = Callable[[int], Document | None]
Authors = Callable[[int], Collection[int]]
Compare = Callable[[int, Mapping[str, str], Actor], list[str]]
_origins: dict[Origin, Find] = {}
_papers: dict[Origin, FindPaper] = {}
_told: dict[Origin, str] = {}
_authors: dict[Origin, Authors] = {}
_compared: dict[Origin, Compare] = {}


def register(
    origin: Origin,
    find: Find,
    *,
    received: str = "",
    paper: FindPaper | None = None,
    authors: Authors | None = None,
    compare: Compare | None = None,
) -> None:
    """Make known how the origin of a finding is found by the id of the finding.

    `paper`: the signed paper that goes to its office. `received`: the job that is asked for, with the id,
    when the office has opened it. `authors`: who else wrote what the finding says. `compare`: returns those
    of the texts for the office, by name, that tell of somebody whom it must not know.
    """
    _origins[origin] = find
    if paper is not None:
        _papers[origin] = paper
    if received:
        _told[origin] = received
    if authors:
        _authors[origin] = authors
    if compare:
        _compared[origin] = compare


def refuse_author(origin: Origin, finding_id: int, *, actor: Actor) -> None:
    """Raise OwnWork for whoever wrote a part of what the finding comes from. ≤ 1 statement."""
    find = _authors.get(origin)
    if find and actor.user_id in find(finding_id):
        raise OwnWork


def refuse_names(origin: Origin, finding_id: int, texts: Mapping[str, str], *, actor: Actor) -> None:
    """Raise NamesReporter (parts) where a text for the office tells who reports (PD3). ≤ 3 statements."""
    compare = _compared.get(origin)
    given = {name: text for name, text in texts.items() if text}
    if compare and given and (named := compare(finding_id, given, actor)):
        raise NamesReporter(parts=named)


def tell_origin(origin: Origin, finding_id: int, *, actor: Actor) -> None:
    """Let the domain above know, inside a command, that the office has opened a finding. ≤ 1 statement."""
    if kind := _told.get(origin):
        enqueue(kind, actor=actor, arguments={"finding": finding_id}, once=str(finding_id))


def origin_page(origin: Origin, finding_id: int) -> OriginPage | None:
    """Return the page of an origin, None where its domain is not there. ≤ 1 statement."""
    find = _origins.get(origin)
    return find(finding_id) if find else None


def has_paper(origin: Origin) -> bool:
    """Whether a signed paper goes to the office with a finding of this origin."""
    return origin in _papers


def origin_paper(origin: Origin, finding_id: int) -> Document | None:
    """Return the signed paper that a finding came with, None where there is none. ≤ 1 statement."""
    find = _papers.get(origin)
    return find(finding_id) if find else None


def _visit(finding_id: int) -> OriginPage | None:
    found = db.session.scalar(
        select(VisitFinding.observation_id).where(VisitFinding.finding_id == finding_id)
    )
    return OriginPage("staff.findings.visit", {"visit_id": found}) if found else None


register(Origin.VISIT, _visit)
