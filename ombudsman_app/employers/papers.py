"""The jobs that draw an estimate and write it into a sheet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.registry import job
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.produced.keeping import keep
from ombudsman_app.web.export import XLSX, About, Column, write_sheet
from ombudsman_app.web.formats import instant, rupiah
from ombudsman_app.web.pdf import draw

from .estimate_shown import given_words, sheet_rows, shown
from .estimate_words import TYPES
from .estimates.result import LABEL
from .queries import ORDERS, EstimatePage, EstimatePaper, visible_estimate

_SECONDS = 120


def _page(uuid: UUID, _arguments: Any) -> tuple[str, dict[str, Any]]:
    return "staff.employers.estimate_order", {"uuid": uuid}


@job(ORDERS[EstimatePaper.PDF], N_("Draw an estimate"), time_limit_seconds=_SECONDS, page=_page)
def estimate_pdf(work: Work) -> None:
    """Draw it with the rights of this moment: a working paper, tagged, not signed (design.md §12)."""
    page, language = _ordered(work)
    work.progress(N_("Drawing the page"), 0, 2)
    with force_locale(language):
        drawn = draw(
            "employers/pdf/estimate.html",
            language=language,
            page=page,
            shown=shown(page.estimate),
            label=LABEL,
            asker=work.actor.name,
            as_of=now(),
            zone=work.actor.time_zone,
        )
    work.progress(N_("Putting it away"), 1, 2)
    keep(work, drawn.content, name=f"{_stem(language)}-{page.estimate.id}.pdf", media_type="application/pdf")


@job(
    ORDERS[EstimatePaper.XLSX], N_("Write an estimate into a sheet"), time_limit_seconds=_SECONDS, page=_page
)
def estimate_sheet(work: Work) -> None:
    """Write its steps as rows, with the rights of this moment."""
    page, language = _ordered(work)
    settings: Settings = current_app.extensions["settings"]
    work.progress(N_("Writing rows"), 0, 2)
    with force_locale(language):
        content = write_sheet(
            columns(),
            _rows(page),
            about(page, asker=work.actor.name, as_of=now(), zone=work.actor.time_zone),
            scratch=settings.run_dir / f"sheet-{work.job_id.hex}",
        )
    work.progress(N_("Putting it away"), 1, 2)
    keep(work, content, name=f"{_stem(language)}-{page.estimate.id}.xlsx", media_type=XLSX)


def _ordered(work: Work) -> tuple[EstimatePage, str]:
    page = visible_estimate(work.actor, int(work.arguments["estimate"]))
    if page is None:
        raise NotVisible
    return page, str(work.arguments["language"])


def _stem(language: str) -> str:
    return "perkiraan-iuran" if language == "id" else "estimate"


def _rows(page: EstimatePage) -> Iterator[tuple[Any, ...]]:
    """The sentence stands first and last: whoever copies rows out of the sheet meets it."""
    result = page.estimate.result
    nothing = (None,) * 7
    yield (result["disclaimer"], *nothing, None, "")
    yield from sheet_rows(page.estimate)
    yield (_("Total"), *nothing, result["total"], result["disclaimer"])


def columns() -> list[Column]:
    """Return the columns in the language of whoever asked."""
    return [
        Column(_("Step"), "text", 34, _("What is counted. Late charge and fine are never in the total.")),
        Column(_("From month"), "text", 11, _("First month of the step.")),
        Column(_("To month"), "text", 11, _("Last month of the step.")),
        Column(_("Base (Rp)"), "number", 16, _("The amount of which a part is taken.")),
        Column(_("Rate"), "exact", 10, _("The part: 0.0089 is 0.89 percent.")),
        Column(_("Per worker and month (Rp)"), "number", 16, _("Rounded half up to whole rupiah.")),
        Column(_("Workers"), "number", 9, _("How many workers.")),
        Column(_("Months"), "number", 9, _("How many months.")),
        Column(_("Amount (Rp)"), "number", 18, _("What the step comes to.")),
        Column(_("Calculation"), "text", 70, _("How it was counted, or what one must know.")),
    ]


def about(page: EstimatePage, *, asker: str, as_of: datetime, zone: str) -> About:
    """Say whose estimate it is, from what it was counted, and that it is no bill."""
    held, result = page.estimate, page.estimate.result
    lines = [
        (_("Employer"), page.employer.name),
        (_("What is estimated"), str(TYPES[held.kind])),
        *given_words(held.kind, held.inputs),
        (_("Total"), rupiah(result["total"])),
        (_("Assumed wage"), _("Yes") if result["assumed_wage"] else _("No")),
        (_("Counted by"), f"{held.made_by.name}, {instant(held.made_at, zone)}"),
        (_("Rates"), held.rate_version),
        (_("Fingerprint"), held.digest),
        (_("Asked for by"), asker),
    ]
    return About(_("Estimate of contributions"), result["disclaimer"], as_of, zone, lines)
