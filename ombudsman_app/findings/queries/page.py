"""One finding with all that was said, for both sides."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from ombudsman_app.attachments.queries import FileLine, files_in
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.scope import scope
from ombudsman_app.findings.states import RULES, WAITING, Rung

from .history import CLOCK, JUDGEMENT, RESPONSE, STEP, TIME, Line, lines_of


@dataclass(frozen=True)
class FindingPage:
    """Everything its page shows."""

    finding: Finding
    lines: list[Line]
    evidence: list[FileLine]  # of the Ombudsman; no office sees it
    answers: list[FileLine]  # of the office
    today: date

    @property
    def clock(self) -> Line | None:
        """The time that runs now, the last one that was granted."""
        running = [line for line in self.lines if line.kind == CLOCK and line.ended_on is None]
        return max(running, key=lambda line: line.due_on or date.min, default=None)

    @property
    def days_left(self) -> int | None:
        """Calendar days to the last day, below zero when it is past; None: no time runs."""
        clock = self.clock
        return (clock.due_on - self.today).days if clock and clock.due_on else None

    @property
    def is_overdue(self) -> bool:
        """Computed, never stored."""
        return self.finding.state in WAITING and (self.days_left or 0) < 0

    @property
    def days_late(self) -> int:
        """How late the latest of its answers came, in calendar days, for ever; 0: all came in time."""
        return max((line.number or 0 for line in self.lines if line.kind == RESPONSE), default=0)

    @property
    def awaits_opening(self) -> bool:
        """Whether something lies there that nobody of the office has opened: the finding, a second term."""
        if self.finding.state not in WAITING:
            return False
        this_round = [line for line in self.lines if line.round == self.finding.round]
        has_term = any(line.kind == CLOCK and line.text == Rung.SECOND_TERM for line in this_round)
        has_letter = any(
            line.kind == STEP and line.word == Rung.SECOND_TERM and line.link is not None
            for line in this_round
        )
        return not self.finding.is_received or (has_letter and not has_term)

    @property
    def time_requests(self) -> list[Line]:
        """Requests for more of the time that runs, oldest first. `link`: the days granted, None: it waits."""
        clock = self.clock
        return [line for line in self.lines if clock and line.kind == TIME and line.word == str(clock.id)]

    @property
    def waiting_time(self) -> Line | None:
        """The request for more time that waits for a person."""
        if self.finding.state not in WAITING:
            return None
        return next((line for line in self.time_requests if line.link is None), None)

    @property
    def may_ask_for_time(self) -> bool:
        """Whether the office may ask for more of the time that runs: before it ends, one at a time."""
        is_open = self.finding.state in WAITING and self.clock is not None and (self.days_left or 0) >= 0
        asked = len(self.time_requests)
        return is_open and self.waiting_time is None and asked < RULES.more_time.most_requests

    @property
    def answer(self) -> Line | None:
        """The latest answer."""
        return next((line for line in reversed(self.lines) if line.kind == RESPONSE), None)

    @property
    def judgement(self) -> Line | None:
        """The latest judgement."""
        return next((line for line in reversed(self.lines) if line.kind == JUDGEMENT), None)

    @property
    def proposed(self) -> Line | None:
        """The step of the ladder that waits for a person."""
        if self.finding.state not in WAITING:
            return None
        waits = (line for line in self.lines if line.kind == STEP and line.link is None)
        return next((line for line in waits if line.round == self.finding.round), None)

    @property
    def told(self) -> list[Line]:
        """What happened: without steps that nobody released."""
        return [line for line in self.lines if line.kind != STEP or line.link is not None]


def visible_finding(actor: Actor, finding_id: int) -> Finding | None:
    """Return a finding that this person of the staff may see, with offices, maker, measures. 1 statement."""
    return _one(scope(actor).findings(), finding_id)


def addressed_finding(actor: Actor, finding_id: int) -> Finding | None:
    """Return a finding that was sent to the own office. 1 statement."""
    return _one(scope(actor).addressed(), finding_id)


def _one(seen: Select[Finding], finding_id: int) -> Finding | None:
    found = seen.where(Finding.id == finding_id).options(
        joinedload(Finding.office, innerjoin=True),
        joinedload(Finding.representative_office, innerjoin=True),
        joinedload(Finding.made_by, innerjoin=True),
        joinedload(Finding.measures),
    )
    return db.session.scalars(found).unique().one_or_none()


def finding_page(finding: Finding) -> FindingPage:
    """Return the page of a visible finding. 2 statements, whatever the data."""
    files = files_in(finding.evidence_id, finding.answers_id)
    return FindingPage(
        finding=finding,
        lines=lines_of(finding.id),
        evidence=files[finding.evidence_id],
        answers=files[finding.answers_id],
        today=today(finding.representative_office.time_zone),
    )
