"""Who answers for duties of Inpres 2/2021: a province, a regency, a city, or a national body."""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import HEAD_OFFICE_ZONE, PORTAL_ROLES, Actor
from ombudsman_app.coverage.duties import (
    DUTIES,
    NATIONAL,
    PEMDA_LEVELS,
    Addressee,
    Duty,
    addressee_at,
    duties_of,
)
from ombudsman_app.coverage.local_rule_policies import READERS
from ombudsman_app.coverage.models.duty import GOVERNMENTS
from ombudsman_app.directory.models import Office, Region, RegionLevel
from ombudsman_app.directory.queries import representative_for

_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2})?")


@dataclass(frozen=True)
class Subject:
    """One addressee. `key`: the code of its region, or a national body, which has no `name`."""

    key: str
    addressee: Addressee
    representative_office_id: int
    name: str = ""
    province: str = ""
    region_id: int | None = None
    province_code: str | None = None

    @property
    def duties(self) -> tuple[Duty, ...]:
        return duties_of(self.addressee)


@dataclass(frozen=True)
class SubjectDuty:
    """One duty of one addressee."""

    subject: Subject
    duty: Duty

    @property
    def representative_office_id(self) -> int:
        return self.subject.representative_office_id


@dataclass(frozen=True)
class OwnDuty:
    """One duty of the own government of an officer in the portal."""

    office_id: int
    subject: Subject
    duty: Duty


def subject_of(actor: Actor, subject: str) -> Subject | None:
    """Return an addressee for the staff, None for what is none. ≤ 2 statements."""
    return find_subject(subject) if actor.roles & READERS else None


def subject_duty(actor: Actor, subject: str, duty: str) -> SubjectDuty | None:
    """Return a duty of an addressee for the staff, None where it is not its own. ≤ 2 statements."""
    found, wanted = subject_of(actor, subject), DUTIES.get(duty)
    if found is None or wanted is None or wanted.addressee is not found.addressee:
        return None
    return SubjectDuty(found, wanted)


def province_of_duties(actor: Actor, code: str) -> Region | None:
    """Return a province of today for the staff. ≤ 1 statement."""
    if not actor.roles & READERS or not _CODE.fullmatch(code):
        return None
    return db.session.scalar(
        select(Region).where(
            Region.code == code,
            Region.level == RegionLevel.PROVINCE,
            Region.holds_on(today(HEAD_OFFICE_ZONE)),
        )
    )


def find_subject(key: str) -> Subject | None:
    """Return an addressee, whoever asks. ≤ 2 statements."""
    if key in tuple(NATIONAL):
        head = representative_for(None)
        return Subject(key, Addressee(key), head.id) if head else None
    if not _CODE.fullmatch(key):
        return None
    region = db.session.scalar(
        select(Region)
        .where(Region.code == key, Region.level.in_(PEMDA_LEVELS), Region.holds_on(today(HEAD_OFFICE_ZONE)))
        .options(joinedload(Region.parent))
    )
    watching = representative_for(key) if region else None
    if region is None or watching is None:
        return None
    return Subject(
        key=region.code,
        addressee=addressee_at(region.level),
        representative_office_id=watching.id,
        name=region.name,
        province=region.parent.name if region.parent else "",
        region_id=region.id,
        province_code=region.province_code,
    )


def own_governments(actor: Actor) -> list[tuple[int, Subject]]:
    """Return the governments whose officer one is, each with its office. 1 statement and 2 for each."""
    offices = sorted(actor.offices_as(*PORTAL_ROLES))
    if not offices:
        return []
    rows = db.session.execute(
        select(Office.id, Region.code)
        .join(Region, Region.id == Office.region_id)
        .where(
            Office.id.in_(offices),
            Office.kind.in_(GOVERNMENTS),
            Office.holds_on(today(actor.time_zone)),
        )
        .order_by(Office.id)
    )
    found = ((office, find_subject(code)) for office, code in rows.all())
    return [(office, subject) for office, subject in found if subject is not None]


def own_duty(actor: Actor, office_id: int, duty: str) -> OwnDuty | None:
    """Return a duty of one's own government. ≤ 3 statements."""
    wanted = DUTIES.get(duty)
    for office, subject in own_governments(actor):
        if office == office_id and wanted is not None and wanted.addressee is subject.addressee:
            return OwnDuty(office, subject, wanted)
    return None
