"""/staff/account/password: another password."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.accounts import commands, queries
from ombudsman_app.accounts.forms import ChangePasswordForm
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.client import client_address
from ombudsman_app.web.sessions import browser_session

from .blueprint import bp


@bp.route("/account/password", methods=["GET", "POST"])
@policy("accounts.own")
def password() -> ResponseReturnValue:
    """Change the password of who knows the old one; the other sessions end (AU5)."""
    actor, session = current_actor(), browser_session()
    held = queries.credentials_of_person(actor.user_id or 0)
    if held is None or session.live is None:
        raise NotVisible
    form = ChangePasswordForm(held)
    is_sent = request.method == "POST"
    if is_sent and form.validate():
        given = form.to_input(session=session.live.token_hash, address=client_address())
        token = commands.change_own_password(given, actor=actor)
        if token is not None:
            session.change_token(token, is_proof=False)
            flash(_("Your password is changed. Every other browser is signed out."))
            return redirect(url_for(".account"))
        form.say_wrong()
    page = render_template("accounts/staff/password.html", form=form, held=held)
    return make_response(page, 422 if is_sent else 200)
