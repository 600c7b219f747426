"""A person says that two rows are one employer, and can take it back. Nothing joins by itself."""

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.db import command
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.errors import SameEmployer
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.policies import WRITE
from ombudsman_app.employers.scope import SUBJECT


@command
def join_employers(employer: Employer, kept: Employer, *, reason: str, actor: Actor) -> None:
    """Say that `employer` is the same as `kept`: it leaves the lists and points there; nothing is copied.

    Raises SameEmployer for a row with itself, one that points elsewhere already, or a `kept` that does.
    """
    first, second = sorted((employer.id, kept.id))
    if first == second:
        raise SameEmployer(why="itself")
    rows = {held.id: held for held in (locked(Employer, first), locked(Employer, second))}
    held, other = rows[employer.id], rows[kept.id]
    demand(WRITE, actor, held)
    demand(WRITE, actor, other)
    if not held.is_listed or not other.is_listed:
        raise SameEmployer(why="joined")
    held.same_as_id, held.is_listed = other.id, False
    touch(held)
    record(
        Event.EMPLOYERS_JOINED, SUBJECT, held.id, actor=actor, reason=reason, changes={"same_as": other.id}
    )


@command
def part_employers(employer: Employer, *, reason: str, actor: Actor) -> None:
    """Take back that an employer is the same as another. Raises SameEmployer where nobody said so."""
    held = locked(Employer, employer.id)
    demand(WRITE, actor, held)
    if held.same_as_id is None:
        raise SameEmployer(why="own")
    before, held.same_as_id, held.is_listed = held.same_as_id, None, True
    touch(held)
    record(Event.EMPLOYERS_PARTED, SUBJECT, held.id, actor=actor, reason=reason, changes={"same_as": before})
