"""Files of compliance cases: what this house holds, and copies of acts of public bodies.

Two folders, so that nothing that a complaint or a tip brought reaches an office by itself.
"""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.attachments.owners import OwnerKind, register
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .compliance.policies import RECORD, WORK
from .compliance.scope import case_scope
from .models import CaseForwarding, EmployerComplianceCase

FILES, ACTS, BRANCH_ACTS = "employer_case", "employer_case_act", "employer_case_branch_act"


def _case(actor: Actor, record_id: int | None) -> EmployerComplianceCase | None:
    found = db.session.scalar(case_scope(actor).cases().where(EmployerComplianceCase.id == record_id))
    return found if found is not None and found.is_open and WORK.allows(actor, found) else None


def _inside(actor: Actor, record_id: int | None) -> UUID | None:
    found = _case(actor, record_id)
    return found.files_id if found else None


def _act_by_staff(actor: Actor, record_id: int | None) -> UUID | None:
    found = _case(actor, record_id)
    return found.acts_id if found else None


def _act_by_branch(actor: Actor, record_id: int | None) -> UUID | None:
    """Who has opened it may add copies: before that nothing says that the branch has it."""
    row = db.session.scalar(case_scope(actor).forwarded().where(CaseForwarding.id == record_id))
    if row is None or not row.is_received or not RECORD.allows(actor, row):
        return None
    case = db.session.get_one(EmployerComplianceCase, row.case_id)
    return case.acts_id if case.is_open else None


def _files(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = case_scope(actor).cases().with_only_columns(EmployerComplianceCase.files_id)
    return seen


def _acts(actor: Actor) -> Select[UUID]:
    """Whoever asks is of one side; a person is never both."""
    if not case_scope(actor).own_offices:
        seen: Select[UUID] = case_scope(actor).cases().with_only_columns(EmployerComplianceCase.acts_id)
        return seen
    shown = (
        case_scope(actor)
        .forwarded()
        .where(CaseForwarding.is_received.is_(True))
        .join(EmployerComplianceCase, EmployerComplianceCase.id == CaseForwarding.case_id)
    )
    theirs: Select[UUID] = shown.with_only_columns(EmployerComplianceCase.acts_id)
    return theirs


def _takes(folder: UUID) -> bool:
    """What has ended takes nothing more, however it is sent."""
    is_open = select(EmployerComplianceCase.id).where(
        (EmployerComplianceCase.acts_id == folder) | (EmployerComplianceCase.files_id == folder),
        EmployerComplianceCase.is_open.is_(True),
    )
    return db.session.scalar(is_open) is not None


register(OwnerKind(FILES, is_public=False, find=_inside, visible=_files, takes=_takes))
register(OwnerKind(ACTS, is_public=False, find=_act_by_staff, visible=_acts, takes=_takes))
register(OwnerKind(BRANCH_ACTS, is_public=False, find=_act_by_branch, takes=_takes))
