"""Whom invented complaints are about, who handles them, and which officers work on them."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ombudsman_app.accounts import commands as accounts
from ombudsman_app.accounts import queries as people
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory import queries as directory
from ombudsman_app.directory.models import Counter, Office, OfficeKind, RepresentativeOffice
from ombudsman_app.directory.models.office import OMBUDSMAN_KINDS

from .stories import MARK

DOMAIN = "bench.example"
ACTOR = Actor(name="bench")
_IN_BUSY_OFFICE, _ELSEWHERE = 60, 40  # percent
_BRANCHES = (OfficeKind.BRANCH, OfficeKind.SMALL_BRANCH)
_OF_BRANCH, _OF_OTHER = 12, 1  # weights
# role → (word of the address, how many of it in an office)
_STAFF = {
    Role.PVL_ASSISTANT: ("intake", 4),
    Role.EXAMINER: ("examiner", 8),
    Role.HEAD_OF_REPRESENTATIVE: ("head", 1),
}
_MAKERS, _OFFICERS = ("prevention", 4), ("officer", 2)  # of findings; who answers at an office under watch


@dataclass(frozen=True, eq=False)
class Handling:
    """A representative office with its people, by role."""

    id: int
    code: str
    zone: ZoneInfo
    staff: dict[Role, tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Place:
    """An office that is complained about, its counters, and who handles complaints about it."""

    office_id: int
    province: str | None
    counters: tuple[int, ...]
    handling: Handling


def places(busy: str, *, is_spread: bool) -> dict[Place, float]:
    """Return all offices with their weights: 60 of 100 complaints in the busy office, unless spread.

    Raises LookupError where there is no office to complain about, or no representative office of that code.
    """
    handled: dict[int, Handling] = {}
    found: dict[Place, int] = {}
    counters: dict[int, list[int]] = {}
    for row in db.session.execute(select(Counter.id, Counter.office_id).order_by(Counter.id)):
        counters.setdefault(row.office_id, []).append(row.id)
    for office in db.session.scalars(
        select(Office).where(Office.kind.not_in(OMBUDSMAN_KINDS)).order_by(Office.id)
    ):
        handling = directory.representative_for(office.province_code)
        if handling is None:
            raise LookupError
        if handling.id not in handled:
            handled[handling.id] = _with_staff(handling)
        place = Place(
            office.id, office.province_code, tuple(counters.get(office.id, ())), handled[handling.id]
        )
        found[place] = _OF_BRANCH if office.kind in _BRANCHES else _OF_OTHER
    if busy not in {place.handling.code for place in found}:
        raise LookupError(busy)
    return dict(found) if is_spread else _crowded(found, busy)


def _crowded(found: dict[Place, int], busy: str) -> dict[Place, float]:
    inside = sum(weight for place, weight in found.items() if place.handling.code == busy)
    outside = sum(found.values()) - inside
    return {
        place: weight * (_IN_BUSY_OFFICE / inside if place.handling.code == busy else _ELSEWHERE / outside)
        for place, weight in found.items()
    }


def _with_staff(handling: RepresentativeOffice) -> Handling:
    staff = {role: _people(role, handling, *named) for role, named in _STAFF.items()}
    return Handling(handling.id, handling.code, ZoneInfo(handling.time_zone), staff)


def finding_people(place: Place) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return who writes and judges findings about an office, and who answers there; invented if too few."""
    handling = db.session.get_one(RepresentativeOffice, place.handling.id)
    answering = db.session.get_one(Office, place.office_id)
    makers = _people(Role.PREVENTION_ASSISTANT, handling, *_MAKERS)
    return makers, _people(Role.OFFICE_OFFICER, answering, *_OFFICERS)


@command
def _people(role: Role, office: Office, word: str, wanted: int) -> tuple[int, ...]:
    """Return who holds a role there; where there are too few, add invented people who cannot sign in.

    `word`: of their addresses and names.
    """
    place = short_of(office)
    held = {
        person.user_id: person.name
        for person in people.people_with_role(role, office.id, without_conflict=("bench", 0))
    }
    for number in range(1, wanted + 1):
        if len(held) >= wanted:
            break
        email = f"{word}-{number}-{place.lower()}@{DOMAIN}"
        if people.user_by_email(email) is None:
            name = f"{MARK} {word.capitalize()} {number} {place}"
            made = accounts.create_user_with_role(accounts.NewUser(email, name), role, office, actor=ACTOR)
            held[made.id] = made.name
    return tuple(sorted(held))


def short_of(office: Office) -> str:
    """Return what names an office in an address: the code of one of the Ombudsman, else the id."""
    return office.code if isinstance(office, RepresentativeOffice) else str(office.id)
