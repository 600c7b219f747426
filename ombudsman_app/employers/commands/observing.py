"""What was said of an employer is added; nothing of it is ever overwritten."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.errors import ObservationRefused
from ombudsman_app.employers.models import Employer, Noncompliance, Observation
from ombudsman_app.employers.policies import WRITE
from ombudsman_app.employers.scope import SUBJECT
from ombudsman_app.employers.states import Breach, BreachEnd, Programme, SourceKind

from .carrying import carry


@dataclass(frozen=True)
class ObservationInput:
    """Counts of workers as ranges (equal ends: one number; None: not said); wages in rupiah a month."""

    observed_on: date
    source_kind: SourceKind
    source: str
    workers: tuple[int, int] | None = None
    registered: tuple[int, int] | None = None
    wage_paid: int | None = None
    wage_reported: int | None = None
    programmes: tuple[Programme, ...] | None = None
    note: str = ""


@dataclass(frozen=True)
class BreachInput:
    """A kind of non-compliance, who says so and since when it is known."""

    breach: Breach
    found_on: date
    source_kind: SourceKind
    source: str
    is_proven: bool = False


@command
def observe(
    employer: Employer, given: ObservationInput, *, form_key: str, actor: Actor
) -> Observation | None:
    """Add an observation; None where the same form came before. Raises ObservationRefused, NotAllowed."""
    held = locked(Employer, employer.id)
    demand(WRITE, actor, held)
    if not is_first_sending(form_key, f"employers.observe {held.id} {actor.user_id}", repr(given)):
        return None
    _refuse_nonsense(given, actor)
    seen = Observation(
        employer_id=held.id,
        observed_on=given.observed_on,
        source_kind=given.source_kind,
        source=given.source,
        **_ends("workers", given.workers),
        **_ends("registered", given.registered),
        wage_paid=given.wage_paid,
        wage_reported=given.wage_reported,
        programmes=None if given.programmes is None else [str(one) for one in given.programmes],
        note=given.note,
        made_by_id=actor.user_id,
        made_at=now(),
    )
    db.session.add(seen)
    carry(held)
    touch(held)
    record(Event.EMPLOYERS_OBSERVED, SUBJECT, held.id, actor=actor, changes={"observation": seen.id})
    return seen


@command
def say_breach(employer: Employer, given: BreachInput, *, actor: Actor) -> Noncompliance:
    """Say that an employer does not comply in one way; what is open already stays the one row of it.

    A proof makes an open row proven, never the other way round. Raises ObservationRefused, NotAllowed.
    """
    held = locked(Employer, employer.id)
    demand(WRITE, actor, held)
    _refuse_future(given.found_on, actor)
    found = _open_row(held, given.breach)
    if found is None:
        found = Noncompliance(
            employer_id=held.id,
            breach=given.breach,
            found_on=given.found_on,
            source_kind=given.source_kind,
            source=given.source,
            is_proven=given.is_proven,
            made_by_id=actor.user_id,
            made_at=now(),
        )
        db.session.add(found)
    found.is_proven = found.is_proven or given.is_proven
    carry(held)
    touch(held)
    said = {"breach": str(given.breach), "is_proven": found.is_proven}
    record(Event.EMPLOYERS_BREACH_SAID, SUBJECT, held.id, actor=actor, changes=said)
    return found


@command
def end_breach(
    employer: Employer, breach: Breach, ended_as: BreachEnd, *, reason: str, actor: Actor
) -> Noncompliance | None:
    """End a kind of non-compliance, with the reason on the trail; None where none is open."""
    held = locked(Employer, employer.id)
    demand(WRITE, actor, held)
    found = _open_row(held, breach)
    if found is None:
        return None
    found.ended_on, found.ended_as = today(actor.time_zone), ended_as
    carry(held)
    touch(held)
    said = {"breach": str(breach), "ended_as": str(ended_as)}
    record(Event.EMPLOYERS_BREACH_ENDED, SUBJECT, held.id, actor=actor, reason=reason, changes=said)
    return found


def _open_row(held: Employer, breach: Breach) -> Noncompliance | None:
    return db.session.scalar(
        select(Noncompliance).where(
            Noncompliance.employer_id == held.id,
            Noncompliance.breach == breach,
            Noncompliance.ended_on.is_(None),
        )
    )


def _ends(name: str, span: tuple[int, int] | None) -> dict[str, int | None]:
    low, high = span or (None, None)
    return {f"{name}_low": low, f"{name}_high": high}


def _refuse_nonsense(given: ObservationInput, actor: Actor) -> None:
    _refuse_future(given.observed_on, actor)
    for field in ("workers", "registered"):
        span = getattr(given, field)
        if span and not 0 <= span[0] <= span[1]:
            raise ObservationRefused(field=field, why="range")
    if given.workers is None and given.registered is None and not given.note and given.programmes is None:
        raise ObservationRefused(field="workers", why="empty")


def _refuse_future(day: date, actor: Actor) -> None:
    if day > today(actor.time_zone):
        raise ObservationRefused(field="observed_on", why="future")
