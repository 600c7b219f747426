"""Sheets that were asked for, and what stands in one beside the pictures."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import LIVING, Job
from ombudsman_app.core.produced.keeping import produced_for_all
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.coverage.models import CoverageFigure, CoverageSheet
from ombudsman_app.coverage.scope import RELEASED
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.directory.queries import representative_for

from .figures import figures_stamp

STAMP_LETTERS = 8  # what is printed of the digest: enough to tell two states of the figures apart


@dataclass(frozen=True)
class SheetOf:
    """What a sheet shows: a place (`ID`: the nation), a measure as addresses name it, a day, a language."""

    place_code: str
    measure: str
    on: date | None
    language: str

    def key(self, stamp: str) -> str:
        """Return what is the same for the same sheet in the same state of the figures."""
        told = [self.place_code, self.measure, self.on.isoformat() if self.on else "", self.language, stamp]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True)
class AskedSheet:
    """A sheet, the job that draws it, and its bytes once they are there."""

    sheet: CoverageSheet
    job: Job | None
    file: ProducedFile | None

    @property
    def is_being_made(self) -> bool:
        return self.file is None and self.job is not None and self.job.state in LIVING


def printed_stamp() -> str:
    """Return the state of all released figures, targets and maps, as sheets print it. 1 statement."""
    told = json.dumps([str(one) for one in figures_stamp()])
    return hashlib.sha256(told.encode()).hexdigest()[:STAMP_LETTERS]


def sheet_of(selection: SheetOf) -> AskedSheet | None:
    """Return the sheet of a selection as the figures stand now; None: nobody asked. ≤ 4 statements."""
    key = selection.key(printed_stamp())
    return _asked(db.session.scalar(select(CoverageSheet).where(CoverageSheet.key == key)))


def sheet_by_uuid(uuid: UUID) -> AskedSheet | None:
    """Return a sheet by its public id. ≤ 3 statements."""
    return _asked(db.session.scalar(select(CoverageSheet).where(CoverageSheet.uuid == uuid)))


def _asked(sheet: CoverageSheet | None) -> AskedSheet | None:
    if sheet is None:
        return None
    job = db.session.scalar(select(Job).where(Job.uuid == sheet.job_uuid))
    return AskedSheet(sheet, job, produced_for_all(sheet.job_uuid))


def figures_with_sources(ids: Collection[int]) -> list[CoverageFigure]:
    """Return released figures with their sources, by id. 1 statement."""
    rows = (
        select(CoverageFigure)
        .options(joinedload(CoverageFigure.source, innerjoin=True))
        .where(CoverageFigure.id.in_(ids), CoverageFigure.standing.in_(RELEASED))
        .order_by(CoverageFigure.id)
    )
    return list(db.session.scalars(rows))


def office_of_place(place_code: str) -> RepresentativeOffice | None:
    """Return the office whose letterhead a sheet bears, with institution and region. 2 statements.

    That of the nation, and of a province without an office of its own, is the head office.
    """
    found = representative_for(place_code if place_code[0].isdigit() else None)
    if found is None:
        return None
    whole = select(RepresentativeOffice).options(
        joinedload(RepresentativeOffice.institution), joinedload(RepresentativeOffice.region)
    )
    return db.session.scalar(
        whole.where(RepresentativeOffice.id == found.id), execution_options={"populate_existing": True}
    )
