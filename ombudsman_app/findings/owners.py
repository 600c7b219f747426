"""Files of findings: what the Ombudsman holds, and what the office sends (`attachments/owners.py`).

Two folders, so that no original of the Ombudsman reaches an office by itself.
"""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.attachments.owners import OwnerKind, register
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .models import Finding
from .policies import FILE_ANSWER, MAKERS
from .scope import scope
from .states import FindingState

EVIDENCE, ANSWER, PAPER = "finding", "finding_answer", "finding_paper"


def _for_staff(actor: Actor, record_id: int | None) -> UUID | None:
    found = db.session.scalar(scope(actor).findings().where(Finding.id == record_id))
    if found is None or found.representative_office_id not in actor.offices_as(*MAKERS):
        return None
    return found.evidence_id


def _for_office(actor: Actor, record_id: int | None) -> UUID | None:
    """Who has opened it may add files: before that nothing says that the office has it."""
    found = db.session.scalar(scope(actor).addressed().where(Finding.id == record_id))
    return found.answers_id if found and found.is_received and found.is_open else None


def _for_filing(actor: Actor, record_id: int | None) -> UUID | None:
    """Who files what an office sent by letter puts its scan beside what the office sends itself."""
    found = db.session.scalar(scope(actor).findings().where(Finding.id == record_id))
    if found is None or not found.is_open or not FILE_ANSWER.allows(actor, found):
        return None
    return None if found.state is FindingState.DRAFT else found.answers_id


def _evidence(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).findings().with_only_columns(Finding.evidence_id)
    return seen


def _answers_to_staff(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).findings().with_only_columns(Finding.answers_id)
    return seen


def _answers_of_office(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).addressed().with_only_columns(Finding.answers_id)
    return seen


def _answers(actor: Actor) -> Select[UUID]:
    """Whoever asks is of one side; a person is never both."""
    return _answers_of_office(actor) if scope(actor).own_offices else _answers_to_staff(actor)


def _takes(folder: UUID) -> bool:
    """What is done takes nothing more, however it is sent."""
    is_open = select(Finding.id).where(
        Finding.answers_id == folder, Finding.is_open, Finding.state != FindingState.DRAFT
    )
    return db.session.scalar(is_open) is not None


register(OwnerKind(EVIDENCE, is_public=False, find=_for_staff, visible=_evidence))
register(OwnerKind(ANSWER, is_public=False, find=_for_office, visible=_answers, takes=_takes))
register(OwnerKind(PAPER, is_public=False, find=_for_filing, takes=_takes))
