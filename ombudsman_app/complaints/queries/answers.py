"""What respondents answered, for the page of each answer."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.attachments.queries import FileLine, files_with_custody
from ombudsman_app.complaints.models import ClarificationAnswer, Complaint, ComplaintMessage, opened_text
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .case import visible_case


@dataclass(frozen=True)
class AnswerOfCase:
    """An answer on a visible case; policies look at the case."""

    complaint: Complaint
    answer: ClarificationAnswer

    @property
    def representative_office_id(self) -> int:
        return self.complaint.representative_office_id

    @property
    def text(self) -> str:
        """Open what was answered. Raises SealBroken."""
        return opened_text(ClarificationAnswer, self.answer.uuid, self.answer.sealed)

    @property
    def files(self) -> list[FileLine]:
        """The files that came with it, with what happened to each. ≤ 2 statements."""
        return files_with_custody(self.answer.files_id)


def visible_answer(actor: Actor, complaint_id: int, answer_id: int) -> AnswerOfCase | None:
    """Return an answer by the address of its page. 3 statements."""
    case = visible_case(actor, complaint_id)
    if case is None:
        return None
    found = db.session.scalar(
        select(ClarificationAnswer)
        .where(ClarificationAnswer.id == answer_id, ClarificationAnswer.complaint_id == case.id)
        .options(
            joinedload(ClarificationAnswer.office, innerjoin=True),
            joinedload(ClarificationAnswer.request, innerjoin=True),
            joinedload(ClarificationAnswer.filed_by),
        )
    )
    return AnswerOfCase(case, found) if found else None


def messages_of_reporter(complaint_id: int, most: int) -> list[tuple[ComplaintMessage, str]]:
    """Return the newest messages that the reporter wrote, the newest first, opened. 1 statement."""
    rows = db.session.scalars(
        select(ComplaintMessage)
        .where(ComplaintMessage.complaint_id == complaint_id, ComplaintMessage.author_id.is_(None))
        .order_by(ComplaintMessage.id.desc())
        .limit(most)
    )
    return [(row, opened_text(ComplaintMessage, row.uuid, row.sealed)) for row in rows]
