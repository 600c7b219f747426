"""/staff/sign-in, /staff/sign-out, /staff/first-password/…: the door of staff and portal."""

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.accounts import commands, queries
from ombudsman_app.accounts.errors import LinkEnded
from ombudsman_app.accounts.forms import ForgottenForm, NewPasswordForm, SignInForm
from ombudsman_app.accounts.links import ASKED_LIVES
from ombudsman_app.core import throttle
from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import MoveNotAllowed, TooManyTries
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.client import browser_family, client_address
from ombudsman_app.web.faces import face_of, leads_home
from ombudsman_app.web.redirects import safe_next
from ombudsman_app.web.sessions import browser_session

from .blueprint import bp

# What was typed when a session ended travels with the sign-in (errors/sign_in_again.html).
_KEPT, _SEND_TO = "kept-", "send_to"


@bp.route("/sign-in", methods=["GET", "POST"])
@policy("public")
def sign_in() -> ResponseReturnValue:
    """Let a person in, or say the same sentence whatever was wrong (AU3)."""
    form = SignInForm()
    if request.method != "POST" or form.is_switched:
        if current_actor().is_known:
            return _go_on(current_actor())
        return _sign_in_page(form, has_expired=browser_session().forget_expired())
    return _try(form) if form.validate() else _sign_in_page(form, 422)


def _try(form: SignInForm) -> ResponseReturnValue:
    session = browser_session()
    given = form.to_input(
        address=client_address(),
        browser=browser_family(),
        ends_session=session.live.token_hash if session.live else None,
    )
    try:
        begun = commands.sign_in(given)
    except TooManyTries as refused:
        return _wait_page(form, int(refused.details["retry_after_seconds"]))
    if begun is None:
        form.say_wrong()
        return _sign_in_page(form, 422)
    session.renew(begun.token)
    if begun.is_by_recovery_code:
        flash(_("You signed in with a recovery code. It is used up; your account says how many are left."))
    return _go_on(queries.signed_in_actor())


def _sign_in_page(form: SignInForm, status: int = 200, **told: object) -> Response:
    said = next((word for word in ("left", "ready") if word in request.args), "")
    page = render_template(
        "accounts/staff/sign_in.html", form=form, said=said, kept=_kept(), send_to=_send_to(), **told
    )
    return make_response(page, status)


def _wait_page(form: SignInForm, seconds: int) -> Response:
    response = _sign_in_page(form, 429, wait_minutes=-(-seconds // 60))
    response.headers["Retry-After"] = str(seconds)
    return response


def _kept() -> list[tuple[str, str]]:
    """Return what was typed on the page whose session had ended, by the names of its fields."""
    fields = request.form.items() if request.method == "POST" else ()
    return [(name.removeprefix(_KEPT), value) for name, value in fields if name.startswith(_KEPT)]


def _send_to() -> str:
    """Return the address to which the kept fields belong; only one of this house (OU5)."""
    return safe_next(request.form.get(_SEND_TO), "")


def _go_on(actor: Actor | None) -> ResponseReturnValue:
    if not _send_to():
        return redirect(_way_on(actor))
    return render_template(
        "accounts/staff/send_again.html",
        send_to=_send_to(),
        typed=_kept(),
        name=actor.name if actor else "",
        start=start_of(actor),
    )


def _way_on(actor: Actor | None) -> str:
    """Return where this person wanted to go if it is a page of their face, else the first one of it."""
    wanted = safe_next(request.args.get("next"), "")
    return wanted if wanted and leads_home(wanted, actor or STRANGER) else start_of(actor)


def start_of(actor: Actor | None) -> str:
    """Return the first page for this person."""
    return url_for(face_of(actor or STRANGER).start)


@bp.route("/forgotten-password", methods=["GET", "POST"])
@policy("public")
def forgotten_password() -> ResponseReturnValue:
    """Mail a link to whoever has an account under an address; the answer is the same for every one (AU3)."""
    settings: Settings = current_app.extensions["settings"]
    form, can_mail = ForgottenForm(), bool(settings.mail_server)
    is_sent = request.method == "POST"
    if is_sent and not can_mail:
        raise MoveNotAllowed(state="no_mail", event="ask_for_link")
    if not is_sent or not form.validate():
        page = render_template(
            "accounts/staff/forgotten_password.html",
            form=form,
            can_mail=can_mail,
            is_asked="asked" in request.args,
            minutes=int(ASKED_LIVES.total_seconds() // 60),
        )
        return make_response(page, 422 if is_sent else 200)
    commands.ask_for_link(form.address, address=client_address())
    return redirect(url_for(".forgotten_password", asked="yes"))


@bp.route("/sign-out", methods=["POST"])
@policy("public")
def sign_out() -> ResponseReturnValue:
    """End the session; open to all, since somebody without any right must be able to leave too."""
    session = browser_session()
    if session.live is not None and session.live.user_id is not None:
        commands.sign_out(session.live.token_hash, actor=current_actor())
    session.sign_out()
    return redirect(url_for(".sign_in", left="yes"))


@bp.route("/first-password/<string:token>", methods=["GET", "POST"])
@policy("public")
def first_password(token: str) -> ResponseReturnValue:
    """Set a password by a one-time link (AU8). Forged, old and used links look alike."""
    if request.method == "POST":
        throttle.check("first_password", token, client_address())
    held = queries.credentials_behind(token)
    if held is None:
        return make_response(render_template("accounts/staff/link_ended.html"), 404)
    form = NewPasswordForm(held)
    is_sent = request.method == "POST"
    if not is_sent or not form.validate():
        page = render_template("accounts/staff/first_password.html", form=form, held=held)
        return make_response(page, 422 if is_sent else 200)
    try:
        commands.change_password(held, form.password.data)
    except LinkEnded:
        return make_response(render_template("accounts/staff/link_ended.html"), 404)
    return redirect(url_for(".sign_in", ready="yes"))
