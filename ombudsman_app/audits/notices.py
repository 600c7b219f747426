"""What there is to tell about audits, and to whom: registered at start, called inside the commands.

Words name a number and nothing of the matter (PD6). A planned audit has no number yet: then the round does.
"""

from collections.abc import Iterable

from sqlalchemy import Select, select

from ombudsman_app.accounts.queries import ids_with_roles
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import PORTAL_ROLES, STRANGER, Actor, Role
from ombudsman_app.notifications.commands import notify
from ombudsman_app.notifications.kinds import Kind, RecordKind, register, register_record

from .models import Audit, AuditMember, AuditRound
from .scope import READERS, SUBJECT, scope
from .states import AuditState, Seat

ROUND = "audit_round"


def round_begun(found: AuditRound, *, actor: Actor) -> None:
    """Tell everybody who sits in a team of the round, once. 1 statement and those of a notice."""
    seated = (
        select(AuditMember.user_id)
        .join(Audit, Audit.id == AuditMember.audit_id)
        .where(Audit.round_id == found.id, Audit.state != AuditState.CANCELLED)
        .distinct()
    )
    people = db.session.scalars(seated).all()
    notify("audits.round_begun", people, key=str(found.id), about=found.id, label=found.title, actor=actor)


def seated(audit: Audit, people: Iterable[int], *, actor: Actor) -> None:
    """Tell people that they got a seat in a team."""
    tell("seated", people, audit, key=f"{audit.id}:{audit.version}", actor=actor)


def seat_free(audit: Audit, *, actor: Actor) -> None:
    """Tell the heads of the office that a seat is free again."""
    heads = staff_people(audit, Role.HEAD_OF_REPRESENTATIVE)
    tell("seat_free", heads, audit, key=f"{audit.id}:{audit.version}", actor=actor)


def assigned(audit: Audit, document_id: int, *, actor: Actor) -> None:
    """Tell the team that its letter of assignment was issued. The members are loaded."""
    people = [one.user_id for one in audit.members]
    tell("assigned", people, audit, key=f"{audit.id}:{document_id}", actor=actor)


def visit_near(audit_id: int, label: str, people: Iterable[int], day: str) -> None:
    """Remind the team that its visit begins on the next working day."""
    notify("audits.visit_near", people, key=f"{audit_id}:{day}", about=audit_id, label=label)


def given_back(audit: Audit, *, actor: Actor) -> None:
    """Tell those who wrote its sheets that the review gave it back. The members are loaded."""
    team = [one.user_id for one in audit.members if one.seat is not Seat.REVIEWER]
    tell("given_back", team, audit, key=f"{audit.id}:{audit.version}", actor=actor)


def cancelled(audit: Audit, *, actor: Actor) -> None:
    """Tell the team that the audit ends without a result. The members are loaded."""
    tell("cancelled", [one.user_id for one in audit.members], audit, key=str(audit.id), actor=actor)


def tell(kind: str, people: Iterable[int | None], audit: Audit, *, key: str, actor: Actor = STRANGER) -> None:
    """Tell people something about an audit."""
    label = audit.reference or f"#{audit.id}"
    notify(f"audits.{kind}", people, key=key, about=audit.id, label=label, actor=actor)


def office_people(audit: Audit) -> list[int]:
    """Return who answers for the office under watch. 1 statement."""
    return ids_with_roles(PORTAL_ROLES, audit.office_id, without_conflict=(SUBJECT, audit.id))


def staff_people(audit: Audit, *roles: Role) -> list[int]:
    """Return who has one of the roles at the office that handles it. 1 statement."""
    return ids_with_roles(roles, audit.representative_office_id, without_conflict=(SUBJECT, audit.id))


def _audits(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).audits().with_only_columns(Audit.id)
    return seen


def _rounds(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).rounds().with_only_columns(AuditRound.id)
    return seen


register_record(RecordKind(SUBJECT, visible=_audits, endpoint="staff.audits.audit", value="audit_id"))
register_record(RecordKind(ROUND, visible=_rounds, endpoint="staff.audits.board", value="round_id"))
register(
    Kind(
        "audits.round_begun",
        N_("A round of audits has begun"),
        N_("You sit in a team of a round of audits that has begun. Look at your offices and days."),
        roles=READERS,
        about=ROUND,
    ),
    Kind(
        "audits.seated",
        N_("You sit in the team of an audit"),
        N_("You were given a seat in the team of an audit. Say whether you have an interest in that office."),
        roles=READERS,
        about=SUBJECT,
    ),
    Kind(
        "audits.seat_free",
        N_("A seat in the team of an audit is free"),
        N_("Somebody declared an interest and left the team of an audit. Give the seat to another person."),
        roles=frozenset({Role.HEAD_OF_REPRESENTATIVE}),
        about=SUBJECT,
    ),
    Kind(
        "audits.assigned",
        N_("The letter of assignment of an audit is issued"),
        N_("The letter of assignment is issued: the audit can start."),
        roles=READERS,
        about=SUBJECT,
    ),
    Kind(
        "audits.visit_near",
        N_("A visit of yours is near"),
        N_("Your visit for an audit is about to begin. Look at its days and at your team."),
        roles=READERS,
        about=SUBJECT,
    ),
    Kind(
        "audits.given_back",
        N_("The review gave an audit back"),
        N_("An audit in whose team you sit came back from its review. Open it to read what is to be done."),
        roles=READERS,
        about=SUBJECT,
    ),
    Kind(
        "audits.cancelled",
        N_("An audit is cancelled"),
        N_("An audit in whose team you sit is cancelled. Open it to read why."),
        roles=READERS,
        about=SUBJECT,
    ),
)
