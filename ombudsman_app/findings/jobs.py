"""What is done about findings while nobody looks."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale

from ombudsman_app.core import limits
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.errors import JobFailed
from ombudsman_app.core.jobs.registry import job, periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.produced.keeping import keep
from ombudsman_app.web.export import XLSX, write_sheet

from .commands import SHEET, export_to_write, note_export_made, propose_rungs
from .formats import sheet_about, sheet_columns, sheet_row
from .models import RegisterExport
from .queries import RegisterFilter, office_name, read_filter, register_walk

_AT_ONCE = 500


@periodic("findings.ladder", N_("Propose what follows where no answer came"), every=timedelta(days=1))
def ladder(work: Work) -> None:
    """Propose the next step of what is late, once; a person releases it."""
    work.progress(N_("Looking for answers that are late"), propose_rungs())


@job(
    SHEET,
    N_("Write findings into a sheet"),
    time_limit_seconds=600,
    page=lambda _uuid, arguments: ("staff.findings.export", {"export_id": arguments["export"]}),
)
def sheet(work: Work) -> None:
    """Write the register with the rights of each moment; killed, it begins again and keeps one file."""
    asker = work.actor
    export = export_to_write(int(work.arguments["export"]), asker)
    chosen = read_filter(json.loads(export.filters))
    settings: Settings = current_app.extensions["settings"]
    with force_locale(export.language):
        about = sheet_about(
            export,
            chosen,
            asker=asker.name,
            office=office_name(chosen.office),
            as_of=now(),
            zone=asker.time_zone,
        )
        walk = _Walk(work, export, chosen)
        scratch = settings.run_dir / f"sheet-{work.job_id.hex}"
        content = write_sheet(sheet_columns(), walk.rows(), about, scratch=scratch)
    work.progress(N_("Putting it away"), walk.done, max(walk.done, 1))
    note_export_made(export.id, walk.done, actor=work.actor)
    name = f"temuan-{export.id}.xlsx" if export.language == "id" else f"findings-{export.id}.xlsx"
    keep(work, content, name=name, media_type=XLSX)


class _Walk:
    """Reads the rows one batch after the other; before each the right is asked for again."""

    def __init__(self, work: Work, export: RegisterExport, chosen: RegisterFilter) -> None:
        self._work, self._id, self._chosen = work, export.id, chosen
        self._most = limits.EXPORT_ROWS if export.needs_second else limits.EXPORT_ALONE
        self._total, self.done = export.rows, 0

    def rows(self) -> Iterator[Sequence[Any]]:
        asker = self._work.actor
        day = today(asker.time_zone)
        for batch in register_walk(asker, self._chosen, today=day, at_once=_AT_ONCE):
            self._work.progress(N_("Writing rows"), self.done, max(self.done, self._total))
            export_to_write(self._id, self._work.actor)
            if self.done + len(batch) > self._most:
                raise JobFailed("too_many_rows")
            yield from map(sheet_row, batch)
            self.done += len(batch)
            crash_point("findings.sheet.batch")
