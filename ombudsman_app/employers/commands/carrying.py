"""What lists sort and filter by is counted anew whenever something was said of an employer."""

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.employers.gaps import gap_of
from ombudsman_app.employers.models import Employer, Noncompliance, Observation
from ombudsman_app.employers.states import bit_of


def carry(held: Employer) -> None:
    """Count gap and open kinds of a locked employer anew, inside a command. 2 statements."""
    db.session.flush()
    gap = gap_of(db.session.scalars(select(Observation).where(Observation.employer_id == held.id)))
    open_ones = db.session.scalars(
        select(Noncompliance.breach).where(
            Noncompliance.employer_id == held.id, Noncompliance.ended_on.is_(None)
        )
    )
    held.gap_low, held.gap_high, held.gap_order = gap.low, gap.high, -gap.high
    held.workers, held.registered, held.observed_on = gap.workers, gap.registered, gap.observed_on
    held.open_breaches = sum(bit_of(breach) for breach in open_ones)
