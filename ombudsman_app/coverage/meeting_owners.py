"""Evidence of commitments: files that a body, or staff for it, put beside what was promised."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.attachments.owners import OwnerKind, register
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .meeting_policies import REPORT, WORK_COMMITMENT
from .meeting_scope import meeting_scope
from .meeting_states import RUNNING
from .models import Commitment

EVIDENCE, BODY_EVIDENCE = "commitment", "commitment_of_body"


def _by_staff(actor: Actor, record_id: int | None) -> UUID | None:
    found = db.session.scalar(meeting_scope(actor).commitments().where(Commitment.id == record_id))
    return _folder(found) if found and WORK_COMMITMENT.allows(actor, found) else None


def _by_body(actor: Actor, record_id: int | None) -> UUID | None:
    found = db.session.scalar(meeting_scope(actor).own_commitments().where(Commitment.id == record_id))
    return _folder(found) if found and REPORT.allows(actor, found) else None


def _folder(found: Commitment) -> UUID | None:
    return found.files_id if found.state in RUNNING else None


def _visible(actor: Actor) -> Select[UUID]:
    """Whoever asks is of one side; a person is never both."""
    asked = meeting_scope(actor)
    rows = asked.own_commitments() if asked.own_offices else asked.commitments()
    seen: Select[UUID] = rows.with_only_columns(Commitment.files_id)
    return seen


def _takes(folder: UUID) -> bool:
    """What is done or dropped takes nothing more, however it is sent."""
    running = select(Commitment.id).where(Commitment.files_id == folder, Commitment.state.in_(RUNNING))
    return db.session.scalar(running) is not None


register(OwnerKind(EVIDENCE, is_public=False, find=_by_staff, visible=_visible, takes=_takes))
register(OwnerKind(BODY_EVIDENCE, is_public=False, find=_by_body, takes=_takes))
