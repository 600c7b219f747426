"""A part of a compliance case by its own address: a time, an act, a summary, a delay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.db import Base, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.workflow.deadlines import Explanation
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.directory.models import Office
from ombudsman_app.employers.compliance.counting import counted_again
from ombudsman_app.employers.compliance.rules import Recipient
from ombudsman_app.employers.models import (
    CaseClock,
    CaseClockMove,
    CaseDelay,
    CaseForwarding,
    CaseStep,
    EmployerComplianceCase,
)

from .page import forwarded_case, visible_case

Part = TypeVar("Part", bound=Base)


@dataclass(frozen=True)
class _Part:
    """Policies look at the office that follows the case, and at the one that it was forwarded to."""

    case: EmployerComplianceCase
    forwarding: CaseForwarding | None

    @property
    def representative_office_id(self) -> int:
        return self.case.representative_office_id

    @property
    def officer_id(self) -> int:
        return self.case.officer_id

    @property
    def office_id(self) -> int:
        return self.forwarding.office_id if self.forwarding else 0

    @property
    def recipient(self) -> Recipient | None:
        return self.forwarding.recipient if self.forwarding else None


@dataclass(frozen=True)
class ClockOfCase(_Part):
    """One time of a case, ended ones too."""

    clock: CaseClock
    office_name: str
    province_code: str | None


@dataclass(frozen=True)
class StepOfCase(_Part):
    """One act of a public body."""

    step: CaseStep


@dataclass(frozen=True)
class ForwardingOfCase(_Part):
    """One summary, as this house sees it."""

    row: CaseForwarding


@dataclass(frozen=True)
class DelayOfCase(_Part):
    """One delay, and the time that was let pass."""

    delay: CaseDelay
    clock: CaseClock


def visible_clock(actor: Actor, case_id: int, clock_id: int) -> ClockOfCase | None:
    """Return a time by the address of its page in this house. 2 statements."""
    case = visible_case(actor, case_id)
    return _clock_of(case, None, clock_id) if case else None


def forwarded_clock(actor: Actor, forwarding_id: int, clock_id: int) -> ClockOfCase | None:
    """Return a time by the address of its page in the portal. 2 statements."""
    row = forwarded_case(actor, forwarding_id)
    return _clock_of(row.case, row, clock_id) if row and row.is_received else None


def _clock_of(
    case: EmployerComplianceCase, forwarding: CaseForwarding | None, clock_id: int
) -> ClockOfCase | None:
    found = db.session.execute(
        select(CaseClock, Office.short_name, Office.province_code)
        .outerjoin(Office, Office.id == CaseClock.office_id)
        .where(CaseClock.id == clock_id, CaseClock.case_id == case.id)
    ).one_or_none()
    return ClockOfCase(case, forwarding, found[0], found[1] or "", found[2]) if found else None


def explained_clock(found: ClockOfCase) -> Explanation:
    """Count a time with each of its days, by the calendar of today. 1 statement."""
    return counted_again(found.clock, calendar_of(found.province_code))


def moves_of(clock: CaseClock) -> Sequence[CaseClockMove]:
    """Return each change of the last day of a time, oldest first, with who did it. 1 statement."""
    found = select(CaseClockMove).where(CaseClockMove.clock_id == clock.id)
    return db.session.scalars(found.order_by(CaseClockMove.id).options(joinedload(CaseClockMove.by))).all()


def visible_step(actor: Actor, case_id: int, step_id: int) -> StepOfCase | None:
    """Return an act by the address of its page in this house. 2 statements."""
    case = visible_case(actor, case_id)
    step = _of_case(CaseStep, case.id, step_id) if case else None
    return StepOfCase(case, None, step) if case and step else None


def forwarded_step(actor: Actor, forwarding_id: int, step_id: int) -> StepOfCase | None:
    """Return an act by the address of its page in the portal. 2 statements."""
    row = forwarded_case(actor, forwarding_id)
    step = _of_case(CaseStep, row.case_id, step_id) if row and row.is_received else None
    return StepOfCase(row.case, row, step) if row and step else None


def visible_forwarding(actor: Actor, case_id: int, forwarding_id: int) -> ForwardingOfCase | None:
    """Return a summary. 2 statements."""
    case = visible_case(actor, case_id)
    row = _of_case(CaseForwarding, case.id, forwarding_id) if case else None
    return ForwardingOfCase(case, None, row) if case and row else None


def visible_delay(actor: Actor, case_id: int, delay_id: int) -> DelayOfCase | None:
    """Return a delay and its time. 2 statements."""
    case = visible_case(actor, case_id)
    if case is None:
        return None
    found = db.session.execute(
        select(CaseDelay, CaseClock)
        .join(CaseClock, CaseClock.id == CaseDelay.clock_id)
        .where(CaseDelay.id == delay_id, CaseDelay.case_id == case.id)
    ).one_or_none()
    return DelayOfCase(case, None, *found) if found else None


def case_of_finding(finding_id: int) -> int | None:
    """Return the id of the case whose delay became a finding. 1 statement."""
    return db.session.scalar(select(CaseDelay.case_id).where(CaseDelay.finding_id == finding_id))


def _of_case(kind: type[Part], case_id: int, part_id: int) -> Part | None:
    row: Any = kind
    return db.session.scalar(select(kind).where(row.id == part_id, row.case_id == case_id))
