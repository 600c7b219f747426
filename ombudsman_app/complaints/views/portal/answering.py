"""The own office writes its explanation; one that can be taken no more is shown beside what stands, 409."""

from typing import Any
from uuid import uuid4

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import portal_box
from ombudsman_app.complaints import commands, forms, queries
from ombudsman_app.complaints.errors import ComplaintClosed
from ombudsman_app.complaints.owners import OWN_ANSWER
from ombudsman_app.complaints.queries import AskedRequest
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import typed

from .blueprint import bp


@bp.route("/<int:request_id>/answer", methods=["GET", "POST"])
@policy("complaints.respond", record=queries.addressed_request)
def answer(asked: AskedRequest) -> ResponseReturnValue:
    """Write the explanation and send it once. What cannot be answered: 409, with both texts."""
    form = forms.OfficeAnswerForm()
    if not asked.is_answerable:
        if form.is_submitted():
            return settled_page(asked, form)
        return redirect(url_for(".request", request_id=asked.id))
    if not form.is_submitted():
        form.form_key.data = uuid4().hex
        return _answer_page(asked, form)
    if not form.validate():
        return _answer_page(asked, form, 422)
    try:
        sent = commands.answer_request(asked.id, form.to_input(), actor=current_actor())
    except (ComplaintClosed, MoveNotAllowed):
        return settled_page(asked, form)
    if sent is not None:
        flash(_("Your explanation has been sent."))
    return redirect(url_for(".request", request_id=asked.id, _anchor="answers"))


def _answer_page(asked: AskedRequest, form: forms.OfficeAnswerForm, status: int = 200) -> Response:
    page = render_template(
        "complaints/portal/answer.html",
        asked=asked,
        page=queries.request_page(asked),
        form=form,
        box=portal_box(OWN_ANSWER, asked.id, url_for(".answer", request_id=asked.id)),
    )
    return make_response(page, status)


def settled_page(asked: AskedRequest, form: Any) -> Response:
    """Show what stands and what was typed, 409: nothing of either is lost."""
    db.session.expire_all()
    held = queries.addressed_request(current_actor(), asked.id)
    if held is None:
        raise NotVisible
    page = render_template(
        "complaints/portal/settled.html", asked=held, page=queries.request_page(held), typed=typed(form)
    )
    return make_response(page, 409)
