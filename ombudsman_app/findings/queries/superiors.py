"""Who stands above an office (`rules/findings.yaml`, superiors)."""

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Office, OfficeKind
from ombudsman_app.findings.states import SUPERIORS


def superior_of(office: Office) -> Office | None:
    """Return the office above, or the government of the province; None: nobody is known. ≤ 1 statement."""
    who = SUPERIORS.get(office.kind.value)
    if who == "parent" and office.parent_id is not None:
        return db.session.get(Office, office.parent_id)
    if who == "governor" and office.province_code:
        return db.session.scalar(
            select(Office)
            .where(
                Office.kind == OfficeKind.PROVINCE_GOVERNMENT, Office.province_code == office.province_code
            )
            .order_by(Office.id)
            .limit(1)
        )
    return None
