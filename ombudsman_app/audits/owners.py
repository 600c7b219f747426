"""Files of audits inside the Ombudsman (`attachments/owners.py`).

A folder for each answer of a sheet and one for what is not sorted yet, both filled by who fills in the sheet
alone, and seen by who sees the sheet. And what proves that a paper of the audit arrived, beside the papers.
"""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.attachments.owners import OwnerKind, register
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .commands.evidence import file_arrived
from .models import Audit, AuditSheet, SheetAnswer
from .policies import FILL, PLAN
from .queries.sheet import place_by_id, visible_sheet
from .scope import scope
from .states import SHOWN_TO_OFFICE, AuditState

ANSWER_FILES, SHEET_FILES, PAPER_FILES = "audit_answer", "audit_sheet", "audit_paper"


def _for_answer(actor: Actor, record_id: int | None) -> UUID | None:
    place = place_by_id(actor, record_id or 0)
    return place.folder_id if place and FILL.allows(actor, place) else None


def _for_sheet(actor: Actor, record_id: int | None) -> UUID | None:
    sheet = visible_sheet(actor, record_id or 0)
    return sheet.evidence_id if sheet and FILL.allows(actor, sheet) else None


def _for_papers(actor: Actor, record_id: int | None) -> UUID | None:
    found = db.session.scalar(
        scope(actor).audits().where(Audit.id == record_id, Audit.state.in_(sorted(SHOWN_TO_OFFICE)))
    )
    return found.papers_id if found and PLAN.allows(actor, found) else None


def _of_answers(actor: Actor) -> Select[UUID] | None:
    seen = scope(actor)
    # An office under watch has no right to these tables, not even to ask (`migrations/`, second wall).
    return seen.answers().with_only_columns(SheetAnswer.folder_id) if seen.offices else None


def _of_sheets(actor: Actor) -> Select[UUID] | None:
    seen = scope(actor)
    return seen.sheets().with_only_columns(AuditSheet.evidence_id) if seen.offices else None


def _of_papers(actor: Actor) -> Select[UUID] | None:
    seen = scope(actor)
    return seen.audits().with_only_columns(Audit.papers_id) if seen.offices else None


def _takes_for_answer(folder: UUID) -> bool:
    found = _still_written().join(SheetAnswer, SheetAnswer.sheet_id == AuditSheet.id)
    return db.session.scalar(found.where(SheetAnswer.folder_id == folder)) is not None


def _takes_for_sheet(folder: UUID) -> bool:
    return db.session.scalar(_still_written().where(AuditSheet.evidence_id == folder)) is not None


def _still_written() -> Select[int]:
    """Sheets that take files: what was submitted takes nothing more, however it is sent."""
    is_open = (AuditSheet.submitted_at.is_(None), Audit.state == AuditState.IN_FIELD)
    return select(AuditSheet.id).join(Audit, Audit.id == AuditSheet.audit_id).where(*is_open)


register(
    OwnerKind(
        ANSWER_FILES,
        is_public=False,
        find=_for_answer,
        visible=_of_answers,
        takes=_takes_for_answer,
        added=file_arrived,
    )
)
register(OwnerKind(SHEET_FILES, is_public=False, find=_for_sheet, visible=_of_sheets, takes=_takes_for_sheet))
register(OwnerKind(PAPER_FILES, is_public=False, find=_for_papers, visible=_of_papers))
