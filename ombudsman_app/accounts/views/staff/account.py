"""/staff/account: who I am here, and in which browsers."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.accounts import commands, queries
from ombudsman_app.accounts import second_factor as codes
from ombudsman_app.accounts.forms import EndSessionForm
from ombudsman_app.core.config import Settings
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.sessions import browser_session

from .blueprint import bp


@bp.route("/account")
@policy("accounts.own")
def account() -> ResponseReturnValue:
    """Show roles, second factor and open sessions of who asks. 4 statements."""
    actor = current_actor()
    own = queries.own_account(actor, this_session=_this_session())
    settings: Settings = current_app.extensions["settings"]
    return render_template(
        "accounts/staff/account.html",
        actor=actor,
        account=own,
        other_sessions=[one for one in own.sessions if not one.is_this_one],
        is_factor_demanded=codes.is_demanded(),
        has_few_codes=own.unused_codes < codes.FEW_RECOVERY_CODES,
        idle_minutes=settings.session_idle_minutes,
        absolute_hours=settings.session_absolute_hours,
    )


@bp.route("/account/end-session", methods=["POST"])
@policy("accounts.own")
def end_session() -> ResponseReturnValue:
    """End the session of another browser (AU5)."""
    form = EndSessionForm()
    if form.validate() and form.session_id is not None:
        commands.end_session(form.session_id, actor=current_actor())
    flash(_("That browser is signed out."))  # also where it was so before
    return redirect(url_for(".account", _anchor="sessions"))


@bp.route("/account/end-other-sessions", methods=["POST"])
@policy("accounts.own")
def end_other_sessions() -> ResponseReturnValue:
    """End every session but this one."""
    ended = commands.end_other_sessions(_this_session(), actor=current_actor())
    flash(ngettext("%(num)d other browser is signed out.", "%(num)d other browsers are signed out.", ended))
    return redirect(url_for(".account", _anchor="sessions"))


def _this_session() -> str:
    live = browser_session().live
    return live.token_hash if live else ""
