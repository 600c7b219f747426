"""A paper that the house makes when an office asks for it: one page and one file for all domains above."""

from collections.abc import Callable

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.queries import Receipt
from ombudsman_app.web.downloads import download


def on_demand_page(
    found: Receipt | None,
    *,
    make: Callable[[], None],
    here: str,
    file: str,
    back: tuple[str, str],
    about: str,
) -> ResponseReturnValue:
    """Show how far the paper is, or have it made by a POST. `back`: address and words; `about`: of what."""
    if request.method == "POST":
        if found is None or found.job_has_failed:
            make()
        return redirect(here)
    job = shown_job(found.job) if found is not None and found.job is not None else None
    return render_template(
        "documents/portal/acknowledgement.html",
        found=found, job=job, here=here, file=file, back=back, about=about,
    )  # fmt: skip


def on_demand_file(found: Receipt | None, *, here: str) -> ResponseReturnValue:
    """Hand over the signed PDF; until it is made, lead to its page. Raises NotVisible if it is damaged."""
    if found is None or not found.document.is_out:
        return redirect(here)
    content = bytes_of(found.document)
    if content is None:
        raise NotVisible
    return download(content, name=f"{found.document.number}.pdf", media_type="application/pdf")
