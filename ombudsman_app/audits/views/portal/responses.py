"""/portal/penilaian/<id>/butir/<indicator>: what the own office says to one indicator of the draft."""

from uuid import uuid4

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.queries import FileLine
from ombudsman_app.attachments.upload_box import portal_box
from ombudsman_app.audits import commands, forms, queries
from ombudsman_app.audits.draft_owners import ANSWER
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible, RecordChanged
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import typed

from .blueprint import bp


@bp.route("/<int:audit_id>/butir/<string:indicator>", methods=["GET", "POST"])
@policy("audits.respond", record=queries.addressed_indicator)
def respond(found: queries.AddressedIndicator) -> ResponseReturnValue:
    """Accept, dispute, remark. Final meanwhile, or a colleague was faster: 409, with both texts."""
    last = found.page.last.get(found.line.id)
    form = forms.ResponseForm(version=last.id if last else 0)
    files = queries.office_files(found.audit.answers_id)
    form.offer(files)
    if not found.page.is_open:
        if form.is_submitted():
            return _settled_page(found, form)
        return redirect(url_for(".draft", audit_id=found.audit.id, _anchor=found.line.id))
    if not form.is_submitted():
        form.form_key.data = uuid4().hex
        return _respond_page(found, form, files)
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return _respond_page(found, form, files, 422)
    try:
        commands.respond(
            found.audit, form.to_input(found.line.id), seen=form.shown_version, actor=current_actor()
        )
    except (RecordChanged, MoveNotAllowed):
        return _settled_page(found, form)
    flash(_("What your office says to %(id)s is kept.", id=found.line.id))
    return redirect(url_for(".draft", audit_id=found.audit.id, _anchor=found.line.id))


def _respond_page(
    found: queries.AddressedIndicator,
    form: forms.ResponseForm,
    files: list[FileLine],
    status: int = 200,
) -> Response:
    here = url_for(".respond", audit_id=found.audit.id, indicator=found.line.id)
    page = render_template(
        "audits/portal/respond.html",
        audit=found.audit,
        page=found.page,
        line=found.line,
        said=found.page.said.get(found.line.id, []),
        form=form,
        files=files,
        box=portal_box(ANSWER, found.audit.id, here),
    )
    return make_response(page, status)


def _settled_page(found: queries.AddressedIndicator, form: forms.ResponseForm) -> Response:
    """Show what stands and what was typed, 409: nothing of either is lost."""
    audit_id, indicator = found.audit.id, found.line.id
    db.session.expire_all()
    held = queries.addressed_indicator(current_actor(), audit_id, indicator)
    if held is None:
        raise NotVisible
    page = render_template(
        "audits/portal/settled.html",
        audit=held.audit,
        page=held.page,
        line=held.line,
        last=held.page.last.get(indicator),
        typed=typed(form),
    )
    return make_response(page, 409)
