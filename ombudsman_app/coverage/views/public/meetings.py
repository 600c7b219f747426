"""/hadir/<code>: whoever sits in the room notes on the phone that they came. No account, no other door."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core import throttle
from ombudsman_app.core.sealing import as_crockford
from ombudsman_app.coverage.commands import meeting_people as commands
from ombudsman_app.coverage.forms.meetings import SignInForm
from ombudsman_app.coverage.meeting_errors import SignInClosed
from ombudsman_app.coverage.queries.meeting_door import OpenDoor, door_of
from ombudsman_app.web.access import policy
from ombudsman_app.web.client import client_address

bp = Blueprint("attendance", __name__, url_prefix="/hadir")


@bp.route("/<string:code>", methods=["GET", "POST"])
@policy("public")
def sign_in(code: str) -> ResponseReturnValue:
    """Ask for name, function and body, once. ≤ 2 statements; the POST ≤ 12."""
    form, typed = SignInForm(), _code(code)
    if form.is_submitted():
        throttle.check("meeting_sign_in", typed, client_address())
    opened = door_of(typed)
    if opened is None:
        return make_response(render_template("coverage/public/meeting_closed.html"), 404)
    if not form.is_submitted() or not form.validate():
        return _page(opened, form, 422 if form.is_submitted() else 200)
    try:
        commands.sign_in(typed, form.to_input())
    except SignInClosed:
        return make_response(render_template("coverage/public/meeting_closed.html"), 404)
    return redirect(url_for(".noted", code=typed))


@bp.route("/<string:code>/tercatat")
@policy("public")
def noted(code: str) -> ResponseReturnValue:
    """Thank; it says the same to who was noted before. 1 statement."""
    opened = door_of(_code(code))
    if opened is None:
        return make_response(render_template("coverage/public/meeting_closed.html"), 404)
    return render_template("coverage/public/meeting_noted.html", opened=opened)


def _code(typed: str) -> str:
    """Read a code as people type it from the wall; what is none opens nothing."""
    return as_crockford(typed[:64])


def _page(opened: OpenDoor, form: SignInForm, status: int) -> Response:
    page = render_template("coverage/public/meeting_sign_in.html", opened=opened, form=form)
    return make_response(page, status)
