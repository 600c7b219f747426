"""Puts invented records into the database, thousands in each transaction, with one line on the trail."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from flask import current_app
from sqlalchemy import Table, func, insert, select

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.attachments.models import Attachment, AttachmentEvent, FileAct
from ombudsman_app.complaints.commands.verification import NUMBER_KIND, number_in_words
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintCheck,
    ComplaintClock,
    ComplaintMessage,
    ComplaintNote,
    ComplaintStep,
    InformationTip,
    ReporterIdentity,
    TipMessage,
    TipStep,
)
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import Base, command, db, engine_for
from ombudsman_app.core.numbers import next_number
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.findings.commands import FINDING_NUMBER, reference_of
from ombudsman_app.findings.models import (
    Finding,
    FindingClock,
    FindingEntry,
    LadderStep,
    Measure,
    VisitFinding,
    VisitObservation,
)

from .cases import Case, Maker, Row, uuid_by
from .days import Inflow
from .dice import Dice, Weighted
from .findings import Crew, FindingMaker, Found
from .papers import sealed_file, spread
from .places import ACTOR, Place, finding_people, places
from .tips import Tip, make_tip

AT_ONCE = 2_000


@dataclass(frozen=True)
class Plan:
    """What is asked for. The same plan on the same database on the same day invents the same complaints."""

    complaints: int
    office: str = "MAM"
    is_spread: bool = False
    seed: int = 1
    tips: int = 0
    files: int = 0  # of complaints and tips together
    findings: int = 0


def fill(plan: Plan) -> Iterator[int]:
    """Add the complaints; yield after each batch how many were added. Stopped anywhere, whole batches stay.

    Raises LookupError where the directory has no such office.
    """
    where = Weighted(places(plan.office, is_spread=plan.is_spread))
    before = db.session.scalar(select(func.max(Complaint.id))) or 0
    instant, calendar = now(), calendars()
    db.session.rollback()
    maker, inflow = Maker(calendar, now=instant), Inflow(plan.complaints, instant.date(), calendar(None))

    files_of = spread(plan.files, plan.complaints + plan.tips)

    def invented() -> Iterator[Case]:
        for index in range(plan.complaints):
            dice = Dice(plan.seed, before, index)
            case = maker.make(where.pick(dice), inflow.day(index, dice), dice)
            row, apart = case.complaint, Dice(plan.seed, before, index, "files")  # the story does not change
            row["files_id"] = uuid_by(apart)
            for _number in range(files_of(index)):
                case.files.append(sealed_file(row["files_id"], row["received_at"], apart))
            yield case

    cases, done = invented(), 0
    while batch := list(islice(cases, AT_ONCE)):
        _store(batch)
        done += len(batch)
        yield done


def fill_tips(plan: Plan) -> Iterator[int]:
    """Add information without identity; yield after each batch how many were added. Raises LookupError."""
    where = Weighted(places(plan.office, is_spread=plan.is_spread))
    before = db.session.scalar(select(func.max(InformationTip.id))) or 0
    instant, calendar = now(), calendars()
    db.session.rollback()
    inflow = Inflow(max(plan.tips, 1), instant.date(), calendar(None))
    files_of = spread(plan.files, plan.complaints + plan.tips)

    def invented() -> Iterator[Tip]:
        for index in range(plan.tips):
            dice = Dice(plan.seed, "tip", before, index)
            made = make_tip(where.pick(dice), inflow.day(index, dice), dice, now=instant)
            for _number in range(files_of(plan.complaints + index)):
                made.files.append(sealed_file(made.tip["files_id"], made.tip["received_at"], dice))
            yield made

    tips, done = invented(), 0
    while batch := list(islice(tips, AT_ONCE)):
        _store_tips(batch)
        done += len(batch)
        yield done


@command
def _store_tips(batch: list[Tip]) -> None:
    """Store a batch. About 10 statements, whatever its size."""
    ids = _add(InformationTip, [one.tip for one in batch])
    _add_children(
        (
            (TipStep, "tip_id", [one.steps for one in batch]),
            (TipMessage, "tip_id", [one.messages for one in batch]),
            (ConflictDeclaration, "subject_id", [one.declarations for one in batch]),
        ),
        ids,
    )
    _add_files([row for one in batch for row in one.files])
    changes = {"tips": len(ids), "first": ids[0], "last": ids[-1]}
    record(Event.CORE_BENCH_FILLED, "tip", None, actor=ACTOR, changes=changes)


def fill_findings(plan: Plan) -> Iterator[int]:
    """Add findings; yield after each batch how many were added. Raises LookupError as `fill` does."""
    found_at = places(plan.office, is_spread=plan.is_spread)
    crews: dict[Place, Crew] = {place: Crew(*finding_people(place)) for place in found_at}
    where, before = Weighted(found_at), db.session.scalar(select(func.max(Finding.id))) or 0
    instant, calendar = now(), calendars()
    db.session.rollback()
    maker = FindingMaker(calendar, now=instant)
    inflow = Inflow(max(plan.findings, 1), instant.date(), calendar(None))

    def invented() -> Iterator[Found]:
        for index in range(plan.findings):
            dice = Dice(plan.seed, "finding", before, index)
            place = where.pick(dice)
            yield maker.make(place, crews[place], inflow.day(index, dice), dice)

    findings, done = invented(), 0
    while batch := list(islice(findings, AT_ONCE)):
        _store_findings(batch)
        done += len(batch)
        yield done


@command
def _store_findings(batch: list[Found]) -> None:
    """Store a batch. About 30 statements, whatever its size."""
    _number_findings(batch)
    ids = _add(Finding, [one.finding for one in batch])
    seen = [(id_, one.visit) for id_, one in zip(ids, batch, strict=True) if one.visit is not None]
    if seen:
        visits = _add(VisitObservation, [visit for _id, visit in seen])
        links = [
            {"finding_id": id_, "observation_id": visit}
            for (id_, _row), visit in zip(seen, visits, strict=True)
        ]
        db.session.execute(_table(VisitFinding).insert(), links)
    _add_children(
        (
            (Measure, "finding_id", [one.measures for one in batch]),
            (FindingClock, "finding_id", [one.clocks for one in batch]),
            (LadderStep, "finding_id", [one.steps for one in batch]),
        ),
        ids,
    )
    _add_entries(list(zip(ids, [one.entries for one in batch], strict=True)))
    changes = {"findings": len(ids), "first": ids[0], "last": ids[-1]}
    record(Event.CORE_BENCH_FILLED, "finding", None, actor=ACTOR, changes=changes)


def _add_entries(of_each: list[tuple[int, list[Row]]]) -> None:
    """Insert what was said, the first of each finding first: a judgement names the answer before it."""
    answers: dict[int, int] = {}
    for turn in range(max((len(rows) for _id, rows in of_each), default=0)):
        said = [
            rows[turn] | {"finding_id": id_, "answer_id": answers.get(id_) if rows[turn]["verdict"] else None}
            for id_, rows in of_each
            if turn < len(rows)
        ]
        for row, entry_id in zip(said, _add(FindingEntry, said), strict=True):
            answers[row["finding_id"]] = entry_id


def _number_findings(batch: Iterable[Found]) -> None:
    """Give numbers in the order in which findings were sent, a block for each office and year."""
    drawn: dict[tuple[int, int], list[Found]] = defaultdict(list)
    sent = [(one.sent_at, one) for one in batch if one.sent_at is not None]
    for _at, one in sorted(sent, key=lambda pair: pair[0]):
        drawn[one.place.handling.id, one.finding["sent_on"].year].append(one)
    for (office_id, year), found in sorted(drawn.items(), key=lambda pair: pair[0]):
        last = next_number(FINDING_NUMBER, office_id, year, many=len(found))
        for number, one in enumerate(found, last - len(found) + 1):
            one.finding["reference"] = reference_of(number, year, one.place.handling.code)


def _add_children(kinds: Iterable[tuple[type[Base], str, list[list[Row]]]], ids: list[int]) -> None:
    """Insert what belongs to each of so many records, in their order."""
    for kind, key, of_each in kinds:
        rows = [row | {key: id_} for id_, some in zip(ids, of_each, strict=True) for row in some]
        if rows:
            db.session.execute(_table(kind).insert(), rows)


def _add_files(rows: list[Row]) -> None:
    """Insert files and their first lines of custody."""
    if not rows:
        return
    ids = _add(Attachment, rows)
    lines = [
        {"attachment_id": id_, "act": act, "at": row["added_at"], "actor_id": None, "reason": ""}
        for id_, row in zip(ids, rows, strict=True)
        for act in (FileAct.RECEIVED, FileAct.CHECKED)
    ]
    db.session.execute(_table(AttachmentEvent).insert(), lines)


@command
def _store(batch: list[Case]) -> None:
    """Store a batch. About 20 statements, whatever its size."""
    _number(batch)
    people = _add(ReporterIdentity, [case.identity for case in batch])
    for case, reporter_id in zip(batch, people, strict=True):
        case.complaint |= {"reporter_id": reporter_id, "version": 1 + len(case.steps) + len(case.messages)}
    ids = _add(Complaint, [case.complaint for case in batch])
    _add_children(
        (
            (ComplaintStep, "complaint_id", [case.steps for case in batch]),
            (ComplaintClock, "complaint_id", [case.clocks for case in batch]),
            (ComplaintCheck, "complaint_id", [case.checks for case in batch]),
            (ComplaintMessage, "complaint_id", [case.messages for case in batch]),
            (ComplaintNote, "complaint_id", [case.notes for case in batch]),
            (ConflictDeclaration, "subject_id", [case.declarations for case in batch]),
        ),
        ids,
    )
    _add_files([row for case in batch for row in case.files])
    changes = {"complaints": len(ids), "first": ids[0], "last": ids[-1]}
    record(Event.CORE_BENCH_FILLED, "complaint", None, actor=ACTOR, changes=changes)


def _add(kind: type[Base], rows: list[Row]) -> list[int]:
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
    settings: Settings = current_app.extensions["settings"]
    word = "ANALYZE" if db.engine.dialect.name == "sqlite" else "VACUUM (ANALYZE)"
    engine = engine_for(settings, as_owner=True)  # who serves the pages owns no table: it would look at none
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(word)
        connection.commit()  # SQLite has begun a transaction all the same
    engine.dispose()
