"""The dry run: each row gets its verdict and the reasons; nothing goes into the register."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, delete, select

from ombudsman_app.core.bulk import among, insert_rows
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.sealing import RecordKey
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.imports.context import context_of
from ombudsman_app.imports.errors import ListChanged
from ombudsman_app.imports.keeping import key_of, lines_of, look_of, seal_block
from ombudsman_app.imports.kinds import Judged, kind_of
from ombudsman_app.imports.models import ImportBlock, ImportRow, ImportRun
from ombudsman_app.imports.row_reading import Read, RowReader, reasons_text
from ombudsman_app.imports.states import RUN, Decision, RunState, Verdict

from .bringing import SUBJECT
from .matching import MATCH
from .reading import CHANGED, held_run, refuse_list

_BLOCK_ROWS = 250
_ROW = ("run_id", "number", "verdict", "reasons", "candidates", "same_row", "record_id", "digest")
_ROWS = cast(Table, ImportRow.__table__)
_BLOCKS = cast(Table, ImportBlock.__table__)


def check_list(run: ImportRun, work: Work) -> None:
    """Judge all rows, batch by batch. Killed, it begins again: nothing of it counts before its end."""
    kind, context = kind_of(run.kind), context_of(run, work.actor)
    look = look_of(run) or {"sheets": []}
    total = next((one["rows"] for one in look["sheets"] if one["number"] == run.sheet), 0)
    _begin_anew(run.id)
    reader = RowReader(kind, context, run.mapping or {}, run.heads or [])
    checker, key, counts = kind.checker(context), key_of(run), Counter[str]()
    try:
        for read in reader.batches(lines_of(run, run.sheet or 0), run.header_row or 0):
            work.progress(N_("Checking rows"), sum(counts.values()), max(total, 1))
            keep_checked(run.id, read, checker.judge(read.rows), key, counts)
            crash_point("imports.check.batch")
    except ListChanged:
        refuse_list(run, CHANGED, work, actor=work.actor)
        return
    end_check(run.id, {**counts, "blank": reader.blank}, work)


@command
def _begin_anew(run_id: int) -> None:
    for table in (ImportRow, ImportBlock):
        db.session.execute(delete(table).where(table.run_id == run_id))


@command
def keep_checked(
    run_id: int, read: Read, judged: Sequence[Judged], key: RecordKey, counts: Counter[str]
) -> None:
    """Store one batch: what was said of its rows, and what they hold, sealed. 2 statements and 1 look-up."""
    judged = _known_before(run_id, judged)
    texts: dict[Any, str] = {}
    rows: list[tuple[Any, ...]] = [
        (
            run_id,
            number,
            str(one.verdict),
            reasons_text([*one.reasons, *read.notes.get(number, ())], texts),
            list(one.candidates) or None,
            one.same_row,
            one.record_id,
            one.digest or None,
        )
        for (number, _values), one in zip(read.rows, judged, strict=True)
    ]
    rejected = str(Verdict.REJECTED)
    rows += [
        (run_id, number, rejected, reasons_text(reasons, texts), None, None, None, None)
        for number, (_cells, reasons) in read.refused.items()
    ]
    insert_rows(_ROWS, _ROW, rows)
    counts.update(row[2] for row in rows)
    held = _held_values(read, judged)
    insert_rows(_BLOCKS, ("run_id", "first", "last", "sealed"), _blocks(run_id, held, key))


def _held_values(read: Read, judged: Sequence[Judged]) -> dict[int, Any]:
    """Return what is kept of each row: typed values; of a rejected one its cells, as [null, cells]."""
    held: dict[int, Any] = {
        number: values if one.verdict is not Verdict.REJECTED else [None, read.raw[number]]
        for (number, values), one in zip(read.rows, judged, strict=True)
    }
    held.update((number, [None, cells]) for number, (cells, _reasons) in read.refused.items())
    return dict(sorted(held.items()))


def _blocks(run_id: int, held: Mapping[int, Any], key: RecordKey) -> list[tuple[int, int, int, bytes]]:
    numbers = list(held)
    found = []
    for start in range(0, len(numbers), _BLOCK_ROWS):
        part = numbers[start : start + _BLOCK_ROWS]
        sealed = seal_block({number: held[number] for number in part}, key, part[0])
        found.append((run_id, part[0], part[-1], sealed))
    return found


def _known_before(run_id: int, judged: Sequence[Judged]) -> Sequence[Judged]:
    """What was decided for the same row of an earlier import of this office need not be decided again."""
    asked = {one.digest for one in judged if one.digest}
    if not asked:
        return judged
    here = select(ImportRun.representative_office_id).where(ImportRun.id == run_id).scalar_subquery()
    said = db.session.execute(
        select(ImportRow.digest, ImportRow.record_id, ImportRow.decision)
        .join(ImportRun, ImportRun.id == ImportRow.run_id)
        .where(
            among(ImportRow.digest, asked),
            ImportRow.run_id != run_id,
            ImportRun.representative_office_id == here,
            ImportRun.state == RunState.APPLIED,
        )
    )
    known = {row.digest: row for row in said if row.record_id or row.decision is Decision.LEAVE_OUT}
    return [_again(one, known[one.digest]) if one.digest in known else one for one in judged]


def _again(one: Judged, before: Any) -> Judged:
    code = "left_out_before" if before.decision is Decision.LEAVE_OUT else "said_before"
    return one._replace(
        verdict=Verdict.UNCHANGED, reasons=[("", code)], record_id=before.record_id, candidates=()
    )


@command
def end_check(run_id: int, counts: Mapping[str, int], work: Work) -> None:
    """Write down what was found, and end the job."""
    work.hold()
    held = held_run(run_id)
    is_compared = kind_of(held.kind).alike is not None and bool(counts.get(Verdict.NEW))
    held.state = RUN.after(held.state, "compare" if is_compared else "check")
    held.counts, held.checked_at, held.changed_at = dict(counts), now(), now()
    if is_compared:
        held.job_uuid = enqueue(MATCH, actor=work.actor, arguments={"run": held.id}, once=str(held.id))
    record(Event.IMPORTS_CHECKED, SUBJECT, held.id, actor=work.actor, changes=dict(counts))
    work.finish(run=run_id)
