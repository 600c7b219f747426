"""Opening who reported: assigned, reasoned, freshly proved, on the trail in one transaction (PD2)."""

from ombudsman_app.complaints import notices
from ombudsman_app.complaints.errors import IdentityGone
from ombudsman_app.complaints.models import Complaint, IdentityAccess, ReporterIdentity
from ombudsman_app.complaints.policies import OPEN_IDENTITY
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import SealBroken
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_case


@command
def open_identity(case: Complaint, reason: str, *, actor: Actor) -> dict[str, str]:
    """Return what was told about the person, by field; each call leaves a line of its own, so two leave two.

    That the sign-in is fresh was asked at the door (`fresh=True`). Raises NotAllowed when the case is no
    longer this person's, IdentityGone when nothing was told or the key was destroyed.
    """
    held = locked_case(case)
    demand(OPEN_IDENTITY, actor, held)
    identity = db.session.get(ReporterIdentity, held.reporter_id) if held.reporter_id else None
    if identity is None:
        raise IdentityGone
    try:
        told = identity.opened()
    except SealBroken as gone:
        raise IdentityGone from gone
    access = IdentityAccess(complaint_id=held.id, user_id=actor.user_id, reason=reason, opened_at=now())
    db.session.add(access)
    db.session.flush()
    record(
        Event.COMPLAINTS_IDENTITY_OPENED,
        "complaint",
        held.id,
        actor=actor,
        reason=reason,
        changes={"access": access.id, "fields": sorted(told)},
    )
    notices.tell_of_unusual(held, actor=actor)
    return told
