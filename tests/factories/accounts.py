"""People who sign in. Call inside an application context."""

from itertools import count

from ombudsman_app.accounts import passwords
from ombudsman_app.accounts.models import RoleGrant, User
from ombudsman_app.accounts.queries import GRANT_ZONE, office_for
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import PORTAL_ROLES, Role

PASSWORD = "tujuh-perahu-di-teluk-biru"
_numbers = count(1)


def UserFactory(
    *roles: Role,
    email: str | None = None,
    name: str = "Demo Orang",
    password: str | None = PASSWORD,
    is_active: bool = True,
    office: str = "MAM",
    portal_office: str = "kc_mamuju",
) -> User:
    """Somebody with these roles, held from today on, without end."""
    stored = passwords.hashed(password) if password else None
    return _keep(
        roles, email or f"orang{next(_numbers)}@example.test", name, stored, is_active, office, portal_office
    )


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
