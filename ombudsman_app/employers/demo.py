"""The demonstration of employers: invented names, marked DEMO, made of lists (`data/demo_employers.yaml`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from sqlalchemy import func, insert, select

from ombudsman_app.accounts.demo import demo_actor
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Region, RepresentativeOffice

from .gaps import gap_of
from .models import Employer, Noncompliance, Observation
from .naming import normalised
from .scope import SUBJECT
from .sectors import section_of
from .states import Breach, EmployerKind, SourceKind, bit_of
from .tax_numbers import index_of, sealed

DATA = Path(__file__).parent / "data" / "demo_employers.yaml"
_ZONE = "Asia/Makassar"
_KINDS = {"Koperasi": EmployerKind.SOCIAL, "Yayasan": EmployerKind.SOCIAL, "UD": EmployerKind.PERSON}


@dataclass
class _Row:
    """One employer with what is said of it, before it has an id."""

    employer: dict[str, Any]
    observations: list[dict[str, Any]] = field(default_factory=list)
    breaches: list[dict[str, Any]] = field(default_factory=list)


def load() -> str:
    """Add invented employers once. They need the accounts of the demonstration."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration employers are made only with OMBUDSMAN_DEMO=yes.")
    actor = demo_actor("prevention_assistant")
    if actor is None or db.session.scalar(select(Employer.id).limit(1)) is not None:
        return "Employers: 0 invented ones (DEMO) added."
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    rows = list(_rows(told, actor))
    _store(rows, actor=actor)
    _join(told["alike"], actor=actor)
    return f"Employers: {len(rows)} invented ones (DEMO) added."


@command
def _store(rows: list[_Row], *, actor: Actor) -> None:
    """Write all in three statements: a thousand acts one by one would take the start of a visitor."""
    first = (db.session.scalar(select(func.max(Employer.id))) or 0) + 1
    ids = db.session.scalars(
        insert(Employer).returning(Employer.id, sort_by_parameter_order=True),
        [row.employer for row in rows],
    ).all()
    for model, part in ((Observation, "observations"), (Noncompliance, "breaches")):
        said = [
            {"employer_id": employer_id, **one}
            for employer_id, row in zip(ids, rows, strict=True)
            for one in getattr(row, part)
        ]
        db.session.execute(insert(model), said)
    record(Event.EMPLOYERS_REGISTERED, SUBJECT, first, actor=actor, changes={"demo": len(rows)})


@command
def _join(alike: list[dict[str, Any]], *, actor: Actor) -> None:
    """Say of each row that is the one before it that it is: as a person would."""
    for before, this in pairwise(alike):
        if not this.get("same_as_the_one_before"):
            continue
        found = {
            held.name: held
            for held in db.session.scalars(
                select(Employer).where(Employer.name.in_((before["name"], this["name"])))
            )
        }
        held, kept = found[this["name"]], found[before["name"]]
        held.same_as_id, held.is_listed = kept.id, False
        record(Event.EMPLOYERS_JOINED, SUBJECT, held.id, actor=actor, changes={"same_as": kept.id})


def _rows(told: Mapping[str, Any], actor: Actor) -> Iterator[_Row]:
    offices = dict(db.session.execute(select(RepresentativeOffice.code, RepresentativeOffice.id)).all())
    places = dict(db.session.execute(select(Region.code, Region.id)).all())
    number = 0
    for part in told["offices"]:
        for place in range(part["employers"]):
            number += 1
            region = places[part["places"][place % len(part["places"])]]
            yield _row(told, number, offices[part["office"]], region, actor)
    for one in told["alike"]:
        number += 1
        given = {"nib": one["nib"], "npwp": one.get("npwp"), "nitku": one.get("nitku")}
        yield _Row(_employer(one["name"], offices["MAM"], places[one["place"]], actor) | given)


def _row(told: Mapping[str, Any], number: int, office: int, region: int, actor: Actor) -> _Row:
    """Make the employer of this number out of the lists; the same number gives the same employer."""
    trade = told["trades"][number % len(told["trades"])]
    stand = told["stands"][number * 7 % len(told["stands"])]
    second = told["seconds"][number // 3 % len(told["seconds"])]
    third = told["thirds"][number // 5 % len(told["thirds"])]
    low, high = trade["workers"]
    workers = low + number * 13 % (high - low)
    name = f"{trade['form']} {trade['word']} {second} {third} {number} (DEMO)"
    row = _Row(_employer(name, office, region, actor) | _numbers(number, trade["form"]))
    row.employer |= {
        "sector": trade["sector"],
        "section": section_of(trade["sector"]),
        "scale": trade["scale"],
    }
    row.employer["kind"] = _KINDS.get(trade["form"], EmployerKind.COMPANY)
    row.observations = list(_observations(told["sources"], number, workers, stand, actor))
    row.breaches = list(_breaches(told["sources"], number, stand, actor))
    gap = gap_of([Observation(**one) for one in row.observations])
    row.employer |= {
        "gap_low": gap.low,
        "gap_high": gap.high,
        "gap_order": -gap.high,
        "workers": gap.workers,
        "registered": gap.registered,
        "observed_on": gap.observed_on,
        "open_breaches": sum(bit_of(one["breach"]) for one in row.breaches),
    }
    return row


def _employer(name: str, office: int, region: int, actor: Actor) -> dict[str, Any]:
    known = normalised(name)
    return {
        "representative_office_id": office,
        "name": name,
        "name_key": known.key,
        "legal_form": known.legal_form,
        "kind": EmployerKind.COMPANY,
        "region_id": region,
        "nib": None,
        "npwp": None,
        "npwp_sealed": None,
        "npwp_index": None,
        "nitku": None,
        "npp": None,
        "sector": None,
        "section": None,
        "scale": None,
        "gap_low": 0,
        "gap_high": 0,
        "gap_order": 0,
        "workers": None,
        "registered": None,
        "observed_on": None,
        "open_breaches": 0,
        "is_listed": True,
        "version": 1,
        "made_by_id": actor.user_id,
        "made_at": now(),
    }


def _numbers(number: int, form: str) -> dict[str, Any]:
    """Obviously invented ones: 99 is no province. Some are not known, as in real lists.

    Of an NPWP the first ten figures name the firm: there the number stands, else all would be one firm.
    """
    known: dict[str, Any] = {"nib": f"99{number:011}" if number % 5 else None}
    if form == "UD":
        digits = f"99{number:014}"
        return known | {"npwp_sealed": sealed(digits), "npwp_index": index_of(digits)}
    return known | {"npwp": f"099{number:07}000000" if number % 3 else None, "npp": f"DM{number:06}"}


def _observations(
    sources: Mapping[str, str], number: int, workers: int, stand: Mapping[str, Any], actor: Actor
) -> Iterator[dict[str, Any]]:
    day = today(_ZONE) - timedelta(days=20 + number % 200)
    if number % 11 == 0:
        return  # nobody has counted yet
    more = workers + (workers // 10 if number % 4 == 0 else 0)
    yield _seen(day, SourceKind.LICENSING, sources, actor, workers=(workers, more))
    if stand["registered"] is not None:
        low, high = (workers * percent // 100 for percent in stand["registered"])
        yield _seen(day + timedelta(days=9), SourceKind.BPJS, sources, actor, registered=(low, high))
    if number % 7 == 0:
        yield _seen(
            day + timedelta(days=14), SourceKind.VISIT, sources, actor, workers=(workers + 2, workers + 2)
        )


def _seen(
    day: date,
    kind: SourceKind,
    sources: Mapping[str, str],
    actor: Actor,
    *,
    workers: tuple[int, int] | None = None,
    registered: tuple[int, int] | None = None,
) -> dict[str, Any]:
    (all_low, all_high), (reg_low, reg_high) = workers or (None, None), registered or (None, None)
    return {
        "observed_on": day,
        "source_kind": kind,
        "source": sources[kind],
        "workers_low": all_low,
        "workers_high": all_high,
        "registered_low": reg_low,
        "registered_high": reg_high,
        "note": "",
        "made_by_id": actor.user_id,
        "made_at": now(),
    }


def _breaches(
    sources: Mapping[str, str], number: int, stand: Mapping[str, Any], actor: Actor
) -> Iterator[dict[str, Any]]:
    for breach in stand["breaches"]:
        kind = SourceKind.WORKER if number % 6 == 0 else SourceKind.BPJS
        yield {
            "breach": Breach(breach),
            "found_on": today(_ZONE) - timedelta(days=10 + number % 90),
            "source_kind": kind,
            "source": sources[kind],
            "is_proven": bool(stand.get("proven")),
            "made_by_id": actor.user_id,
            "made_at": now(),
        }
