"""What forms about compliance cases offer."""

from sqlalchemy import select

from ombudsman_app.accounts.queries import people_with_roles
from ombudsman_app.attachments.queries import FileLine, files_of
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.employers.compliance.policies import WORKERS
from ombudsman_app.employers.compliance.rules import Recipient
from ombudsman_app.employers.compliance.scope import SUBJECT, case_scope
from ombudsman_app.employers.models import CaseForwarding, EmployerComplianceCase

from .bodies import province_of_region


def branches_of(actor: Actor) -> dict[int, str]:
    """Return the branches that cases of one's offices went to, by name. 1 statement."""
    seen = (
        case_scope(actor)
        .cases()
        .where(EmployerComplianceCase.branch_id.is_not(None))
        .with_only_columns(EmployerComplianceCase.branch_id)
        .distinct()
    )
    found = select(Office.id, Office.short_name).where(Office.id.in_(seen)).order_by(Office.sort_key)
    return {row.id: row.short_name for row in db.session.execute(found)}


def province_of_case(case: EmployerComplianceCase) -> str:
    """Return the province of the employer, else that of the office that follows it. ≤ 1 statement."""
    employer = case.employer
    if employer.region is not None:
        return employer.region.province_code
    return province_of_region(employer.region_id) or case.representative_office.province_code or ""


def draft_of(case: EmployerComplianceCase, recipient: Recipient) -> CaseForwarding | None:
    """Return the summary that is not released yet. 1 statement."""
    return db.session.scalar(
        select(CaseForwarding).where(
            CaseForwarding.case_id == case.id,
            CaseForwarding.recipient == recipient,
            CaseForwarding.released_at.is_(None),
        )
    )


def acts_of(case: EmployerComplianceCase) -> list[FileLine]:
    """Return the copies of acts. 1 statement."""
    return files_of(case.acts_id)


def workers_of(case: EmployerComplianceCase) -> list[tuple[int, str]]:
    """Return who can handle the case, by name. 1 statement."""
    subject = (SUBJECT, case.id)
    people = people_with_roles(WORKERS, case.representative_office_id, without_conflict=subject)
    return [(one.user_id, one.name) for one in people]
