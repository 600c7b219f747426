"""The demonstration of the directory: Mamuju as the article of 2020 tells it, the rest marked DEMO."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER

from .commands import CounterInput, open_counter, upsert
from .models import Counter, Office, OfficeStatement, PromiseUnit, Service, ServicePromise, Verified
from .reference import shipped


@command
def load() -> str:
    """Load statements, counters and promises of `demo.yaml`; a second run adds nothing.

    Needs `load_reference()` before it.
    """
    file = shipped("demo.yaml")
    offices = {office.reference: office for office in db.session.scalars(select(Office))}
    services = {service.code: service for service in db.session.scalars(select(Service))}
    statements = upsert(
        OfficeStatement,
        OfficeStatement.reference,
        (_statement(row, offices[row["office"]]) for row in file["statements"]),
    ).changes
    known = set(db.session.scalars(select(Counter.reference)))
    counters = sum(
        _open_counters(offices[reference], rows, services, known)
        for reference, rows in file["counters"].items()
    )
    promises = _promise(file, offices, services)
    return f"Directory: {counters} counters, {promises} promises, {statements} statements added."


def _statement(row: Mapping[str, Any], office: Office) -> dict[str, Any]:
    return {
        "reference": row["id"],
        "office_id": office.id,
        "said_on": row["said_on"],
        "speaker": row["speaker"],
        "speaker_role": row["role"],
        "quote": row["quote"],
        "source_keys": " ".join(row["src"]),
        "verified": Verified(row["verified"]),
    }


def _open_counters(
    office: Office, rows: list[dict[str, Any]], services: Mapping[str, Service], known: set[str | None]
) -> int:
    opened = 0
    for position, row in enumerate(rows, 1):
        reference = f"demo_{office.reference}_{position}"
        if reference in known:
            continue
        given = CounterInput(row["name"], position, reference, is_demo=True)
        open_counter(office, given, [services[code] for code in row["services"]], actor=STRANGER)
        opened += 1
    return opened


def _promise(file: Mapping[str, Any], offices: Mapping[str, Office], services: Mapping[str, Service]) -> int:
    known = set(db.session.execute(select(ServicePromise.office_id, ServicePromise.service_id)))
    new = [
        _promised(file["promises"][code], offices[reference], services[code])
        for reference, counters in file["counters"].items()
        for code in dict.fromkeys(code for row in counters for code in row["services"])
        if (offices[reference].id, services[code].id) not in known
    ]
    db.session.add_all(new)
    db.session.flush()
    return len(new)


def _promised(row: Mapping[str, Any], office: Office, service: Service) -> ServicePromise:
    return ServicePromise(
        office_id=office.id,
        service_id=service.id,
        length=row["length"],
        unit=PromiseUnit(row["unit"]) if row["unit"] else None,
        starts=row["starts"],
        fee_rupiah=row["fee"],
        requirements="\n".join(row["requirements"]),
        source_keys=" ".join(row["src"]),
        is_demo=True,
    )
