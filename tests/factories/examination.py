"""Cases whose respondent is asked, by the commands of the house. Call inside an application context."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from ombudsman_app.complaints.commands import (
    ClarificationInput,
    NewLink,
    OfficeAnswer,
    answer_request,
    examine_documents,
    file_answer,
    folder_of,
    make_answer_link,
    review_case,
    write_to_office,
)
from ombudsman_app.complaints.models import ClarificationAnswer, Complaint, ComplaintClock
from ombudsman_app.complaints.states import FIRST_REQUEST, AnswerChannel, ComplaintState
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.commands import ProofInput, SendInput, issue, prove, send, write_draft
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import Channel, Proof

from .complaints import CaseFactory, Team
from .documents import drawn

ZONE = "Asia/Makassar"
SUMMARY = "Seorang peserta menunggu pembayaran manfaat sejak Agustus meskipun berkasnya dinyatakan lengkap."
QUESTIONS = "Sejak kapan berkas itu lengkap?\nMengapa belum ada keputusan?"
ASKED = {"summary": SUMMARY, "questions": QUESTIONS, "copies": ""}
REPLY = "Berkas sedang diverifikasi kantor pusat dan akan diputus pekan ini."


def examined(team: Team, **given: object) -> Complaint:
    """A case whose documents its examiner examines."""
    case = CaseFactory(ComplaintState.ASSIGNED, team, **given)
    examine_documents(case, "Berkas Pelapor dan papan layanan.", version=case.version, actor=team.examiner)
    return case


def request(case: Complaint, team: Team, kind: str = FIRST_REQUEST, **answers: str) -> Document:
    """A request by the examiner, approved and issued by the head; its pages as if they had been drawn."""
    subject = f"Permintaan penjelasan atas laporan {case.registration_number}"
    letter = write_draft(kind, folder_of(case), subject=subject, answers=ASKED | answers, actor=team.examiner)
    issue(letter, version=letter.version, actor=team.head)
    return drawn(letter)


def received(letter: Document, actor: Actor) -> None:
    """Handed over today against a signed receipt."""
    day = today(ZONE)
    way = send(letter, SendInput(Channel.BY_HAND, "respondent", day), actor=actor)
    prove(way, ProofInput(Proof.SIGNED_RECEIPT, day), actor=actor)


def answered(case: Complaint, team: Team, on: date | None = None) -> ClarificationAnswer:
    """An answer that reached our office, today unless told otherwise."""
    day = on or today(ZONE)
    given = ClarificationInput(REPLY, day, AnswerChannel.POST)
    found = file_answer(current(case), given, actor=team.examiner)
    assert found is not None
    return found


def examination_cases(team: Team, **given: object) -> dict[ComplaintState, Complaint]:
    """One case in each state from the examination of documents to the review, which has an answer."""
    reading, asked, judged = (examined(team, **given) for _ in range(3))
    request(asked, team)
    request(judged, team)
    answered(judged, team)
    held = current(judged)
    write_to_office(held, "Klaim saya sudah dibayar, terima kasih.", form_key="")
    review_case(held, "Jawaban dinilai cukup.", version=held.version, actor=team.examiner)
    return {
        ComplaintState.DOCUMENT_EXAMINATION: reading,
        ComplaintState.CLARIFICATION_FIRST: asked,
        ComplaintState.CASE_REVIEW: held,
    }


def answer_of(case: Complaint) -> int:
    """The id of the first answer on a case."""
    return (
        db.session.scalars(
            select(ClarificationAnswer.id)
            .where(ClarificationAnswer.complaint_id == case.id)
            .order_by(ClarificationAnswer.id)
        ).first()
        or 0
    )


def current(case: Complaint) -> Complaint:
    """The case as it stands now."""
    return db.session.scalars(
        select(Complaint).where(Complaint.id == case.id).execution_options(populate_existing=True)
    ).one()


@dataclass(frozen=True)
class AskedLetter:
    """A letter that asks an office and has arrived there, with the time that runs."""

    id: int
    number: str
    clock_id: int
    case_id: int


def asked_letter(team: Team, **given: object) -> AskedLetter:
    """A case in which an office is asked, and received the letter today against a signed receipt."""
    case = examined(team, **given)
    letter = request(case, team)
    received(letter, team.examiner)
    clock_id = db.session.scalars(
        select(func.max(ComplaintClock.id)).where(ComplaintClock.complaint_id == case.id)
    ).one()
    return AskedLetter(letter.id, letter.number or "", clock_id, case.id)


def explained(letter: AskedLetter, officer: Actor) -> int:
    """An answer that an officer of the office sent in the portal; returns its id."""
    answer = answer_request(letter.id, OfficeAnswer(REPLY), actor=officer)
    assert answer is not None
    return answer.id


def linked(letter: AskedLetter, team: Team) -> NewLink:
    """A link for one answer to a letter, made by the examiner."""
    case = db.session.get_one(Complaint, letter.case_id)
    return make_answer_link(case, letter.id, actor=team.examiner)
