"""What was agreed: put down, reported done, confirmed by another person, returned or dropped."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from ombudsman_app.core.changing import compare_version, demand, locked, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage import meeting_notices as notices
from ombudsman_app.coverage.meeting_errors import CommitmentRefused
from ombudsman_app.coverage.meeting_policies import JUDGE, REPORT, WORK, WORK_COMMITMENT
from ombudsman_app.coverage.meeting_scope import COMMITMENT, MEETING, of_meeting
from ombudsman_app.coverage.meeting_states import (
    AFTER,
    RUNNING,
    CameBy,
    CommitmentAct,
    MeetingState,
)
from ombudsman_app.coverage.meeting_states import COMMITMENT as FLOW
from ombudsman_app.coverage.models import (
    Commitment,
    CommitmentCarried,
    CommitmentEntry,
    MonitoringMeeting,
)
from ombudsman_app.directory.models import Jurisdiction, Region, RegionLevel

from .meetings import keep_bodies, locked_meeting

MOST_YEARS = 5  # a promise for later is none that a meeting can follow


@dataclass(frozen=True)
class CommitmentInput:
    """What was promised. `region_id`: for which place; `office_id`: by which body; at least one of them."""

    text: str
    due_on: date
    region_id: int | None = None
    office_id: int | None = None
    form_key: str = ""


@dataclass(frozen=True)
class ReportInput:
    """Done on which day, and how it can be seen."""

    done_on: date
    note: str
    form_key: str = ""


def locked_commitment(commitment_id: int, version: int | None = None) -> Commitment:
    """Return the commitment as it stands now, locked until the commit, with the office. 1 statement."""
    return locked(Commitment, commitment_id, Commitment.representative_office, version=version)


@command
def agree(meeting: MonitoringMeeting, given: CommitmentInput, *, actor: Actor) -> Commitment:
    """Put down what a body promised. The same form sent twice puts it down once.

    Raises NotAllowed; MoveNotAllowed before the meeting was held; CommitmentRefused(field, why): whose,
    place, too_early, too_late; MeetingRefused for a body that is none.
    """
    held = locked_meeting(meeting.id)
    demand(WORK, actor, held)
    if held.state not in AFTER:
        raise MoveNotAllowed(state=str(held.state), event="agree")
    if made := _agreed_before(held, given, actor):
        return made
    _refuse_nonsense(held, given)
    if given.office_id is not None:
        keep_bodies(held, [given.office_id])
    last = db.session.scalar(select(func.max(Commitment.number)).where(Commitment.meeting_id == held.id))
    is_told = held.state is MeetingState.MINUTED
    row = Commitment(
        meeting_id=held.id,
        representative_office_id=held.representative_office_id,
        number=(last or 0) + 1,
        text=given.text,
        region_id=given.region_id,
        office_id=given.office_id,
        due_on=given.due_on,
        is_told=is_told,
        made_by_id=actor.user_id,
        made_at=now(),
        form_key=given.form_key or None,
    )
    db.session.add(row)
    db.session.flush()
    _tell(row, CommitmentAct.AGREED, came_by=CameBy.STAFF, actor=actor)
    changes = {"meeting": held.id, "due_on": given.due_on.isoformat()}
    changes |= {"office": given.office_id, "region": given.region_id}
    record(Event.COVERAGE_COMMITMENT_AGREED, COMMITMENT, row.id, actor=actor, changes=changes)
    if is_told:
        notices.tell_body("agreed", row, held.reference, key=str(row.id), actor=actor)
    return row


@command
def report_done(
    commitment: Commitment,
    given: ReportInput,
    *,
    is_by_body: bool = False,
    version: int | None = None,
    actor: Actor,
) -> None:
    """Say that it is done: an officer of the body in the portal, or staff from a letter. Sent twice, once.

    Raises NotAllowed, RecordChanged, MoveNotAllowed; CommitmentRefused(done_on): in_future, too_early.
    """
    held = locked_commitment(commitment.id)
    demand(REPORT if is_by_body else WORK_COMMITMENT, actor, held)
    if _said_before(held, CommitmentAct.REPORTED, given.note, given.form_key):
        return
    compare_version(held, version)
    meeting = db.session.get_one(MonitoringMeeting, held.meeting_id)
    if given.done_on > today(held.representative_office.time_zone):
        raise CommitmentRefused(field="done_on", why="in_future")
    if given.done_on < meeting.meets_on:
        raise CommitmentRefused(field="done_on", why="too_early")
    _move(held, "report", Event.COVERAGE_COMMITMENT_REPORTED, actor=actor)
    held.done_on, held.reported_by_id = given.done_on, actor.user_id
    _tell(
        held,
        CommitmentAct.REPORTED,
        came_by=CameBy.PORTAL if is_by_body else CameBy.STAFF,
        actor=actor,
        text=given.note,
        done_on=given.done_on,
        form_key=given.form_key,
    )
    notices.reported(held, meeting.reference, actor=actor)


@command
def confirm_done(commitment: Commitment, note: str, *, version: int, actor: Actor) -> None:
    """Say as another person that it is done; how late it was stays. Raises NotAllowed, MoveNotAllowed."""
    held = locked_commitment(commitment.id, version)
    demand(JUDGE, actor, held)
    _move(held, "confirm", Event.COVERAGE_COMMITMENT_CONFIRMED, actor=actor)
    held.days_late = max(0, (held.done_on - held.due_on).days) if held.done_on else 0
    _tell(held, CommitmentAct.CONFIRMED, came_by=CameBy.STAFF, actor=actor, text=note)
    notices.tell_body("confirmed", held, _label(held), key=f"{held.id}:{held.version}", actor=actor)


@command
def return_report(commitment: Commitment, reason: str, *, version: int, actor: Actor) -> None:
    """Say as another person what is missing; its time goes on. Raises NotAllowed, MoveNotAllowed."""
    held = locked_commitment(commitment.id, version)
    demand(JUDGE, actor, held)
    _move(held, "return", Event.COVERAGE_COMMITMENT_RETURNED, actor=actor)
    held.done_on, held.reported_by_id = None, None
    _tell(held, CommitmentAct.RETURNED, came_by=CameBy.STAFF, actor=actor, text=reason)
    notices.tell_body("returned", held, _label(held), key=f"{held.id}:{held.version}", actor=actor)


@command
def drop_commitment(commitment: Commitment, reason: str, *, version: int, actor: Actor) -> None:
    """Say that nobody waits for it any more, and why. Raises NotAllowed, MoveNotAllowed."""
    held = locked_commitment(commitment.id, version)
    demand(JUDGE, actor, held)
    _move(held, "drop", Event.COVERAGE_COMMITMENT_DROPPED, actor=actor)
    held.done_on = None
    _tell(held, CommitmentAct.DROPPED, came_by=CameBy.STAFF, actor=actor, text=reason)
    notices.tell_body("dropped", held, _label(held), key=str(held.id), actor=actor)


@command
def carry_over(meeting: MonitoringMeeting, earlier_id: int, *, actor: Actor) -> int:
    """Go on with what runs of an earlier meeting of this office; return how many are new here.

    They stay the same commitments, with their history. Raises NotAllowed; NotVisible for no such meeting.
    """
    held = locked_meeting(meeting.id)
    demand(WORK, actor, held)
    if held.state is MeetingState.CANCELLED:
        raise MoveNotAllowed(state=str(held.state), event="carry_over")
    earlier = db.session.get(MonitoringMeeting, earlier_id)
    if earlier is None or earlier.representative_office_id != held.representative_office_id:
        raise NotVisible
    if earlier.id == held.id or earlier.meets_on > held.meets_on:
        raise NotVisible
    there = select(CommitmentCarried.commitment_id).where(CommitmentCarried.meeting_id == held.id)
    rows = list(
        db.session.scalars(
            select(Commitment)
            .where(
                of_meeting(earlier.id),
                Commitment.state.in_(RUNNING),
                Commitment.meeting_id != held.id,
                Commitment.id.not_in(there),
            )
            .order_by(Commitment.id)
        )
    )
    for row in rows:
        db.session.add(CommitmentCarried(meeting_id=held.id, commitment_id=row.id))
        _tell(row, CommitmentAct.CARRIED, came_by=CameBy.STAFF, actor=actor, meeting_id=held.id)
    keep_bodies(held, [row.office_id for row in rows if row.office_id is not None])
    touch(held)
    changes = {"from": earlier.id, "commitments": len(rows)}
    record(Event.COVERAGE_COMMITMENTS_CARRIED, MEETING, held.id, actor=actor, changes=changes)
    return len(rows)


def _move(held: Commitment, event: str, note: Event, *, actor: Actor) -> None:
    before = held.state
    held.state = FLOW.after(before, event)
    touch(held)
    changes = {"move": event, "state": [before.value, held.state.value]}
    record(note, COMMITMENT, held.id, actor=actor, changes=changes)


def _tell(held: Commitment, act: CommitmentAct, *, came_by: CameBy, actor: Actor, **more: Any) -> None:
    more["form_key"] = more.get("form_key") or None
    db.session.add(
        CommitmentEntry(
            commitment_id=held.id, act=act, came_by=came_by, by_id=actor.user_id, at=now(), **more
        )
    )
    db.session.flush()


def _label(held: Commitment) -> str:
    return (
        db.session.scalar(select(MonitoringMeeting.reference).where(MonitoringMeeting.id == held.meeting_id))
        or ""
    )


def _refuse_nonsense(held: MonitoringMeeting, given: CommitmentInput) -> None:
    if given.region_id is None and given.office_id is None:
        raise CommitmentRefused(field="region", why="whose")
    if given.due_on <= held.meets_on:
        raise CommitmentRefused(field="due_on", why="too_early")
    if given.due_on.year > held.meets_on.year + MOST_YEARS:
        raise CommitmentRefused(field="due_on", why="too_late")
    if given.region_id is not None and not _is_watched(held, given.region_id):
        raise CommitmentRefused(field="region", why="place")


def _is_watched(held: MonitoringMeeting, region_id: int) -> bool:
    """Whether a province, regency or city lies where the office watches. 1 statement."""
    watched = (
        select(Region.code)
        .join(Jurisdiction, Jurisdiction.province_id == Region.id)
        .where(Jurisdiction.representative_id == held.representative_office_id)
    )
    levels = (RegionLevel.PROVINCE, RegionLevel.REGENCY, RegionLevel.CITY)
    found = select(Region.id).where(
        Region.id == region_id, Region.level.in_(levels), Region.province_code.in_(watched)
    )
    return db.session.scalar(found) is not None


def _agreed_before(held: MonitoringMeeting, given: CommitmentInput, actor: Actor) -> Commitment | None:
    if not given.form_key:
        return None
    made = db.session.scalar(
        select(Commitment).where(
            Commitment.made_by_id == actor.user_id, Commitment.form_key == given.form_key
        )
    )
    if made is not None and (made.meeting_id, made.text) != (held.id, given.text):
        raise FormSentDifferently
    return made


def _said_before(held: Commitment, act: CommitmentAct, text: str, form_key: str) -> bool:
    if not form_key:
        return False
    found = db.session.scalar(
        select(CommitmentEntry).where(
            CommitmentEntry.commitment_id == held.id, CommitmentEntry.form_key == form_key
        )
    )
    if found is not None and (found.act is not act or found.text != text):
        raise FormSentDifferently
    return found is not None
