"""Whom an office under watch names as the person to turn to."""

from sqlalchemy import insert, update

from ombudsman_app.accounts import queries
from ombudsman_app.accounts.errors import GrantEnded
from ombudsman_app.accounts.models import FocalPoint, RoleGrant
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import PORTAL_ROLES, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record


@command
def name_focal_point(grant: RoleGrant, *, actor: Actor) -> None:
    """Name the person of a right as focal point of its office; twice is once.

    Raises GrantEnded, also for a right at an office of the Ombudsman.
    """
    held = queries.open_grant(grant.user_id, grant.role, grant.office_id, is_locked=True)
    if held is None or grant.role not in PORTAL_ROLES:
        raise GrantEnded
    if queries.is_focal_point(grant.user_id, grant.office_id):
        return
    db.session.execute(
        insert(FocalPoint).values(user_id=grant.user_id, office_id=grant.office_id, named_at=now())
    )
    _note(Event.ACCOUNTS_FOCAL_POINT_NAMED, grant, actor)


@command
def turn_focal_point(grant: RoleGrant, *, actor: Actor) -> bool:
    """Name the person of a right as focal point, or end that; return whether it is one now.

    Raises GrantEnded.
    """
    if queries.is_focal_point(grant.user_id, grant.office_id):
        end_focal_point(grant, actor=actor)
        return False
    name_focal_point(grant, actor=actor)
    return True


@command
def end_focal_point(grant: RoleGrant, *, actor: Actor) -> None:
    """Let a person be focal point no longer; the row stays with both days."""
    ended = db.session.scalar(
        update(FocalPoint)
        .where(
            FocalPoint.user_id == grant.user_id,
            FocalPoint.office_id == grant.office_id,
            FocalPoint.ended_at.is_(None),
        )
        .values(ended_at=now())
        .returning(FocalPoint.id)
        .execution_options(synchronize_session=False)
    )
    if ended is not None:
        _note(Event.ACCOUNTS_FOCAL_POINT_ENDED, grant, actor)


def _note(event: Event, grant: RoleGrant, actor: Actor) -> None:
    record(event, "user", grant.user_id, actor=actor, changes={"office": grant.office_id})
