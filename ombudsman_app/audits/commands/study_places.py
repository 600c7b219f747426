"""Offices where others can learn (tujuan studi banding): named by the head, with a reason and an end."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ombudsman_app.audits.errors import StudyPlaceRefused
from ombudsman_app.audits.models import Audit, StudyPlace
from ombudsman_app.audits.policies import NAME_STUDY_PLACE
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Office

from .moving import locked_audit


@dataclass(frozen=True)
class StudyPlaceInput:
    """Why others can learn there, and the last day on which it holds."""

    reason: str
    until: date


@command
def name_study_place(audit: Audit, given: StudyPlaceInput, *, version: int, actor: Actor) -> StudyPlace:
    """Name the office of a published audit. Raises StudyPlaceRefused (why: not_published, over, holds)."""
    held = locked_audit(audit.id, version)
    demand(NAME_STUDY_PLACE, actor, held)
    day = today(held.representative_office.time_zone)
    if held.state is not AuditState.PUBLISHED:
        raise StudyPlaceRefused(why="not_published")
    if given.until < day:
        raise StudyPlaceRefused(why="over")
    # two heads may name one office from two audits at once
    db.session.execute(select(Office.id).where(Office.id == held.office_id).with_for_update())
    if _holding(held.office_id, day) is not None:
        raise StudyPlaceRefused(why="holds")
    place = StudyPlace(
        office_id=held.office_id,
        audit_id=held.id,
        reason=given.reason,
        until=given.until,
        named_on=day,
        named_by_id=actor.user_id,
    )
    db.session.add(place)
    touch(held)
    db.session.flush()
    stated = {"place": place.id, "until": given.until.isoformat()}
    record(Event.AUDITS_STUDY_PLACE_NAMED, "audit", held.id, actor=actor, changes=stated)
    return place


@command
def end_study_place(audit: Audit, reason: str, *, version: int, actor: Actor) -> None:
    """End it before its day, with the reason. Raises StudyPlaceRefused (why: ended) where none holds."""
    held = locked_audit(audit.id, version)
    demand(NAME_STUDY_PLACE, actor, held)
    day = today(held.representative_office.time_zone)
    place = _holding(held.office_id, day)
    if place is None or place.audit_id != held.id:
        raise StudyPlaceRefused(why="ended")
    place.ended_on, place.ended_reason = day, reason
    touch(held)
    record(Event.AUDITS_STUDY_PLACE_ENDED, "audit", held.id, actor=actor, changes={"place": place.id})


def _holding(office_id: int, day: date) -> StudyPlace | None:
    """Return what holds for an office on a day. 1 statement."""
    return db.session.scalar(
        select(StudyPlace)
        .where(StudyPlace.office_id == office_id, StudyPlace.until >= day, StudyPlace.ended_on.is_(None))
        .order_by(StudyPlace.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
