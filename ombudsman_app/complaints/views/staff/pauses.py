"""/staff/complaints/<id>/clocks/<id>/pause, /pauses: it stands still, with a ground and a second person."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.errors import PauseRefused
from ombudsman_app.complaints.queries import ClockOfCase, PauseOfCase
from ombudsman_app.complaints.queries.counting import pauses_of
from ombudsman_app.complaints.states import grounds_for
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.formats import day as shown_day

from .blueprint import bp
from .changed import changed_page
from .clocks import clock_page

_OF_THE_FORM = ("ground", "too_long")  # what the person can put right; all else changed meanwhile


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>/pause", methods=["GET", "POST"])
@policy("complaints.pause", record=queries.visible_clock_of_case)
def pause_clock(found: ClockOfCase) -> ResponseReturnValue:
    """Ask the head to let this clock stand still. GET 5 statements."""
    case, clock = found.complaint, found.clock
    form = forms.PauseForm(version=case.version)
    form.offer(grounds_for(clock.clock))
    is_possible = commands.why_unpausable(case, clock) is None and not clock.awaits_pause
    if form.is_submitted() and not is_possible:
        return changed_page(case, form)
    if not form.is_submitted() or not form.validate():
        return _page(found, form, is_possible, 422 if form.is_submitted() else 200)
    try:
        commands.ask_for_pause(found, form.to_input(), version=form.shown_version, actor=current_actor())
    except RecordChanged:
        return changed_page(case, form)
    except PauseRefused as refused:
        if refused.details["why"] not in _OF_THE_FORM:
            return changed_page(case, form)
        most = refused.details.get("most", 0)
        form.days.errors = [_("At most %(most)s days are possible for this ground.", most=most)]
        return _page(found, form, is_possible, 422)
    flash(_("Asked. The clock runs on until the head has released it."))
    return _back_to(found)


def _page(found: ClockOfCase, form: forms.PauseForm, is_possible: bool, status: int) -> Response:
    grounds = grounds_for(found.clock.clock)
    page = render_template(
        "complaints/staff/pause.html",
        case=found.complaint,
        clock=found.clock,
        label=formats.clock_label(found.clock.clock),
        form=form,
        is_possible=is_possible,
        hints={
            ground.id: ngettext("At most %(num)d day", "At most %(num)d days", ground.days)
            for ground in grounds
        },
        left=commands.pausable_days(pauses_of(found.clock)),
    )
    return make_response(page, status)


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>/pauses/<int:pause_id>/decide", methods=["POST"])
@policy("complaints.decide_pause", record=queries.visible_pause)
def decide_pause(found: PauseOfCase) -> ResponseReturnValue:
    """Release or refuse what an officer asked for."""
    form, day = forms.DecidePauseForm(), today(found.complaint.representative_office.time_zone)
    if found.pause.decided_at is not None:
        return changed_page(found.complaint, form)
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return clock_page(ClockOfCase(found.complaint, found.clock), 422, decide_form=form)
    version, actor = form.shown_version, current_actor()
    try:
        if form.is_release:
            commands.release_pause(found, version=version, actor=actor)
            flash(_("The clock stands still from %(day)s.", day=shown_day(day)))
        else:
            commands.refuse_pause(found, form.reason.data, version=version, actor=actor)
            flash(_("Refused. The clock runs on."))
    except RecordChanged:
        return changed_page(found.complaint, form)
    return _back_to(found)


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>/pauses/<int:pause_id>/end", methods=["POST"])
@policy("complaints.end_pause", record=queries.visible_pause)
def end_pause(found: PauseOfCase) -> ResponseReturnValue:
    """Let the clock run again from tomorrow."""
    form, case = forms.EndPauseForm(), found.complaint
    if not found.clock.is_paused(today(case.representative_office.time_zone)):
        return changed_page(case, form)
    if not form.validate():
        return clock_page(ClockOfCase(case, found.clock), 422, end_form=form)
    try:
        commands.end_pause(found, form.reason.data, version=form.shown_version, actor=current_actor())
    except RecordChanged:
        return changed_page(case, form)
    flash(_("The clock runs again from tomorrow."))
    return _back_to(found)


def _back_to(found: ClockOfCase | PauseOfCase) -> ResponseReturnValue:
    return redirect(url_for(".clock", complaint_id=found.complaint.id, clock_id=found.clock.id))
