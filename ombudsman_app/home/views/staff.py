"""/staff: the desk of everybody who works here."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.complaints import queries as complaints
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.paths import TEMPLATES
from ombudsman_app.home import samples
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
        rows = complaints.queue(actor, complaints.QueueFilter(), today=day, limit=_ROWS).items
    return render_template(
        "home/staff/start.html",
        actor=actor,
        today=day,
        hour=local_hour(now(), actor.time_zone),
        counts=counts,
        rows=rows,
    )


@bp.route("/design")
@policy("home.design")
def design() -> ResponseReturnValue:
    """Every component in every state, for whoever builds or judges the screens. 2 statements."""
    is_swapped = request.args.get("scheme") == "other"
    return render_template(
        "home/staff/design.html",
        is_swapped=is_swapped,
        scheme_href=url_for(".design", scheme=None if is_swapped else "other"),
        form=samples.sample_form(),
        filters=samples.filter_form(),
        checklist=samples.checklist_form(),
        rows=samples.ROWS,
        days=samples.counted_days(),
        today=samples.TODAY,
        pictures=samples.pictures(),
        sample_text=samples.LONG_TEXT,
        samples_long_word=samples.LONG_WORD,
        drawings=sorted(path.stem for path in (TEMPLATES / "components" / "pictures").glob("*.svg")),
    )
