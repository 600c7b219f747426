"""Files of drafts, complaints and information: who may add, who may see (`attachments/owners.py`)."""

from uuid import UUID

from flask import session
from sqlalchemy import Select, select, update

from ombudsman_app.attachments.owners import OwnerKind, register
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from . import notices, policies, queries
from .models import AnswerBox, AnswerLink, ClarificationAnswer, Complaint, InformationTip
from .scope import scope
from .states import TipState
from .views.public import answer_link, follow, follow_tip
from .views.public.draft_cookie import current_draft

DRAFT, CASE, TIP, COMPLAINT, INFORMATION = "draft", "case", "tip", "complaint", "information"
ANSWER, OWN_ANSWER, LINKED = "answer", "own_answer", "answer_link"


def _of_draft(_actor: Actor, _record_id: int | None) -> UUID | None:
    draft = current_draft()
    return None if draft is None or draft.is_sent else draft.uuid


def _of_open_case(_actor: Actor, _record_id: int | None) -> UUID | None:
    opened = session.get(follow.OPEN)
    if opened is None:
        return None
    return db.session.scalar(select(Complaint.files_id).where(Complaint.id == opened))


def _of_open_tip(_actor: Actor, _record_id: int | None) -> UUID | None:
    opened = session.get(follow_tip.OPEN)
    if opened is None:
        return None
    return db.session.scalar(select(InformationTip.files_id).where(InformationTip.id == opened))


def _of_case(actor: Actor, record_id: int | None) -> UUID | None:
    """Whoever speaks for the office with the reporter may put files on the case."""
    case = queries.visible_case(actor, record_id) if record_id else None
    return case.files_id if case and policies.ANSWER.allows(actor, case) else None


def _of_information(actor: Actor, record_id: int | None) -> UUID | None:
    tip = db.session.scalar(scope(actor).tips().where(InformationTip.id == record_id))
    return tip.files_id if tip else None


def _of_answer(actor: Actor, record_id: int | None) -> UUID | None:
    """Whoever files answers may put their papers beside them; nobody adds to what an office sent itself."""
    row = db.session.execute(
        select(ClarificationAnswer.files_id, ClarificationAnswer.complaint_id).where(
            ClarificationAnswer.id == record_id,
            ClarificationAnswer.channel.not_in(queries.READ_THERE),
        )
    ).one_or_none()
    case = queries.visible_case(actor, row.complaint_id) if row else None
    return row.files_id if row and case and policies.FILE_ANSWER.allows(actor, case) else None


def _answers(actor: Actor) -> Select[UUID]:
    seen = scope(actor).complaints().with_only_columns(Complaint.id)
    return select(ClarificationAnswer.files_id).where(ClarificationAnswer.complaint_id.in_(seen))


def _answer_takes(folder: UUID) -> bool:
    found = (
        select(Complaint.id)
        .join(ClarificationAnswer, ClarificationAnswer.complaint_id == Complaint.id)
        .where(ClarificationAnswer.files_id == folder, Complaint.is_open)
    )
    return db.session.scalar(found) is not None


def _of_link(_actor: Actor, _record_id: int | None) -> UUID | None:
    """Where the files lie that go with the one answer by a link which this browser has opened."""
    opened = session.get(answer_link.OPENED)
    return queries.folder_of_link(*opened) if opened is not None else None


def _of_request(actor: Actor, record_id: int | None) -> UUID | None:
    """Who was asked may add files once the letter has arrived."""
    request = queries.addressed_request(actor, record_id) if record_id else None
    if request is None or not request.is_answerable:
        return None
    return db.session.scalar(select(AnswerBox.files_id).where(AnswerBox.request_id == request.id))


def _own_answers(actor: Actor) -> Select[UUID]:
    """What the office sent itself, and what waits to be sent with its next answer; nothing of other doors."""
    asked = scope(actor).addressed().with_only_columns(Document.id)
    sent = select(ClarificationAnswer.files_id.label("folder")).where(
        ClarificationAnswer.office_id.in_(scope(actor).own_offices),
        ClarificationAnswer.channel.in_(queries.READ_THERE),
        ClarificationAnswer.request_id.in_(asked),
    )
    waiting = select(AnswerBox.files_id).where(AnswerBox.request_id.in_(asked))
    folders = sent.union_all(waiting).subquery()
    return select(folders.c.folder)


def _link_takes(folder: UUID) -> bool:
    found = (
        select(AnswerLink.id)
        .join(Document, Document.id == AnswerLink.request_id)
        .join(Complaint, Complaint.files_id == Document.folder)
        .where(AnswerLink.files_id == folder, queries.link_holds())
    )
    return db.session.scalar(found) is not None


def _box_takes(folder: UUID) -> bool:
    """What was sent takes nothing more, nor what was asked in a case that has ended."""
    found = (
        select(AnswerBox.id)
        .join(Document, Document.id == AnswerBox.request_id)
        .join(Complaint, Complaint.files_id == Document.folder)
        .where(AnswerBox.files_id == folder, Complaint.is_open, Document.state == DocumentState.ISSUED)
    )
    return db.session.scalar(found) is not None


def _cases(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).complaints().with_only_columns(Complaint.files_id)
    return seen


def _tips(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).tips().with_only_columns(InformationTip.files_id)
    return seen


def _is_officer(actor: Actor, folder: UUID) -> bool:
    """The officer of the case alone: an original may hold what the cleaned copy does not, such as a place."""
    case = db.session.scalar(scope(actor).complaints().where(Complaint.files_id == folder))
    return case is not None and policies.OPEN_IDENTITY.allows(actor, case)


def _note_for_case(folder: UUID, _actor: Actor) -> None:
    """Somebody must look: the case stands in the queue like one with an unread message."""
    waits = update(Complaint).where(Complaint.files_id == folder).values(awaits_answer=True)
    db.session.execute(waits.execution_options(synchronize_session=False))
    case = db.session.scalar(select(Complaint).where(Complaint.files_id == folder))
    if case is not None:
        notices.file_added(case)


def _note_for_tip(folder: UUID, _actor: Actor) -> None:
    """The same for information; what was set aside is silent."""
    is_heard = InformationTip.state != TipState.SET_ASIDE
    waits = update(InformationTip).where(InformationTip.files_id == folder, is_heard)
    waits = waits.values(awaits_office=True)
    db.session.execute(waits.execution_options(synchronize_session=False))
    tip = db.session.scalar(select(InformationTip).where(InformationTip.files_id == folder, is_heard))
    if tip is not None:
        notices.tip_file_added(tip)


def _case_takes(folder: UUID) -> bool:
    """Like messages: what has ended takes nothing more, however it is sent."""
    return (
        db.session.scalar(select(Complaint.id).where(Complaint.files_id == folder, Complaint.is_open))
        is not None
    )


def _tip_takes(folder: UUID) -> bool:
    is_heard = InformationTip.state != TipState.SET_ASIDE
    return (
        db.session.scalar(select(InformationTip.id).where(InformationTip.files_id == folder, is_heard))
        is not None
    )


register(OwnerKind(DRAFT, is_public=True, find=_of_draft, may_remove=True))
register(OwnerKind(CASE, is_public=True, find=_of_open_case, takes=_case_takes, added=_note_for_case))
register(OwnerKind(TIP, is_public=True, find=_of_open_tip, takes=_tip_takes, added=_note_for_tip))
register(OwnerKind(COMPLAINT, is_public=False, find=_of_case, visible=_cases, may_open_original=_is_officer))
# what a respondent sends lies apart from the evidence: the page of the reporter never shows it
register(OwnerKind(ANSWER, is_public=False, find=_of_answer, visible=_answers, takes=_answer_takes))
register(OwnerKind(LINKED, is_public=True, find=_of_link, takes=_link_takes, may_remove=True))
register(OwnerKind(OWN_ANSWER, is_public=False, find=_of_request, visible=_own_answers, takes=_box_takes))
# of information nobody opens an original: it may give away who asked to stay unknown
register(OwnerKind(INFORMATION, is_public=False, find=_of_information, visible=_tips))
