"""One person writes an innovation down, what sources say and how it does; another releases."""

from typing import Any, TypeVar

from sqlalchemy import or_, select

from ombudsman_app.core.changing import demand, locked
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.errors import InnovationRefused
from ombudsman_app.coverage.figure_policies import MAKERS
from ombudsman_app.coverage.innovation_policies import ADD, WRITE
from ombudsman_app.coverage.innovations import ProposalKind
from ombudsman_app.coverage.models import (
    Innovation,
    InnovationEvaluation,
    InnovationFacts,
    InnovationStatement,
    Proposed,
)
from ombudsman_app.coverage.states import Standing
from ombudsman_app.directory.names import slug_of
from ombudsman_app.directory.queries import representative_for

from .entering import SourceInput, name_source
from .innovation_inputs import (
    EvaluationInput,
    FactsInput,
    StatementInput,
    judgements_of,
    refuse_facts,
    refuse_statement,
)
from .local_rule_writing import region_of

INNOVATION = "innovation"
FACTS = ("name", "owner", "since", "status", "status_on", "notes")
_SLUG_LETTERS = 70  # of 80: a number may follow
_Row = TypeVar("_Row", bound=Proposed)
_ASIDE = (Standing.REFUSED, Standing.WITHDRAWN)  # what went back may be said again


@command
def add_innovation(region_id: int, given: FactsInput, *, actor: Actor) -> Innovation:
    """Write an innovation down. Nobody outside sees it until another person has released its facts.

    Raises InnovationRefused for what cannot be and for a name that the place has already, NotAllowed outside
    one's own provinces.
    """
    region = region_of(region_id)
    office = representative_for(region.code)
    if office is None or office.id not in actor.offices_as(*MAKERS):
        raise NotAllowed(policy=ADD.name)
    refuse_facts(given, actor.time_zone)
    if _is_known(Innovation.region_id == region.id, Innovation.name == given.name):
        raise InnovationRefused(field="name", why="twin")
    made = Innovation(
        slug=free_slug(given.name),
        region_id=region.id,
        province_code=region.province_code,
        representative_office_id=office.id,
        made_at=now(),
        **facts_of(given),
    )
    db.session.add(made)
    db.session.flush()
    row = _propose(InnovationFacts(innovation_id=made.id, **facts_of(given)), actor)
    changes = {"region": region.code, "slug": made.slug, "facts": row.id}
    record(Event.COVERAGE_INNOVATION_ADDED, INNOVATION, made.id, actor=actor, changes=changes)
    return made


@command
def propose_facts(
    innovation: Innovation, given: FactsInput, *, version: int, actor: Actor
) -> InnovationFacts:
    """Write down how an innovation is now; the released words stay until another person releases these.

    Raises RecordChanged, InnovationRefused where nothing is new or another proposal waits.
    """
    held = locked(Innovation, innovation.id, version=version)
    demand(WRITE, actor, held)
    refuse_facts(given, actor.time_zone)
    _refuse_second(InnovationFacts, held, field="name")
    new = facts_of(given)
    changed = [name for name in FACTS if getattr(held, name) != new[name]]
    if held.is_public and not changed:
        raise InnovationRefused(field="name", why="nothing_new")
    if not held.is_public:  # nobody outside has seen it: the list of the staff shows the newest words
        for name in FACTS:
            setattr(held, name, new[name])
    row = _propose(InnovationFacts(innovation_id=held.id, **new), actor)
    _noted(held, ProposalKind.FACTS, row.id, actor, fields=changed)
    return row


@command
def add_statement(innovation: Innovation, given: StatementInput, *, actor: Actor) -> InnovationStatement:
    """Write down what one source says, word for word; a new source is written down with it.

    Raises InnovationRefused for what cannot be and for a quote of this source that is here already,
    FigureRefused for a source that cannot be.
    """
    held = locked(Innovation, innovation.id)
    demand(WRITE, actor, held)
    refuse_statement(given, actor.time_zone)
    if isinstance(given.source, SourceInput):
        source = name_source(given.source, office=held.representative_office_id, actor=actor).id
    else:
        source = given.source
    same = (
        InnovationStatement.innovation_id == held.id,
        InnovationStatement.source_id == source,
        InnovationStatement.quote == given.quote,
        InnovationStatement.standing.not_in(_ASIDE),
    )
    if _is_known(*same):
        raise InnovationRefused(field="quote", why="said_already")
    made = InnovationStatement(
        innovation_id=held.id,
        aspect=given.aspect,
        text=given.text,
        quote=given.quote,
        speaker=given.speaker,
        as_of=given.as_of,
        verified=given.verified,
        source_id=source,
    )
    row = _propose(made, actor)
    _noted(held, ProposalKind.STATEMENT, row.id, actor, source=source)
    return row


@command
def evaluate_innovation(
    innovation: Innovation, given: EvaluationInput, *, actor: Actor
) -> InnovationEvaluation:
    """Say how an innovation does by each criterion, on what evidence; one waits at a time.

    Raises InnovationRefused.
    """
    held = locked(Innovation, innovation.id)
    demand(WRITE, actor, held)
    kept = judgements_of(given, actor.time_zone)
    _refuse_second(InnovationEvaluation, held, field="conclusion")
    made = InnovationEvaluation(
        innovation_id=held.id, as_of=given.as_of, conclusion=given.conclusion, judgements=kept
    )
    row = _propose(made, actor)
    _noted(held, ProposalKind.EVALUATION, row.id, actor, criteria=[one[0] for one in kept])
    return row


def facts_of(given: FactsInput) -> dict[str, Any]:
    """Return the facts by the names of the columns."""
    return {name: getattr(given, name) for name in FACTS}


def free_slug(name: str) -> str:
    """Return what stands in the public address, for ever. 1 statement."""
    plain = slug_of(name)[:_SLUG_LETTERS].strip("-") or "inovasi"
    alike = or_(Innovation.slug == plain, Innovation.slug.startswith(f"{plain}-", autoescape=True))
    taken = set(db.session.scalars(select(Innovation.slug).where(alike)))
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(slug for slug in numbered if slug not in taken)


def _propose(made: _Row, actor: Actor) -> _Row:
    made.made_by_id, made.made_at = actor.user_id, now()
    db.session.add(made)
    db.session.flush()
    return made


def _refuse_second(kind: Any, held: Innovation, *, field: str) -> None:
    if _is_known(kind.innovation_id == held.id, kind.standing == Standing.PROPOSED):
        raise InnovationRefused(field=field, why="waits")


def _is_known(*conditions: Any) -> bool:
    return bool(db.session.scalar(select(select(1).where(*conditions).exists())))


def _noted(held: Innovation, kind: ProposalKind, row_id: int, actor: Actor, **changes: Any) -> None:
    told = {"kind": kind.value, "row": row_id, **changes}
    record(Event.COVERAGE_INNOVATION_PROPOSED, INNOVATION, held.id, actor=actor, changes=told)
