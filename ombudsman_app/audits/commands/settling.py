"""Where two blind assessors differ a third settles; where they agree it is taken over. Both values stay."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import insert, select

from ombudsman_app.audits.errors import NotYetAgreed, SheetClosed
from ombudsman_app.audits.models import AnswerChange, Audit, AuditSheet, SheetAnswer, SheetEvidence
from ombudsman_app.audits.policies import SETTLE
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.scoring.agreement import word_of
from ombudsman_app.audits.scoring.answers import read_answer
from ombudsman_app.audits.states import AUDIT, Cause, SheetKind
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_audit
from .sheets import AnswerInput, locked_answer, new_sheet, person_of, write_answer
from .submitting import inputs_of

BOTH = 2


class Taken(StrEnum):
    """Whose answer holds."""

    FIRST = "first"
    SECOND = "second"
    OTHER = "other"


@dataclass(frozen=True)
class SettlingInput:
    """What the third says to one indicator. `answer`: where neither of the two holds."""

    taken: Taken
    reason: str
    answer: AnswerInput = field(default_factory=AnswerInput)


@command
def settle(audit: Audit, indicator: str, given: SettlingInput, *, actor: Actor) -> SheetAnswer:
    """Say what holds for one indicator. Again is allowed until the agreed sheet is closed.

    Raises NotYetAgreed before both sheets are in, SheetClosed after the end, AnswersInvalid, NotVisible for
    an indicator that is none.
    """
    held = _held(audit, actor)
    first, second = _both(held)
    agreed = _agreed(held, first, second, actor=actor)
    if agreed.submitted_at is not None:
        raise SheetClosed
    places = {one.sheet_id: one for one in _places(indicator, first, second, agreed)}
    if len(places) != BOTH + 1:
        raise NotVisible
    own = locked_answer(places[agreed.id].id)
    before = {"first": places[first.id].as_given(0), "second": places[second.id].as_given(0)}
    source = {Taken.FIRST: first.id, Taken.SECOND: second.id}.get(given.taken)
    write_answer(own, _as_input(places[source]) if source else given.answer, actor=actor)
    own.taken_from_id, own.reason = source, given.reason
    after = own.as_given(0) or {}
    db.session.add(
        AnswerChange(
            audit_id=held.id,
            indicator=indicator,
            before=before,
            after=after,
            cause=Cause.ADJUDICATION,
            reason=given.reason,
            by_id=person_of(actor),
            at=now(),
        )
    )
    stated = {"indicator": indicator, "cause": Cause.ADJUDICATION.value, "taken": given.taken.value}
    record(Event.AUDITS_ANSWER_CHANGED, "audit", held.id, actor=actor, changes=stated)
    return own


@command
def finish_settling(audit: Audit, *, actor: Actor) -> AuditSheet:
    """Close the agreed sheet: from now on the lead can hand the audit in.

    Raises NotYetAgreed with what is still open, SheetRefused where the whole cannot be scored.
    """
    held = _held(audit, actor)
    first, second = _both(held)
    agreed = _agreed(held, first, second, actor=actor)
    if agreed.submitted_at is not None:
        raise SheetClosed
    inputs_of(held, agreed)
    agreed.submitted_at = now()
    touch(agreed)
    stated = {"audit": held.id, "kind": agreed.kind.value}
    record(Event.AUDITS_SHEET_SUBMITTED, "audit_sheet", agreed.id, actor=actor, changes=stated)
    return agreed


def _held(audit: Audit, actor: Actor) -> Audit:
    held = locked_audit(audit.id)
    db.session.refresh(held, ["round", "instrument_version", "scheme"])
    demand(SETTLE, actor, held)
    AUDIT.after(held.state, "submit")  # what was handed in is settled for good
    return held


def _both(held: Audit) -> tuple[AuditSheet, AuditSheet]:
    """Return the two sheets of a blind audit. Raises NotYetAgreed unless both are in."""
    sheets = db.session.scalars(
        select(AuditSheet)
        .where(AuditSheet.audit_id == held.id, AuditSheet.kind == SheetKind.ASSESSOR)
        .order_by(AuditSheet.id)
    ).all()
    if not held.round.is_blind or len(sheets) != BOTH or any(one.submitted_at is None for one in sheets):
        raise NotYetAgreed(sheets=len(sheets))
    return sheets[0], sheets[1]


def _agreed(held: Audit, first: AuditSheet, second: AuditSheet, *, actor: Actor) -> AuditSheet:
    """Return the agreed sheet; the first time it takes over what both say, and the evidence of both."""
    found = db.session.scalar(
        select(AuditSheet)
        .where(AuditSheet.audit_id == held.id, AuditSheet.kind == SheetKind.AGREED)
        .with_for_update()
    )
    if found is not None:
        return found
    agreed = new_sheet(held, SheetKind.AGREED, person_of(actor), actor=actor)
    definition = definition_of(held.instrument_version)
    rows = db.session.scalars(
        select(SheetAnswer).where(SheetAnswer.sheet_id.in_((first.id, second.id, agreed.id)))
    )
    places: dict[str, dict[int, SheetAnswer]] = {}
    for row in rows:
        places.setdefault(row.indicator, {})[row.sheet_id] = row
    for name, three in places.items():
        one, other = three[first.id], three[second.id]
        words = [
            word_of(read_answer(given, definition.by_id[name]))
            for given in (one.as_given(0), other.as_given(0))
            if given is not None
        ]
        if len(words) == BOTH and words[0] == words[1]:
            _take_over(three[agreed.id], one, other, actor=actor)
    _copy_evidence(first, second, agreed, actor=actor)
    return agreed


def _take_over(own: SheetAnswer, one: SheetAnswer, other: SheetAnswer, *, actor: Actor) -> None:
    """Write what both say; the notes of both stand below each other."""
    notes = "\n".join(dict.fromkeys(note for note in (one.note, other.note) if note))
    for name, value in vars(replace(_as_input(one), note=notes)).items():
        setattr(own, name, value)
    own.taken_from_id = one.sheet_id
    own.changed_by_id, own.changed_at = person_of(actor), now()


def _copy_evidence(first: AuditSheet, second: AuditSheet, agreed: AuditSheet, *, actor: Actor) -> None:
    """Let the evidence of both count for what holds. 2 statements."""
    rows = db.session.scalars(
        select(SheetEvidence).where(
            SheetEvidence.sheet_id.in_((first.id, second.id)), SheetEvidence.removed_at.is_(None)
        )
    )
    copies = [
        {
            "sheet_id": agreed.id,
            "key": uuid4().hex,
            "indicator": row.indicator,
            "kind": row.kind,
            "text": row.text,
            "attachment_id": row.attachment_id,
            "counter_id": row.counter_id,
            "added_by_id": person_of(actor),
            "added_at": row.added_at,
        }
        for row in rows
    ]
    if copies:
        db.session.execute(insert(SheetEvidence), copies)


def _places(indicator: str, *sheets: AuditSheet) -> list[SheetAnswer]:
    return list(
        db.session.scalars(
            select(SheetAnswer).where(
                SheetAnswer.sheet_id.in_([one.id for one in sheets]), SheetAnswer.indicator == indicator
            )
        )
    )


def _as_input(place: SheetAnswer) -> AnswerInput:
    return AnswerInput(
        value=place.value,
        numerator=place.numerator,
        denominator=place.denominator,
        na_reason=place.na_reason,
        note=place.note,
        promised_days=place.promised_days,
    )
