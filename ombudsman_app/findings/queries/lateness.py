"""How late offices are with what they must answer. A count is data (AZ5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, func

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.scope import scope
from ombudsman_app.findings.states import WAITING

# Bands of calendar days after the last day, by their longest: nothing is late, 1-14, 15-30, 31-90, more.
# A matter of looks: no time limit follows from them.
LATE_UP_TO = (0, 14, 30, 90)
BANDS = len(LATE_UP_TO) + 1
_OFFICE = Office.__table__


@dataclass(frozen=True)
class OfficeLateness:
    """One office and how many findings wait for it, by band; the first one is not late."""

    slug: str
    name: str
    numbers: tuple[int, ...]

    @property
    def late(self) -> int:
        return sum(self.numbers[1:])


def in_band(band: int, today: date) -> list[ColumnElement[bool]]:
    """Say which findings lie in a band: those of an office that must answer, by the day it has left."""
    where: list[ColumnElement[bool]] = [Finding.state.in_(WAITING)]
    if band == 0:
        return [*where, Finding.next_due_on >= today]
    where.append(Finding.next_due_on < today - timedelta(days=LATE_UP_TO[band - 1]))
    if band < len(LATE_UP_TO):
        where.append(Finding.next_due_on >= today - timedelta(days=LATE_UP_TO[band]))
    return where


def lateness_by_office(actor: Actor, *, today: date) -> list[OfficeLateness]:
    """Count what waits for each office, most late findings first. 1 statement, of an index alone."""
    late = [Finding.next_due_on < today - timedelta(days=days) for days in LATE_UP_TO]
    counts: list[Any] = [func.count(), *(func.count().filter(one) for one in late)]
    office = (Finding.office_id + 0).label("office_id")  # by itself, SQLite would walk closed ones too
    # what waits is open: asking for that too would cost a row each
    waiting = (
        scope(actor)
        .findings()
        .where(Finding.state.in_(WAITING))
        .with_only_columns(office, *(one.label(f"n{place}") for place, one in enumerate(counts)))
        .group_by(office)
        .subquery()
    )
    found = db.session.execute(
        waiting.select()
        .with_only_columns(_OFFICE.c.slug, _OFFICE.c.short_name, *list(waiting.c)[1:])
        .join_from(waiting, _OFFICE, _OFFICE.c.id == waiting.c.office_id)
    )
    offices = [OfficeLateness(slug, name, _between(more)) for slug, name, *more in found]
    return sorted(offices, key=lambda one: (-one.late, -sum(one.numbers), one.name))


def _between(more_than: Iterable[int]) -> tuple[int, ...]:
    """Turn "all, later than 0, later than 14 …" into numbers of each band."""
    return tuple(more - fewer for more, fewer in pairwise([*more_than, 0]))
