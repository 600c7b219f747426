"""Who answers for an office under watch, and whom it named as the person to turn to."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.accounts.models import FocalPoint, RoleGrant, User
from ombudsman_app.accounts.scope import scope
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role
from ombudsman_app.directory.models import Office

from .people import holds_today, is_of_focal_point


@dataclass(frozen=True)
class Officer:
    """Somebody who answers for an office today."""

    grant_id: int
    user_id: int
    name: str
    role: Role
    office_id: int
    office_name: str
    is_focal_point: bool
    is_invited: bool  # has no password yet


def officers_of(office_ids: Iterable[int]) -> list[Officer]:
    """Return who answers for offices today, focal points first. 1 statement."""
    is_focal = is_of_focal_point().label("is_focal_point")
    rows = db.session.execute(
        select(
            RoleGrant.id,
            User.id,
            User.name,
            RoleGrant.role,
            Office.id,
            Office.name,
            is_focal,
            User.password_hash.is_(None),
        )
        .join(User, User.id == RoleGrant.user_id)
        .join(Office, Office.id == RoleGrant.office_id)
        .where(
            RoleGrant.office_id.in_(sorted(office_ids)),
            RoleGrant.role.in_(PORTAL_ROLES),
            User.is_active,
            holds_today(),
        )
        .order_by(Office.sort_key, Office.id, is_focal.desc(), User.name, RoleGrant.id)
    )
    return [Officer(*row) for row in rows]


def colleagues(actor: Actor) -> list[Officer]:
    """Return who answers for the own offices of somebody in the portal. 1 statement."""
    return officers_of(actor.offices_as(*PORTAL_ROLES))


def colleague_grant(actor: Actor, grant_id: int) -> RoleGrant | None:
    """Return the right of a colleague at an own office, one that ended too. 1 statement."""
    return db.session.scalar(scope(actor).office_grants().where(RoleGrant.id == grant_id))


def is_focal_point(user_id: int, office_id: int) -> bool:
    """Whether an office names a person as its focal point. 1 statement."""
    named = select(FocalPoint.id).where(
        FocalPoint.user_id == user_id, FocalPoint.office_id == office_id, FocalPoint.ended_at.is_(None)
    )
    return db.session.scalar(named) is not None
