"""Who must sit in a team, and which role each seat asks for. No database in here."""

from collections import Counter
from collections.abc import Collection
from types import MappingProxyType

from ombudsman_app.core.policy import Role

from .states import Seat

_ASSESSING = frozenset({Role.AUDITOR})
_REVIEWING = frozenset({Role.REVIEWER, Role.HEAD_OF_ASSISTANTS, Role.HEAD_OF_REPRESENTATIVE})
ROLES_OF = MappingProxyType(
    {
        Seat.LEAD: _ASSESSING,
        Seat.ASSESSOR: _ASSESSING,
        Seat.ADJUDICATOR: _ASSESSING | _REVIEWING,
        Seat.REVIEWER: _REVIEWING,
    }
)
IN_FIELD = frozenset({Seat.LEAD, Seat.ASSESSOR})
ASSIGNMENT = "audit_assignment"  # the kind of letter by which a team is sent
BLIND_ASSESSORS = 2  # two who do not see each other's sheet; a third settles


def seats_for(role: Role, *, is_handling: bool) -> frozenset[Seat]:
    """Return the seats that a role opens; only who works at the handling office reviews."""
    opened = {seat for seat, roles in ROLES_OF.items() if role in roles}
    return frozenset(opened if is_handling else opened - {Seat.REVIEWER})


def missing_seats(seats: Collection[object], *, is_blind: bool) -> list[str]:
    """Return the seats that are missing or taken too often; none: the team is whole.

    Always one lead and one reviewer. Blind: exactly two who assess (lead and assessor) and one who settles.
    """
    number = Counter(seats)
    wrong = [seat.value for seat in (Seat.LEAD, Seat.REVIEWER) if number[seat] != 1]
    if is_blind:
        wrong += [Seat.ASSESSOR.value] if number[Seat.ASSESSOR] != BLIND_ASSESSORS - 1 else []
        wrong += [Seat.ADJUDICATOR.value] if number[Seat.ADJUDICATOR] != 1 else []
    elif number[Seat.ADJUDICATOR]:
        wrong.append(Seat.ADJUDICATOR.value)
    return wrong
