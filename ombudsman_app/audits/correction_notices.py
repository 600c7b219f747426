"""That a published result is to be corrected, and that it was: told to the head, then to the office."""

from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role
from ombudsman_app.notifications.kinds import Kind, register

from .draft_notices import ADDRESSED
from .models import Audit
from .notices import office_people, staff_people, tell
from .scope import SUBJECT


def asked(audit: Audit, correction_id: int, *, actor: Actor) -> None:
    """Tell the heads that a correction waits for their release."""
    people = staff_people(audit, Role.HEAD_OF_REPRESENTATIVE)
    tell("correction_asked", people, audit, key=str(correction_id), actor=actor)


def corrected(audit: Audit, correction_id: int, *, actor: Actor) -> None:
    """Tell the office that its published result was corrected."""
    tell("corrected", office_people(audit), audit, key=str(correction_id), actor=actor)


register(
    Kind(
        "audits.correction_asked",
        N_("The correction of a published result waits for your release"),
        N_("Somebody asks to correct a published result. Whoever asked cannot release it."),
        roles=frozenset({Role.HEAD_OF_REPRESENTATIVE}),
        about=SUBJECT,
    ),
    Kind(
        "audits.corrected",
        N_("The published result of your office was corrected"),
        N_("Open it to see what was corrected and why. The result from before stays visible."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
)
