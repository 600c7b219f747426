"""/staff/imports/<id>/rejected: what was not taken, as a sheet, for whoever asked (AZ9, OU6)."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.imports import commands, forms, queries
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.queries.page import RejectedOrder
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.produced_files import handed_over

from .blueprint import bp
from .run import run_shown


@bp.route("/<int:run_id>/rejected", methods=["POST"])
@policy("imports.change", record=queries.visible_run)
def order_rejected(found: ImportRun) -> ResponseReturnValue:
    """Have them written, with the reason why they leave (OU6)."""
    form = forms.RejectedForm()
    if not form.validate():
        return run_shown(found, 422, form)
    uuid = commands.order_rejected(
        found,
        form=form.form.data,
        reason=form.reason.data,
        language=str(get_locale() or "id")[:2],
        actor=current_actor(),
    )
    return redirect(url_for(".rejected", run_id=found.id, uuid=uuid))


@bp.route("/<int:run_id>/rejected/<uuid:uuid>")
@policy("imports.read_rejected", record=queries.own_rejected)
def rejected(found: RejectedOrder) -> ResponseReturnValue:
    """How far it is; then the file."""
    return render_template(
        "imports/staff/rejected.html", run=found.run, order=found, job=shown_job(found.job)
    )


@bp.route("/<int:run_id>/rejected/<uuid:uuid>/file")
@policy("imports.read_rejected", record=queries.own_rejected)
def rejected_file(found: RejectedOrder) -> ResponseReturnValue:
    """Hand it over, if it is still what was stored (FI7)."""
    return handed_over(found.file)
