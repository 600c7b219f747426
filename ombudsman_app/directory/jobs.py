"""What is drawn while nobody waits."""

from flask import current_app

from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.registry import job
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.produced.keeping import keep
from ombudsman_app.web.pdf import render_pdf

from .posters import PosterSize, poster_of
from .queries import representative_for, visible_counter


@job(
    "directory.poster",
    N_("Draw the poster of a counter"),
    time_limit_seconds=120,
    page=lambda uuid, _arguments: ("staff.directory.poster", {"uuid": uuid}),
)
def poster(work: Work) -> None:
    """Draw it with the rights of this moment, and keep it for a day."""
    work.progress(N_("Collecting what stands on it"), 0, 3)
    counter = visible_counter(work.actor, int(work.arguments["counter"]))
    if counter is None:
        raise NotVisible
    settings: Settings = current_app.extensions["settings"]
    size = PosterSize(work.arguments["size"])
    content = poster_of(counter, representative_for(counter.office.province_code), settings.public_url, size)
    work.progress(N_("Drawing the page"), 1, 3)
    drawn = render_pdf("directory/pdf/poster.html", assets={}, poster=content)
    work.progress(N_("Putting it away"), 2, 3)
    keep(work, drawn, name=f"poster-{counter.code}-{size.value}.pdf", media_type="application/pdf")
