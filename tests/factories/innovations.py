"""Innovations as officers write them down. Call inside an application context."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.coverage.commands import SourceInput
from ombudsman_app.coverage.commands.innovation_deciding import TABLES, release
from ombudsman_app.coverage.commands.innovation_inputs import EvaluationInput, FactsInput, StatementInput
from ombudsman_app.coverage.commands.innovation_writing import (
    add_innovation,
    add_statement,
    evaluate_innovation,
)
from ombudsman_app.coverage.innovations import Aspect, InnovationStatus, ProposalKind
from ombudsman_app.coverage.models import (
    Innovation,
    InnovationEvaluation,
    InnovationFacts,
    InnovationStatement,
    SourceKind,
)
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.queries import representative_for

from .findings import person
from .local_rules import PLACES, region_of_code

DAY = date(2026, 11, 20)
_numbers = count(1)


def InnovationFactory(*, office: str = "MAM", **given: Any) -> Innovation:
    """An innovation of a regency of this office that nobody outside sees yet."""
    values: dict[str, Any] = {
        "name": f"Gerakan Contoh {next(_numbers)}",
        "owner": "Pemerintah Kabupaten Contoh",
        "since": 2023,
        "status": InnovationStatus.RUNNING,
        "status_on": DAY,
        "notes": "Jumlah penerima tidak disebut.",
    }
    region = region_of_code(PLACES[office])
    maker = person(Role.PREVENTION_ASSISTANT, office=office)
    return add_innovation(region, FactsInput(**{**values, **given}), actor=maker)


def released(kind: ProposalKind, row_id: int, *, office: str = "MAM") -> Any:
    """The row after another person has released it."""
    row = db.session.get_one(TABLES[kind], row_id)
    release(kind, row_id, version=row.version, actor=person(Role.HEAD_OF_REPRESENTATIVE, office=office))
    return row


def public_innovation(*, office: str = "MAM", **given: Any) -> Innovation:
    """An innovation that everybody reads."""
    made = InnovationFactory(office=office, **given)
    facts = select(InnovationFacts.id).where(InnovationFacts.innovation_id == made.id)
    released(ProposalKind.FACTS, db.session.scalars(facts).one(), office=office)
    return made


def stated(innovation: Innovation, *, office: str = "MAM", **given: Any) -> InnovationStatement:
    """What a newspaper says of it, not released yet."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "aspect": Aspect.RESULT,
        "text": f"Sudah melindungi {number} pekerja.",
        "quote": f"sudah {number} pekerja terlindungi",
        "speaker": "Kepala Dinas Contoh",
        "as_of": DAY,
        "verified": Mark.PRESS,
        "source": SourceInput(SourceKind.PRESS, f"Berita Contoh {number}", published_on=DAY),
    }
    maker = person(Role.PREVENTION_ASSISTANT, office=office)
    return add_statement(innovation, StatementInput(**{**values, **given}), actor=maker)


def evaluated(
    innovation: Innovation,
    *,
    office: str = "MAM",
    finding: str = "Belum semua pekerja terlindungi.",
    **given: Any,
) -> InnovationEvaluation:
    """An evaluation that waits for another person."""
    values: dict[str, Any] = {
        "as_of": DAY,
        "conclusion": "Perlu data penerima yang lengkap.",
        "judgements": {"reach": (finding, "Daftar penerima per Oktober 2026.")},
    }
    maker = person(Role.PREVENTION_ASSISTANT, office=office)
    return evaluate_innovation(innovation, EvaluationInput(**{**values, **given}), actor=maker)


@command
def many_innovations(number: int) -> None:
    """Put many innovations in at once, of all regions and states, half of them public."""
    regions = db.session.execute(
        select(Region.id, Region.province_code).where(Region.level.in_(("regency", "city")))
    ).all()
    offices = {code: representative_for(code) for code in {row[1] for row in regions}}
    states = tuple(InnovationStatus)
    rows: list[dict[str, Any]] = []
    for place in range(number):
        region = regions[place % len(regions)]
        office = offices[region[1]]
        assert office is not None
        rows.append(
            {
                "slug": f"banyak-{place}",
                "region_id": region[0],
                "province_code": region[1],
                "representative_office_id": office.id,
                "is_public": place % 2 == 0,
                "name": f"Gerakan {place}",
                "owner": "Pemerintah Kabupaten Contoh",
                "status": states[place // 3 % len(states)],
                "made_at": now(),
                "version": 1,
            }
        )
    for start in range(0, number, 5_000):
        db.session.execute(insert(Innovation), rows[start : start + 5_000])
