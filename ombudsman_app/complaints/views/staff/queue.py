"""/staff/complaints: the queue."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.complaints import queries
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp

_STATES = {state.value: state for state in ComplaintState}


@bp.route("/")
@policy("complaints.queue")
def queue() -> ResponseReturnValue:
    """Open complaints, the earliest due day first. 4 statements, whatever the data."""
    actor = current_actor()
    day = today(actor.time_zone)
    chosen = queries.QueueFilter(
        state=_STATES.get(request.args.get("state", "")),
        is_overdue=request.args.get("overdue") == "yes",
        words=request.args.get("q", "").strip()[: limits.TICKET],
        after=queries.read_key(request.args.get("after", "")),
    )
    page = queries.queue(actor, chosen, today=day)
    filters: dict[str, Any] = {
        "state": chosen.state,
        "overdue": "yes" if chosen.is_overdue else None,
        "q": chosen.words or None,
    }
    return render_template(
        "complaints/staff/queue.html",
        rows=queries.queue_rows(page.items),
        counts=queries.counts(actor, today=day),
        chosen=chosen,
        is_first=chosen.after is None,
        first_href=url_for(".queue", **filters),
        next_href=url_for(".queue", **filters, after=page.next_key) if page.next_key else "",
    )
