"""Invented projects in bulk: contracts of several agencies, in every state that the list can show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, insert, select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import Base, command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.directory.models import Office, OfficeKind, Region
from ombudsman_app.employers.commands.projects.carrying import carry_owners, carry_project, count_due
from ombudsman_app.employers.commands.projects.owners import owner_named
from ombudsman_app.employers.models import Employer, Project, ProjectChange, ProjectParty
from ombudsman_app.employers.projects.keys import firm_key, number_key
from ombudsman_app.employers.projects.rules import ChangeKind, FundSource, PartyRole

from .cases import Row
from .dice import Dice, Weighted
from .places import ACTOR, Place, places
from .stories import MARK

AT_ONCE = 2_000
_DAYS = 1_100  # three years of contracts
_FIRMS = 2_000  # of the register that build
_SERVICES = (
    "Pekerjaan Umum", "Pendidikan", "Kesehatan", "Perhubungan", "Pertanian", "Perikanan", "Pemukiman",
    "Sosial",
)  # fmt: skip
_WORKS = (
    "Rehabilitasi jalan", "Pembangunan jembatan", "Peningkatan drainase", "Pembangunan gedung sekolah",
    "Rehabilitasi puskesmas", "Pembangunan irigasi", "Pemeliharaan talud", "Pembangunan air bersih",
)  # fmt: skip
_FUNDS = Weighted(
    {
        FundSource.APBD: 60,
        FundSource.APBN: 25,
        FundSource.APBDES: 10,
        FundSource.MIXED: 3,
        FundSource.UNKNOWN: 2,
    }
)
_VAT_PERCENT = 11
# how it went → in a hundred contracts; days after the SPK, at least and at most
_LIVES = Weighted({"in_time": 42, "late": 26, "open": 25, "cancelled": 4, "no_spk": 3})
_AFTER = {"in_time": (1, 12), "late": (25, 200), "cancelled": (2, 12)}


@dataclass
class _Made:
    """One contract with its firms and changes, before it has an id."""

    project: Row
    parties: list[Row]
    changes: list[Row] = field(default_factory=list)


def fill_projects(number: int, *, office: str, seed: int) -> Iterator[int]:
    """Add projects; yield after each batch how many were added. Raises LookupError where no such office is.

    Firms are of the register as far as it has some; what an agency has is counted at the end.
    """
    if not number:
        return
    where = [one for one in places(office, is_spread=True) if one.handling.code == office]
    if not where:
        raise LookupError(office)
    maker = _Maker(where[0], seed)
    made, done = (maker.make(index) for index in range(number)), 0
    try:
        while batch := list(islice(made, AT_ONCE)):
            _store(batch)
            done += len(batch)
            yield done
    finally:
        _count(maker.owners)


class _Maker:
    """Invents the contracts of one office; the same seed on the same database invents the same ones."""

    def __init__(self, place: Place, seed: int) -> None:
        here, province = place.handling.id, place.province
        self._office, self._seed = here, seed
        self._by = place.handling.staff[Role.HEAD_OF_REPRESENTATIVE][0]
        self._before = db.session.scalar(select(func.max(Project.id))) or 0
        self._calendar: HolidayCalendar = calendars()(province)
        self._instant = now()
        self._today = self._instant.astimezone(place.handling.zone).date()
        regions = db.session.execute(
            select(Region.id, Region.name).where(Region.code.like(f"{province}.__")).order_by(Region.code)
        ).all()
        self._firms = [
            (row[0], row[1])
            for row in db.session.execute(
                select(Employer.id, Employer.name)
                .where(Employer.representative_office_id == here, Employer.is_listed.is_(True))
                .order_by(Employer.id)
                .limit(_FIRMS)
            )
        ]
        db.session.rollback()
        agencies = _agencies(here, [(row[0], row[1]) for row in regions], province)
        self.owners = [owner for owner, _region in agencies]
        self._agencies = Weighted({one: 1 / (rank + 2) for rank, one in enumerate(agencies)})

    def make(self, index: int) -> _Made:
        """Invent one contract; what it comes to is computed as for those that a person writes down."""
        dice = Dice(self._seed, "project", self._before, index)
        life, (owner, region) = _LIVES.pick(dice), self._agencies.pick(dice)
        began = self._today - timedelta(days=dice.below(_DAYS))
        spk, number = (
            None if life == "no_spk" else began,
            f"{dice.between(600, 699)}/{index:06}/SPK/{began.year}",
        )
        net = dice.between(50, 900) * 10 ** dice.between(6, 7)
        held = Project(
            representative_office_id=self._office,
            owner_id=owner,
            region_id=region if dice.happens(90) else None,
            source=MARK,
            reference=f"{self._before}-{index}",
            package=f"{MARK} {dice.pick(_WORKS)} {index}",
            contract_number=number,
            number_key=number_key(number),
            place="",
            fund_source=_FUNDS.pick(dice),
            spk_on=spk,
            value=net + net * _VAT_PERCENT // 100,
            value_net=net,
            start_on=began,
            end_on=began + timedelta(days=dice.between(60, 300)),
            made_by_id=self._by,
            made_at=self._instant,
            version=1,
        )
        changes = self._changes(life, held, began, dice)
        count_due(held, self._calendar)
        self._register(life, held, began, dice)
        carry_project(held, changes)
        return _Made(_row_of(held), self._parties(index, dice), [_row_of(change) for change in changes])

    def _register(self, life: str, held: Project, began: date, dice: Dice) -> None:
        if life not in ("in_time", "late"):
            return
        day = began + timedelta(days=dice.between(*_AFTER[life]))
        if day <= self._today:
            held.registered_on, held.project_number = day, f"{MARK}/{held.number_key}"[:40]
            share = dice.between(40, 95) if dice.happens(12) else 100
            held.registered_value = (held.value_net or 0) * share // 100

    def _changes(self, life: str, held: Project, began: date, dice: Dice) -> list[ProjectChange]:
        is_ended = life == "cancelled"
        if not is_ended and not dice.happens(12):
            return []
        day = began + timedelta(
            days=dice.between(*_AFTER["cancelled"]) if is_ended else dice.between(20, 120)
        )
        if day > self._today:
            return []
        net = (held.value_net or 0) * dice.between(90, 130) // 100
        change = ProjectChange(
            kind=ChangeKind.CANCELLED if is_ended else ChangeKind.AMENDED,
            changed_on=day,
            number=f"{MARK}-ADD-1",
            value=None if is_ended else net + net * _VAT_PERCENT // 100,
            value_net=None if is_ended else net,
            end_on=None if is_ended else day + timedelta(days=180),
            source=MARK,
            made_by_id=self._by,
            made_at=self._instant,
        )
        return [change]

    def _parties(self, index: int, dice: Dice) -> list[Row]:
        rows: dict[str, Row] = {}
        count = dice.between(2, 3) if dice.happens(10) else 1
        for place in range(count):
            if self._firms and dice.happens(66):
                employer_id, name = dice.pick(self._firms)
            else:
                employer_id, name = None, f"PT {MARK} Pembangun {index} {place + 1}"
            key = firm_key(name)
            rows.setdefault(
                key,
                {
                    "employer_id": employer_id,
                    "role": PartyRole.MEMBER if rows else PartyRole.LEAD,
                    "name": name,
                    "name_key": key,
                    "share_hundredths": 10_000 // count if count > 1 else None,
                },
            )
        return list(rows.values())


@command
def _agencies(here: int, regions: list[tuple[int, str]], province: str | None) -> list[tuple[int, int]]:
    """Return eight agencies of each place with that place; the directory knows every third of them."""
    bodies = dict(
        db.session.execute(
            select(Office.region_id, Office.id).where(
                Office.kind == OfficeKind.REGENCY_GOVERNMENT, Office.province_code == province
            )
        ).all()
    )
    found = []
    for number, (service, (region, name)) in enumerate((s, r) for s in _SERVICES for r in regions):
        owner = owner_named(f"{MARK} Dinas {service} {name}", here)
        owner.office_id = bodies.get(region) if number % 3 == 0 else None
        found.append((owner.id, region))
    return found


@command
def _store(batch: list[_Made]) -> None:
    """Store a batch. About 6 statements, whatever its size."""
    projects = _table(Project)
    adding = insert(projects).returning(projects.c.id, sort_by_parameter_order=True)
    ids = list(db.session.scalars(adding, [one.project for one in batch]))
    for kind, of_each in (
        (ProjectParty, [one.parties for one in batch]),
        (ProjectChange, [one.changes for one in batch]),
    ):
        rows = [row | {"project_id": id_} for id_, some in zip(ids, of_each, strict=True) for row in some]
        if rows:
            db.session.execute(_table(kind).insert(), rows)
    changes = {"projects": len(ids), "first": ids[0], "last": ids[-1]}
    record(Event.CORE_BENCH_FILLED, "project", None, actor=ACTOR, changes=changes)


@command
def _count(owners: list[int]) -> None:
    carry_owners(owners)


def _table(kind: type[Base]) -> Table:
    table: Table = kind.__table__  # type: ignore[assignment]
    return table


def _row_of(held: Any) -> Row:
    return {
        column.key: getattr(held, column.key)
        for column in type(held).__table__.columns
        if column.key not in ("id", "project_id")
    }
