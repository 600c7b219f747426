"""Cases that look alike: the same counter, or the same office and service, in the same season."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, cast, literal, null, select, union_all

from ombudsman_app.complaints.models import Complaint, InformationTip
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import ComplaintState, TipState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

PERIOD = timedelta(days=90)  # before and after; a product setting: what one season of one counter is
_SHOWN = 5


@dataclass(frozen=True)
class SimilarCase:
    """One line: enough to see whether it is worth opening."""

    state: ComplaintState | TipState
    id: int
    ticket: str
    registration_number: str | None
    substance: str
    received_on: date


@dataclass(frozen=True)
class SimilarCases:
    """The newest of them. `has_more`: there are more than are shown."""

    cases: list[SimilarCase]
    has_more: bool
    is_same_counter: bool


def similar_cases(actor: Actor, to: Complaint) -> SimilarCases:
    """Return visible cases of the same counter, else of the same office and service. 1 statement."""
    return _found(actor, to)[Complaint]


def similar_to_tip(actor: Actor, to: InformationTip) -> tuple[SimilarCases, SimilarCases]:
    """Return visible cases, and visible information, that look alike in the same way. 1 statement."""
    found = _found(actor, to)
    return found[Complaint], found[InformationTip]


def _found(
    actor: Actor, to: Complaint | InformationTip
) -> dict[type[Complaint | InformationTip], SimilarCases]:
    is_same_counter = to.counter_id is not None
    given = {
        "itself": to.id,
        "counter": to.counter_id,
        "office": to.office_id,
        "substance": to.substance,
        "first": to.received_on - PERIOD,
        "last": to.received_on + PERIOD,
    }
    cases: list[SimilarCase] = []
    tips: list[SimilarCase] = []
    for is_tip, state, *line in db.session.execute(_alike(actor, type(to), is_same_counter), given):
        if is_tip:
            tips.append(SimilarCase(TipState(state), *line))
        else:
            cases.append(SimilarCase(ComplaintState(state), *line))
    return {
        kind: SimilarCases(found[:_SHOWN], len(found) > _SHOWN, is_same_counter)
        for kind, found in ((Complaint, cases), (InformationTip, tips))
    }


@lru_cache(maxsize=64)
def _alike(
    actor: Actor, to: type[Complaint | InformationTip], is_same_counter: bool
) -> Select[*tuple[Any, ...]]:
    """Build the statement, which costs more than running it; another right is another statement.

    Of a case other cases are looked for; of information cases and information.
    """
    kinds = dict.fromkeys((Complaint, to))
    parts = [_part(actor, kind, to is kind, is_same_counter).subquery() for kind in kinds]
    found = union_all(*(select(part) for part in parts)).subquery()
    return select(found).order_by(found.c.received_on.desc(), found.c.id.desc())


def _part(
    actor: Actor, kind: type[Complaint | InformationTip], has_itself: bool, is_same_counter: bool
) -> Select[Any]:
    visible: Select[Any] = scope(actor).complaints() if kind is Complaint else scope(actor).tips()
    if is_same_counter:
        visible = visible.where(kind.counter_id == bindparam("counter"))
    else:
        visible = visible.where(
            kind.office_id == bindparam("office"), kind.substance == bindparam("substance")
        )
    if has_itself:
        visible = visible.where(kind.id != bindparam("itself"))
    number: Any = Complaint.registration_number if kind is Complaint else cast(null(), String)
    return (
        visible.where(kind.received_on.between(bindparam("first"), bindparam("last")))
        .with_only_columns(
            literal(int(kind is InformationTip), Integer).label("is_tip"),
            cast(kind.state, String).label("state"),
            kind.id,
            kind.ticket,
            number.label("registration_number"),
            kind.substance,
            kind.received_on,
        )
        .order_by(kind.received_on.desc(), kind.id.desc())
        .limit(_SHOWN + 1)
    )


def similar_filters(case: Complaint | InformationTip) -> dict[str, str]:
    """Return what the queue is asked for to list them all."""
    return {"office": case.office.slug, "service": case.substance}
