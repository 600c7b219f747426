"""What is said of an innovation, whichever door it came through, and what cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ombudsman_app.core.clock import today
from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.coverage.errors import InnovationRefused
from ombudsman_app.coverage.innovations import Aspect, InnovationStatus
from ombudsman_app.coverage.local_rules import EARLIEST_YEAR
from ombudsman_app.coverage.shipped_innovations import criteria

from .entering import SourceInput


@dataclass(frozen=True)
class FactsInput:
    """An innovation as one knows it. `notes`: what the sources do not tell, one note in each line."""

    name: str
    owner: str
    since: int | None
    status: InnovationStatus
    status_on: date | None
    notes: str = ""


@dataclass(frozen=True)
class StatementInput:
    """What one source says. `source`: the id of a known one, or a new one that is written down with it."""

    aspect: Aspect
    text: str
    quote: str
    speaker: str
    as_of: date
    verified: Mark
    source: int | SourceInput


@dataclass(frozen=True)
class EvaluationInput:
    """What the office finds. `judgements`: finding and evidence by criterion; left out: cannot be judged."""

    as_of: date
    conclusion: str
    judgements: Mapping[str, tuple[str, str]]


def refuse_facts(given: FactsInput, zone: str) -> None:
    """Raise InnovationRefused (field, why) for what cannot be. `zone`: where it is today."""
    day = today(zone)
    if given.since is not None and not EARLIEST_YEAR <= given.since <= day.year:
        raise InnovationRefused(field="since", why="no_year")
    if given.status_on is not None and given.status_on > day:
        raise InnovationRefused(field="status_on", why="future")
    if given.status is not InnovationStatus.UNKNOWN and given.status_on is None:
        raise InnovationRefused(field="status_on", why="no_day")
    if given.since and given.status_on and given.status_on.year < given.since:
        raise InnovationRefused(field="status_on", why="before_start")


def refuse_statement(given: StatementInput, zone: str) -> None:
    """Raise InnovationRefused for what no source can have said."""
    if given.as_of > today(zone):
        raise InnovationRefused(field="as_of", why="future")
    if isinstance(given.source, SourceInput) and not given.source.title:
        raise InnovationRefused(field="source_title", why="no_title")


def judgements_of(given: EvaluationInput, zone: str) -> list[list[str]]:
    """Return what an evaluation keeps, in the order of the criteria.

    Raises InnovationRefused for a day ahead, a finding without evidence, evidence without a finding, and
    where nothing is judged at all.
    """
    if given.as_of > today(zone):
        raise InnovationRefused(field="as_of", why="future")
    kept = []
    for criterion in criteria():
        finding, evidence = given.judgements.get(criterion.id, ("", ""))
        if finding and not evidence:
            raise InnovationRefused(field=f"{criterion.id}_evidence", why="no_evidence")
        if evidence and not finding:
            raise InnovationRefused(field=criterion.id, why="no_finding")
        if finding:
            kept.append([criterion.id, finding, evidence])
    if not kept:
        raise InnovationRefused(field=criteria()[0].id, why="nothing_judged")
    return kept
