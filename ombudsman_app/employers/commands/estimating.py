"""An estimate is counted, frozen and kept; its paper and its sheet are asked for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ombudsman_app.core.changing import demand, locked
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.estimates.estimate import estimate
from ombudsman_app.employers.estimates.fields import EstimateType
from ombudsman_app.employers.estimates.frozen import digest_of, rate_version
from ombudsman_app.employers.models import Employer, EmployerEstimate
from ombudsman_app.employers.policies import ESTIMATE
from ombudsman_app.employers.queries.estimates import ORDERS, EstimatePaper
from ombudsman_app.employers.scope import SUBJECT

_TYPE = "type"


@command
def keep_estimate(
    employer: Employer, given: Mapping[str, Any], *, form_key: str, actor: Actor
) -> EmployerEstimate | None:
    """Count and keep an estimate; None where the same form came before.

    `given`: as `ombudsman employers estimate` takes it. Raises EstimateRefused, NotAllowed.
    """
    held = locked(Employer, employer.id)
    demand(ESTIMATE, actor, held)
    result = estimate(given).as_json()
    if not is_first_sending(form_key, f"employers.estimate {held.id} {actor.user_id}", repr(given)):
        return None
    inputs = {key: value for key, value in given.items() if key != _TYPE}
    kind, version = EstimateType(given[_TYPE]), rate_version()
    made = EmployerEstimate(
        employer_id=held.id,
        kind=kind,
        inputs=inputs,
        rate_version=version,
        result=result,
        digest=digest_of(kind, inputs, version, result),
        total=result["total"],
        made_by_id=actor.user_id,
        made_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    record(
        Event.EMPLOYERS_ESTIMATED,
        SUBJECT,
        held.id,
        actor=actor,
        changes={"estimate": made.id, "kind": str(kind), "digest": made.digest},
    )
    return made


@command
def order_estimate(found: EmployerEstimate, paper: EstimatePaper, *, language: str, actor: Actor) -> UUID:
    """Have an estimate drawn or written into a sheet; return the job. It is kept a day for whoever asked."""
    return enqueue(ORDERS[paper], actor=actor, arguments={"estimate": found.id, "language": language})
