"""A changed calendar moves what still runs: later at once, earlier when a person says so (DI7)."""

from sqlalchemy import Select, func, select

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import Explanation
from ombudsman_app.core.workflow.models import calendar_of, calendars
from ombudsman_app.core.workflow.moves import DayMoved
from ombudsman_app.core.workflow.recounting import AT_ONCE, Recount, recount_all
from ombudsman_app.directory.models import Office
from ombudsman_app.employers.compliance.counting import counted_again
from ombudsman_app.employers.compliance.policies import RELEASE_DAY
from ombudsman_app.employers.models import CaseClock, EmployerComplianceCase

from .clocks import keep_next_due, keep_next_dues, note_move
from .moving import SUBJECT, locked_case


def recount_case_clocks(actor: Actor) -> Recount:
    """Count every time that runs with the calendar of today. Running it twice changes nothing."""
    return recount_all(_recount_after, actor)


@command
def _recount_after(after: int, actor: Actor) -> tuple[int, Recount] | None:
    """Recount the times behind an id; return the last id and what happened, None at the end."""
    rows = db.session.scalars(_running().where(CaseClock.id > after).limit(AT_ONCE)).all()
    if not rows:
        return None
    provinces = _provinces({row.office_id for row in rows if row.office_id})
    calendar, moved, waiting = calendars(), [], 0
    for clock in rows:
        due = counted_again(clock, calendar(provinces.get(clock.office_id or 0)))
        waiting += due.due < clock.due_on
        if due.due > clock.due_on:
            _note(Event.EMPLOYERS_CASE_CLOCK_MOVED, clock, due, actor)
            note_move(clock, DayMoved.CALENDAR, due.due, due.calendar_version, actor)
            _take(clock, due)
            moved.append(clock.case_id)
        else:
            _propose(clock, due, actor)
    db.session.flush()
    if moved:
        keep_next_dues(set(moved))
    return rows[-1].id, Recount(len(moved), waiting)


def _running() -> Select[CaseClock]:
    """Select what may move, oldest first, locked; what stands still is counted when it runs on."""
    return (
        select(CaseClock)
        .join(EmployerComplianceCase, EmployerComplianceCase.id == CaseClock.case_id)
        .where(
            CaseClock.ended_on.is_(None),
            CaseClock.paused_from.is_(None),
            EmployerComplianceCase.is_open.is_(True),
        )
        .order_by(CaseClock.id)
        .with_for_update(of=(EmployerComplianceCase, CaseClock))
        .execution_options(populate_existing=True)
    )


def _provinces(offices: set[int]) -> dict[int, str | None]:
    found = db.session.execute(select(Office.id, Office.province_code).where(Office.id.in_(offices)))
    return {row.id: row.province_code for row in found}


def _propose(clock: CaseClock, counted: Explanation, actor: Actor) -> None:
    proposed = counted.due if counted.due < clock.due_on else None
    if proposed == clock.proposed_due_on:
        return
    event = Event.EMPLOYERS_CASE_CLOCK_PROPOSED if proposed else Event.EMPLOYERS_CASE_CLOCK_WITHDRAWN
    _note(event, clock, counted, actor)
    clock.proposed_due_on = proposed


@command
def release_earlier_day(clock: CaseClock, *, actor: Actor) -> None:
    """Let a time end on the earlier day that was proposed; the branch must be told of it.

    Raises NotAllowed to all but the head, RecordChanged when nothing waits or the calendar says another day.
    """
    case = locked_case(clock.case_id)
    demand(RELEASE_DAY, actor, case)
    held = db.session.get_one(CaseClock, clock.id, populate_existing=True)
    province = db.session.scalar(
        select(Office.province_code).where(Office.id == func.coalesce(held.office_id, 0))
    )
    counted = counted_again(held, calendar_of(province))
    if held.ended_on is not None or held.proposed_due_on is None or held.proposed_due_on != counted.due:
        raise RecordChanged
    _note(Event.EMPLOYERS_CASE_CLOCK_RELEASED, held, counted, actor)
    note_move(held, DayMoved.RELEASED, counted.due, counted.calendar_version, actor)
    _take(held, counted)
    touch(case)
    keep_next_due(case)


def _take(clock: CaseClock, counted: Explanation) -> None:
    clock.start_on, clock.due_on, clock.proposed_due_on = counted.start, counted.due, None
    clock.calendar_version = counted.calendar_version


def _note(event: Event, clock: CaseClock, counted: Explanation, actor: Actor) -> None:
    days = {"clock": clock.clock, "due_on": [clock.due_on.isoformat(), counted.due.isoformat()]}
    record(event, SUBJECT, clock.case_id, actor=actor, changes=days)
