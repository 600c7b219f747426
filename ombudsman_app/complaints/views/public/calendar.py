"""/agenda/<token>.ics: what calendar programs fetch; /lacak/laporan/kalender: the reporter's own address."""

from flask import Response, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from ombudsman_app.complaints import commands, formats, queries
from ombudsman_app.complaints.errors import CodeNeeded
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.views import new_feed, new_secret
from ombudsman_app.core import throttle
from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import HEAD_OFFICE_ZONE
from ombudsman_app.web.access import policy
from ombudsman_app.web.calendar_file import MEDIA_TYPE
from ombudsman_app.web.client import client_address
from ombudsman_app.web.downloads import disposition

from .blueprint import bp
from .follow import OPEN


@bp.route("/agenda/<string:token>.ics")
@policy("public")
def calendar_file(token: str) -> ResponseReturnValue:
    """Answer with the due days that the owner may see now; 404 for whatever does not hold. ≤ 7 statements."""
    hashed = queries.feed_hash(token)
    throttle.check("calendar", hashed, client_address())
    feed = queries.open_feed(hashed)
    if feed is None:
        raise NotVisible
    settings: Settings = current_app.extensions["settings"]
    response = Response(
        formats.feed_file(feed, settings.product_name), content_type=f"{MEDIA_TYPE}; charset=utf-8"
    )
    response.headers["Content-Disposition"] = disposition("agenda.ics")
    response.add_etag()
    commands.note_feed_read(feed.id, feed.last_read_at)
    return response.make_conditional(request)


@bp.route("/lacak/laporan/kalender", methods=["GET", "POST"])
@policy("public")
def calendar() -> ResponseReturnValue:
    """Show what the reporter waits for or must do, in the calendar of the reporter. 4 statements."""
    if request.method == "POST":
        new_feed.keep(commands.make_reporters_feed(_opened(), language=str(get_locale())))
        return redirect(url_for(".calendar"))
    complaint_id = session.get(OPEN)
    case = queries.complaint_of_follower(complaint_id) if complaint_id is not None else None
    if case is None:
        return redirect(url_for(".find"))
    feed = queries.reporters_feed(case.id)
    return render_template(
        "complaints/public/calendar.html",
        ticket=case.ticket,
        feed=feed,
        zone=HEAD_OFFICE_ZONE,
        address=new_feed.address_of(feed),
        minutes=int(new_secret.SHOWN_FOR.total_seconds() // 60),
    )


@bp.route("/lacak/laporan/kalender/hapus", methods=["POST"])
@policy("public")
def end_calendar() -> ResponseReturnValue:
    """Let the reporter's address open nothing any more."""
    commands.end_reporters_feed(_opened())
    return redirect(url_for(".calendar", terhapus="ya"))


def _opened() -> Complaint:
    complaint_id = session.get(OPEN)
    case = queries.complaint_of_follower(complaint_id) if complaint_id is not None else None
    if case is None:
        raise CodeNeeded
    return case
