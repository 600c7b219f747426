"""Cases in pictures: how far they came on the ladder, and how old the open ones are."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, case, func, literal

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.employers.compliance.rules import STAGES, CaseState
from ombudsman_app.employers.compliance.scope import case_scope
from ombudsman_app.employers.models import EmployerComplianceCase

_CASE = EmployerComplianceCase
AGES = (30, 90, 180)  # days up to which a case belongs to a group; the last group has no end


@dataclass(frozen=True)
class StageCount:
    """Cases that came as far as a stage: went on from it, stand there, ended there."""

    stage: CaseState
    went_on: int
    stand: int
    ended: int

    @property
    def reached(self) -> int:
        return self.went_on + self.stand + self.ended


@dataclass(frozen=True)
class AgeCount:
    """Open cases of one age; `to` None: and older."""

    since: int
    to: int | None
    in_time: int
    late: int


def ladder(actor: Actor) -> list[StageCount]:
    """Count the cases of one's offices by how far they came, all stages. 1 statement, an index alone."""
    rows = db.session.execute(
        case_scope(actor)
        .cases()
        .with_only_columns(_CASE.furthest, _CASE.is_open, func.count().label("number"))
        .group_by(_CASE.furthest, _CASE.is_open)
    )
    counted = {(row.furthest, row.is_open): int(row.number) for row in rows}
    found: list[StageCount] = []
    went_on = 0
    for stage in reversed(STAGES):
        stand, ended = counted.get((stage, True), 0), counted.get((stage, False), 0)
        found.append(StageCount(stage, went_on, stand, ended))
        went_on += stand + ended
    return found[::-1]


def ages(actor: Actor, *, today: date) -> list[AgeCount]:
    """Count open cases by the days since they were opened, and where a public body is late. 1 statement."""
    groups: list[Any] = [
        (_CASE.opened_on >= today - timedelta(days=days), place) for place, days in enumerate(AGES)
    ]
    group = case(*groups, else_=literal(len(AGES), Integer)).label("group")
    is_late = case((_CASE.next_due_on < today, 1), else_=0)
    rows = db.session.execute(
        case_scope(actor)
        .cases()
        .where(_CASE.is_open.is_(True))
        .with_only_columns(group, func.count().label("number"), func.sum(is_late).label("late"))
        .group_by(group)
    )
    counted = {int(row.group): (int(row.number), int(row.late)) for row in rows}
    found = []
    for place in range(len(AGES) + 1):
        number, late = counted.get(place, (0, 0))
        since = AGES[place - 1] + 1 if place else 0
        found.append(AgeCount(since, AGES[place] if place < len(AGES) else None, number - late, late))
    return found
