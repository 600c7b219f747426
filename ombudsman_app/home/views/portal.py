"""/portal: what is asked of one's office, and by when."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core.clock import today
from ombudsman_app.home import formats, queries
from ombudsman_app.web.access import current_actor, policy

bp = Blueprint("home", __name__)
_ANSWERED = "answered"


@bp.route("/")
@policy("home.portal")
def start() -> ResponseReturnValue:
    """What the office must answer, the earliest last day first, or what it answered. 4 statements."""
    actor = current_actor()
    waits = request.args.get("show") != _ANSWERED
    day = today(actor.time_zone)
    page = queries.asked(actor, waits=waits, after=request.args.get("after"))
    show = None if waits else _ANSWERED
    return render_template(
        "home/portal/start.html",
        actor=actor,
        today=day,
        rows=[formats.asked_line(row, today=day) for row in page.items],
        waits=waits,
        first=url_for(".start", show=show) if page.previous_key else "",
        older=url_for(".start", show=show, after=page.next_key) if page.next_key else "",
    )
