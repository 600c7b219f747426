"""Who is invited by name, who came, and the door by which people sign in on their phones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.sealing import hmac_hex, random_crockford, random_token
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.meeting_errors import MeetingRefused, SignInClosed
from ombudsman_app.coverage.meeting_policies import WORK
from ombudsman_app.coverage.meeting_scope import MEETING
from ombudsman_app.coverage.meeting_states import CameBy, MeetingState
from ombudsman_app.coverage.models import MeetingDoor, MeetingPerson, MonitoringMeeting
from ombudsman_app.coverage.queries.meeting_door import code_hash, door_of

from .meetings import locked_meeting

CODE_LETTERS = 16  # 80 random bits: found in no way but by the camera
MOST_PEOPLE = 2_000
_BLANKS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class PersonInput:
    """Somebody of a body; no account is needed."""

    name: str
    function: str
    body: str


def person_hash(meeting_id: int, given: PersonInput) -> str:
    """Return the keyed hash by which a person of a meeting is known again, however it was typed."""
    name, body = (_BLANKS.sub(" ", text).strip().casefold() for text in (given.name, given.body))
    return hmac_hex(f"{meeting_id}\0{name}\0{body}", purpose="meeting-person")


@command
def invite_people(meeting: MonitoringMeeting, people: Sequence[PersonInput], *, actor: Actor) -> int:
    """Put people on the list of those who are expected; return how many are new.

    Raises NotAllowed; MoveNotAllowed once the meeting was held; MeetingRefused(why): people.
    """
    held = locked_meeting(meeting.id)
    demand(WORK, actor, held)
    if held.state not in (MeetingState.PLANNED, MeetingState.INVITED):
        raise MoveNotAllowed(state=str(held.state), event="invite_people")
    new = [_add(held.id, one, invited=True, actor=actor) for one in people]
    _refuse_too_many(held.id)
    changes = {"people": sum(new)}
    record(Event.COVERAGE_MEETING_PEOPLE_INVITED, MEETING, held.id, actor=actor, changes=changes)
    return sum(new)


@command
def record_people(meeting: MonitoringMeeting, people: Sequence[PersonInput], *, actor: Actor) -> int:
    """Note by hand who came: a phone was empty, or somebody walked in. Return how many are new.

    Raises NotAllowed; MoveNotAllowed once the minutes are issued; MeetingRefused(why): people, not_yet.
    """
    held = locked_meeting(meeting.id)
    demand(WORK, actor, held)
    _refuse_closed(held)
    new = [_came(held.id, one, CameBy.STAFF, actor) for one in people]
    _refuse_too_many(held.id)
    changes = {"people": sum(new), "by": CameBy.STAFF.value}
    record(Event.COVERAGE_MEETING_SIGNED_IN, MEETING, held.id, actor=actor, changes=changes)
    return sum(new)


@command
def note_presence(meeting: MonitoringMeeting, person_id: int, *, actor: Actor) -> None:
    """Note that somebody who is on the list came. Raises NotVisible for who is not."""
    held = locked_meeting(meeting.id)
    demand(WORK, actor, held)
    _refuse_closed(held)
    row = _person_of(held, person_id)
    if row.struck_at is not None:
        raise MoveNotAllowed(state="struck", event="came")
    if row.came_at is None:
        row.came_at, row.came_by, row.recorded_by_id = now(), CameBy.STAFF, actor.user_id
        changes = {"person": row.id, "by": CameBy.STAFF.value}
        record(Event.COVERAGE_MEETING_SIGNED_IN, MEETING, held.id, actor=actor, changes=changes)


@command
def strike_person(meeting: MonitoringMeeting, person_id: int, *, actor: Actor) -> None:
    """Take somebody off the list who was put on it by mistake, until the minutes are issued.

    Name, function and body are gone then; that somebody was struck stays. Raises MoveNotAllowed.
    """
    held = locked_meeting(meeting.id)
    demand(WORK, actor, held)
    if held.state is MeetingState.MINUTED:
        raise MoveNotAllowed(state=str(held.state), event="strike")
    row = _person_of(held, person_id)
    if row.struck_at is not None:
        return
    row.keep_name("")
    row.person_hash, row.function, row.body = random_token(), "", ""
    row.invited_at, row.came_at, row.came_by, row.struck_at = None, None, None, now()
    changes = {"person": row.id}
    record(Event.COVERAGE_MEETING_PERSON_STRUCK, MEETING, held.id, actor=actor, changes=changes)


@command
def open_door(meeting: MonitoringMeeting, *, actor: Actor) -> MeetingDoor:
    """Give the room a new code, for the day of the meeting alone; an earlier one ends.

    Raises NotAllowed; MoveNotAllowed once the minutes are issued or it was cancelled.
    """
    held = locked_meeting(meeting.id)
    demand(WORK, actor, held)
    if held.state in (MeetingState.MINUTED, MeetingState.CANCELLED):
        raise MoveNotAllowed(state=str(held.state), event="open_door")
    _close(held.id)
    code = random_crockford(CODE_LETTERS)
    door = MeetingDoor(
        uuid=uuid4(),
        meeting_id=held.id,
        code_hash=code_hash(code),
        valid_on=held.meets_on,
        opened_by_id=actor.user_id,
        opened_at=now(),
    )
    door.keep_code(code)
    db.session.add(door)
    db.session.flush()
    record(Event.COVERAGE_MEETING_DOOR_OPENED, MEETING, held.id, actor=actor, changes={"door": door.id})
    return door


@command
def close_door(meeting: MonitoringMeeting, *, actor: Actor) -> None:
    """End signing in; the code opens nothing any more."""
    held = locked_meeting(meeting.id)
    demand(WORK, actor, held)
    _close(held.id)
    record(Event.COVERAGE_MEETING_DOOR_CLOSED, MEETING, held.id, actor=actor)


@command
def sign_in(code: str, given: PersonInput) -> bool:
    """Note that somebody is in the room; return whether it was not noted before. The same person is once.

    Raises SignInClosed; MeetingRefused(why): people.
    """
    opened = door_of(code)
    if opened is None:
        raise SignInClosed
    meeting_id = opened.meeting.id
    is_new = _came(meeting_id, given, CameBy.QR, STRANGER)
    _refuse_too_many(meeting_id)
    if is_new:
        changes = {"by": CameBy.QR.value}
        record(Event.COVERAGE_MEETING_SIGNED_IN, MEETING, meeting_id, actor=STRANGER, changes=changes)
    return is_new


def _close(meeting_id: int) -> None:
    db.session.execute(
        update(MeetingDoor)
        .where(MeetingDoor.meeting_id == meeting_id, MeetingDoor.closed_at.is_(None))
        .values(closed_at=now())
    )


def _refuse_closed(held: MonitoringMeeting) -> None:
    """Nobody came before the day; after the minutes the list stands."""
    if held.state in (MeetingState.MINUTED, MeetingState.CANCELLED):
        raise MoveNotAllowed(state=str(held.state), event="sign_in")
    if held.meets_on > today(held.representative_office.time_zone):
        raise MeetingRefused(why="not_yet")


def _person_of(held: MonitoringMeeting, person_id: int) -> MeetingPerson:
    row = db.session.scalar(
        select(MeetingPerson).where(MeetingPerson.id == person_id, MeetingPerson.meeting_id == held.id)
    )
    if row is None:
        raise NotVisible
    return row


def _add(meeting_id: int, given: PersonInput, *, invited: bool, actor: Actor) -> bool:
    """Add a row for a person who has none; return whether it is new. 1 statement; two at once make one."""
    row = MeetingPerson(uuid=uuid4(), meeting_id=meeting_id)
    row.keep_name(given.name)
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(MeetingPerson).values(
        uuid=row.uuid,
        meeting_id=meeting_id,
        name_sealed=row.name_sealed,
        person_hash=person_hash(meeting_id, given),
        function=given.function,
        body=given.body,
        invited_at=now() if invited else None,
        recorded_by_id=actor.user_id,
    )
    return db.session.scalar(adding.on_conflict_do_nothing().returning(MeetingPerson.id)) is not None


def _came(meeting_id: int, given: PersonInput, by: CameBy, actor: Actor) -> bool:
    """Note that a person came, once. 2 statements."""
    _add(meeting_id, given, invited=False, actor=actor)
    noted = db.session.scalar(
        update(MeetingPerson)
        .where(
            MeetingPerson.meeting_id == meeting_id,
            MeetingPerson.person_hash == person_hash(meeting_id, given),
            MeetingPerson.came_at.is_(None),
        )
        .values(came_at=now(), came_by=by)
        .returning(MeetingPerson.id)
        .execution_options(synchronize_session=False)
    )
    return noted is not None


def _refuse_too_many(meeting_id: int) -> None:
    number = db.session.scalar(
        select(func.count()).select_from(MeetingPerson).where(MeetingPerson.meeting_id == meeting_id)
    )
    if (number or 0) > MOST_PEOPLE:
        raise MeetingRefused(why="people")
