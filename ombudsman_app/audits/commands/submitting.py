"""A sheet is handed in, and with it the audit: nothing is missing, nothing changes any more."""

from sqlalchemy import select

from ombudsman_app.audits import turn_notices
from ombudsman_app.audits.errors import NotYetAgreed, SheetClosed, SheetRefused
from ombudsman_app.audits.models import Audit, AuditScore, AuditSheet
from ombudsman_app.audits.policies import FILL, SUBMIT
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.scoring import refusals
from ombudsman_app.audits.states import AUDIT, ScoreStage, Seat, SheetKind
from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_audit, move
from .scoring import answers_of_sheet, frozen_inputs, keep_score, result_of


@command
def submit_sheet(sheet: AuditSheet, *, version: int, actor: Actor) -> AuditSheet:
    """Hand in a blind assessor's own sheet: only now, and only when the other is in too, both are seen.

    Raises SheetRefused where it cannot be scored, SheetClosed where it is in already.
    """
    audit = locked_audit(sheet.audit_id)
    _load(audit)
    held = locked(AuditSheet, sheet.id, version=version)
    demand(FILL, actor, held)
    _refuse_submitted(held, audit)
    if not audit.round.is_blind or held.kind is not SheetKind.ASSESSOR:
        raise SheetClosed  # of a team's one sheet, and of the agreed one, the audit itself is handed in
    inputs_of(audit, held)
    _close(held, actor=actor)
    if _are_all_in(audit):
        turn_notices.both_handed_in(audit, actor=actor)
    return held


@command
def submit_audit(audit: Audit, *, version: int, actor: Actor) -> AuditScore:
    """Hand the audit in for review: its sheet is closed and scored.

    Raises SheetRefused with the list of what is missing, NotYetAgreed where two blind sheets are not settled.
    """
    held = locked_audit(audit.id, version)
    _load(held)
    demand(SUBMIT, actor, held)
    AUDIT.after(held.state, "submit")  # before anything else is judged: it may be gone
    sheet = counting_sheet(held)
    inputs = inputs_of(held, sheet)
    if sheet.submitted_at is None:
        _close(sheet, actor=actor)
    score = keep_score(held.id, ScoreStage.SUBMITTED, inputs, actor=actor)
    held.submitted_by_id, held.submitted_at = actor.user_id, now()
    move(held, "submit", actor=actor, changes={"score": score.id, "sheet": sheet.id})
    turn_notices.handed_in(held, actor=actor)
    return score


def counting_sheet(audit: Audit) -> AuditSheet:
    """Return the sheet that decides the score, locked. Raises NotYetAgreed. 1 statement.

    Of a blind audit the agreed one, once it is settled; else the one of the lead.
    """
    sheets = db.session.scalars(
        select(AuditSheet)
        .where(AuditSheet.audit_id == audit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if audit.round.is_blind:
        found = next((one for one in sheets if one.kind is SheetKind.AGREED), None)
        if found is None or found.submitted_at is None:
            raise NotYetAgreed(sheets=len([one for one in sheets if one.submitted_at is None]))
        return found
    lead = next(one.user_id for one in audit.members if one.seat is Seat.LEAD)
    mine = [one for one in sheets if one.kind is SheetKind.ASSESSOR and one.assessor_id == lead]
    if not mine:
        raise SheetRefused(
            why=refusals.SheetIncomplete.code, indicators=list(definition_of(audit.instrument_version).by_id)
        )
    return mine[0]


def _are_all_in(audit: Audit) -> bool:
    """Whether everybody who assesses has handed in an own sheet. 1 statement."""
    assessors = {one.user_id for one in audit.members if one.seat in (Seat.LEAD, Seat.ASSESSOR)}
    handed_in = select(AuditSheet.assessor_id).where(
        AuditSheet.audit_id == audit.id,
        AuditSheet.kind == SheetKind.ASSESSOR,
        AuditSheet.submitted_at.is_not(None),
    )
    return assessors <= set(db.session.scalars(handed_in))


def inputs_of(audit: Audit, sheet: AuditSheet) -> dict[str, object]:
    """Return what a score of this sheet is counted from. Raises SheetRefused where it cannot be counted."""
    definition = definition_of(audit.instrument_version)
    answers = answers_of_sheet(sheet.id, definition)
    inputs = frozen_inputs(audit.instrument_version, audit.scheme, answers, has_cap=audit.round.has_cap)
    try:
        result_of(inputs)
    except refusals.SheetRefused as refused:
        raise SheetRefused(why=refused.code, indicators=list(refused.names)) from refused
    return inputs


def _load(audit: Audit) -> None:
    db.session.refresh(audit, ["round", "instrument_version", "scheme"])


def _refuse_submitted(held: AuditSheet, audit: Audit) -> None:
    AUDIT.after(audit.state, "submit")  # raises MoveNotAllowed outside the field
    if held.submitted_at is not None:
        raise SheetClosed


def _close(held: AuditSheet, *, actor: Actor) -> None:
    held.submitted_at = now()
    touch(held)
    stated = {"audit": held.audit_id, "kind": held.kind.value}
    record(Event.AUDITS_SHEET_SUBMITTED, "audit_sheet", held.id, actor=actor, changes=stated)
