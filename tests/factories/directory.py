"""Offices and counters. Call inside an application context."""

from itertools import count

from sqlalchemy import insert, select

from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.directory.commands import CounterInput, free_slug, open_counter, set_words, sort_key
from ombudsman_app.directory.models import (
    Counter,
    Institution,
    Office,
    OfficeKind,
    OfficeWord,
    Region,
    Service,
    ServicePromise,
)
from ombudsman_app.directory.names import words_of

_numbers = count(1)


@command
def OfficeFactory(name: str | None = None, *, place: str = "76.02", **columns: object) -> Office:
    """A branch of BPJS Ketenagakerjaan in a regency; found by its name and its place."""
    number = next(_numbers)
    name = name or f"BPJS Ketenagakerjaan Kantor Cabang Demo {number}"
    region = db.session.scalars(select(Region).where(Region.code == place)).one()
    office = Office(
        reference=f"factory_{number}",
        institution_id=_bpjstk(),
        kind=OfficeKind.BRANCH,
        region_id=region.id,
        province_code=region.province_code,
        slug=free_slug(name, set(db.session.scalars(select(Office.slug)))),
        name=name,
        short_name=name,
        sort_key=sort_key(OfficeKind.BRANCH, region.province_code, name),
    )
    for column, value in columns.items():
        setattr(office, column, value)
    db.session.add(office)
    db.session.flush()
    set_words({office.id: words_of(f"{name} {region.name}")})
    return office


@command
def many_offices(number: int, *, word: str = "ramai") -> None:
    """Many branches in one go, all found by the same word."""
    house, first = _bpjstk(), next(_numbers) * 100_000
    names = [f"{word} {first + step}" for step in range(number)]
    db.session.execute(
        insert(Office),
        [
            {
                "reference": f"many_{name}",
                "institution_id": house,
                "kind": OfficeKind.BRANCH,
                "province_code": "76",
                "slug": name.replace(" ", "-"),
                "name": name,
                "short_name": name,
                "sort_key": sort_key(OfficeKind.BRANCH, "76", name),
            }
            for name in names
        ],
    )
    ids = db.session.scalars(select(Office.id).where(Office.name.in_(names)))
    db.session.execute(insert(OfficeWord), [{"office_id": id_, "word": word} for id_ in ids])


def CounterFactory(office: Office | None = None, *, services: tuple[str, ...] = ("jht_claim",)) -> Counter:
    """A counter with some services, opened as a person would open it."""
    given = CounterInput(f"Loket {next(_numbers)}", position=1)
    found = list(db.session.scalars(select(Service).where(Service.code.in_(services))))
    return open_counter(office or OfficeFactory(), given, found, actor=STRANGER)


@command
def promise(office: Office, service: str = "jht_claim", **columns: object) -> ServicePromise:
    """What an office promises about a service."""
    found = db.session.scalars(select(Service).where(Service.code == service)).one()
    made = ServicePromise(office_id=office.id, service_id=found.id, **columns)
    db.session.add(made)
    return made


def _bpjstk() -> int:
    return db.session.scalars(select(Institution.id).where(Institution.reference == "bpjstk")).one()
