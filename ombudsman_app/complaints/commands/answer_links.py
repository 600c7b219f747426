"""An office without account answers one letter by a link: made and ended by staff, opened and used once.

The link opens one letter and nothing else. Fetching its address changes and proves nothing; opening it by
name proves receipt (design.md §12).
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import func, select

from ombudsman_app.complaints.errors import AnswerLinkEnded, WrongCode
from ombudsman_app.complaints.models import AnswerLink, ClarificationAnswer, Complaint, ComplaintClock
from ombudsman_app.complaints.policies import ASK_RESPONDENT
from ombudsman_app.complaints.queries.answer_links import code_hash, link_hash
from ombudsman_app.complaints.states import REQUESTS, AnswerChannel, clock
from ombudsman_app.core import limits
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.sealing import is_same, random_crockford, random_token
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.documents.commands import open_addressed
from ombudsman_app.documents.commands.drafting import locked_document
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from .answers import ClarificationInput, keep_answer
from .asked import OfficeAnswer
from .letters import case_of
from .moving import locked_case


@dataclass(frozen=True)
class NewLink:
    """A link that was just made; its token and its code are kept nowhere else."""

    id: int
    token: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True)
class Signer:
    """Who says to answer for the office, with the code that the office got by another way."""

    name: str
    position: str
    code: str = field(repr=False)


@command
def make_answer_link(case: Complaint, request_id: int, *, actor: Actor) -> NewLink:
    """Make a link for one letter of the case; one for the same letter that was not used yet ends.

    Raises MoveNotAllowed for a letter that stands no more or is of another case, and where the case ended.
    """
    held = locked_case(case)
    demand(ASK_RESPONDENT, actor, held)
    document = db.session.get(Document, request_id)
    is_asked = document is not None and document.folder == held.files_id and document.kind in REQUESTS
    if document is None or not is_asked or not held.is_open or document.state is not DocumentState.ISSUED:
        raise MoveNotAllowed(state=str(held.state), event="make_link")
    earlier = select(AnswerLink).where(
        AnswerLink.request_id == document.id, AnswerLink.used_at.is_(None), AnswerLink.revoked_at.is_(None)
    )
    for link in db.session.scalars(earlier).all():
        _end(link, held, actor)
    settings: Settings = current_app.extensions["settings"]
    token, code = random_token(), random_crockford(limits.LINK_CODE)
    hashed = link_hash(token)
    made = AnswerLink(
        token_hash=hashed,
        code_hash=code_hash(hashed, code),
        request_id=document.id,
        made_at=now(),
        made_by_id=actor.user_id or 0,
        expires_at=now() + timedelta(days=settings.answer_link_days),
    )
    db.session.add(made)
    db.session.flush()
    changes = {"link": made.id, "document": document.id, "expires_at": made.expires_at.isoformat()}
    record(Event.COMPLAINTS_ANSWER_LINK_MADE, "complaint", held.id, actor=actor, changes=changes)
    return NewLink(made.id, token, code)


@command
def end_answer_link(case: Complaint, link: AnswerLink, *, actor: Actor) -> None:
    """Let a link open nothing any more. What was used or ended stays as it is."""
    held = locked_case(case)
    demand(ASK_RESPONDENT, actor, held)
    current = db.session.get_one(AnswerLink, link.id, populate_existing=True)
    if current.used_at is None and current.revoked_at is None:
        _end(current, held, actor)


def _end(link: AnswerLink, held: Complaint, actor: Actor) -> None:
    link.revoked_at = now()
    record(Event.COMPLAINTS_ANSWER_LINK_ENDED, "complaint", held.id, actor=actor, changes={"link": link.id})


@command
def open_answer_link(link_id: int, signer: Signer) -> int:
    """Note who opened it for the office: that proves receipt. Returns which opening it is.

    Opened once more, the browser before sees nothing any more. From receipt on it holds until the last day to
    answer has passed, or, where that is over, as long as it did. Raises AnswerLinkEnded, WrongCode.
    """
    link, document, held = _locked(link_id)
    _refuse_ended(link, document, held)
    if not is_same(link.code_hash, code_hash(link.token_hash, signer.code)):
        raise WrongCode
    open_addressed(document, actor=STRANGER, note=f"{signer.name}, {signer.position}")
    link.openings += 1
    _hold_until_due(link, document, held)
    link.opened_at, link.opened_by, link.opened_as = now(), signer.name, signer.position
    changes = {"link": link.id, "document": document.id}
    record(Event.COMPLAINTS_ANSWER_LINK_OPENED, "complaint", held.id, actor=STRANGER, changes=changes)
    return link.openings


def _hold_until_due(link: AnswerLink, document: Document, held: Complaint) -> None:
    """Let a link end with the last day of the clock that its letter started."""
    due_on = db.session.scalar(
        select(func.max(ComplaintClock.due_on)).where(
            ComplaintClock.complaint_id == held.id,
            ComplaintClock.clock == clock(REQUESTS[document.kind].clock).id,
            ComplaintClock.ended_on.is_(None),
        )
    )
    if due_on is None:
        return
    zone = ZoneInfo(held.representative_office.time_zone)
    end = datetime.combine(due_on + timedelta(days=1), time(), zone)
    if end > now():
        link.expires_at = end


@command
def answer_by_link(link_id: int, given: OfficeAnswer, *, opening: int) -> ClarificationAnswer | None:
    """Keep the one answer that a link is for, with its files; late is late for ever.

    `opening`: which one of it this browser made; somebody who opened it since signs for nobody else's words.
    None: the same form was sent before (DI4). Raises AnswerLinkEnded, FormSentDifferently.
    """
    link, document, held = _locked(link_id)
    body = f"{given.reference}\0{given.text}"
    if not is_first_sending(given.form_key, f"answer.link.{link.id}", body):
        return None
    _refuse_ended(link, document, held)
    if link.opened_at is None or link.openings != opening:
        raise AnswerLinkEnded
    answer = keep_answer(
        held,
        ClarificationInput(
            text=given.text,
            received_on=today(held.representative_office.time_zone),
            channel=AnswerChannel.LINK,
            reference=given.reference,
            signed_by=link.opened_by,
            signed_as=link.opened_as,
        ),
        request_id=document.id,
        files_id=link.files_id,
        actor=STRANGER,
    )
    link.used_at = now()
    changes = {"link": link.id, "answer": answer.id}
    record(Event.COMPLAINTS_ANSWER_LINK_USED, "complaint", held.id, actor=STRANGER, changes=changes)
    return answer


def _locked(link_id: int) -> tuple[AnswerLink, Document, Complaint]:
    """Lock the letter, then its case, then read the link as it stands: all who change it hold the case."""
    request_id = db.session.scalars(select(AnswerLink.request_id).where(AnswerLink.id == link_id)).one()
    document = locked_document(db.session.get_one(Document, request_id))
    held = case_of(document.folder)
    return db.session.get_one(AnswerLink, link_id, populate_existing=True), document, held


def _refuse_ended(link: AnswerLink, document: Document, held: Complaint) -> None:
    is_over = link.used_at is not None or link.revoked_at is not None or link.expires_at <= now()
    if is_over or document.state is not DocumentState.ISSUED or not held.is_open:
        raise AnswerLinkEnded
