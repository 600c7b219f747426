"""Whom a person can see among the people. Closed unless a line opens it."""

from sqlalchemy import Select, select

from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role
from ombudsman_app.core.sessions import StoredSession

from .models import ConflictDeclaration, RoleGrant, User


class scope:  # noqa: N801 - read as a verb: scope(actor).users()
    """Rows that this actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def users(self) -> Select[User]:
        """Everybody for administrators; themselves for all others."""
        if Role.ADMINISTRATOR in self.actor.roles:
            return select(User)
        return select(User).where(User.id == self.actor.user_id)

    def sessions(self) -> Select[StoredSession]:
        """One's own, whatever one's role."""
        return select(StoredSession).where(StoredSession.user_id == self.actor.user_id)

    def office_grants(self) -> Select[RoleGrant]:
        """Rights of portal officers at the own offices of who asks there."""
        offices = sorted(self.actor.offices_as(*PORTAL_ROLES))
        return select(RoleGrant).where(RoleGrant.office_id.in_(offices), RoleGrant.role.in_(PORTAL_ROLES))


def closed_by_conflict(actor: Actor, subject_type: str) -> Select[int]:
    """Select the ids of the records in which this person declared an interest; scopes leave them out."""
    return select(ConflictDeclaration.subject_id).where(
        ConflictDeclaration.user_id == actor.user_id,
        ConflictDeclaration.subject_type == subject_type,
        ConflictDeclaration.has_conflict.is_(True),
    )
