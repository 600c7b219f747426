"""Sheets of figures are drawn while nobody waits."""

from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.registry import job, periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.produced.keeping import keep
from ombudsman_app.web.pdf import draw

from .commands.sheets import SHEET, forget_sheets
from .models import CoverageSheet
from .queries.sheets import printed_stamp
from .sheet_content import content_of

VARIANT = "pdf/ua-1"
_SECONDS = 120


@job(SHEET, N_("Draw a sheet of coverage"), time_limit_seconds=_SECONDS)
def coverage_sheet(work: Work) -> None:
    """Draw it from the figures of this moment; where they moved on since then, nothing is kept."""
    work.progress(N_("Collecting the figures"), 0, 3)
    sheet = db.session.scalar(select(CoverageSheet).where(CoverageSheet.key == work.arguments["sheet"]))
    if sheet is None:
        raise NotVisible
    settings: Settings = current_app.extensions["settings"]
    language, name = sheet.language, f"cakupan-{sheet.place_code}-{sheet.measure}-{sheet.stamp}.pdf"
    with force_locale(language):
        content = content_of(sheet, made_at=now(), public_url=settings.public_url, is_demo=settings.is_demo)
    if printed_stamp() != sheet.stamp:
        return
    work.progress(N_("Drawing the pages"), 1, 3)
    drawn = draw(
        "coverage/pdf/coverage_sheet.html",
        variant=VARIANT,
        language=language,
        printed=content,
        drawn=content.drawn,
        paper=content.paper,
    )
    work.progress(N_("Putting it away"), 2, 3)
    keep(work, drawn.content, name=name, media_type="application/pdf")


@periodic(
    "coverage.forget_sheets", N_("Forget sheets of coverage whose day is over"), every=timedelta(days=1)
)
def forget(_work: Work) -> None:
    """Forget the rows of sheets whose files are gone."""
    while forget_sheets():
        pass
