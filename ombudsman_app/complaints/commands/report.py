"""The examiner writes the report of an examination part by part, and puts it forward as a paper.

While it waits for approval it may still be changed: then who approved the old words has not approved these.
"""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from ombudsman_app.complaints.errors import IdentityInLetter, NoReceiver
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintStep,
    ExaminationReport,
    ReportAction,
    ReportRevision,
)
from ombudsman_app.complaints.policies import EXAMINE
from ombudsman_app.complaints.states import (
    REPORT,
    WRITABLE_IN,
    Addressee,
    ComplaintState,
    Conclusion,
    Part,
    gaps,
    report_name,
)
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible, RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory import queries as directory
from ombudsman_app.documents import commands as documents
from ombudsman_app.documents.errors import LetterIncomplete
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.findings.queries.superiors import superior_of

from .hidden_identity import compared
from .letters import folder_of
from .moving import locked_case

CHANGEABLE = frozenset({DocumentState.DRAFT, DocumentState.APPROVED})


@dataclass(frozen=True)
class PartInput:
    """What was typed in one part; conclusion and forms belong to the part `conclusion` alone."""

    text: str
    conclusion: Conclusion | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActionInput:
    """One corrective action. `office_id`: of a related agency; of the others it follows from the case."""

    addressee: Addressee
    form: str
    text: str
    rule: str
    evidence: str
    office_id: int | None = None


@command
def save_part(case: Complaint, part: Part, given: PartInput, *, version: int, actor: Actor) -> None:
    """Keep one part. `version` of the report as the page showed it, 0: there was none yet.

    Raises RecordChanged, MoveNotAllowed where the case is not under review, IdentityInLetter.
    """
    held, report = _report_to_write(case, version, actor)
    _refuse_names(held, {part.value: given.text}, actor)
    report.seal_texts({**report.texts(), part: given.text})
    if part is Part.CONCLUSION:
        report.conclusion, report.forms = given.conclusion, list(given.forms)
    _note(held, report, part, actor)


@command
def save_action(
    case: Complaint, action_id: int | None, given: ActionInput, *, version: int, actor: Actor
) -> ReportAction:
    """Keep a corrective action, a new one without id. Raises as `save_part`, NotVisible, NoReceiver."""
    held, report = _report_to_write(case, version, actor)
    typed = {"text": given.text, "rule": given.rule, "evidence": given.evidence}
    _refuse_names(held, typed, actor)
    action = _action_of(report, action_id) if action_id else ReportAction(uuid=uuid4(), report_id=report.id)
    receiver = _receiver(held, given)
    _refuse_second_agency(report, action_id, given.addressee, receiver)
    action.addressee, action.form, action.office_id = given.addressee, given.form, receiver
    action.seal_words(**typed)
    db.session.add(action)
    _note(held, report, Part.ACTIONS, actor)
    return action


@command
def remove_action(case: Complaint, action_id: int, *, version: int, actor: Actor) -> None:
    """Take a corrective action out of a report that is not out. Raises as `save_part`, NotVisible."""
    held, report = _report_to_write(case, version, actor)
    db.session.delete(_action_of(report, action_id))
    _note(held, report, Part.ACTIONS, actor)


@command
def submit_report(case: Complaint, *, version: int, actor: Actor) -> Document:
    """Put the report forward: from now on it is a paper that the head approves and issues.

    Put forward again it is the same paper. Raises LetterIncomplete (missing: parts), IdentityInLetter.
    """
    held, report = _report_to_write(case, version, actor)
    refuse_incomplete(report)
    _refuse_names(held, texts_of_report(report), actor)
    if paper := waiting_paper(report):
        return paper
    number = held.registration_number or held.ticket
    document = documents.write_draft(
        REPORT,
        folder_of(held),
        subject=f"{report_name(held.regime)} atas laporan {number}",
        answers={"report": report.id},
        actor=actor,
    )
    report.document_id = document.id
    touch(report)
    record(
        Event.COMPLAINTS_REPORT_SUBMITTED, "complaint", held.id, actor=actor, changes={"report": report.id}
    )
    return document


def refuse_incomplete(report: ExaminationReport) -> None:
    """Raise LetterIncomplete with the parts in which something is missing or too much."""
    missing = gaps(report.texts(), report.conclusion, report.forms, len(report.actions))
    if missing:
        raise LetterIncomplete(missing=sorted({f"{gap.part}:{gap.why}" for gap in missing}))


def texts_of_report(report: ExaminationReport) -> dict[str, str]:
    """Return every text of a report with its actions, by a name that says where it stands."""
    texts = {part.value: text for part, text in report.texts().items()}
    for place, action in enumerate(report.actions, 1):
        texts |= {f"action {place} {name}": text for name, text in action.words().items()}
    return texts


def report_of_round(held: Complaint) -> ExaminationReport | None:
    """Return the report of the round in which the case is, with its actions. ≤ 3 statements."""
    found = _with_parts(ExaminationReport.complaint_id == held.id)
    return found[0] if found and found[0].round == _round(held) else None


def latest_report(complaint_id: int) -> ExaminationReport | None:
    """Return the newest report of a case, with its actions. ≤ 2 statements."""
    return next(iter(_with_parts(ExaminationReport.complaint_id == complaint_id)), None)


def report_by_id(report_id: int) -> ExaminationReport | None:
    """Return a report with its actions and offices. ≤ 2 statements."""
    return next(iter(_with_parts(ExaminationReport.id == report_id)), None)


def _with_parts(*where: object) -> list[ExaminationReport]:
    return list(
        db.session.scalars(
            select(ExaminationReport)
            .where(*where)  # type: ignore[arg-type]
            .order_by(ExaminationReport.round.desc())
            .options(selectinload(ExaminationReport.actions).joinedload(ReportAction.office))
            .execution_options(populate_existing=True)
        )
    )


def _round(held: Complaint) -> int:
    """Count how often the case came under review. 1 statement."""
    times = select(func.count()).where(
        ComplaintStep.complaint_id == held.id,
        ComplaintStep.to_state == ComplaintState.CASE_REVIEW,
        ComplaintStep.from_state != ComplaintState.CASE_REVIEW,
    )
    return max(db.session.scalar(times) or 0, 1)


def _report_to_write(case: Complaint, version: int, actor: Actor) -> tuple[Complaint, ExaminationReport]:
    """Lock the case, which guards its report too, and return both as they stand."""
    held = locked_case(case)
    demand(EXAMINE, actor, held)
    if held.state not in WRITABLE_IN:
        raise MoveNotAllowed(state=str(held.state), event="write_report")
    report = report_of_round(held)
    if (report.version if report else 0) != version:
        raise RecordChanged
    if report is None:
        report = _begun(held, actor)
    if report.issued_on is not None:
        raise MoveNotAllowed(state=str(held.state), event="write_report")
    return held, report


def _begun(held: Complaint, actor: Actor) -> ExaminationReport:
    """Begin the report of a round with the words of the one before, where there is one."""
    before = latest_report(held.id)
    report = ExaminationReport(
        uuid=uuid4(),
        complaint_id=held.id,
        round=_round(held),
        forms=list(before.forms) if before else [],
        conclusion=before.conclusion if before else None,
        written_by_id=actor.user_id or 0,
        written_at=now(),
    )
    report.seal_texts(before.texts() if before else {})
    db.session.add(report)
    db.session.flush()
    for earlier in before.actions if before else ():
        action = ReportAction(
            uuid=uuid4(),
            report_id=report.id,
            addressee=earlier.addressee,
            office_id=earlier.office_id,
            form=earlier.form,
        )
        action.seal_words(**earlier.words())
        db.session.add(action)
    db.session.flush()
    return _with_parts(ExaminationReport.id == report.id)[0]


def _action_of(report: ExaminationReport, action_id: int) -> ReportAction:
    found = next((action for action in report.actions if action.id == action_id), None)
    if found is None:
        raise NotVisible
    return found


def _receiver(held: Complaint, given: ActionInput) -> int:
    """Return the office that is to act. Raises NoReceiver where the directory knows none."""
    match given.addressee:
        case Addressee.RESPONDENT:
            return held.office_id
        case Addressee.SUPERIOR:
            above = superior_of(held.office)
            if above is not None:
                return above.id
        case Addressee.AGENCY:
            if given.office_id is not None and directory.office_by_id(given.office_id) is not None:
                return given.office_id
    raise NoReceiver(addressee=given.addressee.value)


def _refuse_second_agency(
    report: ExaminationReport, action_id: int | None, addressee: Addressee, receiver: int
) -> None:
    """A report goes to one related agency at most: receipt is proven for that addressee, not by office."""
    others = (one for one in report.actions if one.id != action_id and one.addressee is Addressee.AGENCY)
    if addressee is Addressee.AGENCY and any(one.office_id != receiver for one in others):
        raise NoReceiver(addressee="second_agency")


def _refuse_names(held: Complaint, texts: dict[str, str], actor: Actor) -> None:
    if named := compared(held, texts, actor=actor):
        raise IdentityInLetter(parts=named)


def _note(held: Complaint, report: ExaminationReport, part: Part, actor: Actor) -> None:
    """Write down who changed what; a paper that waits for approval is a draft again."""
    touch(report)
    db.session.flush()
    db.session.add(ReportRevision(report_id=report.id, part=part, by_id=actor.user_id or 0, at=now()))
    record(
        Event.COMPLAINTS_REPORT_WRITTEN,
        "complaint",
        held.id,
        actor=actor,
        changes={"report": report.id, "part": part.value},
    )
    if paper := waiting_paper(report):
        documents.change_draft(
            paper,
            subject=paper.subject,
            answers={"report": report.id, "version": report.version},
            version=paper.version,
            actor=actor,
        )


def discard_waiting(report: ExaminationReport | None, actor: Actor) -> None:
    """Throw the paper of a report away that was put forward and is not out."""
    if report is not None and (paper := waiting_paper(report)):
        documents.discard(paper, version=paper.version, actor=actor)


def waiting_paper(report: ExaminationReport) -> Document | None:
    """Return the paper of a report that waits for approval or issue. ≤ 1 statement."""
    paper = db.session.get(Document, report.document_id) if report.document_id else None
    return paper if paper is not None and paper.state in CHANGEABLE else None
