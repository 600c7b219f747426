"""Lists as they stand after a dry run, without the child that reads files. Call inside a context."""

import json
from datetime import date
from typing import Any

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.imports.commands import ListInput, bring_list
from ombudsman_app.imports.keeping import key_of, put_file, rows_name, seal_block, seal_look
from ombudsman_app.imports.kinds import kind_of
from ombudsman_app.imports.models import ImportBlock, ImportRow, ImportRun
from ombudsman_app.imports.states import RunState, Verdict

from .employers import EmployerFactory, keeper_of, region_id

HEADS = ["Nama", "NIB"]
TOP = [HEADS, ["PT Ragu Contoh", "9120001234567"], ["PT Baru Contoh", "9120001234568"]]


def ImportFactory(
    office: str = "MAM", *, name: str = "daftar.csv", state: RunState = RunState.CHECKED
) -> ImportRun:
    """A list of three rows: one doubtful, one new, one that was not taken."""
    actor = keeper_of(office)
    given = ListInput(
        file_name=name,
        content="\r\n".join(";".join(row) for row in TOP).encode(),
        source="BPJS Ketenagakerjaan",
        source_kind="bpjs",
        as_of=date(2026, 10, 31),
        office_id=next(iter(actor.grants)).office_id,
    )
    made = bring_list(kind_of("employers"), given, actor=actor)
    _check(made, actor, office, state)
    return made


@command
def _check(run: ImportRun, actor: Actor, office: str, state: RunState) -> None:
    key = key_of(run)
    known = EmployerFactory(actor, office=office, name="PT Ragu Contoh")
    sheet = {"number": 0, "name": "", "is_hidden": False, "first": 1, "rows": 3, "columns": 2, "top": TOP}
    sheet |= {"formulas": 0, "merged": [], "merged_count": 0}
    look = {"format": "csv", "encoding": "utf-8", "delimiter": ";", "sheets": [sheet]}
    run.look, run.state, run.sheet, run.header_row = seal_look(look, key), state, 0, 1
    run.rows_sha256 = put_file(rows_name(run), f"0 1 {json.dumps(TOP)}\n".encode(), key)[1]
    run.checked_at = now()
    run.mapping, run.heads = {"0": "name", "1": "nib"}, HEADS
    run.counts = {"new": 1, "doubtful": 1, "rejected": 1, "blank": 0}
    values = {
        2: values_of("PT Ragu Contoh", office),
        3: values_of("PT Baru Contoh", office),
        4: [None, ["", "12"]],
    }
    block = ImportBlock(run_id=run.id, first=2, last=4, sealed=seal_block(values, key, 2))
    doubt = ImportRow(number=2, verdict=Verdict.DOUBTFUL, reasons='[["","same_name"]]', candidates=[known.id])
    new = ImportRow(number=3, verdict=Verdict.NEW)
    wrong = ImportRow(number=4, verdict=Verdict.REJECTED, reasons='[["name","missing"]]')
    for row in (doubt, new, wrong):
        row.run_id = run.id
    db.session.add_all([block, doubt, new, wrong])


def values_of(name: str, office: str) -> list[Any]:
    """Typed values of a row with a name, a place and counts."""
    place = region_id({"MAM": "76.02", "KPG": "53.71"}[office])
    return [
        name,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        place,
        None,
        [10, 10],
        [8, 8],
        None,
        None,
        None,
    ]
