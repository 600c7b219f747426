"""The register leaves as a sheet: asked for with a reason, allowed by another person where it is much."""

import json

from ombudsman_app.accounts.queries import actor_for, ids_with_roles
from ombudsman_app.core import limits
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, NotVisible
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.findings import notices
from ombudsman_app.findings.errors import ExportTooLarge
from ombudsman_app.findings.models import RegisterExport
from ombudsman_app.findings.policies import DECIDE_EXPORT, EXPORT, FETCH_EXPORT
from ombudsman_app.findings.queries import RegisterFilter, how_many, said_filter
from ombudsman_app.findings.scope import EXPORTERS, SECOND_PERSONS
from ombudsman_app.findings.states import Decision

SHEET = "findings.sheet"  # the job that writes it


def sheet_rows(actor: Actor, chosen: RegisterFilter) -> int:
    """Count what a sheet would hold, up to one more than it may. 1 statement."""
    return how_many(actor, chosen, today=today(actor.time_zone), at_most=limits.EXPORT_ROWS + 1)


@command
def ask_export(chosen: RegisterFilter, reason: str, *, language: str, actor: Actor) -> RegisterExport:
    """Ask for the register as a sheet; up to EXPORT_ALONE rows it is written at once.

    Raises NotAllowed, ExportTooLarge.
    """
    demand(EXPORT, actor, None)
    rows = sheet_rows(actor, chosen)
    if rows > limits.EXPORT_ROWS:
        raise ExportTooLarge(most=limits.EXPORT_ROWS)
    export = RegisterExport(
        representative_office_id=min(actor.offices_as(*EXPORTERS)),
        asked_by_id=actor.user_id,
        asked_at=now(),
        reason=reason,
        filters=json.dumps(said_filter(chosen), sort_keys=True),
        language=language,
        rows=rows,
        needs_second=rows > limits.EXPORT_ALONE,
    )
    db.session.add(export)
    db.session.flush()
    changes = {"rows": rows, "needs_second": export.needs_second, "reason": reason}
    record(Event.FINDINGS_EXPORT_ASKED, "finding_export", export.id, actor=actor, changes=changes)
    if export.needs_second:
        subject = (notices.EXPORT, export.id)
        people = ids_with_roles(SECOND_PERSONS, export.representative_office_id, without_conflict=subject)
        notices.export_waits(export, set(people) - {actor.user_id}, actor=actor)
    else:
        _begin(export, actor)
    return export


@command
def decide_export(export: RegisterExport, is_approved: bool, *, actor: Actor) -> None:
    """Allow a large sheet, or not. Of two who decide at once, the second is told.

    Raises NotAllowed, also where whoever asked has lost the right; MoveNotAllowed once it was decided.
    """
    held = _locked(export.id)
    demand(DECIDE_EXPORT, actor, held)
    if not held.waits:
        raise MoveNotAllowed(state="decided", event="decide_export")
    held.decided_by_id, held.decided_at = actor.user_id, now()
    held.decision = Decision.ALLOWED if is_approved else Decision.REFUSED
    db.session.flush()
    record(
        Event.FINDINGS_EXPORT_DECIDED,
        "finding_export",
        held.id,
        actor=actor,
        changes={"is_approved": is_approved, "rows": held.rows},
    )
    if is_approved:
        asker = actor_for(held.asked_by_id)
        if asker is None:
            raise NotAllowed(policy=EXPORT.name)
        demand(FETCH_EXPORT, asker, held)
        _begin(held, asker)
    notices.export_decided(held, actor=actor)


def _begin(held: RegisterExport, asker: Actor) -> None:
    held.job_uuid = enqueue(SHEET, actor=asker, arguments={"export": held.id})


def export_to_write(export_id: int, actor: Actor) -> RegisterExport:
    """Return what a job is to write. Raises NotAllowed where the right of whoever asked is gone (AZ9)."""
    export = db.session.get(RegisterExport, export_id, populate_existing=True)
    if export is None:
        raise NotVisible
    demand(FETCH_EXPORT, actor, export)
    return export


@command
def note_export_made(export_id: int, rows: int, *, actor: Actor) -> None:
    """Put on the trail how many rows went into the file (LG2)."""
    record(Event.FINDINGS_EXPORT_MADE, "finding_export", export_id, actor=actor, changes={"rows": rows})


def _locked(export_id: int) -> RegisterExport:
    held = db.session.get(RegisterExport, export_id, with_for_update=True, populate_existing=True)
    if held is None:
        raise NotVisible
    return held
