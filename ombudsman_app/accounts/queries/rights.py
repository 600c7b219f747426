"""Reading people and their rights."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select

from ombudsman_app.accounts import links, second_factor
from ombudsman_app.accounts.models import ConflictDeclaration, RecoveryCode, RoleGrant, User
from ombudsman_app.accounts.scope import scope
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Grant, Role
from ombudsman_app.core.sessions import StoredSession, is_held_by_person
from ombudsman_app.directory.models import Office, Region, RepresentativeOffice
from ombudsman_app.web.sessions import signed_in_user_id

# a few columns, no whole rows
_OFFICE, _REPRESENTATIVE, _REGION = Office.__table__, RepresentativeOffice.__table__, Region.__table__
GRANT_ZONE = "Asia/Jakarta"  # rights begin and end with the day of the head office
MOST_SESSIONS = 50  # on the page; "all others" ends every one


@dataclass(frozen=True)
class Credentials:
    """What signing in needs of an account, and nothing that would have to be loaded again later."""

    user_id: int
    email: str
    name: str
    password_hash: str | None = field(repr=False)
    is_active: bool
    totp_secret: bytes | None = field(repr=False)
    totp_since: datetime | None
    totp_last_step: int | None
    recovery_code_id: int | None  # of the unused recovery code that was typed, if it is one
    link_since: datetime | None = None  # when the last one-time link was ordered: those before are dead

    @property
    def has_second_factor(self) -> bool:
        return self.totp_since is not None


def signed_in_actor() -> Actor | None:
    """Return who signed in with this browser, with the grants that hold today (AZ8). 0 to 2 statements."""
    user_id = signed_in_user_id()
    return None if user_id is None else actor_for(user_id)


_DAY = bindparam("day", type_=Date)
_PERSON_WITH_GRANTS = (  # put together once: it is asked for on every page of everybody who signed in
    select(
        User.name,
        User.totp_since,
        RoleGrant.role,
        RoleGrant.office_id,
        RoleGrant.valid_from,
        RoleGrant.valid_until,
        func.coalesce(_REPRESENTATIVE.c.time_zone, _REGION.c.time_zone).label("time_zone"),
        _OFFICE.c.short_name.label("office_name"),
    )
    .outerjoin(
        RoleGrant,
        and_(
            RoleGrant.user_id == User.id,
            RoleGrant.revoked_at.is_(None),
            RoleGrant.valid_from <= _DAY,
            or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until >= _DAY),
        ),
    )
    .outerjoin(_OFFICE, _OFFICE.c.id == RoleGrant.office_id)
    .outerjoin(_REPRESENTATIVE, _REPRESENTATIVE.c.id == RoleGrant.office_id)
    .outerjoin(_REGION, _REGION.c.code == _OFFICE.c.province_code)
    .where(User.id == bindparam("user_id"), User.is_active)
    .order_by(RoleGrant.id)
)


def actor_for(user_id: int) -> Actor | None:
    """Return a person with the grants that hold today; None if unknown or deactivated. 1 statement."""
    rows = db.session.execute(_PERSON_WITH_GRANTS, {"user_id": user_id, "day": today(GRANT_ZONE)}).all()
    if not rows:
        return None
    grants = tuple(
        Grant(row.role, row.office_id, row.valid_from, row.valid_until, row.time_zone, row.office_name)
        for row in rows
        if row.role is not None
    )
    is_complete = rows[0].totp_since is not None or not second_factor.is_demanded()
    return Actor(user_id, rows[0].name, grants, has_second_factor=is_complete)


def credentials_of(email: str, code: str = "") -> Credentials | None:
    """Return what signing in needs, by normalised address. `code` as it was typed. 1 statement."""
    return _credentials(User.email == email, code)


def credentials_of_person(user_id: int, code: str = "") -> Credentials | None:
    """Return the same for somebody who has signed in. 1 statement."""
    return _credentials(User.id == user_id, code)


def language_of(user_id: int) -> str:
    """Return the language in which somebody is written to. 1 statement."""
    return db.session.scalars(select(User.language).where(User.id == user_id)).one()


def credentials_behind(token: str) -> Credentials | None:
    """Return the account for which a one-time link is good, None for every other link. 0 or 1 statement."""
    link = links.read(token)
    if link is None:
        return None
    found = _credentials(User.id == link.user_id)
    if found is None or not found.is_active or not link.is_genuine(found.password_hash, found.link_since):
        return None
    return found


def _credentials(condition: ColumnElement[bool], code: str = "") -> Credentials | None:
    # One statement whatever was typed: nobody learns from the work what an account has (AU3).
    unused = RecoveryCode.used_at.is_(None)
    is_typed = RecoveryCode.code_hash == second_factor.recovery_hash(code)
    typed = select(RecoveryCode.id).where(RecoveryCode.user_id == User.id, is_typed, unused)
    row = db.session.execute(
        select(
            User.id,
            User.email,
            User.name,
            User.password_hash,
            User.is_active,
            User.totp_secret,
            User.totp_since,
            User.totp_last_step,
            typed.scalar_subquery(),
            User.link_since,
        ).where(condition)
    ).one_or_none()
    return Credentials(*row) if row else None


@dataclass(frozen=True)
class OpenSession:
    """A browser in which somebody is signed in."""

    id: int
    browser: str  # such as "Chrome, Android"; empty if it told nothing
    begun_at: datetime
    seen_at: datetime  # exact to a minute
    is_this_one: bool


@dataclass(frozen=True)
class OwnAccount:
    """What people see of their own account."""

    user_id: int
    name: str
    email: str
    password_changed_at: datetime | None
    second_factor_since: datetime | None
    unused_codes: int
    sessions: tuple[OpenSession, ...]


def own_account(actor: Actor, *, this_session: str = "") -> OwnAccount:
    """Return the account of who asks; `this_session`: hash of the token. 2 statements."""
    unused = (
        select(func.count(RecoveryCode.id))
        .where(RecoveryCode.user_id == User.id, RecoveryCode.used_at.is_(None))
        .scalar_subquery()
        .label("unused_codes")
    )
    wanted = (User.id, User.name, User.email, User.password_changed_at, User.totp_since, unused)
    person = db.session.execute(
        scope(actor).users().where(User.id == actor.user_id).with_only_columns(*wanted)
    ).one()
    is_this_one = StoredSession.token_hash == this_session
    rows = db.session.execute(
        scope(actor)
        .sessions()
        .where(is_held_by_person())
        .order_by(is_this_one.desc(), StoredSession.last_seen_at.desc(), StoredSession.id.desc())
        .limit(MOST_SESSIONS)
        .with_only_columns(
            StoredSession.id,
            StoredSession.browser,
            StoredSession.created_at,
            StoredSession.last_seen_at,
            is_this_one,
        )
    )
    open_sessions = tuple(OpenSession(*row) for row in rows)
    return OwnAccount(
        person.id,
        person.name,
        person.email,
        person.password_changed_at,
        person.totp_since,
        person.unused_codes,
        open_sessions,
    )


def user_by_email(email: str) -> User | None:
    """Return an account for the command line, where no actor asks. 1 statement."""
    return db.session.scalar(select(User).where(User.email == email))


def office_for(role: Role, code: str) -> Office | None:
    """Return the office for a role: by code (MAM), in the portal by slug or reference. 1 statement."""
    if role in PORTAL_ROLES:
        return db.session.scalar(select(Office).where(or_(Office.slug == code, Office.reference == code)))
    return db.session.scalar(select(RepresentativeOffice).where(RepresentativeOffice.code == code))


@dataclass(frozen=True)
class Colleague:
    """Somebody who holds a role at an office today."""

    user_id: int
    name: str


def people_with_role(role: Role, office_id: int, *, without_conflict: tuple[str, int]) -> list[Colleague]:
    """Return who holds a role at an office today and declared no interest in a record, by name. 1 statement.

    `without_conflict` names the record: ("complaint", 17).
    """
    return [Colleague(*row) for row in db.session.execute(_holders({role}, office_id, without_conflict))]


def people_with_roles(
    roles: Collection[Role], office_id: int, *, without_conflict: tuple[str, int]
) -> list[Colleague]:
    """Return who holds one of several roles, each once, by name; the rest as above. 1 statement."""
    return [Colleague(*row) for row in db.session.execute(_holders(roles, office_id, without_conflict))]


def ids_with_roles(
    roles: Collection[Role], office_id: int, *, without_conflict: tuple[str, int]
) -> list[int]:
    """Return the ids of all who hold one of several roles, each once; the rest as above. 1 statement."""
    return list(db.session.scalars(_holders(roles, office_id, without_conflict)))


def _holders(roles: Collection[Role], office_id: int, without_conflict: tuple[str, int]) -> Select[int, str]:
    subject_type, subject_id = without_conflict
    day = today(GRANT_ZONE)
    has_conflict = select(ConflictDeclaration.user_id).where(
        ConflictDeclaration.subject_type == subject_type,
        ConflictDeclaration.subject_id == subject_id,
        ConflictDeclaration.has_conflict.is_(True),
    )
    return (
        select(User.id, User.name)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(
            User.is_active,
            RoleGrant.role.in_(sorted(roles)),
            RoleGrant.office_id == office_id,
            RoleGrant.revoked_at.is_(None),
            RoleGrant.valid_from <= day,
            or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until >= day),
            User.id.not_in(has_conflict),
        )
        .distinct()
        .order_by(User.name, User.id)
    )
