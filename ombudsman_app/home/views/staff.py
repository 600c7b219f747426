"""/staff: the desk of everybody who works here."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ombudsman_app.complaints import queries as complaints
from ombudsman_app.core.clock import now, today
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.formats import local_hour

bp = Blueprint("home", __name__)

_ROWS = 8


@bp.route("/")
@policy("home.desk")
def start() -> ResponseReturnValue:
    """What is late, what came in, what is due next. 4 statements."""
    actor = current_actor()
    day = today(actor.time_zone)
    counts = rows = None
    if may("complaints.queue"):
        counts = complaints.counts(actor, today=day)
        rows = complaints.queue_rows(
            complaints.queue(actor, complaints.QueueFilter(), today=day).items[:_ROWS]
        )
    return render_template(
        "home/staff/start.html",
        actor=actor,
        today=day,
        hour=local_hour(now(), actor.time_zone),
        counts=counts,
        rows=rows,
    )
