"""Requests for more time to answer a finding, and the changes of a last day."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.findings.models import Finding, FindingClock, FindingClockMove, FindingTimeRequest

from .page import visible_finding


def moves_of(clock: FindingClock) -> Sequence[FindingClockMove]:
    """Return each change of the last day of a time, oldest first, with who did it. 1 statement."""
    found = select(FindingClockMove).where(FindingClockMove.clock_id == clock.id)
    return db.session.scalars(
        found.order_by(FindingClockMove.id).options(joinedload(FindingClockMove.by))
    ).all()


def has_asked(finding_id: int, form_key: str) -> bool:
    """Whether this form has asked for more time before. 1 statement."""
    asked = select(FindingTimeRequest.id).where(
        FindingTimeRequest.finding_id == finding_id, FindingTimeRequest.form_key == form_key
    )
    return bool(form_key) and db.session.scalar(asked) is not None


@dataclass(frozen=True)
class RequestOfFinding:
    """A request for more time of a visible finding."""

    finding: Finding
    request: FindingTimeRequest

    @property
    def representative_office_id(self) -> int:
        return self.finding.representative_office_id

    @property
    def office_id(self) -> int:
        return self.finding.office_id

    @property
    def made_by_id(self) -> int:
        return self.finding.made_by_id


def visible_time_request(actor: Actor, finding_id: int, request_id: int) -> RequestOfFinding | None:
    """Return a request for more time. 2 statements."""
    finding = visible_finding(actor, finding_id)
    if finding is None:
        return None
    wanted = select(FindingTimeRequest).where(
        FindingTimeRequest.id == request_id, FindingTimeRequest.finding_id == finding.id
    )
    request = db.session.scalar(wanted)
    return RequestOfFinding(finding, request) if request else None
