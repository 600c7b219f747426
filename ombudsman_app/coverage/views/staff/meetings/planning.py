"""/staff/meetings/new and the plan of a meeting."""

from collections.abc import Sequence

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.coverage.commands import meetings as commands
from ombudsman_app.coverage.forms.meetings import CancelForm, MeetingForm
from ombudsman_app.coverage.meeting_errors import MeetingRefused
from ombudsman_app.coverage.meeting_policies import MAKERS
from ombudsman_app.coverage.meeting_states import BEFORE
from ombudsman_app.coverage.models import MonitoringMeeting
from ombudsman_app.coverage.queries import meetings as queries
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import whole_number

from .blueprint import bp


@bp.route("/new", methods=["GET", "POST"])
@policy("meetings.add")
def new() -> ResponseReturnValue:
    """Plan a meeting. ≤ 5 statements."""
    actor = current_actor()
    names = {one.office_id: one.office_name for one in actor.grants}
    offices = sorted(actor.offices_as(*MAKERS))
    form = _form([(one, names[one]) for one in offices], offices)
    if not form.is_submitted():
        form.renew()
        return _page(form)
    if not form.validate():
        return _page(form, status=422)
    chosen = whole_number(form.office.data) if form.office else offices[0]
    try:
        made = commands.plan_meeting(chosen, form.to_input(), actor=actor)
    except MeetingRefused as refused:
        form.refuse(refused)
        return _page(form, status=422)
    flash(_("The meeting is planned. Write the invitation next."))
    return redirect(url_for(".meeting", meeting_id=made.id))


@bp.route("/<int:meeting_id>/edit", methods=["GET", "POST"])
@policy("meetings.work", record=queries.visible_meeting)
def edit(found: MonitoringMeeting) -> ResponseReturnValue:
    """Change the plan, until it was held. ≤ 7 statements."""
    if found.state not in BEFORE:
        raise MoveNotAllowed(state=str(found.state), event="change")
    form = _form([], [found.representative_office_id])
    if not form.is_submitted():
        form.fill(found, [one.office.id for one in queries.bodies_of_meeting(found.id)])
        return _page(form, found)
    if not form.validate():
        return _page(form, found, 422)
    try:
        commands.change_meeting(found, form.to_input(), version=form.shown_version, actor=current_actor())
    except MeetingRefused as refused:
        form.refuse(refused)
        return _page(form, found, 422)
    flash(_("The changes are stored."))
    return redirect(url_for(".meeting", meeting_id=found.id))


@bp.route("/<int:meeting_id>/cancel", methods=["GET", "POST"])
@policy("meetings.work", record=queries.visible_meeting)
def cancel(found: MonitoringMeeting) -> ResponseReturnValue:
    """Say that it does not take place. ≤ 5 statements."""
    form = CancelForm(version=found.version)
    if form.validate_on_submit():
        commands.cancel_meeting(found, form.reason.data, version=form.shown_version, actor=current_actor())
        flash(_("The meeting is cancelled. Bodies that were invited are told."))
        return redirect(url_for(".meeting", meeting_id=found.id))
    page = render_template("coverage/staff/meeting_cancel.html", form=form, meeting=found)
    return page, 422 if form.is_submitted() else 200


def _form(named: Sequence[tuple[int, str]], offices: Sequence[int]) -> MeetingForm:
    form = MeetingForm()
    form.offer(named, queries.bodies_for(offices))
    return form


def _page(form: MeetingForm, meeting: MonitoringMeeting | None = None, status: int = 200) -> Response:
    page = render_template("coverage/staff/meeting_plan.html", form=form, meeting=meeting)
    return make_response(page, status)
