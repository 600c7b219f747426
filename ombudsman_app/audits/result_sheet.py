"""The job that writes a result into a sheet."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import force_locale

from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.registry import job
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.produced.keeping import keep
from ombudsman_app.web.export import XLSX, write_sheet

from .commands.scoring import latest_score
from .formats.result_sheet import result_about, result_columns, result_rows
from .queries import score_page, visible_audit
from .queries.papers import SHEET


def _page(uuid: UUID, _arguments: Any) -> tuple[str, dict[str, Any]]:
    return "staff.audits.sheet", {"uuid": uuid}


@job(SHEET, N_("Write a result into a sheet"), time_limit_seconds=120, page=_page)
def sheet(work: Work) -> None:
    """Write it with the rights of this moment, and keep it for a day for whoever asked."""
    actor = work.actor
    audit = visible_audit(actor, int(work.arguments["audit"]))
    score = latest_score(audit.id) if audit else None
    if audit is None or score is None:
        raise NotVisible
    settings: Settings = current_app.extensions["settings"]
    language = str(work.arguments["language"])
    with force_locale(language):
        page = score_page(score)
        work.progress(N_("Writing rows"), 0, 2)
        content = write_sheet(
            result_columns(),
            result_rows(page),
            result_about(audit, page, asker=actor.name, as_of=now(), zone=actor.time_zone),
            scratch=settings.run_dir / f"sheet-{work.job_id.hex}",
        )
    work.progress(N_("Putting it away"), 1, 2)
    stem = "hasil-audit" if language == "id" else "audit-result"
    keep(work, content, name=f"{stem}-{audit.id}.xlsx", media_type=XLSX)
