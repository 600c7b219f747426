"""/staff/audits/<id>/assignment: the letter of assignment is written; the head issues it as other letters."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits.commands.assigning import refuse_unready, write_assignment
from ombudsman_app.audits.errors import NotAssigned, TeamIncomplete
from ombudsman_app.audits.forms.rounds import AssignmentForm
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.queries import visible_audit
from ombudsman_app.audits.queries.steps import AssignmentOfAudit, visible_assignment
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.documents import commands as documents
from ombudsman_app.documents.models import Document
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:audit_id>/assignment", methods=["GET", "POST"])
@policy("audits.plan", record=visible_audit)
def write(audit: Audit) -> ResponseReturnValue:
    """Begin the letter; before the round runs, or without team or days, there is none to write."""
    form = AssignmentForm()
    try:
        refuse_unready(audit)
    except (MoveNotAllowed, NotAssigned, TeamIncomplete):
        if form.is_submitted():
            raise
        flash(_("First the round must run, the team be whole and the days of the visit fixed."))
        return redirect(url_for(".audit", audit_id=audit.id))
    if not form.is_submitted():
        form.subject.data = f"Penugasan audit pelayanan pada {audit.office.short_name}"
        form.words.data = audit.round.purpose
        return _page(audit, form)
    if not form.validate():
        return _page(audit, form, 422)
    given = form.answers()
    document = write_assignment(audit, subject=form.subject.data, **given, actor=current_actor())
    flash(_("The draft is kept. The head looks at it and issues it."))
    return redirect(url_for("staff.documents.document", document_id=document.id))


@bp.route("/assignments/<int:document_id>", methods=["GET", "POST"])
@policy("audits.plan", record=visible_assignment)
def edit_assignment(found: AssignmentOfAudit) -> ResponseReturnValue:
    """Change the words of a draft; who approved the old ones has not approved these."""
    audit, document = found.audit, found.document
    form = AssignmentForm(version=document.version)
    if not form.is_submitted():
        form.subject.data = document.subject
        form.words.data = document.answers.get("words", "")
        form.copies.data = document.answers.get("copies", "")
        return _page(audit, form, document=document)
    if not form.validate():
        return _page(audit, form, 422, document=document)
    documents.change_draft(
        document,
        subject=form.subject.data,
        answers=form.answers(),
        version=form.shown_version,
        actor=current_actor(),
    )
    flash(_("The draft is changed."))
    return redirect(url_for("staff.documents.document", document_id=document.id))


def _page(
    audit: Audit, form: AssignmentForm, status: int = 200, *, document: Document | None = None
) -> Response:
    page = render_template("audits/staff/assignment.html", audit=audit, form=form, document=document)
    return make_response(page, status)
