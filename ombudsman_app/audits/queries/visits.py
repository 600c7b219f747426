"""Visits as a calendar shows them: which office on which days, who goes there, who would be at two places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from ombudsman_app.accounts.models import User
from ombudsman_app.audits.models import Audit, AuditMember
from ombudsman_app.audits.scope import scope
from ombudsman_app.audits.states import AuditState
from ombudsman_app.audits.teams import IN_FIELD
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, RepresentativeOffice

from .board import is_open_plan

_OFFICE = Office.__table__
_HANDLING = RepresentativeOffice.__table__
_ONE_DAY = timedelta(days=1)
TO_COME = (AuditState.PLANNED, AuditState.IN_FIELD)


@dataclass(frozen=True)
class Visit:
    """One visit with fixed days. `people`: who goes there, by id."""

    audit_id: int
    reference: str
    state: AuditState
    office: str
    first: date
    last: date
    people: dict[int, str] = field(default_factory=dict)

    def days(self, first: date, last: date) -> Iterable[date]:
        """Return its days that lie in a span."""
        day = max(self.first, first)
        while day <= min(self.last, last):
            yield day
            day += _ONE_DAY


def visits_between(actor: Actor, first: date, last: date, *, is_mine: bool) -> Sequence[Visit]:
    """Return the visits that touch these days, the first ones first; `is_mine`: one's own alone. 1 statement.

    Those whose days are not fixed are left out: no visit takes so long.
    """
    seen = (
        scope(actor)
        .audits()
        .where(
            Audit.planned_from > first - timedelta(days=limits.VISIT_DAYS),
            Audit.planned_from <= last,
            Audit.planned_until >= first,
            Audit.state != AuditState.CANCELLED,
        )
    )
    if is_mine:
        seen = seen.where(Audit.id.in_(_seats_of(actor)))
    rows = db.session.execute(
        seen.with_only_columns(
            Audit.id,
            func.coalesce(Audit.reference, ""),
            Audit.state,
            _OFFICE.c.short_name,
            Audit.planned_from,
            Audit.planned_until,
            User.id,
            User.name,
        )
        .join(_OFFICE, _OFFICE.c.id == Audit.office_id)
        .outerjoin(AuditMember, (AuditMember.audit_id == Audit.id) & AuditMember.seat.in_(sorted(IN_FIELD)))
        .outerjoin(User, User.id == AuditMember.user_id)
        .order_by(Audit.planned_from, Audit.id, User.name)
        .limit(limits.CALENDAR_DAYS)
    )
    found: dict[int, Visit] = {}
    for *visit, user_id, name in rows:
        if is_open_plan(visit[4], visit[5]):
            continue
        one = found.setdefault(visit[0], Visit(*visit))
        if user_id is not None:
            one.people[user_id] = name
    return list(found.values())


def _seats_of(actor: Actor) -> Any:
    return select(AuditMember.audit_id).where(
        AuditMember.user_id == actor.user_id, AuditMember.seat.in_(sorted(IN_FIELD))
    )


def clashes(visits: Sequence[Visit], first: date, last: date) -> dict[int, set[str]]:
    """Return who would be at two places on one day, by audit. No statement."""
    on_day: dict[tuple[date, int], list[Visit]] = defaultdict(list)
    for visit in visits:
        for day in visit.days(first, last):
            for person in visit.people:
                on_day[day, person].append(visit)
    found: dict[int, set[str]] = defaultdict(set)
    for (_day, person), at_once in on_day.items():
        for visit in at_once if len(at_once) > 1 else ():
            found[visit.audit_id].add(visit.people[person])
    return dict(found)


@dataclass(frozen=True)
class OwnVisit:
    """A visit of one's own, for a calendar file."""

    audit_id: int
    reference: str
    office: str
    first: date
    last: date
    version: int
    changed_at: datetime


def own_visits(actor: Actor, since: date) -> Sequence[OwnVisit]:
    """Return the visits to which one goes oneself, from a day on, the first ones first. 1 statement."""
    rows = db.session.execute(
        scope(actor)
        .audits()
        .where(
            Audit.planned_until >= since,
            Audit.state.in_(TO_COME),
            Audit.id.in_(_seats_of(actor)),
        )
        .with_only_columns(
            Audit.id,
            func.coalesce(Audit.reference, ""),
            _OFFICE.c.short_name,
            Audit.planned_from,
            Audit.planned_until,
            Audit.version,
            func.coalesce(Audit.changed_at, Audit.made_at),
        )
        .join(_OFFICE, _OFFICE.c.id == Audit.office_id)
        .order_by(Audit.planned_from, Audit.id)
        .limit(limits.CALENDAR_DAYS)
    )
    found = [OwnVisit(*row) for row in rows]
    return [one for one in found if not is_open_plan(one.first, one.last)]


@dataclass(frozen=True)
class NearVisit:
    """A visit that is about to begin, and who goes there."""

    audit_id: int
    label: str
    first: date
    people: list[int]


def near_visits(zone: str, today: date, until: date) -> Sequence[NearVisit]:
    """Return the visits of a time zone that begin after today and not after `until`. 1 statement."""
    rows = db.session.execute(
        select(Audit.id, Audit.reference, Audit.planned_from, Audit.planned_until, AuditMember.user_id)
        .join(AuditMember, (AuditMember.audit_id == Audit.id) & AuditMember.seat.in_(sorted(IN_FIELD)))
        .join(_HANDLING, _HANDLING.c.id == Audit.representative_office_id)
        .where(
            _HANDLING.c.time_zone == zone,
            Audit.planned_from > today,
            Audit.planned_from <= until,
            Audit.state.in_(TO_COME),
        )
        .order_by(Audit.id)
    )
    found: dict[int, NearVisit] = {}
    for audit_id, reference, first, last, user_id in rows:
        if not is_open_plan(first, last):
            one = found.setdefault(audit_id, NearVisit(audit_id, reference or f"#{audit_id}", first, []))
            one.people.append(user_id)
    return list(found.values())


def zones() -> Sequence[str]:
    """Return the time zones in which the Ombudsman works. 1 statement."""
    return db.session.scalars(select(_HANDLING.c.time_zone).distinct()).all()
