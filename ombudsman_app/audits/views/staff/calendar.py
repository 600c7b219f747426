"""/staff/audits/calendar: a month of visits; calendar.ics beside it: one's own, for a calendar program."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from ombudsman_app.audits.formats.calendar import month_of, span_of, visits_file
from ombudsman_app.audits.queries.visits import clashes, own_visits, visits_between
from ombudsman_app.core.clock import today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.calendar_file import MEDIA_TYPE
from ombudsman_app.web.downloads import disposition

from .blueprint import bp

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)
_KEPT = timedelta(days=90)  # how long a visit that is over stays in the file


@bp.route("/calendar")
@policy("audits.list")
def calendar() -> ResponseReturnValue:
    """Visits of a month, with the days off, and who would be at two places at once. ≤ 5 statements."""
    actor = current_actor()
    day, is_mine = today(actor.time_zone), request.args.get("whose") == "mine"
    asked = request.args.get("month", "")
    first = date.fromisoformat(f"{asked}-01") if _MONTH.fullmatch(asked) else day.replace(day=1)
    begin, end = span_of(first)
    visits = visits_between(actor, begin, end, is_mine=is_mine)
    month = month_of(first, visits, clashes(visits, begin, end), calendar_of(), today=day)
    return render_template("audits/staff/calendar.html", month=month, is_mine=is_mine, is_any=bool(visits))


@bp.route("/calendar.ics")
@policy("audits.list")
def calendar_file() -> ResponseReturnValue:
    """Answer with the visits to which one goes oneself. ≤ 3 statements."""
    settings: Settings = current_app.extensions["settings"]
    actor = current_actor()
    content = visits_file(
        own_visits(actor, today(actor.time_zone) - _KEPT),
        product=settings.product_name,
        host=urlsplit(settings.public_url).hostname or "localhost",
    )
    response = Response(content, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = disposition("kunjungan-audit.ics")
    return response
