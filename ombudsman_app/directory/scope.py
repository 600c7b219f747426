"""Which counters a person may make posters for; reading about them is everybody's right."""

from sqlalchemy import Select, false, select

from ombudsman_app.core.clock import today
from ombudsman_app.core.policy import Actor, Role

from .models import Counter, Jurisdiction, Office, Region

HOME_ZONE = "Asia/Jakarta"
POSTER_ROLES = frozenset(
    {
        Role.PVL_ASSISTANT,
        Role.EXAMINER,
        Role.PREVENTION_ASSISTANT,
        Role.HEAD_OF_ASSISTANTS,
        Role.HEAD_OF_REPRESENTATIVE,
    }
)


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def counters(self) -> Select[Counter]:
        """Counters that are open today, in the provinces over which the person's office watches."""
        offices = sorted(self.actor.offices_as(*POSTER_ROLES))
        if not offices:
            return select(Counter).where(false())
        day = today(HOME_ZONE)
        provinces = (
            select(Region.code)
            .join(Jurisdiction, Jurisdiction.province_id == Region.id)
            .where(Jurisdiction.representative_id.in_(offices), Jurisdiction.holds_on(day))
        )
        return (
            select(Counter)
            .join(Counter.office)
            .where(Counter.holds_on(day), Office.holds_on(day), Office.province_code.in_(provinces))
        )


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
