"""/lacak: where it stands, what happens next and by when, for whoever holds ticket and code."""

from flask import Response, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.attachments.upload_box import public_box
from ombudsman_app.complaints import commands, forms, queries
from ombudsman_app.complaints.errors import CodeNeeded, CodeUnknown
from ombudsman_app.complaints.formats import public_steps, shown_clock, shown_conversation
from ombudsman_app.core import throttle
from ombudsman_app.core.errors import NotVisible, TooManyTries
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.core.sessions import IS_PRIVATE
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside
from ombudsman_app.web.access import policy
from ombudsman_app.web.client import client_address
from ombudsman_app.web.sessions import browser_session

from . import follow_tip
from .blueprint import bp

OPEN = "followed_complaint"


@bp.route("/lacak", methods=["GET", "POST"])
@policy("public")
def find() -> ResponseReturnValue:
    """Ask for ticket and code. A wrong pair says nothing about which of the two was wrong (AU3)."""
    form = forms.FollowForm()
    if not form.is_submitted():
        return render_template("complaints/public/find.html", form=form)
    status, headers = 422, {}
    if form.validate():
        try:
            _show(_opened(form.ticket.data, form.access_code.data))
            return redirect(url_for(".follow"))
        except TooManyTries as wait:
            seconds = int(wait.details["retry_after_seconds"])
            status, headers = 429, {"Retry-After": str(seconds)}
            minutes = -(-seconds // 60)
            form.access_code.errors = [
                ngettext(
                    "There were too many tries. Try again in %(num)d minute.",
                    "There were too many tries. Try again in %(num)d minutes.",
                    minutes,
                )
            ]
        except CodeUnknown:
            form.access_code.errors = [
                _("Ticket number and code do not fit together. Compare both with your receipt.")
            ]
    return render_template("complaints/public/find.html", form=form), status, headers


def _opened(ticket: str, code: str) -> queries.OpenedByCode:
    """Return what ticket and code open, counting the tries of this ticket (AU7)."""
    known = queries.as_ticket(ticket)
    throttle.check("access_code", known, client_address())
    try:
        found = queries.opened_by_code(known, code)
    except CodeUnknown:
        # The digest shows which tries belong together and names no complaint.
        digest = hmac_hex(known, purpose="tried-ticket")
        record_aside(
            Event.COMPLAINTS_CODE_REFUSED, "access_code", None, actor=STRANGER, changes={"ticket": digest}
        )
        raise
    throttle.forgive("access_code", known, client_address())
    return found


def _show(opened: queries.OpenedByCode) -> None:
    """Open the status page for this browser, under a cookie that nobody else can know (AU5)."""
    followed = Event.COMPLAINTS_TIP_FOLLOWED if opened.is_tip else Event.COMPLAINTS_FOLLOWED
    record_aside(followed, "tip" if opened.is_tip else "complaint", opened.id, actor=STRANGER)
    browser_session().begin_anew()
    session[follow_tip.OPEN if opened.is_tip else OPEN] = opened.id
    session[IS_PRIVATE] = True


@bp.route("/lacak/laporan")
@policy("public")
def follow() -> ResponseReturnValue:
    """The reporter's own view. Names nobody, and for confidential cases no office either. ≤ 6 statements.

    Information without identity has the same address: what a phone remembers of it tells no difference.
    """
    if (tip_id := session.get(follow_tip.OPEN)) is not None:
        return follow_tip.page(tip_id, forms.MessageForm(formdata=None))
    complaint_id = session.get(OPEN)
    if complaint_id is None:
        return redirect(url_for(".find"))
    return _page(complaint_id, forms.MessageForm(formdata=None))


def _page(complaint_id: int, form: forms.MessageForm, status: int = 200) -> Response:
    followed = queries.followed_complaint(complaint_id)
    if followed is None:
        raise NotVisible
    page = render_template(
        "complaints/public/follow.html",
        followed=followed,
        clock=shown_clock(followed.clock, followed.today) if followed.clock else None,
        steps=public_steps(followed.history),
        conversation=shown_conversation(followed.history, for_reporter=True),
        form=form,
        files=files_of(followed.files_id),
        file_box=public_box("case", url_for(".follow", _anchor="bukti")),
    )
    if followed.unread and follow_tip.is_looked_at():
        commands.note_messages_read(complaint_id, followed.unread)
    return make_response(page, status)


@bp.route("/lacak/pesan", methods=["POST"])
@policy("public")
def write() -> ResponseReturnValue:
    """Take in a message of whoever holds ticket and code; sent twice it is there once (DI4)."""
    form = forms.MessageForm()
    if (tip_id := session.get(follow_tip.OPEN)) is not None:
        return follow_tip.write(tip_id, form)
    complaint_id = session.get(OPEN)
    if complaint_id is None:
        raise CodeNeeded
    if not form.validate():
        return _page(complaint_id, form, 422)
    throttle.check("message", str(complaint_id), client_address())
    complaint = queries.complaint_of_follower(complaint_id)
    if complaint is None:
        raise NotVisible
    commands.write_to_office(complaint, form.message.data, form_key=form.message_key.data)
    return redirect(url_for(".follow", terkirim="ya", _anchor="pesan"))


@bp.route("/lacak/tutup", methods=["POST"])
@policy("public")
def close() -> ResponseReturnValue:
    """Leave the page on a shared phone: the session forgets what was open."""
    session.pop(OPEN, None)
    session.pop(follow_tip.OPEN, None)
    session.pop(IS_PRIVATE, None)
    return redirect(url_for(".find"))
