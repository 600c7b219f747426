"""People who sign in. Call inside an application context."""

from datetime import datetime
from itertools import count

import pyotp
from sqlalchemy import update

from ombudsman_app.accounts import passwords, second_factor
from ombudsman_app.accounts.models import RoleGrant, User
from ombudsman_app.accounts.queries import GRANT_ZONE, office_for
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import PORTAL_ROLES, Role

PASSWORD = "tujuh-perahu-di-teluk-biru"
SECRET = "KAWALAYANAN234567KAWALAYANAN2345"  # of everybody's app
_numbers = count(1)


def UserFactory(
    *roles: Role,
    email: str | None = None,
    name: str = "Demo Orang",
    password: str | None = PASSWORD,
    is_active: bool = True,
    office: str = "MAM",
    portal_office: str = "kc_mamuju",
    has_second_factor: bool = True,
) -> User:
    """Somebody with these roles, held from today on, without end, and with a confirmed second factor."""
    stored = passwords.hashed(password) if password else None
    address = email or f"orang{next(_numbers)}@example.test"
    user = _keep(roles, address, name, stored, is_active, office, portal_office)
    return _with_factor(user) if has_second_factor else user


def code_at(instant: datetime, secret: str = SECRET) -> str:
    """Return what the app of everybody shows at an instant."""
    return pyotp.TOTP(secret).at(instant.timestamp())


def code_for(user_id: int) -> str:
    """Return a code that is good now, even if this one was used; none for who has no second factor yet."""
    return code_at(now()) if _forget_step(user_id) else ""


@command
def _forget_step(user_id: int) -> bool:
    done = db.session.scalar(
        update(User)
        .where(User.id == user_id, User.totp_since.is_not(None))
        .values(totp_last_step=None)
        .returning(User.id)
        .execution_options(synchronize_session=False)
    )
    return done is not None


@command
def _with_factor(user: User) -> User:
    user.totp_secret, user.totp_since = second_factor.sealed_for(user.id, SECRET), now()
    return user


@command
def _keep(
    roles: tuple[Role, ...],
    email: str,
    name: str,
    password_hash: str | None,
    is_active: bool,
    office: str,
    portal_office: str,
) -> User:
    user = User(email=email, name=name, password_hash=password_hash, is_active=is_active, created_at=now())
    db.session.add(user)
    db.session.flush()
    for role in roles:
        place = office_for(role, portal_office if role in PORTAL_ROLES else office)
        assert place is not None
        db.session.add(
            RoleGrant(
                user_id=user.id, role=role, office_id=place.id, valid_from=today(GRANT_ZONE), given_at=now()
            )
        )
    return user
