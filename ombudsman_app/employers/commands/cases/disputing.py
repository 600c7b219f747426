"""The employer protests through the branch, or the branch disputes; another officer reviews it."""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.changing import compare_version, demand
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.employers.compliance import notices
from ombudsman_app.employers.compliance.policies import RECORD, REVIEW, WORK
from ombudsman_app.employers.compliance.rules import RULES, CaseState, Review, Said
from ombudsman_app.employers.errors import CaseRefused
from ombudsman_app.employers.models import CaseEntry, CaseForwarding, EmployerComplianceCase

from .clocks import pause_clocks, resume_clocks
from .ending import close_rows
from .moving import locked_case, move, said_before, say


@dataclass(frozen=True)
class ReviewInput:
    """What another officer says to a protest, and why; the branch reads it."""

    review: Review
    reason: str


@command
def dispute_case(
    case_id: int,
    text: str,
    *,
    forwarding: CaseForwarding | None = None,
    form_key: str = "",
    version: int | None = None,
    actor: Actor,
) -> CaseEntry:
    """Put a protest on the case: of the employer, or of the branch itself. The same form sent twice puts one.

    `forwarding`: through the portal; else filed by an officer from a letter. The time of the branch stands
    still or runs on, as the rule says. Raises NotAllowed, MoveNotAllowed, RecordChanged.
    """
    held = locked_case(case_id)
    if forwarding is None:
        demand(WORK, actor, held)
    else:
        row = db.session.get_one(CaseForwarding, forwarding.id, populate_existing=True)
        demand(RECORD, actor, row)
        if not row.is_received or row.case_id != held.id:
            raise NotVisible
    if said := said_before(held, Said.DISPUTED, text, form_key):
        return said
    compare_version(held, version)
    move(held, "dispute", note=Event.EMPLOYERS_CASE_DISPUTED, actor=actor)
    entry = say(
        held,
        Said.DISPUTED,
        text,
        actor=actor,
        form_key=form_key,
        is_shown=True,
        is_by_office=forwarding is not None,
    )
    if RULES.dispute.clock == "stops":
        pause_clocks(held)
    notices.disputed(held, entry.id, actor=actor)
    return entry


@command
def review_dispute(
    case: EmployerComplianceCase, given: ReviewInput, *, version: int, actor: Actor
) -> CaseEntry:
    """Say whether the protest is right. Upheld: not proven, it ends. Rejected: it goes on where it stood.

    Raises CaseRefused(why=own_review) for whoever handles the case or filed the protest; NotAllowed,
    MoveNotAllowed, RecordChanged.
    """
    held = locked_case(case.id, version)
    protest = _protest(held)
    if actor.user_id in (held.officer_id, protest.said_by_id if protest else None):
        raise CaseRefused(why="own_review")
    demand(REVIEW, actor, held)
    if held.state is not CaseState.DISPUTED or protest is None or held.disputed_from is None:
        raise MoveNotAllowed(state=str(held.state), event="review")
    is_upheld = given.review is Review.UPHELD
    event = "uphold" if is_upheld else f"back_to_{held.disputed_from.value}"
    changes = {"review": given.review.value, "protest": protest.id}
    move(held, event, note=Event.EMPLOYERS_CASE_REVIEWED, actor=actor, changes=changes)
    entry = say(
        held,
        Said.REVIEWED,
        given.reason,
        actor=actor,
        is_shown=True,
        review=given.review,
        protest_by_id=protest.said_by_id,
        officer_id=held.officer_id,
    )
    if is_upheld:
        close_rows(held)
    else:
        resume_clocks(held, actor=actor)
    notices.reviewed(held, entry.id, actor=actor)
    return entry


def _protest(held: EmployerComplianceCase) -> CaseEntry | None:
    return db.session.scalar(
        select(CaseEntry)
        .where(CaseEntry.case_id == held.id, CaseEntry.said == Said.DISPUTED)
        .order_by(CaseEntry.id.desc())
        .limit(1)
    )
