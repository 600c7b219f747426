"""Where one number comes from: its source, what stood there before, and what others say of the same place."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ombudsman_app.accounts.models import User
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.coverage.scope import scope


@dataclass(frozen=True)
class Provenance:
    """One figure with all that tells how far to trust it.

    `chain`: its revisions, the newest first, itself among them. `others`: released figures of the same
    place and measure by other sources or of other days. `people`: names of officers by id, for staff alone.
    """

    figure: CoverageFigure
    chain: tuple[CoverageFigure, ...]
    others: tuple[CoverageFigure, ...]
    people: dict[int, str]


def provenance_of(figure_id: int, actor: Actor, *, most: int = 50) -> Provenance:
    """Return one figure that this person may see. Raises NotVisible. ≤ 4 statements."""
    visible = scope(actor).figures().options(joinedload(CoverageFigure.source, innerjoin=True))
    figure = db.session.scalar(visible.where(CoverageFigure.id == figure_id))
    if figure is None:
        raise NotVisible
    same = visible.where(
        CoverageFigure.place_code == figure.place_code,
        CoverageFigure.place_name == figure.place_name,
        or_(CoverageFigure.definition == figure.definition, CoverageFigure.definition.is_(None)),
        CoverageFigure.part == figure.part,
        CoverageFigure.programme == figure.programme,
    )
    held = list(db.session.scalars(same.order_by(CoverageFigure.id.desc()).limit(most)))
    chain = _chain(figure, held)
    rest = tuple(one for one in held if one not in chain and one.superseded_by_id is None)
    return Provenance(figure, chain, rest, _people(chain) if actor.is_known else {})


def _chain(figure: CoverageFigure, held: list[CoverageFigure]) -> tuple[CoverageFigure, ...]:
    """Follow the revisions both ways among the figures of one place."""
    by_id = {one.id: one for one in held}
    chain = [figure]
    while (before := by_id.get(chain[-1].supersedes_id or 0)) is not None:
        chain.append(before)
    while (after := by_id.get(chain[0].superseded_by_id or 0)) is not None:
        chain.insert(0, after)
    waiting = [one for one in held if one.supersedes_id == chain[0].id and one not in chain]
    return (*waiting, *chain)


def _people(chain: tuple[CoverageFigure, ...]) -> dict[int, str]:
    ids = {one for row in chain for one in (row.made_by_id, row.decided_by_id) if one is not None}
    if not ids:
        return {}
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())
