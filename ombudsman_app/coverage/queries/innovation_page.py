"""One innovation with what sources say of it and how it was evaluated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.accounts.models import User
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.innovations import ProposalKind
from ombudsman_app.coverage.local_rule_policies import READERS
from ombudsman_app.coverage.models import (
    Innovation,
    InnovationEvaluation,
    InnovationFacts,
    InnovationStatement,
)
from ombudsman_app.coverage.states import Standing
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.names import is_slug

_SLUG_LETTERS = 80
_SHOWN = (Standing.CURRENT, Standing.SUPERSEDED)
_TABLES: dict[ProposalKind, Any] = {
    ProposalKind.FACTS: InnovationFacts,
    ProposalKind.STATEMENT: InnovationStatement,
    ProposalKind.EVALUATION: InnovationEvaluation,
}


@dataclass(frozen=True)
class InnovationPage:
    """An innovation with its statements, oldest first, and its evaluations and facts, newest first.

    `people`: names of officers by id, for the staff alone.
    """

    innovation: Innovation
    statements: list[InnovationStatement]
    evaluations: list[InnovationEvaluation]
    facts: list[InnovationFacts]
    people: dict[int, str]

    @property
    def latest(self) -> InnovationEvaluation | None:
        """The evaluation that holds."""
        return next((one for one in self.evaluations if one.standing is Standing.CURRENT), None)

    @property
    def earlier(self) -> list[InnovationEvaluation]:
        """Those that a later one superseded, the newest first."""
        return [one for one in self.evaluations if one.standing is Standing.SUPERSEDED]


@dataclass(frozen=True)
class InnovationProposal:
    """What one person wrote of an innovation, with the innovation."""

    kind: ProposalKind
    row: Any
    innovation: Innovation
    people: dict[int, str]

    @property
    def representative_office_id(self) -> int:
        """The office that watches over the place: its people decide."""
        return self.innovation.representative_office_id


def visible_innovation(actor: Actor, innovation_id: int) -> Innovation | None:
    """Return an innovation with its place, for the staff whose work it is. ≤ 1 statement."""
    if not actor.roles & READERS:
        return None
    found: Innovation | None = db.session.scalar(_with_place().where(Innovation.id == innovation_id))
    return found


def public_innovation(slug: str) -> InnovationPage:
    """Return what everybody may read of a released innovation. 3 statements. Raises NotVisible.

    An address that none can have (a NUL would make PostgreSQL stumble) costs no statement.
    """
    if not is_slug(slug, _SLUG_LETTERS):
        raise NotVisible
    shown = _with_place().options(joinedload(Innovation.office, innerjoin=True))
    found = db.session.scalar(shown.where(Innovation.slug == slug, Innovation.is_public.is_(True)))
    if found is None:
        raise NotVisible
    said = _statements(found).where(InnovationStatement.standing == Standing.CURRENT)
    evaluated = _rows_of(InnovationEvaluation, found).where(InnovationEvaluation.standing.in_(_SHOWN))
    return InnovationPage(found, list(db.session.scalars(said)), list(db.session.scalars(evaluated)), [], {})


def innovation_page(innovation: Innovation) -> InnovationPage:
    """Return all that was written of an innovation, for the staff. 4 statements."""
    page = InnovationPage(
        innovation,
        list(db.session.scalars(_statements(innovation))),
        list(db.session.scalars(_rows_of(InnovationEvaluation, innovation))),
        list(db.session.scalars(_rows_of(InnovationFacts, innovation))),
        {},
    )
    return replace(page, people=_people([*page.statements, *page.evaluations, *page.facts]))


def visible_proposal(actor: Actor, kind: str, proposal_id: int) -> InnovationProposal | None:
    """Return one proposal of a kind with its innovation and who wrote it. ≤ 3 statements."""
    if kind not in tuple(ProposalKind) or not actor.roles & READERS:
        return None
    table = _TABLES[ProposalKind(kind)]
    asked = select(table).where(table.id == proposal_id)
    if table is InnovationStatement:
        asked = asked.options(joinedload(InnovationStatement.source, innerjoin=True))
    row = db.session.scalar(asked)
    if row is None:
        return None
    innovation = db.session.scalars(_with_place().where(Innovation.id == row.innovation_id)).one()
    return InnovationProposal(ProposalKind(kind), row, innovation, _people([row]))


def _with_place() -> Any:
    return select(Innovation).options(joinedload(Innovation.region, innerjoin=True).joinedload(Region.parent))


def _statements(innovation: Innovation) -> Any:
    return (
        select(InnovationStatement)
        .where(InnovationStatement.innovation_id == innovation.id)
        .options(joinedload(InnovationStatement.source, innerjoin=True))
        .order_by(InnovationStatement.id)
    )


def _rows_of(table: Any, innovation: Innovation) -> Any:
    return select(table).where(table.innovation_id == innovation.id).order_by(table.id.desc())


def _people(rows: Sequence[Any]) -> dict[int, str]:
    ids = {one for row in rows for one in (row.made_by_id, row.decided_by_id) if one is not None}
    if not ids:
        return {}
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())
