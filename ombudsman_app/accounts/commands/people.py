"""Opening and closing accounts, giving and taking roles."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ombudsman_app.accounts import queries
from ombudsman_app.accounts.errors import EmailTaken, GrantEnded, GrantHeld, OnOtherSide, RoleDoesNotFitOffice
from ombudsman_app.accounts.models import RoleGrant, User
from ombudsman_app.core import sessions
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Office, RepresentativeOffice

from .focal_points import end_focal_point


@dataclass(frozen=True)
class NewUser:
    """What the house must know of somebody who is to sign in. `email` is normalised."""

    email: str
    name: str
    language: str = "id"


@command
def create_user(given: NewUser, *, actor: Actor) -> User:
    """Open an account without a password and without rights. Raises EmailTaken."""
    if db.session.scalar(select(User.id).where(User.email == given.email)) is not None:
        raise EmailTaken
    user = User(email=given.email, name=given.name, language=given.language, created_at=now())
    db.session.add(user)
    db.session.flush()
    record(Event.ACCOUNTS_USER_CREATED, "user", user.id, actor=actor)
    return user


@command
def give_grant(
    user: User, role: Role, office: Office, *, actor: Actor, valid_until: date | None = None
) -> RoleGrant:
    """Let a person act in a role at an office from today on. Raises RoleDoesNotFitOffice, GrantHeld.

    Nobody holds roles on both sides at once: who judges answers gives none (UU 37/2008 Pasal 40);
    OnOtherSide.
    """
    if (role in PORTAL_ROLES) == isinstance(office, RepresentativeOffice):
        raise RoleDoesNotFitOffice
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update(key_share=True))
    if queries.open_grant(user.id, role, office.id) is not None:
        raise GrantHeld
    if queries.is_on_other_side(user.id, role):
        raise OnOtherSide
    grant = RoleGrant(
        user_id=user.id,
        role=role,
        office_id=office.id,
        valid_from=today(queries.GRANT_ZONE),
        valid_until=valid_until,
        given_at=now(),
    )
    db.session.add(grant)
    db.session.flush()
    record(
        Event.ACCOUNTS_GRANT_GIVEN,
        "user",
        user.id,
        actor=actor,
        changes={"grant": grant.id, "role": role.value, "office": office.id},
    )
    return grant


@command
def create_user_with_role(given: NewUser, role: Role, office: Office, *, actor: Actor) -> User:
    """Open an account and give its first role. Raises EmailTaken, RoleDoesNotFitOffice."""
    user = create_user(given, actor=actor)
    give_grant(user, role, office, actor=actor)
    return user


@command
def revoke_grant(grant: RoleGrant, *, actor: Actor, reason: str = "") -> None:
    """Take a role away; it stops to act on the person's next request (AZ8)."""
    grant.revoked_at = grant.revoked_at or now()
    record(
        Event.ACCOUNTS_GRANT_REVOKED,
        "user",
        grant.user_id,
        actor=actor,
        reason=reason,
        changes={"grant": grant.id},
    )


@command
def end_grant(grant: RoleGrant, reason: str, *, actor: Actor) -> None:
    """Take a role away for a reason, and with it the focal point. Raises GrantEnded."""
    db.session.refresh(grant, with_for_update=True)
    if grant.revoked_at is not None:
        raise GrantEnded
    revoke_grant(grant, actor=actor, reason=reason)
    if grant.role in PORTAL_ROLES:
        end_focal_point(grant, actor=actor)


@command
def deactivate(user: User, *, actor: Actor) -> None:
    """Close an account and end its sessions (AU5). What the person did stays theirs."""
    user.is_active = False
    sessions.end_all_of(db.session(), user.id)
    record(Event.ACCOUNTS_USER_DEACTIVATED, "user", user.id, actor=actor)
