"""An officer says how far a duty is kept. Each assessment is added; none is overwritten."""

from sqlalchemy import select

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.duty_policies import ASSESS
from ombudsman_app.coverage.models import DutyEntry, DutyStatus
from ombudsman_app.coverage.queries.duty_subjects import SubjectDuty

from .duty_inputs import DutyInput, refuse_duty

DUTY = "duty_status"


@command
def assess_duty(
    found: SubjectDuty, given: DutyInput, *, version: int, actor: Actor, proposal_id: int | None = None
) -> DutyStatus:
    """Add an assessment and carry it to the state of the duty. `version` 0: nothing was assessed yet.

    Raises DutyRefused, NotAllowed outside one's own provinces, RecordChanged.
    """
    demand(ASSESS, actor, found)
    refuse_duty(given, found.subject, actor.time_zone)
    held = _held(found)
    if (held.version if held else 0) != version:
        raise RecordChanged
    before = held.status.value if held else ""
    if held is None:
        held = DutyStatus(
            subject=found.subject.key,
            region_id=found.subject.region_id,
            province_code=found.subject.province_code,
            duty=found.duty.key,
        )
        db.session.add(held)
    held.status, held.as_of = given.status, given.as_of
    touch(held)
    db.session.flush()
    db.session.add(
        DutyEntry(
            duty_status_id=held.id,
            status=given.status,
            as_of=given.as_of,
            reason=given.reason,
            evidence=given.evidence,
            evidence_url=given.evidence_url,
            local_rule_id=given.local_rule_id,
            proposal_id=proposal_id,
            made_by_id=actor.user_id,
            made_at=now(),
        )
    )
    changes = {
        "subject": found.subject.key,
        "duty": found.duty.key,
        "status": [before, given.status.value],
        "as_of": given.as_of.isoformat(),
        "proposal": proposal_id,
    }
    record(Event.COVERAGE_DUTY_ASSESSED, DUTY, held.id, actor=actor, changes=changes)
    return held


def _held(found: SubjectDuty) -> DutyStatus | None:
    """Return the state of a duty, locked. 1 statement."""
    return db.session.scalar(
        select(DutyStatus)
        .where(DutyStatus.subject == found.subject.key, DutyStatus.duty == found.duty.key)
        .with_for_update(of=DutyStatus)
        .execution_options(populate_existing=True)
    )
