"""Puts invented complaints into the database, thousands in each transaction, with one line on the trail."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, insert, select

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.complaints.commands.verification import NUMBER_KIND, number_in_words
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintCheck,
    ComplaintClock,
    ComplaintMessage,
    ComplaintNote,
    ComplaintStep,
    ReporterIdentity,
)
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import Base, command, db
from ombudsman_app.core.numbers import next_number
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.models import calendars

from .cases import Case, Maker
from .days import Inflow
from .dice import Dice, Weighted
from .places import ACTOR, places

AT_ONCE = 2_000


@dataclass(frozen=True)
class Plan:
    """What is asked for. The same plan on the same database on the same day invents the same complaints."""

    complaints: int
    office: str = "MAM"
    is_spread: bool = False
    seed: int = 1


def fill(plan: Plan) -> Iterator[int]:
    """Add the complaints; yield after each batch how many were added. Stopped anywhere, whole batches stay.

    Raises LookupError where the directory has no such office.
    """
    where = Weighted(places(plan.office, is_spread=plan.is_spread))
    before = db.session.scalar(select(func.max(Complaint.id))) or 0
    instant, calendar = now(), calendars()
    db.session.rollback()
    maker, inflow = Maker(calendar, now=instant), Inflow(plan.complaints, instant.date(), calendar(None))

    def invented() -> Iterator[Case]:
        for index in range(plan.complaints):
            dice = Dice(plan.seed, before, index)
            yield maker.make(where.pick(dice), inflow.day(index, dice), dice)

    cases, done = invented(), 0
    while batch := list(islice(cases, AT_ONCE)):
        _store(batch)
        done += len(batch)
        yield done


@command
def _store(batch: list[Case]) -> None:
    """Store a batch. About 20 statements, whatever its size."""
    _number(batch)
    people = _add(ReporterIdentity, [case.identity for case in batch])
    for case, reporter_id in zip(batch, people, strict=True):
        case.complaint |= {"reporter_id": reporter_id, "version": 1 + len(case.steps) + len(case.messages)}
    ids = _add(Complaint, [case.complaint for case in batch])
    children: tuple[tuple[type[Base], str, Callable[[Case], list[dict[str, Any]]]], ...] = (
        (ComplaintStep, "complaint_id", lambda case: case.steps),
        (ComplaintClock, "complaint_id", lambda case: case.clocks),
        (ComplaintCheck, "complaint_id", lambda case: case.checks),
        (ComplaintMessage, "complaint_id", lambda case: case.messages),
        (ComplaintNote, "complaint_id", lambda case: case.notes),
        (ConflictDeclaration, "subject_id", lambda case: case.declarations),
    )
    for kind, key, rows_of in children:
        rows = [row | {key: id_} for case, id_ in zip(batch, ids, strict=True) for row in rows_of(case)]
        if rows:
            db.session.execute(_table(kind).insert(), rows)
    changes = {"complaints": len(ids), "first": ids[0], "last": ids[-1]}
    record(Event.CORE_BENCH_FILLED, "complaint", None, actor=ACTOR, changes=changes)


def _add(kind: type[Base], rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and return their ids in the same order."""
    table = _table(kind)
    adding = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.scalars(adding, rows))


def _table(kind: type[Base]) -> Table:
    table: Table = kind.__table__  # type: ignore[assignment]
    return table


def _number(batch: Iterable[Case]) -> None:
    """Draw registration numbers in the order in which the checks began, a block for each office and year."""
    drawn: dict[tuple[int, int], list[tuple[Case, date]]] = defaultdict(list)
    begun = [(case.number_drawn_at, case) for case in batch if case.number_drawn_at is not None]
    for at, case in sorted(begun, key=lambda pair: pair[0]):
        day = at.astimezone(case.handling.zone).date()
        drawn[case.handling.id, day.year].append((case, day))
    for (office_id, year), found in sorted(drawn.items(), key=lambda pair: pair[0]):
        last = next_number(NUMBER_KIND, office_id, year, many=len(found))
        for number, (case, day) in enumerate(found, last - len(found) + 1):
            case.complaint["registration_number"] = number_in_words(number, day, case.handling.code)


def analyze() -> None:
    """Let the database look at its new rows, as it would by itself within minutes: its plans rest on that."""
    word = "ANALYZE" if db.engine.dialect.name == "sqlite" else "VACUUM (ANALYZE)"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(word)
