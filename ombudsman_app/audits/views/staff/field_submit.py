"""Handing in: a blind assessor the own sheet, the lead the audit; what is missing stands there as links."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits.commands import submitting as commands
from ombudsman_app.audits.errors import SheetRefused
from ombudsman_app.audits.models import Audit, AuditSheet
from ombudsman_app.audits.queries import sheet as queries
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.queries.page import visible_audit
from ombudsman_app.audits.states import AUDIT
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import VersionedForm

from .blueprint import bp


@bp.route("/field/<int:sheet_id>/submit", methods=["POST"])
@policy("audits.fill", record=queries.visible_sheet)
def submit_sheet(found: AuditSheet) -> ResponseReturnValue:
    """Hand in one's own sheet of a blind audit."""
    form = VersionedForm()
    try:
        commands.submit_sheet(found, version=form.shown_version, actor=current_actor())
    except SheetRefused as refused:
        return _refused(found, refused)
    flash(_("Your sheet is in. Nothing in it changes any more."))
    return redirect(url_for(".field_sheet", sheet_id=found.id))


@bp.route("/<int:audit_id>/submit", methods=["GET", "POST"])
@policy("audits.submit", record=visible_audit)
def submit(found: Audit) -> ResponseReturnValue:
    """Hand the audit in for review, after a look at what counts nothing yet."""
    form = VersionedForm(version=found.version)
    if form.is_submitted():
        AUDIT.after(found.state, "submit")
        try:
            commands.submit_audit(found, version=form.shown_version, actor=current_actor())
        except SheetRefused as refused:
            return _not_whole(found, refused)
        flash(_("The audit is handed in. Another person reviews it."))
        return redirect(url_for(".submit", audit_id=found.id))
    sheet = queries.sheet_to_submit(current_actor(), found)
    return render_template(
        "audits/staff/field_submit.html",
        audit=found,
        sheet=sheet,
        is_open="submit" in AUDIT.open_events(found.state),
        state=queries.sheet_state(sheet) if sheet else None,
        form=form,
    )


def _not_whole(found: Audit, refused: SheetRefused) -> Response:
    held = visible_audit(current_actor(), found.id)
    sheet = queries.sheet_to_submit(current_actor(), held) if held else None
    if sheet is None:
        raise refused
    return _refused(sheet, refused)


def _refused(sheet: AuditSheet, refused: SheetRefused) -> Response:
    """Say why a sheet cannot be scored, each place a link, 422."""
    held = queries.visible_sheet(current_actor(), sheet.id)
    if held is None:
        raise NotVisible
    definition = definition_of(held.audit.instrument_version)
    page = render_template(
        "audits/staff/field_refused.html",
        sheet=held,
        why=refused.details["why"],
        indicators=[
            definition.by_id[name] for name in refused.details["indicators"] if name in definition.by_id
        ],
        dimensions=[one for one in definition.dimensions if one.id in refused.details["indicators"]],
    )
    return make_response(page, 422)
