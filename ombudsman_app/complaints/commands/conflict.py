"""Declarations of interest: a declared one closes the case for that person (UU 37/2008 Pasal 40)."""

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.changing import touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_case, note_step

SUBJECT = "complaint"


@command
def declare_no_interest(case: Complaint, *, actor: Actor) -> None:
    """The officer who got the case declares to have no interest in it, and may work on it from now on."""
    declare_free(locked_case(case), actor=actor)


@command
def declare_interest(case: Complaint, reason: str, *, actor: Actor) -> None:
    """A person declares an interest: from the next request on the case does not exist for them.

    If it was theirs to work on, it waits for another officer.
    """
    held = locked_case(case)
    _declare(held, has_conflict=True, reason=reason, actor=actor)
    if held.officer_id == actor.user_id:
        held.officer_id, held.has_officer_declared = None, False
    note_step(held, "declare_interest", actor=actor)


def declare_free(held: Complaint, *, actor: Actor) -> None:
    """Write down that the actor declared to have no interest in a locked case."""
    _declare(held, has_conflict=False, reason="", actor=actor)
    if held.officer_id == actor.user_id:
        held.has_officer_declared = True
    touch(held)


def _declare(held: Complaint, *, has_conflict: bool, reason: str, actor: Actor) -> None:
    db.session.add(
        ConflictDeclaration(
            user_id=actor.user_id,
            subject_type=SUBJECT,
            subject_id=held.id,
            has_conflict=has_conflict,
            reason=reason,
            declared_at=now(),
        )
    )
    record(
        Event.COMPLAINTS_INTEREST_DECLARED,
        "complaint",
        held.id,
        actor=actor,
        reason=reason,
        changes={"has_conflict": has_conflict},
    )
