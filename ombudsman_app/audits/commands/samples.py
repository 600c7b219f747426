"""What was looked at one by one: claim files, waiting people, counters, officers, users. No names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.audits.errors import EvidenceRefused
from ombudsman_app.audits.models import SheetAnswer, SheetSample
from ombudsman_app.audits.policies import FILL
from ombudsman_app.audits.scoring.private_numbers import holds_private_number
from ombudsman_app.audits.states import SampleKind
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .sheets import locked_answer, person_of, refuse_closed


@dataclass(frozen=True)
class SampleInput:
    """One thing that was looked at. `content` by kind, sound already; `key`: of the form (DI4)."""

    kind: SampleKind
    content: Mapping[str, Any]
    key: str
    counter_id: int | None = None


@command
def add_sample(place: SheetAnswer, given: SampleInput, *, actor: Actor) -> SheetSample:
    """Keep one thing that was looked at for an indicator; the same key again is the same thing.

    Raises SheetClosed, EvidenceRefused for the number of a person, FormSentDifferently.
    """
    held = locked_answer(place.id)
    demand(FILL, actor, held)
    refuse_closed(held.sheet)
    known = db.session.scalar(
        select(SheetSample).where(SheetSample.sheet_id == held.sheet_id, SheetSample.key == given.key)
    )
    if known is not None:
        if (known.indicator, known.content) != (held.indicator, dict(given.content)):
            raise FormSentDifferently
        return known
    if any(holds_private_number(str(value)) for value in given.content.values()):
        raise EvidenceRefused(why="private_number")
    made = SheetSample(
        sheet_id=held.sheet_id,
        key=given.key,
        kind=given.kind,
        indicator=held.indicator,
        content=dict(given.content),
        counter_id=given.counter_id,
        added_by_id=person_of(actor),
        added_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    _note(Event.AUDITS_SAMPLE_ADDED, made, actor)
    return made


@command
def remove_sample(sample: SheetSample, *, actor: Actor) -> SheetSample:
    """Take it back: it stays kept and is counted no more. Raises SheetClosed."""
    place = select(SheetAnswer.id).where(
        SheetAnswer.sheet_id == sample.sheet_id, SheetAnswer.indicator == sample.indicator
    )
    held = locked_answer(db.session.scalars(place).one())
    demand(FILL, actor, held)
    refuse_closed(held.sheet)
    db.session.refresh(sample, ["removed_at"])
    if sample.removed_at is None:
        sample.removed_at = now()
        _note(Event.AUDITS_SAMPLE_REMOVED, sample, actor)
    return sample


def _note(event: Event, sample: SheetSample, actor: Actor) -> None:
    stated = {"indicator": sample.indicator, "sample": sample.id, "kind": sample.kind.value}
    record(event, "audit_sheet", sample.sheet_id, actor=actor, changes=stated)
