"""Filling in a sheet: one answer after the other, each kept at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import contains_eager

from ombudsman_app.audits.errors import SheetClosed
from ombudsman_app.audits.models import Audit, AuditSheet, InstrumentVersion, SheetAnswer
from ombudsman_app.audits.policies import ASSESS, FILL
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.scoring.answers import read_answer
from ombudsman_app.audits.states import AuditState, Seat, SheetKind
from ombudsman_app.core.changing import compare_version, demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoveNotAllowed, NotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_audit

_WRITTEN = ("value", "numerator", "denominator", "na_reason", "note", "promised_days")


@dataclass(frozen=True)
class AnswerInput:
    """What is answered to one indicator, whichever door it came through. All empty: nothing any more.

    Numbers as they were written. `na_reason`: why the indicator does not apply; None: it does.
    """

    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    na_reason: str | None = None
    note: str = ""
    promised_days: int | None = None

    @property
    def is_answered(self) -> bool:
        return self.na_reason is not None or self.value is not None or self.denominator is not None

    def as_given(self) -> dict[str, Any] | None:
        """Return it as `read_answer` takes it; None: nothing is answered."""
        if self.na_reason is not None:
            return {"na": self.na_reason}
        if self.value is not None:
            return {"value": self.value}
        if self.numerator is None or self.denominator is None:
            return None
        return {"numerator": int(self.numerator), "denominator": int(self.denominator)}


@command
def open_sheet(audit: Audit, *, actor: Actor) -> AuditSheet:
    """Begin the sheet of an assessor, or find the one that is there; where a team writes one, that one.

    Each indicator gets its place at once. Raises MoveNotAllowed unless the audit is in the field.
    """
    held = locked_audit(audit.id)
    db.session.refresh(held, ["round", "instrument_version"])
    demand(ASSESS, actor, held)
    assessor_id = person_of(actor) if held.round.is_blind else _lead_of(held)
    known = select(AuditSheet).where(
        AuditSheet.audit_id == held.id,
        AuditSheet.kind == SheetKind.ASSESSOR,
        AuditSheet.assessor_id == assessor_id,
    )
    if found := db.session.scalar(known):
        return found
    if held.state is not AuditState.IN_FIELD:
        raise MoveNotAllowed(state=held.state.value, event="open_sheet")
    return new_sheet(held, SheetKind.ASSESSOR, assessor_id, actor=actor)


def _lead_of(held: Audit) -> int:
    return next(one.user_id for one in held.members if one.seat is Seat.LEAD)


def new_sheet(held: Audit, kind: SheetKind, assessor_id: int, *, actor: Actor) -> AuditSheet:
    """Make an empty sheet inside a command, with a place for each indicator. 2 statements."""
    instant = now()
    sheet = AuditSheet(audit_id=held.id, kind=kind, assessor_id=assessor_id, started_at=instant)
    db.session.add(sheet)
    db.session.flush()
    places = [
        {"indicator": name, "sheet_id": sheet.id, "changed_by_id": actor.user_id, "changed_at": instant}
        for name in definition_of(held.instrument_version).by_id
    ]
    db.session.execute(insert(SheetAnswer), places)
    record(Event.AUDITS_SHEET_OPENED, "audit", held.id, actor=actor, changes={"sheet": sheet.id})
    return sheet


@command
def save_answer(
    place: SheetAnswer, given: AnswerInput, *, version: int | None, key: str, actor: Actor
) -> SheetAnswer:
    """Keep one answer. The same sending again, or the same answer, changes nothing.

    `key`: of this sending, made where it was typed (DI4). Raises RecordChanged where another answer stands
    by now, SheetClosed after the submission, AnswersInvalid. 6 statements.
    """
    held = locked_answer(place.id)
    demand(FILL, actor, held)
    refuse_closed(held.sheet)
    is_same = _written(held) == _given(given)
    if key and held.key == key:
        if not is_same:
            raise FormSentDifferently
        return held
    if is_same:
        return held
    compare_version(held, version)
    write_answer(held, given, actor=actor)
    held.key = key or None
    stated = {"indicator": held.indicator, "answered": given.is_answered}
    record(Event.AUDITS_ANSWERED, "audit_sheet", held.sheet_id, actor=actor, changes=stated)
    return held


def write_answer(held: SheetAnswer, given: AnswerInput, *, actor: Actor) -> None:
    """Put an answer in its place, inside a command. Raises AnswersInvalid."""
    if (answer := given.as_given()) is not None:
        indicator = definition_of(held.sheet.audit.instrument_version).by_id[held.indicator]
        read_answer(answer, indicator)
    for name, value in _given(given).items():
        setattr(held, name, value)
    held.changed_by_id, held.changed_at = person_of(actor), now()


def locked_answer(answer_id: int) -> SheetAnswer:
    """Return an answer as it stands now; it and its sheet are locked until the commit. 1 statement.

    The sheet too, so that nothing is written while it is being submitted.
    """
    # joined by name: PostgreSQL locks what stands in FROM, no alias of it
    audit = contains_eager(SheetAnswer.sheet).joinedload(AuditSheet.audit, innerjoin=True)
    return (
        db.session.scalars(
            select(SheetAnswer)
            .join(SheetAnswer.sheet)
            .where(SheetAnswer.id == answer_id)
            .options(
                audit.joinedload(Audit.round, innerjoin=True),
                audit.joinedload(Audit.instrument_version, innerjoin=True).defer(InstrumentVersion.content),
                audit.joinedload(Audit.representative_office, innerjoin=True),
                audit.joinedload(Audit.members),
            )
            .with_for_update(of=(SheetAnswer, AuditSheet))
            .execution_options(populate_existing=True)
        )
        .unique()
        .one()
    )


def refuse_closed(sheet: AuditSheet) -> None:
    """Raise SheetClosed where a sheet is not written any more; its audit must be loaded."""
    if sheet.submitted_at is not None or sheet.audit.state is not AuditState.IN_FIELD:
        raise SheetClosed


def person_of(actor: Actor) -> int:
    """Return who acts. Raises NotAllowed for a stranger, whom no policy lets come so far."""
    if actor.user_id is None:
        raise NotAllowed(policy=FILL.name)
    return actor.user_id


def _written(held: SheetAnswer) -> Mapping[str, Any]:
    return {name: getattr(held, name) for name in _WRITTEN}


def _given(given: AnswerInput) -> Mapping[str, Any]:
    return {name: getattr(given, name) for name in _WRITTEN}
