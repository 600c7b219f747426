"""Rows that seem new are compared with the whole register by their names, in a job of its own.

Nothing joins by itself: what looks alike becomes doubtful, and a person decides. Killed, it begins again;
what it found counts only at its end, all at once.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select, update

from ombudsman_app.core.changing import compare_version, demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.imports.context import context_of
from ombudsman_app.imports.keeping import key_of, open_block
from ombudsman_app.imports.kinds import Alike, Reason, kind_of
from ombudsman_app.imports.models import ImportBlock, ImportRow, ImportRun
from ombudsman_app.imports.policies import CHANGE
from ombudsman_app.imports.row_reading import reasons_text
from ombudsman_app.imports.states import RUN, Verdict

from .bringing import SUBJECT
from .reading import held_run

MATCH = "imports.match"
_AT_ONCE = 2_000


def match_list(run: ImportRun, work: Work) -> None:
    """Compare the new rows of a list and let it go on. Raises LookupError for a kind without names."""
    kind = kind_of(run.kind)
    if kind.alike is None:
        raise LookupError(run.kind)
    rows = list(_new_rows(run))

    def tick(done: int, total: int) -> None:
        work.progress(N_("Comparing names"), done, max(total, 1))

    found = list(kind.alike(context_of(run, work.actor), rows, tick))
    crash_point("imports.match.found")
    _keep(run.id, found, work)


def _new_rows(run: ImportRun) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield number and values of the rows that seem new. 1 statement, and one for each block of rows."""
    new = ImportRow.run_id == run.id, ImportRow.verdict == Verdict.NEW
    wanted = set(db.session.scalars(select(ImportRow.number).where(*new)))
    key = key_of(run)
    blocks = select(ImportBlock.first, ImportBlock.sealed).where(ImportBlock.run_id == run.id)
    for block in db.session.execute(blocks.order_by(ImportBlock.first)):
        for number, values in open_block(block.sealed, key, block.first).items():
            if number in wanted:
                yield number, values


@command
def _keep(run_id: int, found: Sequence[Alike], work: Work) -> None:
    """Make the rows doubtful and end the comparison, both or neither."""
    work.hold()
    held = held_run(run_id)
    held.state = RUN.after(held.state, "compared")
    texts, noted = dict[Any, str](), _notes(run_id)
    changed = [
        {
            "run_id": run_id,
            "number": one.number,
            "verdict": Verdict.DOUBTFUL,
            "reasons": reasons_text([*one.reasons, *noted.get(one.number, ())], texts),
            "candidates": list(one.candidates),
        }
        for one in found
    ]
    for start in range(0, len(changed), _AT_ONCE):
        db.session.execute(update(ImportRow), changed[start : start + _AT_ONCE])
    counts = Counter(held.counts)
    counts.update({str(Verdict.NEW): -len(changed), str(Verdict.DOUBTFUL): len(changed)})
    held.counts = {word: number for word, number in counts.items() if number or word in held.counts}
    held.changed_at = now()
    record(Event.IMPORTS_COMPARED, SUBJECT, held.id, actor=work.actor, changes={"alike": len(changed)})
    work.finish(run=run_id)


def _notes(run_id: int) -> dict[int, list[Reason]]:
    """Return what the check noted about cells of rows that seem new: odd, but taken. 1 statement."""
    new = ImportRow.run_id == run_id, ImportRow.verdict == Verdict.NEW, ImportRow.reasons != "[]"
    rows = db.session.execute(select(ImportRow.number, ImportRow.reasons).where(*new))
    return {row.number: json.loads(row.reasons or "[]") for row in rows}


@command
def skip_matching(run: ImportRun, *, version: int | None, actor: Actor) -> None:
    """Let the import go on without comparing names. Raises NotAllowed, MoveNotAllowed, RecordChanged."""
    held = held_run(run.id)
    compare_version(held, version)
    demand(CHANGE, actor, held)
    held.state = RUN.after(held.state, "compared")
    held.changed_at = now()
    record(Event.IMPORTS_NOT_COMPARED, SUBJECT, held.id, actor=actor)
