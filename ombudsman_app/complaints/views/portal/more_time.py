"""The own office asks for more time to explain, before its time ends."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, queries
from ombudsman_app.complaints.queries import AskedRequest
from ombudsman_app.complaints.states import PAUSES
from ombudsman_app.core.errors import MoreTimeRefused
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.more_time import MoreTimeForm, say_most

from .answering import settled_page
from .blueprint import bp


@bp.route("/<int:request_id>/more-time", methods=["GET", "POST"])
@policy("complaints.respond", record=queries.addressed_request)
def more_time(asked: AskedRequest) -> ResponseReturnValue:
    """Ask for more time. Where none can be asked for: 409, with what was typed."""
    form, page = MoreTimeForm(), queries.request_page(asked)
    is_sent = form.is_submitted()
    if not page.may_ask_for_time and not (is_sent and _was_sent(asked, form)):
        return settled_page(asked, form) if is_sent else redirect(url_for(".request", request_id=asked.id))
    if not is_sent:
        form.renew()
    if not is_sent or not form.validate():
        return _page(page, form, 422 if is_sent else 200)
    given = commands.MoreTimeInput(int(form.days.data), form.reason.data, form.form_key.data or "")
    try:
        commands.ask_for_time(asked.id, given, actor=current_actor())
    except MoreTimeRefused as refused:
        return _page(page, form, 422) if say_most(form.days, refused) else settled_page(asked, form)
    flash(_("Your request has been sent. The time runs on until it is decided."))
    return redirect(url_for(".request", request_id=asked.id))


def _was_sent(asked: AskedRequest, form: MoreTimeForm) -> bool:
    """Whether this form has asked before: then nothing is asked again, and nothing is refused (DI4)."""
    return asked.clock is not None and queries.has_asked_for_time(asked.clock.id, form.form_key.data or "")


def _page(page: queries.RequestPage, form: MoreTimeForm, status: int) -> Response:
    most = PAUSES.more_time.most_days
    shown = render_template(
        "complaints/portal/more_time.html", asked=page.request, page=page, form=form, most=most
    )
    return make_response(shown, status)
