"""Who may do what with accounts: everybody with their own; administrators with those of others."""

from ombudsman_app.core.policy import PORTAL_ROLES, STAFF_ROLES, Actor, Policy, Role

from .models import RoleGrant, User

_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


def _is_of_somebody_else(actor: Actor, record: User | RoleGrant) -> bool:
    """Nobody gives rights to themselves, or takes a second factor from themselves."""
    return (record.user_id if isinstance(record, RoleGrant) else record.id) != actor.user_id


def _heads_its_office(actor: Actor, grant: RoleGrant) -> bool:
    return grant.office_id in actor.offices_as(Role.OFFICE_HEAD)


POLICIES = [
    Policy("accounts.own", roles=frozenset(Role), own=True),
    Policy("accounts.enrol", roles=frozenset(Role), own=True),  # also before the second factor stands
    Policy("accounts.manage", roles=_ADMINISTRATOR),
    Policy("accounts.read_person", roles=_ADMINISTRATOR),
    Policy("accounts.change_person", roles=_ADMINISTRATOR, when=_is_of_somebody_else),
    Policy("accounts.see_officers", roles=STAFF_ROLES),
    Policy("accounts.colleagues", roles=PORTAL_ROLES),
    Policy("accounts.name_focal_point", roles=frozenset({Role.OFFICE_HEAD}), when=_heads_its_office),
]
