"""Opening counters."""

import secrets
from dataclasses import dataclass

from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Counter, Office, Service, Verified

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: nothing that looks like another
CODE_LETTERS = 6


@dataclass(frozen=True)
class CounterInput:
    """What a counter is; `reference` only for rows of a file."""

    name: str
    position: int
    reference: str | None = None
    source_keys: str = ""
    verified: Verified = Verified.UNVERIFIED
    is_demo: bool = False


@command
def open_counter(office: Office, given: CounterInput, services: list[Service], *, actor: Actor) -> Counter:
    """Open a counter with a code of its own: 6 letters, typed from a poster, no secret.

    Of a thousand million codes two counters hardly ever draw the same; then the unique key stops the
    command and the caller tries again.
    """
    counter = Counter(
        office_id=office.id,
        code="".join(secrets.choice(_LETTERS) for _ in range(CODE_LETTERS)),
        name=given.name,
        position=given.position,
        reference=given.reference,
        source_keys=given.source_keys,
        verified=given.verified,
        is_demo=given.is_demo,
        services=services,
    )
    db.session.add(counter)
    db.session.flush()
    record(Event.DIRECTORY_COUNTER_OPENED, "counter", counter.id, actor=actor, changes={"office": office.id})
    return counter
