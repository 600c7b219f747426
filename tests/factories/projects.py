"""Projects as officers write them down. Call inside an application context."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.employers.commands.projects import (
    ChangeInput,
    PartyInput,
    ProjectInput,
    add_project,
    amend_project,
)
from ombudsman_app.employers.commands.projects.carrying import carry_owners
from ombudsman_app.employers.models import Project, ProjectOwner, ProjectParty
from ombudsman_app.employers.projects.rules import ChangeKind, FundSource, PartyRole
from ombudsman_app.employers.projects.verdict import standing_of

from .employers import PLACES, keeper_of, region_id

AGENCY = "Dinas PUPR Kabupaten Mamuju"
SPK = date(2026, 3, 9)  # its last day to register is 6 April 2026 (test_judge_a_project.py)
_numbers = count(1)


def ProjectFactory(actor: Actor | None = None, *, office: str = "MAM", **given: Any) -> Project:
    """A contract in a regency of this office, not registered."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "package": f"Pembangunan jembatan {number}",
        "contract_number": f"602/{number:04}/SPK/2026",
        "owner": AGENCY,
        "parties": (PartyInput(f"PT Pembangun {number}"),),
        "fund_source": FundSource.APBD,
        "region_id": region_id(PLACES[office]),
        "spk_on": SPK,
        "value": 2_775_000_000,
        "value_net": 2_500_000_000,
        "start_on": SPK + timedelta(days=3),
        "end_on": date(2026, 12, 18),
    }
    return add_project(ProjectInput(**{**values, **given}), actor=actor or keeper_of(office))


def amended(project: Project, *, office: str = "MAM", **given: Any) -> Project:
    """The contract after an amendment."""
    values: dict[str, Any] = {
        "kind": ChangeKind.AMENDED,
        "changed_on": date(2026, 6, 1),
        "number": f"ADD-{next(_numbers)}",
        "source": "Adendum kontrak",
    }
    given.setdefault("value_net", 2_600_000_000)
    amend_project(
        project, ChangeInput(**{**values, **given}), version=project.version, actor=keeper_of(office)
    )
    return project


@command
def many_projects(
    number: int, *, actor: Actor, representative_office_id: int, region_ids: list[int], agencies: int = 40
) -> None:
    """Put many contracts into the lists at once, all standings among them, two firms for each."""
    owners = _owners(agencies, representative_office_id)
    rows, parties = [], []
    for place in range(number):
        spk = date(2021, 1, 4) + timedelta(days=place * 2100 // max(number, 1))
        due = spk + timedelta(days=20)
        registered = {0: None, 1: due, 2: due + timedelta(days=9), 3: due}[place % 4]
        standing = standing_of(due, registered, None)
        net = 500_000_000 + place
        told = None if registered is None else net - (place % 8 == 3) * 1_000
        rows.append(
            {
                "representative_office_id": representative_office_id,
                "owner_id": owners[place % agencies],
                "region_id": region_ids[place % len(region_ids)],
                "source": "bench",
                "reference": f"B{next(_numbers)}",
                "package": f"Paket {place}",
                "contract_number": f"{place:06}/K",
                "number_key": f"{place:06}K",
                "place": "",
                "fund_source": (FundSource.APBD, FundSource.APBN)[place % 3 == 0],
                "spk_on": spk,
                "value_net": net,
                "current_net": net,
                "registered_on": registered,
                "registered_value": told,
                "due_on": due,
                "length": 14,
                "unit": "working_days",
                "rule_version": "bench",
                "calendar_version": "bench",
                "standing": standing,
                "is_under_valued": told is not None and told < net,
                "listed_on": spk,
                "made_by_id": actor.user_id,
                "made_at": now(),
                "version": 1,
            }
        )
    ids = db.session.scalars(insert(Project).returning(Project.id), rows).all()
    for project_id in ids:
        for role, name in ((PartyRole.LEAD, "PT Utama"), (PartyRole.MEMBER, "CV Anggota")):
            key = f"{name} {project_id}"
            parties.append({"project_id": project_id, "role": role, "name": key, "name_key": key.lower()})
    if parties:
        db.session.execute(insert(ProjectParty), parties)
    carry_owners(owners)


def _owners(agencies: int, representative_office_id: int) -> list[int]:
    names = [f"Dinas Contoh {next(_numbers)}" for _ in range(agencies)]
    rows = [
        {
            "representative_office_id": representative_office_id,
            "name": name,
            "name_key": name.lower(),
            **dict.fromkeys(("projects", "open", "open_order", "late", "in_time"), 0),
            **dict.fromkeys(("cancelled", "unknown", "under_valued"), 0),
            "version": 1,
        }
        for name in names
    ]
    return list(db.session.scalars(insert(ProjectOwner).returning(ProjectOwner.id), rows).all())
