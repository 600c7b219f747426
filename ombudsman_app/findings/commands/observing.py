"""What officers saw on a visit, and the findings that come from it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed, NotVisible
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory import queries as directory
from ombudsman_app.directory.models import Office, RepresentativeOffice, Verified
from ombudsman_app.findings.models import Finding, VisitFinding, VisitObservation
from ombudsman_app.findings.policies import MAKERS
from ombudsman_app.findings.states import Origin

from .writing import FindingInput, make_finding


@dataclass(frozen=True)
class VisitInput:
    """What was seen, where and when. `study_until`: None where no end was said."""

    office_id: int
    visited_on: date
    seen: str
    good_practice: str = ""
    is_study_place: bool = False
    study_reason: str = ""
    study_until: date | None = None
    counter_id: int | None = None
    is_demo: bool = False


@dataclass(frozen=True)
class VisitSource:
    """Where it was published, by keys of `directory/data/sources.yaml`; `reference` names it for ever."""

    reference: str
    source_keys: str
    verified: Verified


@command
def note_visit(given: VisitInput, *, actor: Actor) -> VisitObservation:
    """Keep what was seen. Raises NotVisible for an unknown office, NotAllowed outside one's own provinces."""
    if directory.office_by_id(given.office_id) is None:
        raise NotVisible
    office, handling = directory.office_and_representative(given.office_id)
    if handling.id not in actor.offices_as(*MAKERS):
        raise NotAllowed(policy="findings.observe")
    return _kept(given, office, handling, actor=actor)


@command
def take_over_visit(given: VisitInput, source: VisitSource) -> bool:
    """Keep what a published source says was seen; False where it is kept already. Raises NotVisible."""
    known = select(VisitObservation.id).where(VisitObservation.reference == source.reference)
    if db.session.scalar(known) is not None:
        return False
    if directory.office_by_id(given.office_id) is None:
        raise NotVisible
    seen = _kept(given, *directory.office_and_representative(given.office_id), actor=STRANGER)
    seen.reference, seen.source_keys, seen.verified = source.reference, source.source_keys, source.verified
    return True


def _kept(
    given: VisitInput, office: Office, handling: RepresentativeOffice, *, actor: Actor
) -> VisitObservation:
    seen = VisitObservation(
        representative_office_id=handling.id,
        office_id=office.id,
        counter_id=given.counter_id,
        visited_on=given.visited_on,
        seen=given.seen,
        good_practice=given.good_practice,
        is_study_place=given.is_study_place,
        study_reason=given.study_reason if given.is_study_place else "",
        study_until=given.study_until if given.is_study_place else None,
        is_demo=given.is_demo,
        noted_by_id=actor.user_id,
        noted_at=now(),
    )
    db.session.add(seen)
    db.session.flush()
    record(Event.FINDINGS_VISIT_NOTED, "visit_observation", seen.id, actor=actor)
    return seen


@command
def find_on_visit(seen: VisitObservation, given: FindingInput, *, actor: Actor) -> Finding:
    """Make a finding of what was seen: it carries suggestions for improvement, nothing else."""
    finding = make_finding(
        given,
        origin=Origin.VISIT,
        office_id=seen.office_id,
        representative_office_id=seen.representative_office_id,
        actor=actor,
    )
    db.session.add(VisitFinding(finding_id=finding.id, observation_id=seen.id))
    return finding
