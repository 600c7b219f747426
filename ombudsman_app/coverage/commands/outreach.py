"""An outreach event is planned, changed, reported or cancelled: by staff, or by the office that holds it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoveNotAllowed, NotAllowed, NotVisible
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Policy
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.local_rule_policies import MAKERS
from ombudsman_app.coverage.meeting_states import CameBy
from ombudsman_app.coverage.models import Commitment, OutreachEntry, OutreachEvent, OutreachTarget
from ombudsman_app.coverage.outreach_errors import OutreachRefused
from ombudsman_app.coverage.outreach_policies import WORK, WORK_OWN
from ombudsman_app.coverage.outreach_states import OUTREACH, OutreachAct, OutreachState, TargetGroup
from ombudsman_app.coverage.queries.outreach_choices import places_of_offices
from ombudsman_app.directory.models import Office, Region
from ombudsman_app.directory.queries import representative_for

from .outreach_inputs import (
    OutreachInput,
    ResultInput,
    facts_of,
    refuse_holder,
    refuse_plan,
    refuse_result,
)

OUTREACH_EVENT = "outreach_event"
_TOLD = ("title", "district", "venue", "with_whom", "topic", "happens_on")
_RESULT = ("participants", "women", "men", "known_by", "handed_out", "asked_most", "follow_up")


@command
def plan_outreach(given: OutreachInput, *, actor: Actor) -> OutreachEvent:
    """Write an event down before or after its day. The same form sent twice makes one.

    Raises NotAllowed outside one's own places, NotVisible for no place, OutreachRefused.
    """
    if made := _planned_before(given, actor):
        return made
    region, office, representative = _where(given, actor)
    refuse_plan(given, is_held=False, region=region)
    held = OutreachEvent(
        representative_office_id=representative,
        came_by=_way_of(actor),
        made_by_id=actor.user_id,
        made_at=now(),
        form_key=given.form_key or None,
        **facts_of(given, region),
    )
    db.session.add(held)
    db.session.flush()
    _keep_groups(held, given.groups)
    note(held, OutreachAct.PLANNED, actor=actor, facts=[["office", "", office.name]])
    changes = {"region": region.code, "office": office.reference, "came_by": held.came_by.value}
    record(Event.COVERAGE_OUTREACH_PLANNED, OUTREACH_EVENT, held.id, actor=actor, changes=changes)
    return held


@command
def change_outreach(
    event: OutreachEvent, given: OutreachInput, *, version: int, actor: Actor
) -> OutreachEvent:
    """Correct place, day, who holds it and the like; what was written stays readable.

    Raises NotAllowed, RecordChanged, OutreachRefused; MoveNotAllowed once it was cancelled.
    """
    held = _locked(event, version, actor)
    if held.state is OutreachState.CANCELLED:
        raise MoveNotAllowed(state=str(held.state), event="change")
    region, office, representative = _where(given, actor)
    refuse_plan(given, is_held=held.state is OutreachState.HELD, region=region)
    before, groups = _said(held), _groups_of(held.id)
    for name, value in facts_of(given, region).items():
        setattr(held, name, value)
    held.representative_office_id = representative
    _keep_groups(held, given.groups)
    after = {**_said(held), "region": region.name, "office": office.name}
    facts = _new(before, after) + _new({"groups": groups}, {"groups": _groups_of(held.id)})
    touch(held)
    note(held, OutreachAct.CHANGED, actor=actor, facts=facts)
    changes = {"fields": [fact[0] for fact in facts]}
    record(Event.COVERAGE_OUTREACH_CHANGED, OUTREACH_EVENT, held.id, actor=actor, changes=changes)
    return held


@command
def report_outreach(event: OutreachEvent, given: ResultInput, *, version: int, actor: Actor) -> OutreachEvent:
    """Say what came of it; once reported the same corrects it, and what was said stays readable.

    Raises OutreachRefused (not_yet: its hour has not come), NotAllowed, RecordChanged, MoveNotAllowed.
    """
    held = _locked(event, version, actor)
    is_first = held.state is not OutreachState.HELD
    if is_first:
        state = OUTREACH.after(held.state, "hold")
        if held.starts_at > now():
            raise OutreachRefused(why="not_yet")
        held.state = state
    refuse_result(given)
    _refuse_commitment(held, given.commitment_id)
    before = {name: _told(getattr(held, name)) for name in _RESULT}
    before["commitment"] = _commitment_words(held.commitment_id)
    for name in _RESULT:
        setattr(held, name, getattr(given, name))
    held.commitment_id = given.commitment_id
    after = {name: _told(getattr(held, name)) for name in _RESULT}
    after["commitment"] = _commitment_words(held.commitment_id)
    facts = _new(before, after)
    touch(held)
    note(held, OutreachAct.HELD if is_first else OutreachAct.CORRECTED, actor=actor, facts=facts)
    told = Event.COVERAGE_OUTREACH_HELD if is_first else Event.COVERAGE_OUTREACH_CORRECTED
    changes = {"fields": [fact[0] for fact in facts], "participants": held.participants}
    record(told, OUTREACH_EVENT, held.id, actor=actor, changes=changes)
    return held


@command
def cancel_outreach(event: OutreachEvent, reason: str, *, version: int, actor: Actor) -> None:
    """Say that it does not take place, or did not after all, and why. Raises MoveNotAllowed."""
    held = _locked(event, version, actor)
    before = held.state
    held.state = OUTREACH.after(before, "cancel")
    held.ended_because = reason
    touch(held)
    facts = [["state", before.value, held.state.value]]
    note(held, OutreachAct.CANCELLED, actor=actor, words=reason, facts=facts)
    changes = {"state": [before.value, held.state.value]}
    record(Event.COVERAGE_OUTREACH_CANCELLED, OUTREACH_EVENT, held.id, actor=actor, changes=changes)


def note(held: OutreachEvent, act: OutreachAct, *, actor: Actor, **told: Any) -> None:
    """Add a line to the history of an event."""
    entry = OutreachEntry(
        event_id=held.id,
        act=act,
        came_by=_way_of(actor),
        by_id=actor.user_id,
        at=now(),
        **{"words": "", **told},
    )
    db.session.add(entry)


def _way_of(actor: Actor) -> CameBy:
    return CameBy.PORTAL if actor.roles & PORTAL_ROLES else CameBy.STAFF


def _right_of(actor: Actor) -> Policy:
    return WORK_OWN if _way_of(actor) is CameBy.PORTAL else WORK


def _locked(event: OutreachEvent, version: int, actor: Actor) -> OutreachEvent:
    held = locked(OutreachEvent, event.id, OutreachEvent.region, OutreachEvent.office, version=version)
    demand(_right_of(actor), actor, held)
    return held


def _where(given: OutreachInput, actor: Actor) -> tuple[Region, Office, int]:
    """Return the place, who holds the event, and the office of the Ombudsman there. ≤ 4 statements."""
    region = db.session.scalar(select(Region).where(Region.id == given.region_id))
    watching = representative_for(region.code) if region else None
    if region is None or watching is None:
        raise NotVisible
    office = db.session.scalar(select(Office).where(Office.id == given.office_id))
    if _way_of(actor) is CameBy.PORTAL:
        is_own = given.office_id in actor.offices_as(*PORTAL_ROLES)
        if not is_own or region.id not in {one.id for one in places_of_offices([given.office_id])}:
            raise NotAllowed(policy=WORK_OWN.name)
    elif watching.id not in actor.offices_as(*MAKERS):
        raise NotAllowed(policy=WORK.name)
    else:
        refuse_holder(office, region, watching.id)
    if office is None:
        raise NotVisible
    return region, office, watching.id


def _refuse_commitment(held: OutreachEvent, commitment_id: int | None) -> None:
    """Raise OutreachRefused for a promise that was made to another office of the Ombudsman."""
    if commitment_id is None or commitment_id == held.commitment_id:
        return
    whose = select(Commitment.representative_office_id).where(Commitment.id == commitment_id)
    if db.session.scalar(whose) != held.representative_office_id:
        raise OutreachRefused(field="commitment", why="commitment")


def _commitment_words(commitment_id: int | None) -> str:
    if commitment_id is None:
        return ""
    return db.session.scalar(select(Commitment.text).where(Commitment.id == commitment_id)) or ""


def _keep_groups(held: OutreachEvent, groups: Sequence[TargetGroup]) -> None:
    db.session.execute(delete(OutreachTarget).where(OutreachTarget.event_id == held.id))
    rows = [{"event_id": held.id, "target_group": one} for one in TargetGroup if one in set(groups)]
    db.session.execute(insert(OutreachTarget), rows)


def _groups_of(event_id: int) -> str:
    found = set(
        db.session.scalars(select(OutreachTarget.target_group).where(OutreachTarget.event_id == event_id))
    )
    return " ".join(one.value for one in TargetGroup if one in found)


def _said(held: OutreachEvent) -> dict[str, str]:
    """Return what the history keeps of a plan; hours as instants, names as they are now."""
    return {
        **{name: _told(getattr(held, name)) for name in _TOLD},
        "starts_at": held.starts_at.isoformat(),
        "ends_at": held.ends_at.isoformat() if held.ends_at else "",
        "region": held.region.name,
        "office": held.office.name,
    }


def _told(value: Any) -> str:
    return "" if value is None else str(value)


def _new(before: dict[str, str], after: dict[str, str]) -> list[list[str]]:
    return [[name, before[name], after[name]] for name in before if before[name] != after[name]]


def _planned_before(given: OutreachInput, actor: Actor) -> OutreachEvent | None:
    if not given.form_key:
        return None
    made = db.session.scalar(
        select(OutreachEvent).where(
            OutreachEvent.made_by_id == actor.user_id, OutreachEvent.form_key == given.form_key
        )
    )
    if made is not None and (made.region_id, made.title) != (given.region_id, given.title):
        raise FormSentDifferently
    return made
