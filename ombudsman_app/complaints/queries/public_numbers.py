"""How many complaints there were about an office, for everybody: whole years that are over, nothing else."""

from datetime import date

from sqlalchemy import extract, func, select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.db import db

YEARS = 3


def complaints_by_year(office_id: int, *, before: int) -> dict[int, int]:
    """Count what was received about an office in each of the last years before one. 1 statement.

    A year that is over counts the same for ever, so that no two readings tell when one complaint came.
    """
    year = extract("year", Complaint.received_on)
    rows = db.session.execute(
        select(year, func.count())
        .where(
            Complaint.office_id == office_id,
            Complaint.received_on >= date(before - YEARS, 1, 1),
            Complaint.received_on < date(before, 1, 1),
        )
        .group_by(year)
    )
    counted = {int(one): number for one, number in rows}
    return {one: counted.get(one, 0) for one in range(before - YEARS, before)}
