"""Cases that look alike: the same counter, or the same office and service, in the same season."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import ComplaintState
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
    state: ComplaintState
    substance: str
    received_on: date


@dataclass(frozen=True)
class SimilarCases:
    """The newest of them. `has_more`: there are more than are shown."""

    cases: list[SimilarCase]
    has_more: bool
    is_same_counter: bool


def similar_cases(actor: Actor, case: Complaint) -> SimilarCases:
    """Return visible cases of the same counter, else of the same office and service. 1 statement."""
    is_same_counter = case.counter_id is not None
    given = {
        "case": case.id,
        "counter": case.counter_id,
        "office": case.office_id,
        "substance": case.substance,
        "first": case.received_on - PERIOD,
        "last": case.received_on + PERIOD,
    }
    rows = db.session.execute(_alike(actor, is_same_counter), given)
    found = [SimilarCase(*row) for row in rows]
    return SimilarCases(found[:_SHOWN], len(found) > _SHOWN, is_same_counter)


@lru_cache(maxsize=64)
def _alike(actor: Actor, is_same_counter: bool) -> Select[*tuple[Any, ...]]:
    """Build the statement, which costs more than running it; another right is another statement."""
    alike = (
        (Complaint.counter_id == bindparam("counter"),)
        if is_same_counter
        else (Complaint.office_id == bindparam("office"), Complaint.substance == bindparam("substance"))
    )
    return (
        scope(actor)
        .complaints()
        .where(
            *alike,
            Complaint.received_on.between(bindparam("first"), bindparam("last")),
            Complaint.id != bindparam("case"),
        )
        .with_only_columns(
            Complaint.id,
            Complaint.ticket,
            Complaint.registration_number,
            Complaint.state,
            Complaint.substance,
            Complaint.received_on,
        )
        .order_by(Complaint.received_on.desc(), Complaint.id.desc())
        .limit(_SHOWN + 1)
    )


def similar_filters(case: Complaint) -> dict[str, str]:
    """Return what the queue is asked for to list them all."""
    return {"office": case.office.slug, "service": case.substance}
