"""One case, for the staff page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.attachments.queries import FileLine, files_with_custody
from ombudsman_app.complaints.models import Complaint, ComplaintCheck, ComplaintClock
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import clock
from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.workflow.deadlines import Explanation, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.core.workflow.models import calendar_of

from .counting import count_clock, pauses_of
from .history import HistoryLine, Kind, NamedEmployer, history_of
from .similar import SimilarCases, similar_cases


@dataclass(frozen=True)
class RunningClock:
    """A clock, and how it is counted today. Only where both end on the same day does the list explain it."""

    clock: ComplaintClock
    counted: Explanation


@dataclass(frozen=True)
class CasePage:
    """Everything the case page shows."""

    complaint: Complaint
    clocks: list[ComplaintClock]  # those that run, the next to end first
    checks: dict[str, ComplaintCheck]
    history: list[HistoryLine]
    similar: SimilarCases
    files: list[FileLine]
    told_fields: tuple[str, ...]  # which answers about the person exist, none of them opened
    today: date

    @property
    def last_message(self) -> int:
        """The id of the last message that the page shows, 0 if there is none."""
        talk = (line.id for line in self.history if line.kind in (Kind.FROM_REPORTER, Kind.FROM_OFFICE))
        return max(talk, default=0)

    @property
    def letters(self) -> list[HistoryLine]:
        """The papers of the case, oldest first."""
        return [line for line in self.history if line.kind is Kind.LETTER]

    @property
    def employers(self) -> list[NamedEmployer]:
        """The employers that it names, oldest first, without those that were taken back."""
        return [
            NamedEmployer(line.id, named.id, named.name, named.place, line.author or "", line.at)
            for line in self.history
            if (named := line.employer) and not named.has_ended
        ]

    @property
    def answers(self) -> list[HistoryLine]:
        """The answers of the respondent, oldest first."""
        return [line for line in self.history if line.kind is Kind.ANSWER]

    @property
    def has_older(self) -> bool:
        """Whether there was so much talk that its beginning was left out."""
        kinds = Counter(
            line.kind
            for line in self.history
            if line.kind not in (Kind.STEP, Kind.LETTER, Kind.ANSWER, Kind.EMPLOYER)
        )
        return limits.HISTORY_LINES in kinds.values()


def visible_case(actor: Actor, complaint_id: int) -> Complaint | None:
    """Return the case if this person may see it, with its offices, officer and clocks. 2 statements."""
    return db.session.scalar(_visible(actor), {"case": complaint_id})


@lru_cache(maxsize=64)
def _visible(actor: Actor) -> Select[Complaint]:
    """Build the statement, which costs more than running it; another right is another statement."""
    return (
        scope(actor)
        .complaints()
        .where(Complaint.id == bindparam("case"))
        .options(
            joinedload(Complaint.office, innerjoin=True),
            joinedload(Complaint.counter),
            joinedload(Complaint.representative_office, innerjoin=True),
            joinedload(Complaint.reporter),
            joinedload(Complaint.officer),
            selectinload(Complaint.clocks),
        )
    )


def case_page(actor: Actor, complaint: Complaint, *, is_whole: bool = False) -> CasePage:
    """Return the page of a visible case; `is_whole`: with all of a long history. 4 or 5 statements more."""
    return CasePage(
        complaint=complaint,
        clocks=[one for one in complaint.clocks if one.ended_on is None],
        checks=checks_of(complaint.id),
        history=history_of(complaint.id, actor, is_whole=is_whole),
        similar=similar_cases(actor, complaint),
        files=files_with_custody(complaint.files_id),
        told_fields=complaint.reporter.told_fields() if complaint.reporter else (),
        today=today(complaint.representative_office.time_zone),
    )


_CHECKS = select(ComplaintCheck).where(ComplaintCheck.complaint_id == bindparam("case"))


def checks_of(complaint_id: int) -> dict[str, ComplaintCheck]:
    """Return what was found at both checks, by item. 1 statement."""
    rows = db.session.scalars(_CHECKS, {"case": complaint_id})
    return {row.item: row for row in rows}


@dataclass(frozen=True)
class ClockOfCase:
    """One clock of a visible case, ended ones too; policies look at the office that handles the case."""

    complaint: Complaint
    clock: ComplaintClock

    @property
    def representative_office_id(self) -> int:
        return self.complaint.representative_office_id


def visible_clock_of_case(actor: Actor, complaint_id: int, clock_id: int) -> ClockOfCase | None:
    """Return a clock by the address of its page. 2 statements."""
    case = visible_case(actor, complaint_id)
    found = next((one for one in case.clocks if one.id == clock_id), None) if case else None
    return ClockOfCase(case, found) if case is not None and found is not None else None


def limitation_of(case: Complaint) -> Explanation | None:
    """Count how long a report about the event can be received (D13, UU 37/2008 Pasal 24(3)). 1 statement."""
    if case.event_on is None:
        return None
    return explain(case.event_on, *clock("limitation_of_event").span, calendar_of(case.office.province_code))


def explained(clock: ComplaintClock, calendar: HolidayCalendar) -> RunningClock:
    """Count a stored clock again, for its list of days. 1 statement if it was ever paused, else none."""
    return RunningClock(clock, count_clock(clock, calendar, pauses_of(clock)))
