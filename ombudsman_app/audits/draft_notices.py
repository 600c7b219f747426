"""What there is to tell between draft and final result, and to whom; registered when the commands are.

Words name a number and nothing of the result (PD6). An office under watch is told what was sent to it alone.
"""

from datetime import date

from sqlalchemy import Select

from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role
from ombudsman_app.notifications.kinds import Kind, RecordKind, register, register_record

from .models import Audit
from .notices import office_people, staff_people, tell
from .policies import REVIEWERS
from .scope import READERS, scope

ADDRESSED = "audit_draft"  # the same record, as the office under watch sees it
ANSWERED = "audit_answers"  # … and as it stands with the answers of the office beside it


def draft_sent(audit: Audit, *, actor: Actor) -> None:
    """Tell the office that a draft was sent to it. ≤ 8 statements."""
    tell("draft_sent", office_people(audit), audit, key=str(audit.id), actor=actor)


def time_soon(audit: Audit, due: date) -> None:
    """Remind the office that its time ends soon."""
    tell("time_soon", office_people(audit), audit, key=f"{audit.id}:{due.isoformat()}")


def time_over(audit: Audit) -> None:
    """Tell the office that its time is over, and the head that the audit can be made final."""
    tell("time_over", office_people(audit), audit, key=str(audit.id))
    tell("no_answer", staff_people(audit, Role.HEAD_OF_REPRESENTATIVE), audit, key=str(audit.id))


def answered(audit: Audit, *, actor: Actor) -> None:
    """Tell who rules on answers that the office has answered."""
    tell("answered", staff_people(audit, *REVIEWERS), audit, key=str(audit.id), actor=actor)


def said_more(audit: Audit, response_id: int, *, actor: Actor) -> None:
    """Tell who rules on answers that more came after the office said that it has answered."""
    tell("said_more", staff_people(audit, *REVIEWERS), audit, key=str(response_id), actor=actor)


def made_final(audit: Audit, *, actor: Actor) -> None:
    """Tell the office that the result is final."""
    tell("made_final", office_people(audit), audit, key=str(audit.id), actor=actor)


def _handled(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).audits().with_only_columns(Audit.id)
    return seen


def _addressed(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).addressed().with_only_columns(Audit.id)
    return seen


register_record(RecordKind(ANSWERED, visible=_handled, endpoint="staff.audits.responses", value="audit_id"))
register_record(RecordKind(ADDRESSED, visible=_addressed, endpoint="portal.audits.draft", value="audit_id"))
register(
    Kind(
        "audits.draft_sent",
        N_("The draft result of an audit is sent to your office"),
        N_("The Ombudsman has sent your office a draft result. Open it to read it and to answer."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
    Kind(
        "audits.time_soon",
        N_("Your time to answer an audit ends soon"),
        N_("The Ombudsman waits for what your office says to it. Open it to see the last day."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
    Kind(
        "audits.time_over",
        N_("Your time to answer an audit is over"),
        N_("What your office says is taken until the audit is final, and stays marked as late."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
    Kind(
        "audits.made_final",
        N_("The result of an audit of your office is final"),
        N_("Open it to see the result and what became of each of your answers."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
    Kind(
        "audits.answered",
        N_("An office has answered the draft of an audit"),
        N_("The office says that it has answered. Another officer than who assessed rules on each answer."),
        roles=READERS | REVIEWERS,
        about=ANSWERED,
    ),
    Kind(
        "audits.said_more",
        N_("An office adds an answer to the draft of an audit"),
        N_("More came after the office said that it has answered. It waits for a ruling."),
        roles=READERS | REVIEWERS,
        about=ANSWERED,
    ),
    Kind(
        "audits.no_answer",
        N_("The time of an office to answer an audit is over"),
        N_("The office has not said that it has answered. The audit can be made final without."),
        roles=frozenset({Role.HEAD_OF_REPRESENTATIVE}),
        about=ANSWERED,
    ),
)
