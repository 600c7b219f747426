"""/staff/complaints/<id>/links: links by which an office without account answers a letter."""

from flask import Response, current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, forms, queries
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.queries import LinkOfCase
from ombudsman_app.complaints.views import new_secret
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp

_HELD = "new_answer_link"


@bp.route("/<int:complaint_id>/links", methods=["GET", "POST"])
@policy("complaints.ask_respondent", record=queries.visible_case)
def links(complaint: Complaint) -> ResponseReturnValue:
    """Show the links of a case and make one. GET ≤ 8 statements."""
    form = forms.AnswerLinkForm()
    form.offer(queries.linkable_letters(complaint))
    if not form.is_submitted():
        return _links_page(complaint, form)
    if not form.letter.choices:
        raise MoveNotAllowed(state=str(complaint.state), event="make_link")
    if not form.validate():
        return _links_page(complaint, form, 422)
    made = commands.make_answer_link(complaint, int(form.letter.data), actor=current_actor())
    new_secret.keep(_HELD, made.id, f"{made.token} {made.code}")
    flash(_("The link is made. Hand it over to the office itself."))
    return redirect(url_for(".links", complaint_id=complaint.id))


def _links_page(complaint: Complaint, form: forms.AnswerLinkForm, status: int = 200) -> Response:
    settings: Settings = current_app.extensions["settings"]
    found = queries.links_of(complaint)
    token, _blank, code = (new_secret.token_of(_HELD, found[0].id) if found else "").partition(" ")
    page = render_template(
        "complaints/staff/links.html",
        case=complaint,
        links=found,
        form=form,
        now=now(),
        days=settings.answer_link_days,
        address=settings.public_url + url_for("public.complaints.answer_by_link", token=token)
        if token
        else "",
        link_code=code,
        minutes=int(new_secret.SHOWN_FOR.total_seconds() // 60),
    )
    return make_response(page, status)


@bp.route("/<int:complaint_id>/links/<int:link_id>/end", methods=["POST"])
@policy("complaints.ask_respondent", record=queries.visible_link)
def end_link(found: LinkOfCase) -> ResponseReturnValue:
    """Let a link open nothing any more."""
    commands.end_answer_link(found.complaint, found.link, actor=current_actor())
    flash(_("The link opens nothing any more."))
    return redirect(url_for(".links", complaint_id=found.complaint.id))
