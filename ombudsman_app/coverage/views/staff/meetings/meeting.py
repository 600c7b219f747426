"""/staff/meetings/<id>: one meeting, what came of its points."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.clock import now, today
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.coverage.commands import meetings as commands
from ombudsman_app.coverage.forms.meetings import results_form
from ombudsman_app.coverage.meeting_states import MeetingState
from ombudsman_app.coverage.meeting_times import timed_agenda
from ombudsman_app.coverage.models import MonitoringMeeting
from ombudsman_app.coverage.queries import meetings as queries
from ombudsman_app.coverage.queries.commitments import commitments_of_meeting
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import whole_number

from .blueprint import bp

_SHOWN = 10  # commitments on the page of a meeting; the list has all


@bp.route("/<int:meeting_id>")
@policy("meetings.read", record=queries.visible_meeting)
def meeting(found: MonitoringMeeting) -> ResponseReturnValue:
    """One meeting. ≤ 12 statements."""
    zone = found.representative_office.time_zone
    day = today(zone)
    page = queries.meeting_page(found, today=day)
    return render_template(
        "coverage/staff/meeting.html",
        meeting=found,
        page=page,
        zone=zone,
        agenda=timed_agenda(found.agenda, found.starts_at, zone),
        missing=queries.results_missing(found.agenda),
        invitation=page.paper("meeting_invitation"),
        minutes=page.paper("meeting_minutes"),
        has_begun=found.starts_at <= now(),
        is_today=found.meets_on == day,
        commitments=commitments_of_meeting(current_actor(), found.id, today=day, limit=_SHOWN),
    )


@bp.route("/<int:meeting_id>/hold", methods=["POST"])
@policy("meetings.work", record=queries.visible_meeting)
def hold(found: MonitoringMeeting) -> ResponseReturnValue:
    """Say that it took place."""
    version = whole_number(request.form.get("version"))
    commands.hold_meeting(found, version=version, actor=current_actor())
    flash(_("It is noted that the meeting took place. Write what came of each point."))
    return redirect(url_for(".meeting", meeting_id=found.id))


@bp.route("/<int:meeting_id>/results", methods=["GET", "POST"])
@policy("meetings.work", record=queries.visible_meeting)
def results(found: MonitoringMeeting) -> ResponseReturnValue:
    """Write what came of each point, until the minutes are issued. ≤ 5 statements."""
    if found.state is not MeetingState.HELD:
        raise MoveNotAllowed(state=str(found.state), event="results")
    form = results_form(found.agenda)()
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        commands.keep_results(
            found, form.results(found.agenda), version=form.shown_version, actor=current_actor()
        )
        flash(_("The results are stored."))
        return redirect(url_for(".meeting", meeting_id=found.id))
    page = render_template(
        "coverage/staff/meeting_results.html", form=form, meeting=found, boxes=form.boxes(found.agenda)
    )
    return page, 422 if form.is_submitted() else 200
