"""The jobs that write an instrument as XLSForm and that read one."""

from typing import Any
from uuid import UUID

from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.registry import job
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.produced import store
from ombudsman_app.core.produced.keeping import keep
from ombudsman_app.web.export import XLSX

from .commands.exchanging import take_in_read
from .errors import InstrumentRefused
from .queries import visible_version
from .queries.instrument_orders import PROBLEMS, READ_FORM, WRITE_FORM, written_problems
from .scoring.definition import read_definition
from .scoring.doors import export_xlsform, import_xlsform
from .scoring.problems import InstrumentInvalid, Problem

_SECONDS = 120


def _page(uuid: UUID, _arguments: Any) -> tuple[str, dict[str, Any]]:
    return "staff.audits.instrument_order", {"uuid": uuid}


@job(WRITE_FORM, N_("Write an instrument as XLSForm"), time_limit_seconds=_SECONDS, page=_page)
def write_form(work: Work) -> None:
    """Write it with the rights of this moment."""
    found = visible_version(work.actor, int(work.arguments["version"]))
    if found is None:
        raise NotVisible
    work.progress(N_("Writing rows"), 0, 2)
    content = export_xlsform(read_definition(found.content))
    work.progress(N_("Putting it away"), 1, 2)
    keep(work, content, name=f"{found.instrument.key}-{found.number}.xlsx", media_type=XLSX)


@job(READ_FORM, N_("Read the file of an instrument"), time_limit_seconds=_SECONDS, page=_page)
def read_form(work: Work) -> None:
    """Take it in as a draft, or keep for whoever sent it all that is wrong; then nothing else is stored."""
    file = UUID(str(work.arguments["file"]))
    content = store.read(file, str(work.arguments["sha256"]))
    actor = work.actor
    if content is None:
        raise NotVisible
    work.progress(N_("Reading the sheet"), 0, 2)
    try:
        take_in_read(import_xlsform(content), work, actor=actor)
    except InstrumentInvalid as invalid:
        _refuse(work, invalid.problems)
    except InstrumentRefused as refused:
        _refuse(work, [Problem("scheme", "scheme_unknown", {"value": refused.details["scheme"]})])
    store.remove(file)


def _refuse(work: Work, problems: list[Problem]) -> None:
    keep(work, written_problems(problems), name="masalah.json", media_type=PROBLEMS)
