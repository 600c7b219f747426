"""What the staff sees of a draft: what was said beside what was assessed, what was proposed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.attachments.queries import FileLine, files_in
from ombudsman_app.audits.models import AnswerChange, Audit, AuditMember, AuditResponse, ProposedFinding
from ombudsman_app.audits.states import ProposalState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .drafts import DraftPage, changes_by_office, draft_page, with_changes
from .foreseen import page_of_inputs
from .page import visible_audit
from .portal import ClockOfAudit
from .score_page import IndicatorLine, ScorePage


@dataclass(frozen=True)
class ResponsesPage:
    """Everything that stands beside the draft."""

    page: DraftPage
    files: dict[str, FileLine]  # of the office, by uuid
    changes: Sequence[AnswerChange] = field(default=())

    def files_of(self, response: AuditResponse) -> list[FileLine]:
        """The files that were named for it and are still there."""
        return [self.files[one] for one in response.file_ids if one in self.files]

    def change_of(self, response: AuditResponse) -> AnswerChange | None:
        """What a ruling changed."""
        return next((one for one in self.changes if one.response_id == response.id), None)


def responses_page(audit: Audit) -> ResponsesPage | None:
    """Return what the office said, side by side with the draft. 4 statements, whatever the data."""
    page = draft_page(audit)
    if page is None:
        return None
    files = {str(one.uuid): one for one in files_in(audit.answers_id)[audit.answers_id]}
    return ResponsesPage(page, files, db.session.scalars(changes_by_office(audit.id)).all())


@dataclass(frozen=True)
class OpenPoint:
    """Why an audit cannot be made final yet: not_received, time_runs, waits, findings."""

    why: str
    names: tuple[str, ...] = ()
    until: date | None = None


def open_points(found: ResponsesPage, proposals: Sequence[ProposedFinding]) -> list[OpenPoint]:
    """Return all that stands in the way of the final result, as `finalise` would refuse it. No statement."""
    page, audit = found.page, found.page.audit
    points = []
    if audit.answer_due_on is None:
        points.append(OpenPoint("not_received"))
    elif audit.answered_on is None and page.today <= audit.answer_due_on:
        points.append(OpenPoint("time_runs", until=audit.answer_due_on))
    if page.waiting:
        points.append(OpenPoint("waits", tuple(sorted(one.indicator for one in page.waiting))))
    waiting = tuple(sorted(one.indicator for one in proposals if one.state is ProposalState.PROPOSED))
    if waiting:
        points.append(OpenPoint("findings", waiting))
    return points if page.is_open else []


def foreseen(found: ResponsesPage) -> ScorePage:
    """Return the result as it would be final now: the draft with what was taken over. No statement."""
    page = found.page
    if page.final is not None or not found.changes:
        return page.score
    draft = page.draft.score
    inputs = with_changes(draft.inputs, found.changes)
    return page_of_inputs(page.audit.id, inputs, draft.result["instrument_digest"])


def office_files(folder: UUID) -> list[FileLine]:
    """Return the files that an office sent. 1 statement."""
    return files_in(folder)[folder]


@dataclass(frozen=True)
class ResponseOfAudit:
    """One thing that the office said, of a visible audit; policies look at the audit."""

    audit: Audit
    response: AuditResponse
    responses: ResponsesPage

    @property
    def line(self) -> IndicatorLine:
        """As the draft has it."""
        return self.responses.page.draft.by_id[self.response.indicator]

    @property
    def now(self) -> IndicatorLine:
        """As it stands after the rulings so far."""
        return foreseen(self.responses).by_id[self.response.indicator]

    @property
    def representative_office_id(self) -> int:
        return self.audit.representative_office_id

    @property
    def office_id(self) -> int:
        return self.audit.office_id

    @property
    def submitted_by_id(self) -> int | None:
        return self.audit.submitted_by_id

    @property
    def members(self) -> list[AuditMember]:
        return self.audit.members


def visible_response(actor: Actor, audit_id: int, response_id: int) -> ResponseOfAudit | None:
    """Return a response by the address of its page. 5 statements."""
    audit = visible_audit(actor, audit_id)
    found = responses_page(audit) if audit else None
    if audit is None or found is None:
        return None
    response = next((one for one in found.page.responses if one.id == response_id), None)
    return ResponseOfAudit(audit, response, found) if response else None


def visible_audit_clock(actor: Actor, audit_id: int) -> ClockOfAudit | None:
    """Return the time of an office to answer, by the address of its page in the office. 1 statement."""
    audit = visible_audit(actor, audit_id)
    return ClockOfAudit(audit, audit.clock) if audit and audit.clock else None


@dataclass(frozen=True)
class ProposalOfAudit:
    """A proposed finding of a visible audit."""

    audit: Audit
    proposal: ProposedFinding
    line: IndicatorLine

    @property
    def representative_office_id(self) -> int:
        return self.audit.representative_office_id


def proposals_of(audit: Audit) -> Sequence[ProposedFinding]:
    """Return what the score proposes, in the order in which it came, with the findings. 1 statement."""
    found = (
        select(ProposedFinding)
        .where(ProposedFinding.audit_id == audit.id)
        .options(joinedload(ProposedFinding.finding))
        .order_by(ProposedFinding.id)
    )
    return db.session.scalars(found).all()


def visible_proposal(actor: Actor, audit_id: int, proposal_id: int) -> ProposalOfAudit | None:
    """Return a proposed finding by the address of its page. 6 statements."""
    audit = visible_audit(actor, audit_id)
    found = responses_page(audit) if audit else None
    if audit is None or found is None:
        return None
    row = db.session.scalar(
        select(ProposedFinding)
        .where(ProposedFinding.id == proposal_id, ProposedFinding.audit_id == audit.id)
        .options(joinedload(ProposedFinding.finding))
    )
    return ProposalOfAudit(audit, row, foreseen(found).by_id[row.indicator]) if row else None
