"""People as the administrator sees them: who is invited, active or ended, and what happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased

from ombudsman_app.accounts.models import FocalPoint, RoleGrant, User
from ombudsman_app.accounts.scope import scope
from ombudsman_app.accounts.states import AccountState
from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import PORTAL_ROLES, STAFF_ROLES, Actor, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.directory.models import Office
from ombudsman_app.web.paging import Page, page_of

from .rights import GRANT_ZONE


@dataclass(frozen=True)
class PeopleFilter:
    """What the list is narrowed to; empty: everybody."""

    text: str = ""
    role: Role | None = None
    office_id: int | None = None
    state: AccountState | None = None


@dataclass(frozen=True)
class HeldGrant:
    """A right of a person, with what pages show of it."""

    grant: RoleGrant
    office_name: str
    is_open: bool  # holds today
    is_focal_point: bool = False


@dataclass(frozen=True)
class PersonLine:
    """One line of the list."""

    user_id: int
    name: str
    email: str
    state: AccountState
    grants: tuple[HeldGrant, ...]  # those that hold today


@dataclass(frozen=True)
class Happened:
    """One entry of the trail about a person."""

    at: datetime
    event: str
    reason: str
    by: str  # name of an account; empty: the person at the door, or the command line


@dataclass(frozen=True)
class PersonPage:
    """All that an administrator sees of somebody."""

    user: User
    state: AccountState
    grants: tuple[HeldGrant, ...]  # those that ended too, the youngest first
    history: tuple[Happened, ...]

    @property
    def open_grants(self) -> tuple[HeldGrant, ...]:
        return tuple(one for one in self.grants if one.is_open)

    @property
    def ended_grants(self) -> tuple[HeldGrant, ...]:
        return tuple(one for one in self.grants if not one.is_open)


def holds_today() -> ColumnElement[bool]:
    """Say of a grant that it holds today."""
    day = today(GRANT_ZONE)
    return and_(
        RoleGrant.revoked_at.is_(None),
        RoleGrant.valid_from <= day,
        or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until >= day),
    )


def is_of_focal_point() -> ColumnElement[bool]:
    """Say of a grant that its office names its person as focal point."""
    return exists().where(
        FocalPoint.user_id == RoleGrant.user_id,
        FocalPoint.office_id == RoleGrant.office_id,
        FocalPoint.ended_at.is_(None),
    )


def people(actor: Actor, wanted: PeopleFilter, *, after: int | None = None) -> Page[PersonLine]:
    """Return one page of people by name, by keyset; `after` is the id of the last one seen. 2 statements."""
    state = _state()
    rows = scope(actor).users().with_only_columns(User.id, User.name, User.email, state.label("state"))
    for condition in _conditions(wanted, state):
        rows = rows.where(condition)
    if after is not None:
        seen = aliased(User)
        place = select(seen.name).where(seen.id == after).scalar_subquery()
        rows = rows.where(tuple_(User.name, User.id) > tuple_(place, after))
    found = db.session.execute(rows.order_by(User.name, User.id).limit(limits.PAGE_ROWS + 1)).all()
    held = _grants_of([row.id for row in found])
    lines = [
        PersonLine(row.id, row.name, row.email, AccountState(row.state), tuple(held.get(row.id, ())))
        for row in found
    ]
    return page_of(
        lines,
        limits.PAGE_ROWS,
        lambda line: str(line.user_id),
        after=str(after) if after is not None else None,
    )


def _state() -> ColumnElement[str]:
    has_right = exists().where(RoleGrant.user_id == User.id, holds_today()).correlate(User)
    return case(
        (or_(User.is_active.is_(False), ~has_right), AccountState.ENDED.value),
        (User.password_hash.is_(None), AccountState.INVITED.value),
        else_=AccountState.ACTIVE.value,
    )


def _conditions(wanted: PeopleFilter, state: ColumnElement[str]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.text:
        text = wanted.text.casefold()
        conditions.append(
            or_(
                func.lower(User.name).contains(text, autoescape=True),
                User.email.contains(text, autoescape=True),
            )
        )
    if wanted.state is not None:
        conditions.append(state == wanted.state.value)
    if wanted.role is not None or wanted.office_id is not None:
        holds = exists().where(RoleGrant.user_id == User.id, holds_today())
        if wanted.role is not None:
            holds = holds.where(RoleGrant.role == wanted.role)
        if wanted.office_id is not None:
            holds = holds.where(RoleGrant.office_id == wanted.office_id)
        conditions.append(holds.correlate(User))
    return conditions


def _grants_of(user_ids: list[int]) -> dict[int, list[HeldGrant]]:
    """Return what people hold today. 1 statement."""
    rows = db.session.execute(
        select(RoleGrant, Office.short_name)
        .join(Office, Office.id == RoleGrant.office_id)
        .where(RoleGrant.user_id.in_(user_ids), holds_today())
        .order_by(RoleGrant.id)
    )
    held: dict[int, list[HeldGrant]] = {}
    for grant, office_name in rows:
        held.setdefault(grant.user_id, []).append(HeldGrant(grant, office_name, is_open=True))
    return held


def visible_person(actor: Actor, user_id: int) -> User | None:
    """Return somebody whom this person may look after. 1 statement."""
    return db.session.scalar(scope(actor).users().where(User.id == user_id))


def grant_of_person(actor: Actor, user_id: int, grant_id: int) -> RoleGrant | None:
    """Return a right of somebody whom this person may look after. 1 statement."""
    seen = scope(actor).users().where(User.id == user_id).with_only_columns(User.id)
    return db.session.scalar(select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.user_id.in_(seen)))


def held_grant(grant: RoleGrant) -> tuple[RoleGrant, str, str]:
    """Return a right with the names of its person and office. 1 statement."""
    names = (
        select(User.name, Office.name)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .join(Office, Office.id == RoleGrant.office_id)
        .where(RoleGrant.id == grant.id)
    )
    person, office = db.session.execute(names).one()
    return grant, person, office


def open_grant(user_id: int, role: Role, office_id: int, *, is_locked: bool = False) -> RoleGrant | None:
    """Return the right that a person holds today in a role at an office. 1 statement."""
    wanted = select(RoleGrant).where(
        RoleGrant.user_id == user_id, RoleGrant.role == role, RoleGrant.office_id == office_id, holds_today()
    )
    if is_locked:
        wanted = wanted.with_for_update()
    return db.session.scalars(wanted.order_by(RoleGrant.id).limit(1)).first()


def is_on_other_side(user_id: int, role: Role) -> bool:
    """Whether a person holds, or will hold, a role on the side that this role is not of. 1 statement."""
    others = STAFF_ROLES if role in PORTAL_ROLES else PORTAL_ROLES
    found = select(RoleGrant.id).where(
        RoleGrant.user_id == user_id,
        RoleGrant.role.in_(others),
        RoleGrant.revoked_at.is_(None),
        or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until >= today(GRANT_ZONE)),
    )
    return db.session.scalar(found.limit(1)) is not None


def person_page(user: User) -> PersonPage:
    """Return what belongs to somebody who is visible. 3 statements."""
    state = AccountState(db.session.execute(select(_state()).where(User.id == user.id)).scalar_one())
    rows = db.session.execute(
        select(RoleGrant, Office.name, holds_today().label("is_open"), is_of_focal_point().label("is_focal"))
        .join(Office, Office.id == RoleGrant.office_id)
        .where(RoleGrant.user_id == user.id)
        .order_by(RoleGrant.id.desc())
    )
    grants = tuple(
        HeldGrant(grant, name, is_open=bool(is_open), is_focal_point=bool(is_focal and is_open))
        for grant, name, is_open, is_focal in rows
    )
    return PersonPage(user, state, grants, _history(user.id))


def _history(user_id: int) -> tuple[Happened, ...]:
    """Return the newest entries of the trail about a person. 1 statement."""
    by: Any = aliased(User)
    rows = db.session.execute(
        select(TrailEntry.at, TrailEntry.event, TrailEntry.reason, by.name)
        .outerjoin(by, by.id == TrailEntry.actor_id)
        # in the text of the statement, where the partial index is recognised
        .where(TrailEntry.subject_type == literal_column("'user'"), TrailEntry.subject_id == user_id)
        .order_by(TrailEntry.seq.desc())
        .limit(limits.PAGE_ROWS)
    )
    return tuple(Happened(row.at, row.event, row.reason, row.name or "") for row in rows)
