"""/staff/complaints/<id>/identity: who reported, for the officer of the case, with a reason (PD2)."""

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:complaint_id>/identity", methods=["GET", "POST"])
@policy("complaints.open_identity", record=queries.visible_case, fresh=True)
def identity(complaint: Complaint) -> ResponseReturnValue:
    """Ask why; then show, in the answer to this POST alone: a page to come back to would hold it open."""
    form = forms.OpenIdentityForm()
    if not form.is_submitted():
        return _page(complaint, form)
    if not form.validate():
        return _page(complaint, form, 422)
    told = commands.open_identity(complaint, form.reason.data, actor=current_actor())
    return make_response(
        render_template(
            "complaints/staff/identity_opened.html", case=complaint, told=formats.shown_identity(told)
        )
    )


def _page(complaint: Complaint, form: forms.OpenIdentityForm, status: int = 200) -> Response:
    page = render_template("complaints/staff/identity.html", case=complaint, form=form)
    return make_response(page, status)
