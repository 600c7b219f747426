"""/staff/complaints/<id>/declare: an interest in the case closes it for this person (UU 37/2008 Pasal 40)."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:complaint_id>/declare", methods=["GET", "POST"])
@policy("complaints.declare", record=queries.visible_case)
def declare(complaint: Complaint) -> ResponseReturnValue:
    """Declare an interest or none. GET 4 statements."""
    form = forms.DeclarationForm()
    if not form.is_submitted():
        return _page(complaint, form)
    if not form.validate():
        return _page(complaint, form, 422)
    if form.interest.data == "yes":
        commands.declare_interest(complaint, form.reason.data or "", actor=current_actor())
        flash(_("The case is closed for you. If it was yours, somebody else takes it."))
        return redirect(url_for(".queue"))
    commands.declare_no_interest(complaint, actor=current_actor())
    flash(_("You declared that you have no interest in this case."))
    return redirect(url_for(".case", complaint_id=complaint.id))


def _page(complaint: Complaint, form: forms.DeclarationForm, status: int = 200) -> Response:
    is_due = formats.waits_for_declaration(complaint, current_actor())
    page = render_template("complaints/staff/declare.html", case=complaint, form=form, is_due=is_due)
    return make_response(page, status)
