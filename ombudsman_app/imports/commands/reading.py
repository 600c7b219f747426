"""What a child found in a file is kept, or why it cannot be read."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from ombudsman_app.core import limits
from ombudsman_app.core.children import ChildFailed, ask
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.imports.errors import ListChanged
from ombudsman_app.imports.keeping import key_of, pieces, put_rows, rows_name, seal_look
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.states import RUN

from .bringing import SUBJECT

SECONDS = 180.0
CHANGED, UNREADABLE, TOO_COMPLEX = "changed", "damaged", "too_complex"


def read_list(run: ImportRun, work: Work) -> None:
    """Have the file read by the child and keep what it holds. For jobs: it waits. Raises ChildFailed."""
    with _memory() as body, _memory() as look, _memory() as rows:
        try:
            _unseal_into(run, body)
            head = {"rows": limits.IMPORT_ROWS, "columns": limits.IMPORT_COLUMNS, "top": limits.IMPORT_TOP}
            answer, _ = ask("parse", "lists", head, body, into=(look, rows), seconds=SECONDS)
        except ListChanged:
            refuse_list(run, CHANGED, work, actor=work.actor)
            return
        except ChildFailed as failed:
            if failed.is_passing:
                raise
            why = TOO_COMPLEX if failed.code in ("too_big", "too_long", "broken") else UNREADABLE
            refuse_list(run, why, work, actor=work.actor)
            return
        if answer["verdict"] != "ok":
            refuse_list(run, str(answer["reason"]), work, actor=work.actor)
            return
        key = key_of(run)
        rows_sha256 = put_rows(rows_name(run), rows, key)
        found = json.loads(os.pread(look, os.fstat(look).st_size, 0))
        keep_look(run, seal_look(found, key), rows_sha256, work)


def _unseal_into(run: ImportRun, descriptor: int) -> None:
    """Write the bytes of the file into memory, if they are still those that were sent."""
    digest = hashlib.sha256()
    for piece in pieces(run.file.hex, key_of(run)):
        digest.update(piece)
        left = piece
        while left:
            left = left[os.write(descriptor, left) :]
    os.lseek(descriptor, 0, os.SEEK_SET)
    if digest.hexdigest() != run.sha256:
        raise ListChanged


@contextmanager
def _memory() -> Iterator[int]:
    """Give a file that is in memory alone: what it holds is never on the disk in clear."""
    with ExitStack() as stack:
        descriptor = os.memfd_create("list", os.MFD_CLOEXEC)
        stack.callback(os.close, descriptor)
        yield descriptor


@command
def keep_look(run: ImportRun, look: bytes, rows_sha256: str, work: Work) -> None:
    """Keep what was found, and end the job."""
    work.hold()
    held = held_run(run.id)
    held.look, held.rows_sha256, held.changed_at = look, rows_sha256, now()
    work.finish(run=run.id)


@command
def refuse_list(run: ImportRun, why: str, work: Work | None, *, actor: Actor) -> None:
    """Say why the file is not taken; with a job, end it with that."""
    held = held_run(run.id)
    held.state = RUN.after(held.state, "refuse")
    held.refused_for, held.changed_at = why, now()
    record(Event.IMPORTS_REFUSED, SUBJECT, held.id, actor=actor, changes={"why": why})
    if work is not None:
        work.finish(run=held.id)


def held_run(run_id: int) -> ImportRun:
    """Return a run as it stands now, locked until the commit."""
    return db.session.get_one(ImportRun, run_id, with_for_update=True, populate_existing=True)
