"""One compliance case with its course: for the staff, and as an office under watch sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ombudsman_app.attachments.queries import FileLine, files_in
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.employers.compliance.rules import (
    CaseState,
    DelayDecision,
    LadderAct,
    Recipient,
    Said,
    next_act,
)
from ombudsman_app.employers.compliance.scope import case_scope
from ombudsman_app.employers.models import (
    CaseClock,
    CaseDelay,
    CaseEntry,
    CaseForwarding,
    CaseOrigin,
    CaseStep,
    Employer,
    EmployerComplianceCase,
)
from ombudsman_app.employers.states import Breach, breaches_in
from ombudsman_app.findings.models import Finding


@dataclass(frozen=True)
class ClockLine:
    """A time of a public body, who must act, and what became of its delay; None: it let no day pass."""

    clock: CaseClock
    office_name: str
    delay: CaseDelay | None = None
    finding_reference: str = ""
    finding_id: int | None = None

    def days_left(self, day: date) -> int | None:
        """Calendar days to the last day, below zero when it is past; None: it ended or stands still."""
        if self.clock.ended_on is not None or self.clock.paused_from is not None:
            return None
        return (self.clock.due_on - day).days


@dataclass(frozen=True)
class _Course:
    """What both sides see: acts, times, what was said."""

    case: EmployerComplianceCase
    steps: Sequence[CaseStep]
    clocks: Sequence[ClockLine]
    entries: Sequence[CaseEntry]
    today: date

    @property
    def current(self) -> list[CaseStep]:
        """The acts without those that were corrected, oldest first."""
        return [one for one in self.steps if one.id not in self.replaced]

    @property
    def replaced(self) -> set[int]:
        """The ids of acts that a correction replaced."""
        return {one.replaces_id for one in self.steps if one.replaces_id}

    @property
    def running(self) -> ClockLine | None:
        """The time that runs now."""
        going = [line for line in self.clocks if line.days_left(self.today) is not None]
        return min(going, key=lambda line: line.clock.due_on, default=None)

    @property
    def paused(self) -> ClockLine | None:
        """The time that stands still."""
        return next((line for line in self.clocks if line.clock.paused_from is not None), None)

    @property
    def days_left(self) -> int | None:
        return self.running.days_left(self.today) if self.running else None

    @property
    def is_late(self) -> bool:
        """Computed, never stored. Whether a public body is late, never the employer."""
        return (self.days_left or 0) < 0

    @property
    def next_act(self) -> LadderAct | None:
        return next_act(self.case.state)

    @property
    def protest(self) -> CaseEntry | None:
        """The latest protest."""
        return next((one for one in reversed(self.entries) if one.said is Said.DISPUTED), None)

    @property
    def breaches(self) -> list[Breach]:
        return breaches_in(self.case.breaches)


@dataclass(frozen=True)
class CasePage(_Course):
    """Everything its page in this house shows."""

    origin: CaseOrigin | None
    forwardings: Sequence[CaseForwarding]
    files: list[FileLine]  # of this house; no office sees them
    acts: list[FileLine]  # copies of the acts

    @property
    def waiting(self) -> list[CaseForwarding]:
        """Summaries that wait for another person."""
        return [one for one in self.forwardings if one.released_at is None]

    @property
    def sent(self) -> list[CaseForwarding]:
        return [one for one in self.forwardings if one.released_at is not None]

    @property
    def branch_row(self) -> CaseForwarding | None:
        return next((one for one in self.sent if one.recipient is Recipient.BRANCH), None)

    @property
    def proposed(self) -> ClockLine | None:
        """The delay that is proposed as a finding and waits for a person."""
        return next(
            (
                line
                for line in self.clocks
                if line.delay and line.delay.proposed_at is not None and line.delay.decision is None
            ),
            None,
        )

    @property
    def found(self) -> list[ClockLine]:
        """Delays of which a finding was made."""
        return [line for line in self.clocks if line.delay and line.delay.decision is DelayDecision.FOUND]

    def may_forward(self, recipient: Recipient) -> bool:
        """Whether a summary can be written for such a body now."""
        if not self.case.is_open or self.case.state is CaseState.REPORTED:
            return False
        if any(one.recipient is recipient and one.released_at for one in self.forwardings):
            return False
        return recipient is Recipient.BRANCH or self.case.branch_id is not None

    @property
    def can_forward(self) -> list[Recipient]:
        return [one for one in Recipient if self.may_forward(one)]


@dataclass(frozen=True)
class ForwardedPage(_Course):
    """Everything that an office under watch sees: what was forwarded, and what public bodies did."""

    forwarding: CaseForwarding
    acts: list[FileLine]

    @property
    def must_act(self) -> bool:
        return self.forwarding.recipient is Recipient.BRANCH


def visible_case(actor: Actor, case_id: int) -> EmployerComplianceCase | None:
    """Return a case that this person may see, with its employer, officer and branch. 1 statement."""
    return db.session.scalar(_one(case_scope(actor).cases()).where(EmployerComplianceCase.id == case_id))


def _one(seen: Select[EmployerComplianceCase]) -> Select[EmployerComplianceCase]:
    return seen.options(
        joinedload(EmployerComplianceCase.employer, innerjoin=True).joinedload(Employer.region),
        joinedload(EmployerComplianceCase.representative_office, innerjoin=True),
        joinedload(EmployerComplianceCase.officer, innerjoin=True),
        joinedload(EmployerComplianceCase.branch),
    )


def forwarded_case(actor: Actor, forwarding_id: int) -> CaseForwarding | None:
    """Return what was forwarded to the own office, with the case. 1 statement.

    The employer's own row is not read: an office sees what was released of it, as of that day.
    """
    return db.session.scalar(
        case_scope(actor)
        .forwarded()
        .where(CaseForwarding.id == forwarding_id)
        .options(
            joinedload(CaseForwarding.case, innerjoin=True).joinedload(
                EmployerComplianceCase.representative_office, innerjoin=True
            ),
            joinedload(CaseForwarding.office, innerjoin=True),
            joinedload(CaseForwarding.document),
        )
    )


def case_page(case: EmployerComplianceCase) -> CasePage:
    """Return the page of a visible case. 6 statements, whatever the data."""
    forwardings = db.session.scalars(
        select(CaseForwarding)
        .where(CaseForwarding.case_id == case.id)
        .order_by(CaseForwarding.id)
        .options(
            joinedload(CaseForwarding.office, innerjoin=True),
            joinedload(CaseForwarding.written_by, innerjoin=True),
            joinedload(CaseForwarding.released_by),
            joinedload(CaseForwarding.document),
        )
    ).all()
    files = files_in(case.files_id, case.acts_id)
    rows = db.session.execute(
        select(CaseOrigin, CaseEntry)
        .outerjoin(CaseEntry, CaseEntry.case_id == CaseOrigin.case_id)
        .where(CaseOrigin.case_id == case.id)
        .order_by(CaseEntry.id)
        .options(joinedload(CaseEntry.said_by))
    ).all()
    return CasePage(
        case=case,
        steps=_steps(case.id),
        clocks=_clocks_with_delays(case.id),
        entries=[row[1] for row in rows if row[1] is not None],
        today=today(case.representative_office.time_zone),
        origin=rows[0][0] if rows else None,
        forwardings=forwardings,
        files=files[case.files_id],
        acts=files[case.acts_id],
    )


def forwarded_page(forwarding: CaseForwarding) -> ForwardedPage:
    """Return the page of a forwarded case. 4 statements, whatever the data."""
    case = forwarding.case
    entries = db.session.scalars(
        select(CaseEntry)
        .where(CaseEntry.case_id == case.id, CaseEntry.is_shown.is_(True))
        .order_by(CaseEntry.id)
    ).all()
    clocks = db.session.execute(
        select(CaseClock, Office.short_name)
        .outerjoin(Office, Office.id == CaseClock.office_id)
        .where(CaseClock.case_id == case.id)
        .order_by(CaseClock.id)
    ).all()
    return ForwardedPage(
        case=case,
        steps=_steps(case.id),
        clocks=[ClockLine(clock, name or "") for clock, name in clocks],
        entries=entries,
        today=today(case.representative_office.time_zone),
        forwarding=forwarding,
        acts=files_in(case.acts_id)[case.acts_id],
    )


def _steps(case_id: int) -> Sequence[CaseStep]:
    found = select(CaseStep).where(CaseStep.case_id == case_id).order_by(CaseStep.id)
    return db.session.scalars(found.options(joinedload(CaseStep.recorded_by, innerjoin=True))).all()


def _clocks_with_delays(case_id: int) -> list[ClockLine]:
    rows = db.session.execute(
        select(CaseClock, Office.short_name, CaseDelay, Finding.reference, Finding.id)
        .outerjoin(Office, Office.id == CaseClock.office_id)
        .outerjoin(CaseDelay, CaseDelay.clock_id == CaseClock.id)
        .outerjoin(Finding, Finding.id == CaseDelay.finding_id)
        .where(CaseClock.case_id == case_id)
        .order_by(CaseClock.id)
    ).all()
    return [
        ClockLine(clock, name or "", delay, number or "", id_) for clock, name, delay, number, id_ in rows
    ]
