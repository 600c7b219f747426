"""Requests for more time to answer a finding, and the changes of a last day."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import aliased, joinedload

from ombudsman_app.accounts.scope import closed_by_conflict
from ombudsman_app.core.db import db, no_index
from ombudsman_app.core.policy import PORTAL_ROLES, Actor
from ombudsman_app.findings.models import Finding, FindingClock, FindingClockMove, FindingTimeRequest
from ombudsman_app.findings.policies import JUDGES
from ombudsman_app.findings.scope import SUBJECT
from ombudsman_app.findings.states import WAITING

from .page import visible_finding

_ASKED = aliased(Finding)


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

    def is_written_by(self, user_id: int | None) -> bool:
        return self.finding.is_written_by(user_id)


def awaits_time(actor: Actor) -> Select[int]:
    """Select the findings for which more time waits for this person, as `policies.DECIDE_TIME` says it.

    What waits is few and has a partial index; each finding is looked up from there.
    """
    offices = sorted(actor.offices_as(*JUDGES))
    handling = no_index(_ASKED.representative_office_id)
    waits = (
        select(FindingTimeRequest.finding_id)
        .join(FindingClock, FindingClock.id == func.coalesce(FindingTimeRequest.clock_id, 0))
        .join(_ASKED, _ASKED.id == func.coalesce(FindingTimeRequest.finding_id, 0))
        .where(
            FindingTimeRequest.decided_at.is_(None),
            FindingClock.ended_on.is_(None),
            no_index(_ASKED.state).in_(WAITING),
            no_index(_ASKED.made_by_id) != actor.user_id,
            handling.in_(offices) if offices else false(),
            no_index(_ASKED.office_id).not_in(sorted(actor.offices_as(*PORTAL_ROLES))),
            _ASKED.id.not_in(closed_by_conflict(actor, SUBJECT)),
        )
    )
    return select(Finding.id).where(Finding.id.in_(waits))  # each once


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
