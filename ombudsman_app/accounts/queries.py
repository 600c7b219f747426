"""Reading people and their rights."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Grant, Role
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.web.sessions import signed_in_user_id

from . import links
from .models import RoleGrant, User

_OFFICE, _REPRESENTATIVE = Office.__table__, RepresentativeOffice.__table__  # two columns, no whole rows
GRANT_ZONE = "Asia/Jakarta"  # rights begin and end with the day of the head office


@dataclass(frozen=True)
class Credentials:
    """What signing in needs of an account, and nothing that would have to be loaded again later."""

    user_id: int
    email: str
    name: str
    password_hash: str | None
    is_active: bool


def signed_in_actor() -> Actor | None:
    """Return who signed in with this browser, with the grants that hold today (AZ8). 0 to 2 statements."""
    user_id = signed_in_user_id()
    return None if user_id is None else actor_for(user_id)


def actor_for(user_id: int) -> Actor | None:
    """Return a person with the grants that hold today; None if unknown or deactivated. 1 statement."""
    day = today(GRANT_ZONE)
    holds = and_(
        RoleGrant.user_id == User.id,
        RoleGrant.revoked_at.is_(None),
        RoleGrant.valid_from <= day,
        or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until >= day),
    )
    rows = db.session.execute(
        select(
            User.name,
            RoleGrant.role,
            RoleGrant.office_id,
            RoleGrant.valid_from,
            RoleGrant.valid_until,
            _REPRESENTATIVE.c.time_zone,
            _OFFICE.c.short_name.label("office_name"),
        )
        .outerjoin(RoleGrant, holds)
        .outerjoin(_OFFICE, _OFFICE.c.id == RoleGrant.office_id)
        .outerjoin(_REPRESENTATIVE, _REPRESENTATIVE.c.id == RoleGrant.office_id)
        .where(User.id == user_id, User.is_active)
        .order_by(RoleGrant.id)
    ).all()
    if not rows:
        return None
    grants = tuple(
        Grant(row.role, row.office_id, row.valid_from, row.valid_until, row.time_zone, row.office_name)
        for row in rows
        if row.role is not None
    )
    return Actor(user_id, rows[0].name, grants)


def credentials_of(email: str) -> Credentials | None:
    """Return what signing in needs, by normalised address. 1 statement."""
    return _credentials(User.email == email)


def credentials_behind(token: str) -> Credentials | None:
    """Return the account for which a one-time link is good, None for every other link. 0 or 1 statement."""
    link = links.read(token)
    if link is None:
        return None
    found = _credentials(User.id == link.user_id)
    if found is None or not found.is_active or not link.is_genuine(found.password_hash):
        return None
    return found


def _credentials(condition: object) -> Credentials | None:
    row = db.session.execute(
        select(User.id, User.email, User.name, User.password_hash, User.is_active).where(condition)  # type: ignore[arg-type]
    ).one_or_none()
    return Credentials(*row) if row else None


def user_by_email(email: str) -> User | None:
    """Return an account for the command line, where no actor asks. 1 statement."""
    return db.session.scalar(select(User).where(User.email == email))


def office_for(role: Role, code: str) -> Office | None:
    """Return the office for a role: by code (MAM), in the portal by slug or reference. 1 statement."""
    if role in PORTAL_ROLES:
        return db.session.scalar(select(Office).where(or_(Office.slug == code, Office.reference == code)))
    return db.session.scalar(select(RepresentativeOffice).where(RepresentativeOffice.code == code))
