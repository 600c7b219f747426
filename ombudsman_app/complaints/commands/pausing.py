"""A clock stands still: asked with a ground, released by a second person, never silently.

Rule: `domain/calendar.md` §1 (suspension), grounds and limits in `rules/pauses.yaml`. A pause begins on the
day on which it is released and covers whole days up to its limit; from those days the last day is counted at
once, so that a pause ends by itself and nothing has to run for that. What is late already stays late: a clock
that is over cannot stand still.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.complaints import notices
from ombudsman_app.complaints.errors import PauseRefused
from ombudsman_app.complaints.models import ClockMove, ClockPause, Complaint, ComplaintClock
from ombudsman_app.complaints.policies import DECIDE_PAUSE, END_PAUSE, PAUSE
from ombudsman_app.complaints.queries import ClockOfCase, PauseOfCase
from ombudsman_app.complaints.queries.counting import count_clock, pauses_of
from ombudsman_app.complaints.states import (
    PAUSE_VERSION,
    PAUSES,
    TimeOf,
    ends_only_at_its_limit,
    grounds_for,
    whose_time,
)
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import Pause
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.core.workflow.moves import DayMoved

from .clocks import keep_next_due
from .conflict import SUBJECT
from .moving import locked_case, note_step


@dataclass(frozen=True)
class PauseInput:
    """What an officer asks for. `days`: calendar days at most, both ends included."""

    ground: str
    days: int
    reason: str


@command
def ask_for_pause(found: ClockOfCase, given: PauseInput, *, version: int, actor: Actor) -> ClockPause:
    """Ask the head to let a clock of one's case stand still; nothing stands still yet.

    Raises PauseRefused(why), RecordChanged, NotAllowed to all but the officer of the case.
    """
    held = locked_case(found.complaint, version)
    clock = _clock(found.clock)
    demand(PAUSE, actor, ClockOfCase(held, clock))
    _refuse_unpausable(held, clock)
    if clock.awaits_pause:
        raise PauseRefused(why="waits")
    _refuse_too_much(clock, given.ground, given.days, pauses_of(clock))
    pause = ClockPause(
        complaint_id=held.id,
        clock_id=clock.id,
        ground=given.ground,
        days=given.days,
        reason=given.reason,
        rule_version=PAUSE_VERSION,
        asked_by_id=actor.user_id,
        asked_at=now(),
    )
    db.session.add(pause)
    clock.awaits_pause = True
    note_step(held, "ask_for_pause", actor=actor, reason=given.reason)
    db.session.flush()
    _note(Event.COMPLAINTS_CLOCK_PAUSE_ASKED, pause, clock, actor)
    notices.pause_waits(held, pause.id, actor=actor)
    return pause


@command
def release_pause(found: PauseOfCase, *, version: int, actor: Actor) -> None:
    """Let a clock stand still from today, whole days, up to what was asked for.

    Raises NotAllowed to who asked for it and to all but the head, PauseRefused(why) where the clock is over
    by now or either of the two declared an interest (UU 37/2008 Pasal 40), RecordChanged.
    """
    held, clock, pause = _held(found, version)
    demand(DECIDE_PAUSE, actor, PauseOfCase(held, clock, pause))
    _refuse_unpausable(held, clock)
    _refuse_interest(held, actor.user_id, pause.asked_by_id)
    before = pauses_of(clock)
    _refuse_too_much(clock, pause.ground, pause.days, before)
    first = today(held.representative_office.time_zone)
    last = first + timedelta(days=pause.days - 1)
    _decide(pause, clock, actor)
    pause.first_on, pause.last_on = clock.paused_from, clock.paused_until = first, last
    _count_again(held, clock, before, (*before, Pause(first, last)), why=DayMoved.PAUSED, actor=actor)
    note_step(held, "release_pause", actor=actor)
    _note(Event.COMPLAINTS_CLOCK_PAUSED, pause, clock, actor)
    notices.pause_decided(held, pause, actor=actor)
    if whose_time(clock.clock) is TimeOf.REPORTER:
        notices.news_for_reporter(held, f"pause:{pause.id}")


@command
def refuse_pause(found: PauseOfCase, reason: str, *, version: int, actor: Actor) -> None:
    """Say no, with a reason; the clock runs on as it did. Raises NotAllowed, RecordChanged."""
    held, clock, pause = _held(found, version)
    demand(DECIDE_PAUSE, actor, PauseOfCase(held, clock, pause))
    _decide(pause, clock, actor)
    pause.decision = reason
    note_step(held, "refuse_pause", actor=actor, reason=reason)
    _note(Event.COMPLAINTS_CLOCK_PAUSE_REFUSED, pause, clock, actor)
    notices.pause_decided(held, pause, actor=actor)


@command
def end_pause(found: PauseOfCase, reason: str, *, version: int, actor: Actor) -> None:
    """Let a clock run again from tomorrow; today still stands still.

    The time of a reporter is not shortened like this. Raises PauseRefused(why), RecordChanged, NotAllowed.
    """
    held = locked_case(found.complaint, version)
    clock, pause = _clock(found.clock), db.session.get_one(ClockPause, found.pause.id, populate_existing=True)
    demand(END_PAUSE, actor, PauseOfCase(held, clock, pause))
    day = today(held.representative_office.time_zone)
    if not clock.is_paused(day) or not held.is_open or pause.last_on is None or not day < pause.last_on:
        raise PauseRefused(why="not_paused")
    if ends_only_at_its_limit(clock.clock):
        raise PauseRefused(why="reporters")
    before = pauses_of(clock)
    pause.last_on = clock.paused_until = day
    pause.ended_by_id, pause.ended_at, pause.ending = actor.user_id, now(), reason
    db.session.flush()
    _count_again(held, clock, before, pauses_of(clock), why=DayMoved.PAUSE_ENDED, actor=actor)
    note_step(held, "end_pause", actor=actor, reason=reason)
    _note(Event.COMPLAINTS_CLOCK_PAUSE_ENDED, pause, clock, actor)
    notices.pause_ended(held, pause, actor=actor)


def why_unpausable(case: Complaint, clock: ComplaintClock) -> str | None:
    """Return why this clock cannot begin to stand still today; None: it can."""
    day = today(case.representative_office.time_zone)
    if clock.ended_on is not None or not case.is_open:
        return "ended"
    if clock.due_on < day:
        return "over"
    return "waits" if clock.is_paused(day) else None


def pausable_days(pauses: Sequence[Pause]) -> int:
    """Return how many calendar days of pause a clock may still have (`rules/pauses.yaml`)."""
    return PAUSES.most_days_of_a_clock - sum(_days_of(pause) for pause in pauses)


def _days_of(pause: Pause) -> int:
    return (pause.last - pause.first).days + 1


def _refuse_unpausable(held: Complaint, clock: ComplaintClock) -> None:
    if why := why_unpausable(held, clock):
        raise PauseRefused(why=why)


def _refuse_too_much(clock: ComplaintClock, ground: str, days: int, before: Sequence[Pause]) -> None:
    allowed = {one.id: one for one in grounds_for(clock.clock)}
    if ground not in allowed:
        raise PauseRefused(why="ground")
    most = min(allowed[ground].days, pausable_days(before))
    if not 1 <= days <= most:
        raise PauseRefused(why="too_long", most=max(0, most))


def _refuse_interest(held: Complaint, *people: int | None) -> None:
    declared = select(ConflictDeclaration.id).where(
        ConflictDeclaration.user_id.in_([person for person in people if person]),
        ConflictDeclaration.subject_type == SUBJECT,
        ConflictDeclaration.subject_id == held.id,
        ConflictDeclaration.has_conflict.is_(True),
    )
    if db.session.scalar(declared.limit(1)) is not None:
        raise PauseRefused(why="interest")


def _clock(clock: ComplaintClock) -> ComplaintClock:
    return db.session.get_one(ComplaintClock, clock.id, populate_existing=True)


def _held(found: PauseOfCase, version: int) -> tuple[Complaint, ComplaintClock, ClockPause]:
    """Lock the case of a pause that waits. Raises RecordChanged where somebody decided it already."""
    held = locked_case(found.complaint, version)
    pause = db.session.get_one(ClockPause, found.pause.id, populate_existing=True)
    if pause.decided_at is not None:
        raise PauseRefused(why="decided")
    return held, _clock(found.clock), pause


def _decide(pause: ClockPause, clock: ComplaintClock, actor: Actor) -> None:
    pause.decided_by_id, pause.decided_at, clock.awaits_pause = actor.user_id, now(), False


def _count_again(
    held: Complaint,
    clock: ComplaintClock,
    before: Sequence[Pause],
    after: Sequence[Pause],
    *,
    why: DayMoved,
    actor: Actor,
) -> None:
    """Give a clock the last day that its pauses give. Raises PauseRefused(day_waits) while a newer calendar
    gives an earlier day that nobody released: what a person decides must not hide in a pause."""
    calendar = calendar_of(held.office.province_code)
    if count_clock(clock, calendar, before).due < clock.due_on:
        raise PauseRefused(why="day_waits")
    counted = count_clock(clock, calendar, after)
    note_move(clock.id, why, clock.due_on, counted.due, counted.calendar_version, by=actor.user_id)
    clock.start_on, clock.due_on, clock.proposed_due_on = counted.start, counted.due, None
    clock.calendar_version = counted.calendar_version
    clock.changed_at, clock.moves = now(), clock.moves + 1
    db.session.flush()
    keep_next_due([held.id])


def note_move(
    clock_id: int, why: DayMoved, before: date, after: date, version: str, *, by: int | None
) -> None:
    """Add a line to the explanation of a clock: another last day, why, and who decided it."""
    db.session.add(
        ClockMove(
            clock_id=clock_id,
            why=why,
            at=now(),
            by_id=by,
            due_before=before,
            due_after=after,
            calendar_version=version,
        )
    )


def _note(event: Event, pause: ClockPause, clock: ComplaintClock, actor: Actor) -> None:
    days = {"first_on": pause.first_on, "last_on": pause.last_on, "due_on": clock.due_on}
    changes = {
        "pause": pause.id,
        "clock": clock.clock,
        "clock_id": clock.id,
        "ground": pause.ground,
        "days": pause.days,
        **{name: day.isoformat() for name, day in days.items() if day},
    }
    record(event, "complaint", pause.complaint_id, actor=actor, changes=changes)
