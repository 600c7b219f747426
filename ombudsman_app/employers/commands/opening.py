"""The sealed number of a human being is opened with a reason, which stays (PD2, PD4)."""

from ombudsman_app.core.changing import demand, locked
from ombudsman_app.core.db import command
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.policies import WRITE
from ombudsman_app.employers.scope import SUBJECT
from ombudsman_app.employers.tax_numbers import tax_number_of


@command
def open_number(employer: Employer, reason: str, *, actor: Actor) -> str | None:
    """Return the number in clear; None where none is sealed. No row on the trail, no number."""
    held = locked(Employer, employer.id)
    demand(WRITE, actor, held)
    if held.npwp_sealed is None:
        return None
    record(Event.EMPLOYERS_NUMBER_OPENED, SUBJECT, held.id, actor=actor, reason=reason)
    return tax_number_of(held)
