"""How a case is changed: locked, compared with what the person saw, moved by the table, written down."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.changing import locked, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import FormSentDifferently
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.compliance.rules import CASE, STAGES, CaseState, Said
from ombudsman_app.employers.models import CaseEntry, EmployerComplianceCase

SUBJECT = "employer_case"


def locked_case(case_id: int, version: int | None = None) -> EmployerComplianceCase:
    """Return the case as it stands now, locked until the commit, with its office. 1 statement.

    Raises RecordChanged if it is another version than the page showed (DI2).
    """
    return locked(
        EmployerComplianceCase, case_id, EmployerComplianceCase.representative_office, version=version
    )


def move(
    held: EmployerComplianceCase,
    event: str,
    *,
    note: Event,
    actor: Actor,
    changes: Mapping[str, Any] | None = None,
) -> CaseState:
    """Move a locked case by the table, on the trail; return where it stood. Raises MoveNotAllowed."""
    before = held.state
    held.state = CASE.after(before, event)
    if held.state in STAGES and STAGES.index(held.state) > STAGES.index(held.furthest):
        held.furthest = held.state
    held.disputed_from = before if held.state is CaseState.DISPUTED else None
    held.moved_on = today(held.representative_office.time_zone)
    touch(held)
    stated = {"move": event, "state": [before.value, held.state.value]}
    record(note, SUBJECT, held.id, actor=actor, changes={**stated, **(changes or {})})
    return before


def say(
    held: EmployerComplianceCase, said: Said, text: str, *, actor: Actor, form_key: str = "", **more: Any
) -> CaseEntry:
    """Add what was said to a locked case."""
    entry = CaseEntry(
        case_id=held.id,
        said=said,
        said_by_id=actor.user_id,
        said_at=now(),
        text=text,
        form_key=form_key or None,
        **more,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def said_before(held: EmployerComplianceCase, said: Said, text: str, form_key: str) -> CaseEntry | None:
    """Return what the same form said before. Raises FormSentDifferently where it says otherwise now (DI4)."""
    if not form_key:
        return None
    found = db.session.scalar(
        select(CaseEntry).where(CaseEntry.case_id == held.id, CaseEntry.form_key == form_key)
    )
    if found is not None and (found.said is not said or found.text != text):
        raise FormSentDifferently
    return found
