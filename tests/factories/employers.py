"""Employers as officers write them down. Call inside an application context."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import Region, RepresentativeOffice
from ombudsman_app.employers.commands import (
    BreachInput,
    EmployerInput,
    ObservationInput,
    keep_estimate,
    observe,
    register_employer,
    say_breach,
)
from ombudsman_app.employers.models import Employer, EmployerEstimate, Observation
from ombudsman_app.employers.states import Breach, SourceKind

from .findings import person

PLACES = {"MAM": "76.02", "KPG": "53.71"}  # a regency of each office of the Ombudsman
SEEN_ON = date(2026, 10, 1)
_numbers = count(1)


def keeper_of(office: str = "MAM") -> Actor:
    """Somebody who writes employers down at this office of the Ombudsman."""
    return person(Role.PREVENTION_ASSISTANT, office=office)


def region_id(code: str) -> int:
    return db.session.scalars(select(Region.id).where(Region.code == code)).one()


def EmployerFactory(actor: Actor | None = None, *, office: str = "MAM", **given: Any) -> Employer:
    """An employer in a regency of this office."""
    number = next(_numbers)
    values: dict[str, Any] = {"name": f"PT Contoh Usaha {number}", "region_id": region_id(PLACES[office])}
    return register_employer(EmployerInput(**{**values, **given}), actor=actor or keeper_of(office))


def ObservationFactory(
    employer: Employer,
    workers: tuple[int, int] | None = (120, 120),
    registered: tuple[int, int] | None = (90, 90),
    *,
    actor: Actor | None = None,
    **given: Any,
) -> Observation:
    """What a source says about its workers."""
    values: dict[str, Any] = {
        "observed_on": SEEN_ON,
        "source_kind": SourceKind.BPJS,
        "source": "Daftar kantor cabang, Oktober 2026",
        "workers": workers,
        "registered": registered,
    }
    made = observe(
        employer,
        ObservationInput(**{**values, **given}),
        form_key="",
        actor=actor or keeper_of(office_of(employer)),
    )
    assert made is not None
    return made


def broken(employer: Employer, *breaches: Breach, actor: Actor | None = None, **given: Any) -> Employer:
    """Say in which ways an employer does not comply."""
    who = actor or keeper_of(office_of(employer))
    for breach in breaches or (Breach.PDS_WORKERS,):
        values = {"found_on": SEEN_ON, "source_kind": SourceKind.BPJS, "source": "Surat kantor cabang"}
        say_breach(employer, BreachInput(breach=breach, **{**values, **given}), actor=who)  # type: ignore[arg-type]
    return employer


def EstimateFactory(employer: Employer, *, actor: Actor | None = None, **given: Any) -> EmployerEstimate:
    """The worked example of the domain file, kept for this employer."""
    values: dict[str, Any] = {
        **{"type": "pds_workers", "workers": 10, "wage": 3_200_000, "jkk_class": "medium"},
        **{"programs": ["JKK", "JKM", "JHT", "JP"], "from": "2025-11", "to": "2026-10"},
    }
    who = actor or keeper_of(office_of(employer))
    made = keep_estimate(employer, {**values, **given}, form_key="", actor=who)
    assert made is not None
    return made


def office_of(employer: Employer) -> str:
    """The code of the office of the Ombudsman that follows it."""
    return db.session.get_one(RepresentativeOffice, employer.representative_office_id).code
