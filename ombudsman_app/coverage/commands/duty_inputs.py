"""What is said about a duty, whoever says it, and what cannot be."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.coverage.duties import DutyState
from ombudsman_app.coverage.errors import DutyRefused, LocalRuleRefused
from ombudsman_app.coverage.models import LocalRule
from ombudsman_app.coverage.queries.duty_subjects import Subject

from .local_rule_inputs import refuse_address

_FIRST_YEAR = 2021  # of the instruction
_WITH_REASON = (DutyState.NOT_APPLICABLE, DutyState.NOT_ASSESSED)
_WITH_EVIDENCE = (DutyState.MET, DutyState.IN_PROGRESS)


@dataclass(frozen=True)
class DutyInput:
    """A state as of a day, with its evidence: words, an address, a local rule of the place."""

    status: DutyState
    as_of: date
    reason: str = ""
    evidence: str = ""
    evidence_url: str = ""
    local_rule_id: int | None = None


def refuse_duty(given: DutyInput, subject: Subject, zone: str) -> None:
    """Raise DutyRefused (field, why) for what cannot be. ≤ 1 statement."""
    if given.as_of > today(zone):
        raise DutyRefused(field="as_of", why="future")
    if given.as_of.year < _FIRST_YEAR:
        raise DutyRefused(field="as_of", why="before_instruction")
    if given.status in _WITH_REASON and not given.reason:
        raise DutyRefused(field="reason", why="no_reason")
    has_evidence = given.evidence or given.evidence_url or given.local_rule_id
    if given.status in _WITH_EVIDENCE and not has_evidence:
        raise DutyRefused(field="evidence", why="no_evidence")
    if given.evidence_url:
        try:
            refuse_address(given.evidence_url, "evidence_url", is_official=False)
        except LocalRuleRefused:
            raise DutyRefused(field="evidence_url", why="no_address") from None
    if given.local_rule_id is not None:
        place = db.session.scalar(select(LocalRule.region_id).where(LocalRule.id == given.local_rule_id))
        if place is None or place != subject.region_id:
            raise DutyRefused(field="local_rule", why="other_place")
