"""What one asked for: an instrument as XLSForm, or the reading of one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ombudsman_app.audits.scoring.problems import Problem
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.produced import store
from ombudsman_app.core.produced.keeping import produced_by
from ombudsman_app.core.produced.models import ProducedFile

WRITE_FORM, READ_FORM = "audits.write_form", "audits.read_form"  # the jobs
PROBLEMS = "application/json"  # what a refused file leaves behind instead of a draft


@dataclass(frozen=True)
class InstrumentOrder:
    """One of the two jobs with what came of it. `version_id`: the draft; 0: this form made one before."""

    job: Job
    file: ProducedFile | None
    version_id: int | None
    problems: Sequence[Problem]

    @property
    def is_reading(self) -> bool:
        return self.job.kind == READ_FORM


def own_order(actor: Actor, uuid: UUID) -> InstrumentOrder | None:
    """Return what this person asked for (AZ9). 2 statements."""
    job = db.session.scalar(
        select(Job).where(
            Job.uuid == uuid, Job.kind.in_((WRITE_FORM, READ_FORM)), Job.asked_by_id == actor.user_id
        )
    )
    if job is None:
        return None
    file = produced_by(uuid, actor.user_id)
    problems = _problems(file) if file is not None and file.media_type == PROBLEMS else []
    return InstrumentOrder(job, file, json.loads(job.result or "{}").get("version"), problems)


def own_form(actor: Actor, uuid: UUID) -> InstrumentOrder | None:
    """Return an order whose sheet can be fetched. 2 statements."""
    order = own_order(actor, uuid)
    return order if order and order.file and not order.is_reading else None


def written_problems(problems: Sequence[Problem]) -> bytes:
    """Write down what is wrong with a file, for the page of whoever sent it."""
    rows = [{"where": one.where, "code": one.code, "values": one.values} for one in problems]
    return json.dumps(rows, default=lambda value: {"decimal": str(value)}).encode()


def _problems(file: ProducedFile) -> list[Problem]:
    content = store.read(file.uuid, file.sha256)
    return [Problem(**row) for row in json.loads(content or b"[]", object_hook=_value)]


def _value(read: dict[str, Any]) -> Any:
    return Decimal(read["decimal"]) if set(read) == {"decimal"} else read
