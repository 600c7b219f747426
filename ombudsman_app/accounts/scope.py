"""Whom a person can see among the people. Closed unless a line opens it."""

from sqlalchemy import Select, select

from ombudsman_app.core.policy import Actor, Role

from .models import User


class scope:  # noqa: N801 - read as a verb: scope(actor).users()
    """Rows that this actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def users(self) -> Select[User]:
        """Everybody for administrators; themselves for all others."""
        if Role.ADMINISTRATOR in self.actor.roles:
            return select(User)
        return select(User).where(User.id == self.actor.user_id)
