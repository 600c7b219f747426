"""Taking a paper back: asked for by one person, done by another (AZ10). It stays in the register for ever."""

from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.policies import ASK_REVOCATION, REVOKE
from ombudsman_app.documents.states import DOCUMENT

from .drafting import locked_document


@command
def ask_revocation(document: Document, reason: str, *, version: int, actor: Actor) -> None:
    """Ask the head to take it back. Raises RecordChanged, MoveNotAllowed."""
    held = locked_document(document, version)
    demand(ASK_REVOCATION, actor, held)
    if "revoke" not in DOCUMENT.open_events(held.state):
        raise MoveNotAllowed(state=str(held.state), event="revoke")
    held.revocation_asked_by_id, held.revocation_reason = actor.user_id, reason
    record(Event.DOCUMENTS_REVOCATION_ASKED, "document", held.id, actor=actor, reason=reason)


@command
def revoke(document: Document, *, version: int, actor: Actor) -> None:
    """Take it back, for the reason that another person gave."""
    held = locked_document(document, version)
    demand(REVOKE, actor, held)
    held.state = DOCUMENT.after(held.state, "revoke")
    held.unproven_since = None
    held.revoked_on, held.revoked_by_id = today(held.office.time_zone), actor.user_id
    record(Event.DOCUMENTS_REVOKED, "document", held.id, actor=actor, reason=held.revocation_reason)


@command
def keep(document: Document, *, version: int, actor: Actor) -> None:
    """Decide that it stays as it is."""
    held = locked_document(document, version)
    demand(REVOKE, actor, held)
    held.revocation_asked_by_id, held.revocation_reason = None, ""
    record(Event.DOCUMENTS_KEPT, "document", held.id, actor=actor)
