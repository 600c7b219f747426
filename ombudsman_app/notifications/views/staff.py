"""/staff/notifications: one's own inbox and wishes; /staff/messages: what leaves the house."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core import limits
from ombudsman_app.notifications import commands, formats, queries
from ombudsman_app.notifications.forms import preferences_form
from ombudsman_app.notifications.models import Message, Notification
from ombudsman_app.notifications.states import MessageState
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.paging import asked_id

bp = Blueprint("notifications", __name__, url_prefix="/notifications")
messages_bp = Blueprint("messages", __name__, url_prefix="/messages")
more = (messages_bp,)


@bp.route("/")
@policy("notifications.inbox")
def inbox() -> ResponseReturnValue:
    """What one was told, the youngest first. ≤ 5 statements."""
    only_unread = request.args.get("show") != "all"
    actor = current_actor()
    page = queries.inbox(actor, only_unread=only_unread, before=asked_id("before"), after=asked_id("after"))
    show = None if only_unread else "all"
    return render_template(
        "notifications/staff/inbox.html",
        rows=[formats.inbox_line(one) for one in page.items],
        only_unread=only_unread,
        up_to=max((one.id for one in page.items), default=0),
        newer=url_for(".inbox", show=show, after=page.previous_key) if page.previous_key else "",
        older=url_for(".inbox", show=show, before=page.next_key) if page.next_key else "",
    )


@bp.route("/<int:notification_id>/open", methods=["POST"])
@policy("notifications.open", record=queries.own_notification)
def open_it(notification: Notification) -> ResponseReturnValue:
    """Take it off what is unread and go to what it is about."""
    commands.note_read(notification)
    return redirect(formats.address_of(notification))


@bp.route("/<int:notification_id>/read", methods=["POST"])
@policy("notifications.open", record=queries.own_notification)
def read(notification: Notification) -> ResponseReturnValue:
    """Take it off what is unread and stay."""
    commands.note_read(notification)
    return redirect(url_for(".inbox"))


@bp.route("/read", methods=["POST"])
@policy("notifications.inbox")
def read_all() -> ResponseReturnValue:
    """Take everything off that the page had shown."""
    shown = request.form.get("up_to", "")
    if shown.isascii() and shown.isdigit() and len(shown) <= limits.ID_DIGITS:
        commands.note_all_read(int(shown), actor=current_actor())
        flash(_("All of it counts as read."))
    return redirect(url_for(".inbox"))


@bp.route("/preferences", methods=["GET", "POST"])
@policy("notifications.choose")
def preferences() -> ResponseReturnValue:
    """Choose what also comes by e-mail or as a text message."""
    actor = current_actor()
    choices = queries.choices_of(actor)
    form = preferences_form(actor, choices, is_sent=request.method == "POST")
    status = 200
    if form.is_submitted():
        if form.validate():
            commands.choose(
                form.wanted(actor),
                number=(form.number.data or "").strip(),
                forget_number=form.forget_number.data,
                actor=actor,
            )
            flash(_("This is how we tell you from now on."))
            return redirect(url_for(".preferences"))
        status = 422
    return (
        render_template(
            "notifications/staff/preferences.html",
            form=form,
            lines=formats.kind_lines(actor),
            choices=choices,
        ),
        status,
    )


@messages_bp.route("/")
@policy("notifications.messages")
def messages() -> ResponseReturnValue:
    """What waits, went out, came back or was given up; to whom, never about which case. ≤ 7 statements."""
    asked = request.args.get("state", "")
    state = MessageState(asked) if asked in set(MessageState) else None
    shown = state or MessageState.WAITING
    found = queries.messages_page(current_actor(), shown, before=asked_id("before"), after=asked_id("after"))
    page = found.page
    return render_template(
        "notifications/staff/messages.html",
        rows=[formats.message_row(line) for line in page.items],
        state=shown,
        tabs=[(one.value, formats.state_word(one), found.counts[one]) for one in MessageState],
        is_misread=bool(asked) and state is None,
        newer=url_for(".messages", state=shown.value, after=page.previous_key) if page.previous_key else "",
        older=url_for(".messages", state=shown.value, before=page.next_key) if page.next_key else "",
    )


@messages_bp.route("/<uuid:uuid>/send-again", methods=["POST"])
@policy("notifications.send_again", record=queries.visible_message)
def send_again(message: Message) -> ResponseReturnValue:
    """Try once more what was kept, came back or was given up."""
    commands.send_again(message, actor=current_actor())
    flash(_("The message is tried again."))
    return redirect(url_for(".messages", state=MessageState.WAITING.value))
