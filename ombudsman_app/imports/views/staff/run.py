"""/staff/imports/<id>: one list, whatever its state; what its columns are; its rows."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.imports import commands, formats, forms, queries
from ombudsman_app.imports.kinds import kind_of
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.states import RUN, Verdict
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:run_id>")
@policy("imports.read", record=queries.visible_run)
def run(found: ImportRun) -> ResponseReturnValue:
    """What is to be done next, and what was done. ≤ 8 statements."""
    return run_shown(found)


def run_shown(
    found: ImportRun, status: int = 200, rejected_form: forms.RejectedForm | None = None
) -> ResponseReturnValue:
    """Write the page; a form with its errors stands in the place of an empty one."""
    page = queries.run_page(found)
    step = forms.StepForm(formdata=None, version=str(found.version))
    shown = render_template(
        "imports/staff/run.html",
        page=page,
        run=found,
        kind=kind_of(found.kind),
        job=shown_job(page.job) if page.job else None,
        counted=formats.counted(found.counts) if found.counts else [],
        moves=RUN.open_events(found.state),
        form=step,
        rejected_form=rejected_form or forms.RejectedForm(formdata=None),
    )
    return shown, status


@bp.route("/<int:run_id>/columns", methods=["GET", "POST"])
@policy("imports.change", record=queries.visible_run)
def columns(found: ImportRun) -> ResponseReturnValue:
    """Say which sheet it is, where the heads stand and which column is which. ≤ 4 statements."""
    RUN.after(found.state, "map")
    kind = kind_of(found.kind)
    preview = queries.preview_of(kind, found, sheet=_asked("sheet"), header_row=_asked("header_row"))
    if preview is None:
        return redirect(url_for(".run", run_id=found.id))
    form = forms.MappingForm(kind, preview, found.version)
    if form.is_submitted() and (form.validate() & form.validate_mapping()):
        commands.map_columns(found, form.to_input(), version=form.shown_version, actor=current_actor())
        return redirect(url_for(".run", run_id=found.id))
    page = render_template("imports/staff/columns.html", run=found, kind=kind, preview=preview, form=form)
    return page, 422 if form.is_submitted() else 200


def _asked(name: str) -> int | None:
    """Return a number from the address (0 counts), None for what is none."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


@bp.route("/<int:run_id>/rows")
@policy("imports.read", record=queries.visible_run)
def rows(found: ImportRun) -> ResponseReturnValue:
    """Its rows with verdict and reasons. ≤ 5 statements."""
    if not found.counts:
        raise MoveNotAllowed(state=str(found.state), event="rows")
    word = request.args.get("verdict", "")
    verdict = Verdict(word) if word in set(Verdict) else None
    page = queries.rows_page(found, verdict, request.args.get("after"))
    said: dict[str, Any] = {"verdict": verdict} if verdict else {}
    return render_template(
        "imports/staff/rows.html",
        run=found,
        kind=kind_of(found.kind),
        rows=page.items,
        verdict=verdict,
        counted=formats.counted(found.counts),
        total=sum(number for _verdict, number in formats.counted(found.counts)),
        first=url_for(".rows", run_id=found.id, **said) if page.previous_key else "",
        older=url_for(".rows", run_id=found.id, after=page.next_key, **said) if page.next_key else "",
    )
