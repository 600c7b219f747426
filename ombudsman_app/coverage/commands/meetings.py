"""A monitoring meeting is planned, changed, held or cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from ombudsman_app.core import limits
from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoveNotAllowed, NotAllowed
from ombudsman_app.core.numbers import next_number
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage import meeting_notices as notices
from ombudsman_app.coverage.meeting_errors import MeetingRefused
from ombudsman_app.coverage.meeting_policies import MAKERS, WORK
from ombudsman_app.coverage.meeting_scope import MEETING
from ombudsman_app.coverage.meeting_states import BEFORE, MeetingKind, MeetingState
from ombudsman_app.coverage.meeting_states import MEETING as FLOW
from ombudsman_app.coverage.models import AgendaItem, MeetingBody, MonitoringMeeting
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.directory.models.office import OMBUDSMAN_KINDS

_NUMBER = "monitoring_meeting"  # the row of numbers of an office and year
MOST_BODIES = 200
MOST_POINTS = 40


@dataclass(frozen=True)
class Point:
    """One point of the agenda, as it is planned."""

    title: str
    speaker: str
    minutes: int


@dataclass(frozen=True)
class MeetingInput:
    """What a meeting is planned with. `on` and `at`: by the clock of the office that calls it.

    `bodies`: ids of offices of the directory; who was invited by a letter already stays invited.
    """

    kind: MeetingKind
    topic: str
    place: str
    on: date
    at: time
    agenda: Sequence[Point]
    bodies: Sequence[int]
    form_key: str = ""


def locked_meeting(meeting_id: int, version: int | None = None) -> MonitoringMeeting:
    """Return the meeting as it stands now, locked until the commit, with its office. 1 statement.

    Raises RecordChanged if it is another version than the page showed (DI2).
    """
    return locked(MonitoringMeeting, meeting_id, MonitoringMeeting.representative_office, version=version)


def move(held: MonitoringMeeting, event: str, note: Event, *, actor: Actor, **changes: Any) -> None:
    """Move a locked meeting by the table, on the trail. Raises MoveNotAllowed."""
    before = held.state
    held.state = FLOW.after(before, event)
    touch(held)
    stated = {"move": event, "state": [before.value, held.state.value]}
    record(note, MEETING, held.id, actor=actor, changes={**stated, **changes})


@command
def plan_meeting(office_id: int, given: MeetingInput, *, actor: Actor) -> MonitoringMeeting:
    """Plan a meeting of an office of the Ombudsman. The same form sent twice plans one.

    Raises NotAllowed; MeetingRefused(why): agenda, bodies.
    """
    office = db.session.get(RepresentativeOffice, office_id)
    if office is None or office_id not in actor.offices_as(*MAKERS):
        raise NotAllowed(policy=WORK.name)
    if made := _planned_before(office_id, given, actor):
        return made
    _refuse_nonsense(given)
    number = next_number(_NUMBER, office.id, given.on.year)
    held = MonitoringMeeting(
        reference=f"PM-{number:04}/{given.on.year}/{office.code}",
        representative_office_id=office.id,
        made_by_id=actor.user_id,
        made_at=now(),
        form_key=given.form_key or None,
        **_facts(given, office.time_zone),
    )
    held.agenda = _points(given)
    db.session.add(held)
    db.session.flush()
    keep_bodies(held, given.bodies)
    changes = {"reference": held.reference, "kind": given.kind.value, "bodies": len(given.bodies)}
    record(Event.COVERAGE_MEETING_PLANNED, MEETING, held.id, actor=actor, changes=changes)
    return held


@command
def change_meeting(
    meeting: MonitoringMeeting, given: MeetingInput, *, version: int, actor: Actor
) -> MonitoringMeeting:
    """Change what is planned. Bodies that were invited are told where day, hour or place became others.

    Raises NotAllowed, RecordChanged, MoveNotAllowed once it was held or cancelled; MeetingRefused.
    """
    held = locked_meeting(meeting.id, version)
    demand(WORK, actor, held)
    if held.state not in BEFORE:
        raise MoveNotAllowed(state=str(held.state), event="change")
    _refuse_nonsense(given)
    before = (held.starts_at, held.place)
    for name, value in _facts(given, held.representative_office.time_zone).items():
        setattr(held, name, value)
    db.session.execute(
        update(MeetingBody).where(MeetingBody.meeting_id == held.id).values(meets_on=held.meets_on)
    )
    for item in db.session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == held.id)):
        db.session.delete(item)
    db.session.flush()  # their places are free again
    db.session.add_all([_at(held.id, item) for item in _points(given)])
    _drop_bodies(held, given.bodies)
    keep_bodies(held, given.bodies)
    touch(held)
    is_moved = before != (held.starts_at, held.place)
    record(Event.COVERAGE_MEETING_CHANGED, MEETING, held.id, actor=actor, changes={"moved": is_moved})
    if held.is_told and is_moved:
        notices.tell_bodies("changed", held, key=f"{held.id}:{held.version}", actor=actor)
    return held


@command
def cancel_meeting(meeting: MonitoringMeeting, reason: str, *, version: int, actor: Actor) -> None:
    """Say that it does not take place, and why; invited bodies are told. Raises MoveNotAllowed."""
    held = locked_meeting(meeting.id, version)
    demand(WORK, actor, held)
    move(held, "cancel", Event.COVERAGE_MEETING_CANCELLED, actor=actor)
    held.ended_because = reason
    if held.is_told:
        notices.tell_bodies("cancelled", held, key=str(held.id), actor=actor)


@command
def hold_meeting(meeting: MonitoringMeeting, *, version: int, actor: Actor) -> None:
    """Say that it took place: results and commitments can be written.

    Raises MeetingRefused(why): not_yet, before its hour has come; MoveNotAllowed.
    """
    held = locked_meeting(meeting.id, version)
    demand(WORK, actor, held)
    if held.starts_at > now():
        raise MeetingRefused(why="not_yet")
    move(held, "hold", Event.COVERAGE_MEETING_HELD, actor=actor)


@command
def keep_results(meeting: MonitoringMeeting, results: dict[int, str], *, version: int, actor: Actor) -> None:
    """Keep what came of each point, by its id. Once the minutes are issued they stay as they are.

    Raises NotAllowed, RecordChanged, MoveNotAllowed.
    """
    held = locked_meeting(meeting.id, version)
    demand(WORK, actor, held)
    if held.state is not MeetingState.HELD:
        raise MoveNotAllowed(state=str(held.state), event="results")
    items = db.session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == held.id))
    for item in items:
        item.result = results.get(item.id, item.result)
    touch(held)
    record(Event.COVERAGE_MEETING_RESULTS_KEPT, MEETING, held.id, actor=actor)


def keep_bodies(held: MonitoringMeeting, offices: Sequence[int], *, is_told: bool = False) -> None:
    """Add bodies that are not on the list yet. Raises MeetingRefused(why): bodies."""
    wanted = sorted(set(offices))
    if not wanted:
        return
    known = set(
        db.session.scalars(
            select(Office.id).where(Office.id.in_(wanted), Office.kind.not_in(OMBUDSMAN_KINDS))
        )
    )
    if known != set(wanted):
        raise MeetingRefused(field="bodies", why="bodies")
    there = set(db.session.scalars(select(MeetingBody.office_id).where(MeetingBody.meeting_id == held.id)))
    for one in wanted:
        if one not in there:
            db.session.add(
                MeetingBody(
                    meeting_id=held.id, office_id=one, meets_on=held.meets_on, is_told=held.is_told or is_told
                )
            )
    db.session.flush()


def _drop_bodies(held: MonitoringMeeting, offices: Sequence[int]) -> None:
    """Take those off the list that no letter has invited yet."""
    rows = db.session.scalars(
        select(MeetingBody).where(MeetingBody.meeting_id == held.id, MeetingBody.is_told.is_(False))
    )
    for row in rows:
        if row.office_id not in set(offices):
            db.session.delete(row)
    db.session.flush()


def _facts(given: MeetingInput, zone: str) -> dict[str, Any]:
    starts_at = datetime.combine(given.on, given.at, ZoneInfo(zone)).astimezone(UTC)
    return {
        "kind": given.kind,
        "topic": given.topic,
        "place": given.place,
        "starts_at": starts_at,
        "meets_on": given.on,
        "length_minutes": sum(one.minutes for one in given.agenda),
    }


def _points(given: MeetingInput) -> list[AgendaItem]:
    return [
        AgendaItem(position=place, title=one.title, speaker=one.speaker, length_minutes=one.minutes)
        for place, one in enumerate(given.agenda, 1)
    ]


def _at(meeting_id: int, item: AgendaItem) -> AgendaItem:
    item.meeting_id = meeting_id
    return item


def _refuse_nonsense(given: MeetingInput) -> None:
    if not 0 < len(given.agenda) <= MOST_POINTS or any(one.minutes <= 0 for one in given.agenda):
        raise MeetingRefused(field="agenda", why="agenda")
    if len(set(given.bodies)) > MOST_BODIES:
        raise MeetingRefused(field="bodies", why="bodies")
    if not limits.EARLIEST_YEAR <= given.on.year <= now().year + 2:
        raise MeetingRefused(field="on", why="year")


def _planned_before(office_id: int, given: MeetingInput, actor: Actor) -> MonitoringMeeting | None:
    if not given.form_key:
        return None
    made = db.session.scalar(
        select(MonitoringMeeting).where(
            MonitoringMeeting.made_by_id == actor.user_id, MonitoringMeeting.form_key == given.form_key
        )
    )
    if made is not None and (made.representative_office_id, made.topic) != (office_id, given.topic):
        raise FormSentDifferently
    return made
