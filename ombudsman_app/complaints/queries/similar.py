"""Cases that look alike: the same counter, or the same office and service, in the same season."""

from dataclasses import dataclass
from datetime import date, timedelta

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
    alike = (
        (Complaint.counter_id == case.counter_id,)
        if is_same_counter
        else (Complaint.office_id == case.office_id, Complaint.substance == case.substance)
    )
    visible = (
        scope(actor)
        .complaints()
        .where(
            *alike,
            Complaint.received_on.between(case.received_on - PERIOD, case.received_on + PERIOD),
            Complaint.id != case.id,
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
    found = [SimilarCase(*row) for row in db.session.execute(visible)]
    return SimilarCases(found[:_SHOWN], len(found) > _SHOWN, is_same_counter)


def similar_filters(case: Complaint) -> dict[str, str]:
    """Return what the queue is asked for to list them all."""
    return {"office": case.office.slug, "service": case.substance}
