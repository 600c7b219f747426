"""The office that was asked opens the letter in the portal and answers it there (design.md §12)."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from ombudsman_app.complaints.errors import ComplaintClosed
from ombudsman_app.complaints.models import AnswerBox, ClarificationAnswer, Complaint
from ombudsman_app.complaints.policies import RESPOND
from ombudsman_app.complaints.queries.asked import ACKNOWLEDGEMENT, READ_THERE
from ombudsman_app.complaints.states import REQUESTS, AnswerChannel
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.commands import make_on_demand, open_addressed
from ombudsman_app.documents.commands.drafting import locked_document
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from .answers import ClarificationInput, keep_answer
from .letters import case_of


@dataclass(frozen=True)
class OfficeAnswer:
    """What an office answers in the portal. `reference`: the number of its own letter."""

    text: str
    reference: str = ""
    form_key: str = ""


@command
def open_request(request_id: int, *, actor: Actor) -> None:
    """Note that an officer of the office opened it: that proves receipt, and the time to answer runs.

    Again changes nothing. Raises MoveNotAllowed for a letter that stands no more, NotAllowed, NotVisible.
    """
    document, _case = locked_request(request_id, actor)
    open_addressed(document, actor=actor)


@command
def answer_request(request_id: int, given: OfficeAnswer, *, actor: Actor) -> ClarificationAnswer | None:
    """Keep what the office answers to one letter, with the files of its box; late is late for ever.

    Taken as long as the case is open, also after another answer, after the last day and where the right to
    answer has lapsed. None: the same form was sent before (DI4). Raises ComplaintClosed, MoveNotAllowed for
    a letter that was not received, was replaced or taken back, FormSentDifferently, NotAllowed.
    """
    document, held = locked_request(request_id, actor)
    body = f"{given.reference}\0{given.text}"
    if not is_first_sending(given.form_key, f"answer.request.{document.id}.{actor.user_id}", body):
        return None
    if not held.is_open:
        raise ComplaintClosed
    box = _box_of(document.id)
    if document.state is not DocumentState.ISSUED or box is None:
        raise MoveNotAllowed(state=str(document.state), event="answer")
    answer = keep_answer(
        held,
        ClarificationInput(
            text=given.text,
            received_on=today(held.representative_office.time_zone),
            channel=AnswerChannel.PORTAL,
            reference=given.reference,
        ),
        request_id=document.id,
        files_id=box.files_id,
        actor=actor,
    )
    box.files_id = uuid4()  # what arrives from now on belongs to the next answer
    return answer


@command
def acknowledge_answer(request_id: int, answer_id: int, *, actor: Actor) -> None:
    """Have the acknowledgement of one own answer made, once; asked again, nothing happens.

    Raises NotVisible for an answer that the office did not send itself, SigningNotPossible, NotAllowed.
    """
    document, held = locked_request(request_id, actor)
    found = select(ClarificationAnswer.id).where(
        ClarificationAnswer.id == answer_id,
        ClarificationAnswer.complaint_id == held.id,
        ClarificationAnswer.office_id == held.office_id,
        ClarificationAnswer.channel.in_(READ_THERE),
    )
    if db.session.scalar(found) is None:
        raise NotVisible
    subject = f"Tanda terima penjelasan atas surat {document.number}"
    make_on_demand(ACKNOWLEDGEMENT, document.folder, subject=subject, about=("answer", answer_id))


def locked_request(request_id: int, actor: Actor) -> tuple[Document, Complaint]:
    """Lock the letter, then its case, and ask for the right again, of the case as it stands."""
    document = db.session.get(Document, request_id)
    if document is None or document.kind not in REQUESTS:
        raise NotVisible
    held = locked_document(document)
    case = case_of(held.folder)
    demand(RESPOND, actor, case)
    return held, case


def _box_of(request_id: int) -> AnswerBox | None:
    return db.session.scalar(
        select(AnswerBox)
        .where(AnswerBox.request_id == request_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
