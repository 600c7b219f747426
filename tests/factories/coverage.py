"""Figures of coverage as analysts bring them. Call inside an application context."""

import hashlib
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.produced import store
from ombudsman_app.core.produced.keeping import KEPT
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.coverage.checks import Claim
from ombudsman_app.coverage.commands import (
    FigureInput,
    SourceInput,
    name_source,
    propose_figure,
    release_figure,
)
from ombudsman_app.coverage.models import CoverageFigure, CoverageSheet, CoverageSource, SourceKind
from ombudsman_app.coverage.states import Definition, Part
from ombudsman_app.directory.models import RepresentativeOffice

from .findings import person

DAY = date(2026, 6, 30)
_numbers = count(1)


def analyst(office: str = "KPG") -> Actor:
    """Somebody who brings figures."""
    return person(Role.ANALYST, office=office)


def head(office: str = "KPG") -> Actor:
    """Somebody who decides on them."""
    return person(Role.HEAD_OF_REPRESENTATIVE, office=office)


def office_id(code: str = "KPG") -> int:
    return db.session.scalars(select(RepresentativeOffice.id).where(RepresentativeOffice.code == code)).one()


def SourceFactory(actor: Actor, *, office: str = "KPG", **given: Any) -> CoverageSource:
    """A list of BPJS Ketenagakerjaan."""
    values: dict[str, Any] = {
        "kind": SourceKind.BPJS,
        "title": f"Daftar kepesertaan nomor {next(_numbers)}",
        "published_on": date(2026, 7, 10),
    }
    return name_source(SourceInput(**{**values, **given}), office=office_id(office), actor=actor)


def claim(
    numerator: int | None = None,
    denominator: int | None = None,
    percent: str | None = None,
    *,
    definition: Definition | None = Definition.UCJ,
    part: Part = Part.WHOLE,
    as_of: date | None = DAY,
    **given: Any,
) -> Claim:
    quoted = None if percent is None else Decimal(percent)
    return Claim(definition, part, as_of, numerator, denominator, quoted, **given)


def proposed(
    place: str,
    said: Claim,
    *,
    actor: Actor | None = None,
    source: CoverageSource | None = None,
    office: str = "KPG",
    **given: Any,
) -> CoverageFigure:
    """A figure that waits for a decision."""
    maker = actor or analyst(office)
    found = propose_figure(
        FigureInput(place, said, **given),
        source or SourceFactory(maker, office=office),
        office=office_id(office),
        form_key="",
        actor=maker,
    )
    assert found is not None
    return found


@command
def SheetFactory(content: bytes = b"%PDF-1.7") -> UUID:
    """A sheet of NTT that was drawn, whose figures may have moved on; its public id."""
    job = uuid4()
    sheet = CoverageSheet(
        key=job.hex,
        place_code="53",
        measure="ucj",
        language="id",
        stamp="0a1b2c3d",
        job_uuid=job,
        asked_at=now(),
    )
    file = ProducedFile(
        uuid=store.write(content),
        job_uuid=job,
        saved_as="cakupan-53.pdf",
        media_type="application/pdf",
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=now(),
        ends_at=now() + KEPT,
    )
    db.session.add_all([sheet, file])
    db.session.flush()
    return sheet.uuid


def FigureFactory(place: str, said: Claim, *, decider: Actor | None = None, **given: Any) -> CoverageFigure:
    """A figure that was released by another person."""
    return release_figure(proposed(place, said, **given), actor=decider or head(given.get("office", "KPG")))
