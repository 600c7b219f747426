"""Files of audits (`attachments/owners.py`): what an office sends with its answers to a draft."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.attachments.owners import OwnerKind, register
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .models import Audit
from .scope import scope
from .states import AuditState

ANSWER = "audit_draft_answer"


def _for_office(actor: Actor, record_id: int | None) -> UUID | None:
    """Who has opened the draft may add files, until the audit is final."""
    found = db.session.scalar(scope(actor).addressed().where(Audit.id == record_id))
    is_open = found is not None and found.state is AuditState.DRAFT_SENT and found.received_on is not None
    return found.answers_id if found and is_open else None


def _answers(actor: Actor) -> Select[UUID]:
    """Whoever asks is of one side; a person is never both."""
    mine = scope(actor)
    seen: Select[UUID] = (mine.addressed() if mine.own_offices else mine.audits()).with_only_columns(
        Audit.answers_id
    )
    return seen


def _takes(folder: UUID) -> bool:
    """What is final takes nothing more, however it is sent."""
    is_open = select(Audit.id).where(Audit.answers_id == folder, Audit.state == AuditState.DRAFT_SENT)
    return db.session.scalar(is_open) is not None


register(OwnerKind(ANSWER, is_public=False, find=_for_office, visible=_answers, takes=_takes))
