"""/staff/complaints/<id>/begin, /formal, /material: take a case, judge the items, go on."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.commands import CheckInput
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.errors import MoveNotAllowed, RecordChanged
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp
from .changed import changed_page

_FORMS: dict[ComplaintState, type[forms.ChecksForm]] = {
    ComplaintState.FORMAL_VERIFICATION: forms.FormalChecksForm,
    ComplaintState.MATERIAL_VERIFICATION: forms.MaterialChecksForm,
}
_FINISH = {
    ComplaintState.FORMAL_VERIFICATION: commands.finish_formal_verification,
    ComplaintState.MATERIAL_VERIFICATION: commands.put_to_plenary,
}


@bp.route("/<int:complaint_id>/begin", methods=["POST"])
@policy("complaints.verify", record=queries.visible_case)
def begin(complaint: Complaint) -> ResponseReturnValue:
    """Begin the formal check: the case gets its number and its officer."""
    form = forms.BeginForm()
    try:
        number = commands.begin_verification(complaint, version=form.shown_version, actor=current_actor())
    except (RecordChanged, MoveNotAllowed):
        return changed_page(complaint, form)
    flash(_("Registered as %(number)s. The case is yours.", number=number))
    return redirect(url_for(".formal", complaint_id=complaint.id))


@bp.route("/<int:complaint_id>/formal", methods=["GET", "POST"])
@policy("complaints.verify", record=queries.visible_case)
def formal(complaint: Complaint) -> ResponseReturnValue:
    """Judge F1 to F13. GET 7 statements."""
    return _check(complaint, ComplaintState.FORMAL_VERIFICATION)


@bp.route("/<int:complaint_id>/material", methods=["GET", "POST"])
@policy("complaints.verify", record=queries.visible_case)
def material(complaint: Complaint) -> ResponseReturnValue:
    """Judge M1 to M7. GET 8 statements."""
    return _check(complaint, ComplaintState.MATERIAL_VERIFICATION)


def _check(complaint: Complaint, state: ComplaintState) -> ResponseReturnValue:
    """Show a list, save it, or save it and go on."""
    form = _FORMS[state](version=complaint.version)
    if complaint.state is not state:
        if form.is_submitted():
            return changed_page(complaint, form)
        return redirect(url_for(".case", complaint_id=complaint.id))
    if not form.is_submitted():
        return _checks_page(complaint, form, is_fresh=True)
    wish = request.form.get("then")
    if wish == "suggest":
        return _checks_page(complaint, form, proposes=True)
    is_finishing = request.form.get("go") == "on"
    if not form.validate() or (is_finishing and not form.is_finished()):
        return _checks_page(complaint, form, 422)
    return _keep(complaint, form, is_finishing=is_finishing, writes_then=wish == "message")


def _keep(
    complaint: Complaint, form: forms.ChecksForm, *, is_finishing: bool, writes_then: bool
) -> ResponseReturnValue:
    state, given, version, actor = complaint.state, form.to_input(), form.shown_version, current_actor()
    try:
        if is_finishing:
            _FINISH[state](complaint, given, version=version, actor=actor)
        else:
            commands.save_checks(complaint, given, version=version, actor=actor)
    except (RecordChanged, MoveNotAllowed):
        return changed_page(complaint, form, while_in=state)
    flash(_("The check is done. The case has gone on.") if is_finishing else _("The list is saved."))
    if writes_then:
        return redirect(url_for(".case", complaint_id=complaint.id, _anchor="messages"))
    return redirect(url_for(".case" if is_finishing else f".{_NAMES[state]}", complaint_id=complaint.id))


_NAMES = {ComplaintState.FORMAL_VERIFICATION: "formal", ComplaintState.MATERIAL_VERIFICATION: "material"}


def _checks_page(
    complaint: Complaint,
    form: forms.ChecksForm,
    status: int = 200,
    *,
    is_fresh: bool = False,
    proposes: bool = False,
) -> Response:
    """Show a list: what stands in the database, or what was typed, to which the file may add proposals."""
    page = queries.case_page(current_actor(), complaint)
    facts = formats.file_facts(
        complaint,
        page.told_fields,
        similar=page.similar,
        limitation=queries.limitation_of(complaint),
    )
    if is_fresh:
        form.fill({name: CheckInput(row.verdict, row.reason) for name, row in page.checks.items()})
    if proposes:
        form.fill(formats.suggested(form.ITEMS, facts, judged=form.judged()))
    return make_response(
        render_template(
            "complaints/staff/checks.html",
            case=complaint,
            page=page,
            form=form,
            facts=facts,
            similar_filters=queries.similar_filters(complaint),
            name=_NAMES[complaint.state],
            is_own=complaint.officer_id == current_actor().user_id,
        ),
        status,
    )
