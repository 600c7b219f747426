"""Whose turn it is on the way of an audit: each is told when the one before is done."""

from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role
from ombudsman_app.notifications.kinds import Kind, register

from .draft_notices import ADDRESSED
from .models import Audit
from .notices import office_people, staff_people, tell
from .scope import READERS, SUBJECT
from .states import Seat

_HEADS = frozenset({Role.HEAD_OF_REPRESENTATIVE})


def both_handed_in(audit: Audit, *, actor: Actor) -> None:
    """Tell the third that both blind sheets wait to be settled. The members are loaded."""
    _tell("to_settle", _seated(audit, Seat.ADJUDICATOR), audit, actor)


def handed_in(audit: Audit, *, actor: Actor) -> None:
    """Tell the reviewer of the team that the audit waits. The members are loaded."""
    _tell("to_review", _seated(audit, Seat.REVIEWER), audit, actor)


def reviewed(audit: Audit, *, actor: Actor) -> None:
    """Tell the heads that the draft can go to the office."""
    _tell("to_send", staff_people(audit, Role.HEAD_OF_REPRESENTATIVE), audit, actor)


def publication_asked(audit: Audit, *, actor: Actor) -> None:
    """Tell the heads that a publication waits for their release."""
    _tell("to_publish", staff_people(audit, Role.HEAD_OF_REPRESENTATIVE), audit, actor)


def published(audit: Audit, *, actor: Actor) -> None:
    """Tell the office that everybody reads its result now."""
    _tell("published", office_people(audit), audit, actor)


def _seated(audit: Audit, seat: Seat) -> list[int]:
    return [one.user_id for one in audit.members if one.seat is seat]


def _tell(kind: str, people: list[int], audit: Audit, actor: Actor) -> None:
    tell(kind, people, audit, key=f"{audit.id}:{audit.version}", actor=actor)


register(
    Kind(
        "audits.to_settle",
        N_("Two sheets of an audit wait to be settled"),
        N_("Both assessors have handed in. Settle where they differ."),
        roles=READERS,
        about=SUBJECT,
    ),
    Kind(
        "audits.to_review",
        N_("An audit waits for your review"),
        N_("The team has handed it in. Read it, remark, give it back or let it pass."),
        roles=READERS,
        about=SUBJECT,
    ),
    Kind(
        "audits.to_send",
        N_("The draft of an audit can go to the office"),
        N_("The review is done. Send the draft; from its receipt the office has its time to answer."),
        roles=_HEADS,
        about=SUBJECT,
    ),
    Kind(
        "audits.to_publish",
        N_("The publication of an audit waits for your release"),
        N_("Somebody asks to publish a final result. Whoever asked cannot release it."),
        roles=_HEADS,
        about=SUBJECT,
    ),
    Kind(
        "audits.published",
        N_("The result of your office is published"),
        N_("The result of your office is public now, with what your office said beside it."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
)
