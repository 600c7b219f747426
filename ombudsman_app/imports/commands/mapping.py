"""Somebody says which sheet holds the list and what its columns are; the dry run is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from ombudsman_app.core.changing import compare_version, demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.imports.errors import ListNotReady
from ombudsman_app.imports.heads import heads_at, plain
from ombudsman_app.imports.keeping import look_of
from ombudsman_app.imports.kinds import kind_of
from ombudsman_app.imports.models import ImportRun, ImportSource
from ombudsman_app.imports.policies import CHANGE
from ombudsman_app.imports.states import RUN

from .bringing import SUBJECT
from .reading import held_run

CHECK = "imports.check"


@dataclass(frozen=True)
class MappingInput:
    """`header_row`: number of the last row of heads; `columns`: our name by place of theirs ("0", "1")."""

    sheet: int
    header_row: int
    columns: Mapping[str, str]


@command
def map_columns(run: ImportRun, given: MappingInput, *, version: int | None, actor: Actor) -> None:
    """Fix what the columns are, remember it for the source, and ask for the dry run.

    Raises ListNotReady, RecordChanged, MoveNotAllowed.
    """
    held = held_run(run.id)
    compare_version(held, version)
    demand(CHANGE, actor, held)
    look = look_of(held)
    sheet = next((one for one in (look or {}).get("sheets", ()) if one["number"] == given.sheet), None)
    if sheet is None:
        raise ListNotReady(why="reading")
    kind = kind_of(held.kind)
    chosen = {place: name for place, name in given.columns.items() if name in kind.names}
    needed = {column.name for column in kind.columns if column.is_needed}
    if len(set(chosen.values())) != len(chosen) or not needed <= set(chosen.values()):
        raise ListNotReady(why="unmapped")
    held.state = RUN.after(held.state, "map")
    heads = heads_at(sheet["top"], given.header_row - sheet["first"])
    held.sheet, held.header_row, held.mapping, held.heads = given.sheet, given.header_row, chosen, heads
    held.counts, held.changed_at = {}, now()
    remembered = {plain(heads[int(place)]): name for place, name in chosen.items() if int(place) < len(heads)}
    source = db.session.get_one(ImportSource, held.source_id)
    source.mapping = {**source.mapping, **{head: name for head, name in remembered.items() if head}}
    held.job_uuid = enqueue(CHECK, actor=actor, arguments={"run": held.id}, once=str(held.id))
    changes = {"sheet": given.sheet, "header_row": given.header_row, "columns": sorted(chosen.values())}
    record(Event.IMPORTS_MAPPED, SUBJECT, held.id, actor=actor, changes=changes)
