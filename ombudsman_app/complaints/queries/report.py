"""The report of a case with its corrective actions, and what has become of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select

from ombudsman_app.accounts.models import User
from ombudsman_app.attachments.models import Attachment, AttachmentState
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintStep,
    ExaminationReport,
    ReportAction,
    ReportRevision,
)
from ombudsman_app.complaints.states import (
    NEEDS_ACTIONS,
    WRITABLE_IN,
    Addressee,
    ComplaintState,
    Gap,
    Part,
    gaps,
)
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.findings.models import NO_DUE_DAY, Finding, Measure
from ombudsman_app.findings.states import WAITING, FindingState

from .case import visible_case
from .letters import OfCase

# Where a case can have a report: the case page asks for it there, and nowhere else.
HAS_REPORT = frozenset(
    {
        ComplaintState.CASE_REVIEW,
        ComplaintState.REPORTER_REPLY,
        ComplaintState.REPORT_ISSUED,
        ComplaintState.REPORT_MONITORING,
        ComplaintState.RESOLUTION_REVIEW,
        ComplaintState.RESOLUTION,
        ComplaintState.CLOSED,
    }
)


@dataclass(frozen=True)
class ActionLine:
    """A corrective action, and the finding that it became; `files`: how many the office sent with it."""

    id: int
    number: int
    addressee: Addressee
    office_id: int
    office: str
    form: str
    text: str
    rule: str
    evidence: str
    finding_id: int | None
    reference: str
    state: FindingState | None
    status: str | None  # of corrective_action_status; None: nobody has said anything yet
    due_on: date | None
    files: int

    @property
    def is_done(self) -> bool:
        """Whether another officer judged it done."""
        return self.state is FindingState.DONE

    @property
    def waits_for_office(self) -> bool:
        return self.state in WAITING


@dataclass(frozen=True)
class ReportOfCase:
    """The newest report of a case. `is_of_round`: it belongs to the review in which the case is now."""

    report: ExaminationReport
    actions: list[ActionLine]
    texts: dict[Part, str]
    document_id: int | None
    document_state: DocumentState | None
    number: str
    is_of_round: bool

    @property
    def is_out(self) -> bool:
        return self.report.issued_on is not None

    @property
    def version(self) -> int:
        """What a form of this round compares; 0 before its report exists."""
        return self.report.version if self.is_of_round else 0

    @property
    def gaps(self) -> list[Gap]:
        return gaps(self.texts, self.report.conclusion, self.report.forms, len(self.actions))

    @property
    def reporter_words(self) -> str:
        """What is said to the reporter; of all texts this one alone."""
        return self.texts.get(Part.REPORTER, "")

    @property
    def is_found(self) -> bool:
        return self.report.conclusion in NEEDS_ACTIONS

    @property
    def done(self) -> int:
        return sum(action.is_done for action in self.actions)

    @property
    def is_corrected(self) -> bool:
        """Whether every corrective action was judged done."""
        return self.is_out and bool(self.actions) and self.done == len(self.actions)

    @property
    def waits_for_approval(self) -> bool:
        """Whether it was put forward as a paper that is not out yet."""
        return self.document_state in (DocumentState.DRAFT, DocumentState.APPROVED)


_FILES = (
    select(func.count())
    .select_from(Attachment)
    .where(Attachment.folder == Finding.answers_id, Attachment.state != AttachmentState.REMOVED)
    .correlate(Finding)
    .scalar_subquery()
)


def report_of_case(case: Complaint) -> ReportOfCase | None:
    """Return the newest report of a visible case with all that became of it. 1 statement."""
    rounds = (
        select(func.count())
        .where(
            ComplaintStep.complaint_id == case.id,
            ComplaintStep.to_state == ComplaintState.CASE_REVIEW,
            ComplaintStep.from_state != ComplaintState.CASE_REVIEW,
        )
        .scalar_subquery()
    )
    newest = select(func.max(ExaminationReport.round)).where(ExaminationReport.complaint_id == case.id)
    rows = db.session.execute(
        select(
            ExaminationReport,
            Document.id.label("document_id"),
            Document.state.label("document_state"),
            Document.number.label("number"),
            rounds.label("rounds"),
            ReportAction,
            Office.name.label("office"),
            Finding.reference,
            Finding.state.label("finding_state"),
            Finding.next_due_on,
            Measure.status,
            _FILES.label("files"),
        )
        .outerjoin(Document, Document.id == ExaminationReport.document_id)
        .outerjoin(ReportAction, ReportAction.report_id == ExaminationReport.id)
        .outerjoin(Office, Office.id == ReportAction.office_id)
        .outerjoin(Finding, Finding.id == ReportAction.finding_id)
        .outerjoin(Measure, Measure.finding_id == Finding.id)
        .where(ExaminationReport.complaint_id == case.id, ExaminationReport.round == newest.scalar_subquery())
        .order_by(ReportAction.id)
        .execution_options(populate_existing=True)
    ).all()
    if not rows:
        return None
    first = rows[0]
    report: ExaminationReport = first.ExaminationReport
    return ReportOfCase(
        report=report,
        actions=[_action(row, place) for place, row in enumerate(rows, 1) if row.ReportAction is not None],
        texts=report.texts(),
        document_id=first.document_id,
        document_state=first.document_state,
        number=first.number or "",
        is_of_round=case.state not in WRITABLE_IN or report.round == max(first.rounds, 1),
    )


def _action(row: Row[Any], place: int) -> ActionLine:
    action: ReportAction = row.ReportAction
    return ActionLine(
        id=action.id,
        number=place,
        addressee=action.addressee,
        office_id=action.office_id,
        office=row.office,
        form=action.form,
        **action.words(),
        finding_id=action.finding_id,
        reference=row.reference or "",
        state=row.finding_state,
        status=row.status,
        due_on=row.next_due_on if row.next_due_on != NO_DUE_DAY else None,
        files=row.files or 0,
    )


@dataclass(frozen=True)
class PartOfCase(OfCase):
    """A visible case and the part of its report that somebody wants to write."""

    part: Part


def part_of_case(actor: Actor, complaint_id: int, part: str) -> PartOfCase | None:
    """Return a case by the address of a part of its report that is a text. 2 statements."""
    case = visible_case(actor, complaint_id)
    if case is None or part not in {one.value for one in Part} - {Part.ACTIONS.value}:
        return None
    return PartOfCase(case, Part(part))


@dataclass(frozen=True)
class ActionOfCase(OfCase):
    """A visible case, its report, and one corrective action of it."""

    report: ReportOfCase
    action: ActionLine


def action_of_case(actor: Actor, complaint_id: int, action_id: int) -> ActionOfCase | None:
    """Return a corrective action by its address. 3 statements."""
    case = visible_case(actor, complaint_id)
    report = report_of_case(case) if case else None
    if case is None or report is None:
        return None
    found = next((action for action in report.actions if action.id == action_id), None)
    return ActionOfCase(case, report, found) if found else None


@dataclass(frozen=True)
class Revision:
    """Who changed which part, and when."""

    part: Part
    at: datetime
    name: str


def revisions_of(report_id: int, most: int) -> list[Revision]:
    """Return who changed which part when, the newest first. 1 statement."""
    rows = db.session.execute(
        select(ReportRevision.part, ReportRevision.at, User.name)
        .join(User, User.id == ReportRevision.by_id)
        .where(ReportRevision.report_id == report_id)
        .order_by(ReportRevision.id.desc())
        .limit(most)
    )
    return [Revision(part, at, name) for part, at, name in rows]
