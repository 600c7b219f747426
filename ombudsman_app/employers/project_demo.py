"""The demonstration of projects: invented contracts, marked DEMO (`data/demo_projects.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from sqlalchemy import select

from ombudsman_app.accounts.demo import demo_actor
from ombudsman_app.core.clock import today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, OfficeKind, Region

from .commands.projects import (
    ChangeInput,
    OwnerInput,
    PartyInput,
    ProjectInput,
    RegistrationInput,
    add_project,
    amend_project,
    name_office,
)
from .models import Employer, Project, ProjectOwner
from .projects.rules import ChangeKind, FundSource, PartyRole

DATA = Path(__file__).parent / "data" / "demo_projects.yaml"
_ZONE = "Asia/Makassar"
_BUILDING = "F"  # section of KBLI
_CANCELLED = "cancelled"


def load() -> str:
    """Add invented projects once. They need the accounts and the employers of the demonstration."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration projects are made only with OMBUDSMAN_DEMO=yes.")
    actor = demo_actor("prevention_assistant")
    if actor is None or db.session.scalar(select(Project.id).limit(1)) is not None:
        return "Projects: 0 invented ones (DEMO) added."
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    agencies = {one["id"]: one for one in told["agencies"]}
    places = dict(db.session.execute(select(Region.code, Region.id)).all())
    teller = _Teller(agencies, places, told["vat_percent"], _firms(), actor)
    for number, one in enumerate(told["projects"], 1):
        teller.tell(one, number)
    _name_offices(agencies.values(), actor)
    return f"Projects: {len(told['projects'])} invented ones (DEMO) added."


def _firms() -> list[tuple[int, str]]:
    """Return invented employers that build, of the office in Mamuju. 1 statement."""
    rows = db.session.execute(
        select(Employer.id, Employer.name)
        .join(Region, Region.id == Employer.region_id)
        .where(Employer.section == _BUILDING, Employer.is_listed.is_(True), Region.province_code == "76")
        .order_by(Employer.id)
        .limit(40)
    )
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True)
class _Teller:
    """Writes contracts down as an officer would."""

    agencies: Mapping[str, Any]
    places: Mapping[str, int]
    vat_percent: int
    firms: list[tuple[int, str]]
    actor: Actor

    def tell(self, one: Mapping[str, Any], number: int) -> None:
        """Write one contract down, with its registration and its changes."""
        agency = self.agencies[one["agency"]]
        spk = today(_ZONE) - timedelta(days=one["spk"]) if one["spk"] is not None else None
        net = one["net"]
        given = ProjectInput(
            package=f"{one['package']} (DEMO)",
            contract_number=f"DEMO-602/{number:03}/SPK/{(spk or today(_ZONE)).year}",
            owner=f"{agency['name']} (DEMO)",
            parties=_parties(number, one.get("firms", 1), self.firms),
            fund_source=FundSource(one["fund"]),
            region_id=self.places[agency["place"]],
            spk_on=spk,
            value=net + net * self.vat_percent // 100,
            value_net=net,
            start_on=spk + timedelta(days=3) if spk else None,
            end_on=spk + timedelta(days=240) if spk else None,
            registration=_registration(one, spk, net, number),
        )
        made = add_project(given, actor=self.actor)
        for place, (after, what) in enumerate(one.get("changes", ()), 1):
            if spk:
                self._change(made, spk + timedelta(days=after), what, (place, net))

    def _change(self, project: Project, day: date, what: Any, of: tuple[int, int]) -> None:
        place, net = of
        number, source = f"DEMO-ADD-{project.id}-{place}", "Adendum kontrak (DEMO)"
        if what == _CANCELLED:
            change = ChangeInput(ChangeKind.CANCELLED, day, number, "Surat pembatalan (DEMO)")
        else:
            new = net * what // 100
            gross, end = new + new * self.vat_percent // 100, day + timedelta(days=180)
            change = ChangeInput(ChangeKind.AMENDED, day, number, source, gross, new, end)
        amend_project(project, change, version=project.version, actor=self.actor)


def _parties(number: int, count: int, firms: list[tuple[int, str]]) -> tuple[PartyInput, ...]:
    """Two of three contracts are built by firms of the register, the others by firms of no link.

    Every second one of those is a firm of the register that the contract writes with a letter less.
    """
    parties = []
    for place in range(count):
        role = PartyRole.MEMBER if place else PartyRole.LEAD
        share = 10_000 // count if count > 1 else None
        employer_id, name = firms[(number * 5 + place) % len(firms)] if firms else (None, "")
        if firms and number % 3:
            parties.append(PartyInput(name, role, share, employer_id))
        elif firms and number % 6 == 0:
            parties.append(PartyInput(_misspelt(name), role, share))
        else:
            parties.append(PartyInput(f"PT Pembangun Contoh {number}.{place + 1} (DEMO)", role, share))
    return tuple(parties)


def _misspelt(name: str) -> str:
    """Leave the last letter but one out of the longest word."""
    longest = max((word for word in name.split() if word.isalpha()), key=len)
    return name.replace(longest, longest[:-2] + longest[-1])


def _registration(
    one: Mapping[str, Any], spk: date | None, net: int, number: int
) -> RegistrationInput | None:
    if spk is None or "registered" not in one:
        return None
    after, percent = one["registered"]
    return RegistrationInput(spk + timedelta(days=after), f"DEMO-PRJ/{number:03}", net * percent // 100)


def _name_offices(agencies: Any, actor: Actor) -> None:
    """Say of a dinas that it belongs to the government of its regency."""
    for agency in agencies:
        if not agency["is_office"]:
            continue
        office = db.session.scalar(
            select(Office.id)
            .join(Region, Region.id == Office.region_id)
            .where(Region.code == agency["place"], Office.kind == OfficeKind.REGENCY_GOVERNMENT)
        )
        name = f"{agency['name']} (DEMO)"
        owner = db.session.scalar(select(ProjectOwner).where(ProjectOwner.name == name))
        if office is not None and owner is not None:
            name_office(owner, OwnerInput(office), version=owner.version, actor=actor)
