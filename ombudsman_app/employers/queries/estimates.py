"""Estimates of an employer, what a new one starts from, and the papers that one asked for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.produced.keeping import produced_by
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.employers.models import Employer, EmployerEstimate, Observation
from ombudsman_app.employers.states import Programme, Scale
from ombudsman_app.web.paging import Page, page_of, read_id

from .page import visible_employer

_ON_PAGE = 3  # the newest estimates that the page of an employer names; all are one press further
_LOOKED_AT = 25  # observations back from the newest; what is older says little about today


class EstimatePaper(StrEnum):
    """In which form an estimate leaves the house."""

    PDF = "pdf"
    XLSX = "xlsx"


ORDERS = {EstimatePaper.PDF: "employers.estimate_pdf", EstimatePaper.XLSX: "employers.estimate_sheet"}


@dataclass(frozen=True)
class EstimatePage:
    """One estimate and its employer. `representative_office_id`: whose it is, for policies."""

    estimate: EmployerEstimate
    employer: Employer

    @property
    def representative_office_id(self) -> int:
        return self.employer.representative_office_id


@dataclass(frozen=True)
class EstimateStart:
    """What the newest observations say, for a form to start from; None: nobody said it."""

    workers: int | None
    registered: int | None
    left_out: int | None
    wage_paid: int | None
    wage_reported: int | None
    programmes: tuple[Programme, ...]
    scale: Scale | None
    region: str | None  # code of the regency


@dataclass(frozen=True)
class EstimateOrder:
    """A paper of an estimate that one asked for: its job, and the file once it is there."""

    job: Job
    page: EstimatePage
    file: ProducedFile | None

    @property
    def paper(self) -> EstimatePaper:
        return next(paper for paper, kind in ORDERS.items() if kind == self.job.kind)


def visible_estimate(actor: Actor, estimate_id: int) -> EstimatePage | None:
    """Return an estimate of an employer of one's offices. 2 statements."""
    found = db.session.scalar(
        select(EmployerEstimate)
        .where(EmployerEstimate.id == estimate_id)
        .options(joinedload(EmployerEstimate.made_by, innerjoin=True))
    )
    employer = visible_employer(actor, found.employer_id) if found else None
    return EstimatePage(found, employer) if found and employer else None


def estimates_of(employer: Employer, after: str | None) -> Page[EmployerEstimate]:
    """Return the estimates of a visible employer, the newest first. 1 statement."""
    found = select(EmployerEstimate).where(EmployerEstimate.employer_id == employer.id)
    if last := read_id(after):
        found = found.where(EmployerEstimate.id < last)
    rows = db.session.scalars(
        found.options(joinedload(EmployerEstimate.made_by, innerjoin=True))
        .order_by(EmployerEstimate.id.desc())
        .limit(limits.PAGE_ROWS + 1)
    ).all()
    return page_of(rows, limits.PAGE_ROWS, lambda row: str(row.id), after=after if last else None)


def newest_estimates(employer_id: int) -> Sequence[EmployerEstimate]:
    """Return the few newest estimates of a visible employer, the newest first. 1 statement."""
    found = select(EmployerEstimate).where(EmployerEstimate.employer_id == employer_id)
    return db.session.scalars(found.order_by(EmployerEstimate.id.desc()).limit(_ON_PAGE)).all()


def estimate_start(employer: Employer) -> EstimateStart:
    """Return the newest word of each kind about a visible employer. 1 statement."""
    seen = db.session.scalars(
        select(Observation)
        .where(Observation.employer_id == employer.id)
        .order_by(Observation.observed_on.desc(), Observation.id.desc())
        .limit(_LOOKED_AT)
    ).all()

    def newest(name: str) -> int | None:
        return next((value for one in seen if (value := getattr(one, name)) is not None), None)

    programmes = next((one.programmes for one in seen if one.programmes is not None), [])
    return EstimateStart(
        workers=newest("workers_high"),
        registered=newest("registered_high"),
        left_out=employer.gap_high or None,
        wage_paid=newest("wage_paid"),
        wage_reported=newest("wage_reported"),
        programmes=tuple(Programme(word) for word in programmes),
        scale=employer.scale,
        region=employer.region.code if employer.region else None,
    )


def own_estimate_order(actor: Actor, uuid: UUID) -> EstimateOrder | None:
    """Return what this person asked for, if one may still see the employer (AZ9). 4 statements."""
    job = db.session.scalar(
        select(Job).where(Job.uuid == uuid, Job.kind.in_(ORDERS.values()), Job.asked_by_id == actor.user_id)
    )
    page = visible_estimate(actor, json.loads(job.arguments)["estimate"]) if job else None
    return EstimateOrder(job, page, produced_by(uuid, actor.user_id)) if job and page else None
