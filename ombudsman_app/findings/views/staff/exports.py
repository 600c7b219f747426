"""/staff/findings/exports: the register as a sheet, for whoever asked (AZ9, AZ10, OU6)."""

import json
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from ombudsman_app.core import limits
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.findings import commands, formats, forms, queries
from ombudsman_app.findings.errors import ExportTooLarge
from ombudsman_app.findings.models import RegisterExport
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.produced_files import handed_over

from .blueprint import bp


@bp.route("/exports/new", methods=["GET", "POST"])
@policy("findings.export")
def new_export() -> ResponseReturnValue:
    """Say what the sheet of these filters is for; more than EXPORT_ALONE rows wait for another person."""
    actor, chosen = current_actor(), queries.read_filter(request.args)
    form = forms.ExportForm()
    if form.validate_on_submit():
        try:
            made = commands.ask_export(
                chosen, form.reason.data, language=str(get_locale() or "id")[:2], actor=actor
            )
        except ExportTooLarge:
            return _asked_page(chosen, form, 422)
        return redirect(url_for(".export", export_id=made.id))
    return _asked_page(chosen, form, 422 if form.is_submitted() else 200)


def _asked_page(chosen: queries.RegisterFilter, form: forms.ExportForm, status: int) -> Response:
    said = queries.said_filter(chosen)
    page = render_template(
        "findings/staff/new_export.html",
        form=form,
        said=said,
        filters=formats.filter_words(chosen, queries.office_name(chosen.office)),
        rows=commands.sheet_rows(current_actor(), chosen),
        most=limits.EXPORT_ROWS,
        alone=limits.EXPORT_ALONE,
    )
    return make_response(page, status)


@bp.route("/exports/<int:export_id>")
@policy("findings.read_export", record=queries.visible_export)
def export(found: RegisterExport) -> ResponseReturnValue:
    """How far it is, where to fetch it; to another person: whether it may be."""
    return _shown(found, forms.DecideExportForm(formdata=None))


def _shown(found: RegisterExport, form: forms.DecideExportForm, status: int = 200) -> Response:
    chosen = queries.read_filter(json.loads(found.filters))
    page = queries.export_page(current_actor(), found)
    shown: dict[str, Any] = {
        "export": found,
        "form": form,
        "said": queries.said_filter(chosen),
        "filters": formats.filter_words(chosen, queries.office_name(chosen.office)),
        "is_own": found.asked_by_id == current_actor().user_id,
        "job": shown_job(page.job) if page.job else None,
        "file": page.file,
    }
    return make_response(render_template("findings/staff/export.html", **shown), status)


@bp.route("/exports/<int:export_id>/decide", methods=["POST"])
@policy("findings.decide_export", record=queries.visible_export)
def decide_export(found: RegisterExport) -> ResponseReturnValue:
    """Allow a large sheet, or not."""
    if not found.waits:
        raise MoveNotAllowed(state="decided", event="decide_export")
    form = forms.DecideExportForm()
    if not form.validate():
        return _shown(found, form, 422)
    commands.decide_export(found, form.is_approved, actor=current_actor())
    flash(_("Your decision stands. Whoever asked is told."))
    return redirect(url_for(".export", export_id=found.id))


@bp.route("/exports/<int:export_id>/file")
@policy("findings.fetch_export", record=queries.visible_export)
def export_file(found: RegisterExport) -> ResponseReturnValue:
    """Hand it over to whoever asked, if it is still what was stored (FI7)."""
    return handed_over(queries.export_page(current_actor(), found).file)
