"""Cases that look alike: the same counter, or the same office and service, in the same season."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, null

from ombudsman_app.complaints.models import Complaint, InformationTip
from ombudsman_app.complaints.scope import scope
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

PERIOD = timedelta(days=90)  # before and after; a product setting: what one season of one counter is
_SHOWN = 5


@dataclass(frozen=True)
class SimilarCase:
    """One line: enough to see whether it is worth opening."""

    id: int
    ticket: str
    registration_number: str | None
    state: Any  # ComplaintState, of information TipState
    substance: str
    received_on: date


@dataclass(frozen=True)
class SimilarCases:
    """The newest of them. `has_more`: there are more than are shown."""

    cases: list[SimilarCase]
    has_more: bool
    is_same_counter: bool


def similar_cases(actor: Actor, to: Complaint | InformationTip) -> SimilarCases:
    """Return visible cases of the same counter, else of the same office and service. 1 statement."""
    return _found(actor, Complaint, to)


def similar_tips(actor: Actor, to: Complaint | InformationTip) -> SimilarCases:
    """Return visible information that looks alike in the same way. 1 statement."""
    return _found(actor, InformationTip, to)


def _found(
    actor: Actor, kind: type[Complaint | InformationTip], to: Complaint | InformationTip
) -> SimilarCases:
    is_same_counter = to.counter_id is not None
    given = {
        "itself": to.id if isinstance(to, kind) else 0,
        "counter": to.counter_id,
        "office": to.office_id,
        "substance": to.substance,
        "first": to.received_on - PERIOD,
        "last": to.received_on + PERIOD,
    }
    rows = db.session.execute(_alike(actor, kind, is_same_counter), given)
    found = [SimilarCase(*row) for row in rows]
    return SimilarCases(found[:_SHOWN], len(found) > _SHOWN, is_same_counter)


@lru_cache(maxsize=64)
def _alike(
    actor: Actor, kind: type[Complaint | InformationTip], is_same_counter: bool
) -> Select[*tuple[Any, ...]]:
    """Build the statement, which costs more than running it; another right is another statement."""
    alike = (
        (kind.counter_id == bindparam("counter"),)
        if is_same_counter
        else (kind.office_id == bindparam("office"), kind.substance == bindparam("substance"))
    )
    visible: Select[Any] = scope(actor).complaints() if kind is Complaint else scope(actor).tips()
    number: Any = Complaint.registration_number if kind is Complaint else null()
    return (
        visible.where(
            *alike,
            kind.received_on.between(bindparam("first"), bindparam("last")),
            kind.id != bindparam("itself"),
        )
        .with_only_columns(kind.id, kind.ticket, number, kind.state, kind.substance, kind.received_on)
        .order_by(kind.received_on.desc(), kind.id.desc())
        .limit(_SHOWN + 1)
    )


def similar_filters(case: Complaint | InformationTip) -> dict[str, str]:
    """Return what the queue is asked for to list them all."""
    return {"office": case.office.slug, "service": case.substance}
