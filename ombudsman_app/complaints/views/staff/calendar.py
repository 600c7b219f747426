"""/staff/complaints/calendar: secret addresses by which a calendar program shows due days (AU6)."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.models import CalendarFeed, Complaint
from ombudsman_app.complaints.views import new_feed, new_secret
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/calendar", methods=["GET", "POST"])
@policy("complaints.calendar")
def calendar() -> ResponseReturnValue:
    """One's own calendar, and those of single cases. 4 statements."""
    form = forms.CalendarForm()
    if form.validate_on_submit():
        made = commands.make_own_feed(form.kind, language=str(get_locale()), actor=current_actor())
        new_feed.keep(made)
        return redirect(url_for(".calendar"))
    feeds = queries.own_feeds(current_actor())
    own = next((one for one in feeds if one.complaint_id is None), None)
    if own is not None and not form.is_submitted():
        form.cases.data = own.kind.value
    page = render_template(
        "complaints/staff/calendar.html",
        form=form,
        own=own,
        own_label=formats.kind_label(own.kind) if own else "",
        of_cases=[one for one in feeds if one.complaint_id is not None],
        **_shared(own),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:complaint_id>/calendar", methods=["GET", "POST"])
@policy("complaints.read", record=queries.visible_case)
def case_calendar(case: Complaint) -> ResponseReturnValue:
    """Show the calendar of one case. 5 statements."""
    if request.method == "POST":
        made = commands.make_case_feed(case, language=str(get_locale()), actor=current_actor())
        new_feed.keep(made)
        return redirect(url_for(".case_calendar", complaint_id=case.id))
    feed = queries.feed_of_case(current_actor(), case.id)
    return render_template("complaints/staff/case_calendar.html", case=case, feed=feed, **_shared(feed))


def _shared(feed: CalendarFeed | None) -> dict[str, Any]:
    return {
        "address": new_feed.address_of(feed),
        "zone": current_actor().time_zone,
        "minutes": int(new_secret.SHOWN_FOR.total_seconds() // 60),
    }


@bp.route("/calendar/<int:feed_id>/end", methods=["POST"])
@policy("complaints.end_feed", record=queries.own_feed)
def end_calendar(feed: CalendarFeed) -> ResponseReturnValue:
    """Let an address open nothing any more."""
    commands.end_feed(feed, actor=current_actor())
    flash(_("That calendar address opens nothing any more."))
    return redirect(url_for(".calendar"))
