"""Who may do what: the shape of a row in the policy table (AZ2), and the person who asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """Role ids: the staff actors of `complaints.yaml` and the product's own (`design.md` §12)."""

    PVL_ASSISTANT = "pvl_assistant"
    EXAMINER = "examiner"
    PREVENTION_ASSISTANT = "prevention_assistant"
    RESMON_ASSISTANT = "resmon_assistant"
    HEAD_OF_ASSISTANTS = "head_of_assistants"
    HEAD_OF_REPRESENTATIVE = "head_of_representative"
    OMBUDSMAN_MEMBER = "ombudsman_member"
    CHAIR = "chair"
    AUDITOR = "auditor"
    REVIEWER = "reviewer"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    CARETAKER = "caretaker"
    OFFICE_OFFICER = "office_officer"
    OFFICE_HEAD = "office_head"


HEAD_OFFICE_ZONE = "Asia/Jakarta"
PORTAL_ROLES = frozenset({Role.OFFICE_OFFICER, Role.OFFICE_HEAD})
STAFF_ROLES = frozenset(Role) - PORTAL_ROLES


@dataclass(frozen=True)
class Grant:
    """One role at one office, valid today. Read from the database on every request (AZ8)."""

    role: Role
    office_id: int
    valid_from: date
    valid_until: date | None = None
    time_zone: str | None = None  # of the office, or of its province: its legal days are this person's
    office_name: str = ""  # for the eye alone


@dataclass(frozen=True)
class Actor:
    """Who asks: a person and the grants that hold today. Strangers have neither."""

    user_id: int | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    has_second_factor: bool = False  # it stands, or this house does not ask for one (AU2)

    @property
    def is_known(self) -> bool:
        return self.user_id is not None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def time_zone(self) -> str:
        """Return the zone whose day this person works by: the first office's, else the head office's."""
        return next((grant.time_zone for grant in self.grants if grant.time_zone), HEAD_OFFICE_ZONE)

    @property
    def office_name(self) -> str:
        """Return the name of the first office, for the band of the page."""
        return next((grant.office_name for grant in self.grants if grant.office_name), "")

    def offices_as(self, *roles: Role) -> frozenset[int]:
        """Return the ids of the offices where this person holds one of the roles."""
        return frozenset(grant.office_id for grant in self.grants if grant.role in roles)


STRANGER = Actor()


@dataclass(frozen=True)
class Policy:
    """One right. `public` rows need no account; `when` looks at the visible record.

    `own`: about the person who asks alone, so the door of each face lets everybody with a role pass.
    """

    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    public: bool = False
    own: bool = False
    when: Callable[[Actor, Any], bool] | None = None

    def allows(self, actor: Actor, record: Any = None) -> bool:
        """Fail closed: no role, no right; a condition without `True` is a no."""
        if not (self.public or actor.roles & self.roles):
            return False
        return self.when is None or self.when(actor, record) is True
