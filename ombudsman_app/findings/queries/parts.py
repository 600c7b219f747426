"""A part of a finding by its own address: a time to answer, a step of the ladder, an answer."""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.workflow.deadlines import Explanation
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.documents.queries import Receipt, receipt_of
from ombudsman_app.findings.models import Finding, FindingClock, LadderStep
from ombudsman_app.findings.models import Response as FindingResponse

from .counting import counted_again
from .page import addressed_finding, visible_finding

ACKNOWLEDGEMENT = "finding_acknowledgement"  # the paper that proves what the office sent


@dataclass(frozen=True)
class ClockOfFinding:
    """One time of a visible finding, ended ones too; policies look at the office that handles it."""

    finding: Finding
    clock: FindingClock

    @property
    def representative_office_id(self) -> int:
        return self.finding.representative_office_id

    @property
    def office_id(self) -> int:
        return self.finding.office_id


def visible_clock(actor: Actor, finding_id: int, clock_id: int) -> ClockOfFinding | None:
    """Return a time by the address of its page in the office. 2 statements."""
    return _clock_of(visible_finding(actor, finding_id), clock_id)


def addressed_clock(actor: Actor, finding_id: int, clock_id: int) -> ClockOfFinding | None:
    """Return a time by the address of its page in the portal. 2 statements."""
    return _clock_of(addressed_finding(actor, finding_id), clock_id)


def _clock_of(finding: Finding | None, clock_id: int) -> ClockOfFinding | None:
    if finding is None:
        return None
    found = select(FindingClock).where(FindingClock.id == clock_id, FindingClock.finding_id == finding.id)
    clock = db.session.scalar(found)
    return ClockOfFinding(finding, clock) if clock else None


def explained_clock(found: ClockOfFinding) -> Explanation:
    """Count a time with each of its days, by the calendar of today. 1 statement."""
    return counted_again(found.clock, calendar_of(found.finding.office.province_code))


@dataclass(frozen=True)
class StepOfFinding:
    """A step of the ladder of a visible finding."""

    finding: Finding
    step: LadderStep

    @property
    def representative_office_id(self) -> int:
        return self.finding.representative_office_id


def visible_step(actor: Actor, finding_id: int, step_id: int) -> StepOfFinding | None:
    """Return a step of the ladder. 2 statements."""
    finding = visible_finding(actor, finding_id)
    if finding is None:
        return None
    found = select(LadderStep).where(LadderStep.id == step_id, LadderStep.finding_id == finding.id)
    step = db.session.scalar(found)
    return StepOfFinding(finding, step) if step else None


@dataclass(frozen=True)
class ResponseOfFinding:
    """An answer to a finding that was sent to the own office, and its acknowledgement if it was asked for."""

    finding: Finding
    response: FindingResponse
    receipt: Receipt | None

    @property
    def office_id(self) -> int:
        return self.finding.office_id


def addressed_response(actor: Actor, finding_id: int, response_id: int) -> ResponseOfFinding | None:
    """Return an answer of the own office by the address of its acknowledgement. ≤ 4 statements."""
    finding = addressed_finding(actor, finding_id)
    if finding is None:
        return None
    found = select(FindingResponse).where(
        FindingResponse.id == response_id, FindingResponse.finding_id == finding.id
    )
    response = db.session.scalar(found)
    if response is None:
        return None
    receipt = receipt_of(finding.evidence_id, ACKNOWLEDGEMENT, ("response", response.id))
    return ResponseOfFinding(finding, response, receipt)
