"""/staff/findings/<id>/answers/new: an office answered by letter; an officer files it."""

from uuid import uuid4

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.findings import commands, forms, queries
from ombudsman_app.findings.errors import AnswerDayRefused
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.owners import PAPER
from ombudsman_app.findings.states import WAITING
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:finding_id>/answers/new", methods=["GET", "POST"])
@policy("findings.file_answer", record=queries.visible_finding)
def file_answer(found: Finding) -> ResponseReturnValue:
    """File it as of the day on which it came. Whoever files it does not judge it. ≤ 6 statements."""
    form = forms.PaperAnswerForm(version=found.version)
    if found.state not in WAITING:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(found.state), event="respond")
        return redirect(url_for(".finding", finding_id=found.id))
    if not form.is_submitted():
        form.form_key.data = uuid4().hex
        return _page(found, form)
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return _page(found, form, 422)
    try:
        commands.file_answer(found, form.to_paper(), version=form.shown_version, actor=current_actor())
    except AnswerDayRefused as refused:
        form.refuse_day(refused.details["why"])
        return _page(found, form, 422)
    flash(_("The answer is filed. Another officer than you judges it."))
    return redirect(url_for(".finding", finding_id=found.id))


def _page(found: Finding, form: forms.PaperAnswerForm, status: int = 200) -> Response:
    here = url_for(".file_answer", finding_id=found.id)
    page = render_template(
        "findings/staff/file_answer.html",
        finding=found,
        page=queries.finding_page(found),
        form=form,
        box=staff_box(PAPER, found.id, here),
    )
    return make_response(page, status)
