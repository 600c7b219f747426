"""/staff/complaints/<id>/decide and /assign: the head decides and gives the case to an examiner."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.errors import OfficerNotFree
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import FORMAL_ITEMS, MATERIAL_ITEMS, ComplaintState
from ombudsman_app.core.errors import MoveNotAllowed, RecordChanged
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp
from .changed import changed_page


@bp.route("/<int:complaint_id>/decide", methods=["GET", "POST"])
@policy("complaints.decide", record=queries.visible_case)
def decide(complaint: Complaint) -> ResponseReturnValue:
    """Accept the report and assign it. GET 8 statements."""
    form = forms.DecisionForm(version=complaint.version)
    examiners = _offer(form, complaint)
    if complaint.state is not ComplaintState.PLENARY_DECISION:
        if form.is_submitted():
            return changed_page(complaint, form)
        return redirect(url_for(".case", complaint_id=complaint.id))
    if form.is_submitted() and form.validate():
        return _accept(complaint, form)
    return _decision_page(complaint, form, examiners, 422 if form.is_submitted() else 200)


def _accept(complaint: Complaint, form: forms.DecisionForm) -> ResponseReturnValue:
    given, version = form.to_input(), form.shown_version
    try:
        commands.accept_complaint(complaint, given, version=version, actor=current_actor())
    except (RecordChanged, MoveNotAllowed):
        return changed_page(complaint, form, while_in=ComplaintState.PLENARY_DECISION)
    except OfficerNotFree:
        form.examiner.errors = [_("This person cannot take the case any more. Choose somebody else.")]
        return _decision_page(complaint, form, _offer(form, complaint), 422)
    flash(_("Accepted. The examiner has the case now."))
    return redirect(url_for(".case", complaint_id=complaint.id))


def _offer(form: forms.DecisionForm | forms.AssignForm, complaint: Complaint) -> list[queries.Examiner]:
    examiners = queries.examiners_for(current_actor(), complaint)
    form.offer((person.user_id, person.name) for person in examiners)
    return examiners


def _decision_page(
    complaint: Complaint, form: forms.DecisionForm, examiners: list[queries.Examiner], status: int = 200
) -> Response:
    checks = queries.checks_of(complaint.id)
    material = formats.shown_checks(MATERIAL_ITEMS, checks)
    page = render_template(
        "complaints/staff/decide.html",
        case=complaint,
        form=form,
        hints=_loads(examiners),
        formal=formats.shown_checks(FORMAL_ITEMS, checks),
        material=material,
        missing=[check for check in material if check.is_missing],
    )
    return make_response(page, status)


@bp.route("/<int:complaint_id>/assign", methods=["GET", "POST"])
@policy("complaints.assign", record=queries.visible_case)
def assign(complaint: Complaint) -> ResponseReturnValue:
    """Give a case under examination to somebody else. GET 6 statements."""
    form = forms.AssignForm(version=complaint.version)
    examiners = _offer(form, complaint)
    if not form.is_submitted():
        return _assign_page(complaint, form, examiners)
    if not form.validate():
        return _assign_page(complaint, form, examiners, 422)
    try:
        commands.reassign_complaint(
            complaint,
            form.examiner_id,
            reason=form.reason.data,
            version=form.shown_version,
            actor=current_actor(),
        )
    except RecordChanged:
        return changed_page(complaint, form, while_in=complaint.state)
    except OfficerNotFree:
        form.examiner.errors = [_("This person cannot take the case any more. Choose somebody else.")]
        return _assign_page(complaint, form, _offer(form, complaint), 422)
    flash(_("The case has gone to somebody else."))
    return redirect(url_for(".case", complaint_id=complaint.id))


def _assign_page(
    complaint: Complaint, form: forms.AssignForm, examiners: list[queries.Examiner], status: int = 200
) -> Response:
    page = render_template("complaints/staff/assign.html", case=complaint, form=form, hints=_loads(examiners))
    return make_response(page, status)


def _loads(examiners: list[queries.Examiner]) -> dict[str, str]:
    """Say beside each examiner how much they have."""
    return {str(person.user_id): formats.open_cases(person.open_cases) for person in examiners}
