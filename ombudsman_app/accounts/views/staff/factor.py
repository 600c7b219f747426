"""/staff/second-factor, /staff/recovery-codes: setting up the second factor, and doing so anew."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.accounts import commands, queries, waiting
from ombudsman_app.accounts import second_factor as codes
from ombudsman_app.accounts.forms import EnrolForm
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.proof import demand_fresh, is_fresh
from ombudsman_app.web.redirects import safe_next
from ombudsman_app.web.sessions import browser_session

from .blueprint import bp
from .door import start_of


@bp.route("/second-factor", methods=["GET", "POST"])
@policy("accounts.enrol")
def second_factor() -> ResponseReturnValue:
    """Show the secret as a picture until a first code confirms it; another phone needs a fresh proof."""
    actor = current_actor()
    account = queries.own_account(actor)
    if not codes.is_demanded():
        return redirect(url_for(".account"))
    if account.second_factor_since is not None:
        demand_fresh(actor)
        if not is_fresh():
            return redirect(url_for(".account"))
    is_shown = waiting.has_secret(account.user_id)
    secret = waiting.secret_of(account.user_id)
    form = EnrolForm(secret)
    is_sent = request.method == "POST"
    if is_sent and form.validate() and is_shown:
        return _confirm(actor, account, secret, form.step)
    if is_sent and not is_shown:
        form.say_too_old()
    address = codes.address_for_app(secret, account.email)
    page = render_template(
        "accounts/staff/second_factor.html",
        form=form,
        account=account,
        address=address,
        picture=codes.picture_of(address),
        secret=codes.in_groups(secret),
    )
    return make_response(page, 422 if is_sent else 200)


def _confirm(actor: Actor, account: queries.OwnAccount, secret: str, step: int) -> ResponseReturnValue:
    session = browser_session()
    given = commands.NewFactor(
        secret=secret,
        step=step,
        session=session.live.token_hash if session.live else "",
        replaces_since=account.second_factor_since,
    )
    done = commands.set_second_factor(given, actor=actor)
    session.change_token(done.token)
    waiting.forget_secret()
    waiting.keep_codes(account.user_id, done.codes)
    return redirect(url_for(".recovery_codes", next=request.args.get("next")))


@bp.route("/recovery-codes", methods=["GET", "POST"])
@policy("accounts.own")
def recovery_codes() -> ResponseReturnValue:
    """Show fresh recovery codes until the person says that they are kept; then nobody sees them again."""
    actor = current_actor()
    fresh = waiting.codes_of(actor.user_id or 0)
    if request.method == "POST":
        waiting.forget_codes()
        flash(_("Good. Keep the recovery codes where nobody else finds them."))
        return redirect(safe_next(request.args.get("next"), start_of(actor)))
    if not fresh:
        return redirect(url_for(".account"))
    return render_template(
        "accounts/staff/recovery_codes.html", codes=[codes.in_groups(code) for code in fresh], actor=actor
    )


@bp.route("/account/new-recovery-codes", methods=["POST"])
@policy("accounts.own", fresh=True)
def new_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes; those before are worth nothing from now on."""
    actor = current_actor()
    if queries.own_account(actor).second_factor_since is not None:
        waiting.keep_codes(actor.user_id or 0, commands.make_recovery_codes(actor=actor))
    return redirect(url_for(".recovery_codes", next=url_for(".account")))


@bp.route("/account/replace-phone", methods=["POST"])
@policy("accounts.own", fresh=True)
def replace_phone() -> ResponseReturnValue:
    """Begin with another phone; the old one counts until the new one has shown its first code."""
    waiting.forget_secret()
    return redirect(url_for(".second_factor", next=url_for(".account")))
