"""/staff/meetings/<id>/people: who is expected, who came, and the code on the wall of the room."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.core.config import Settings
from ombudsman_app.coverage.commands import meeting_people as commands
from ombudsman_app.coverage.forms.meetings import PeopleForm
from ombudsman_app.coverage.meeting_states import BEFORE, MeetingState
from ombudsman_app.coverage.models import MonitoringMeeting
from ombudsman_app.coverage.queries import meetings as queries
from ombudsman_app.coverage.queries.meeting_door import open_door_of
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.qr import qr_drawing

from .blueprint import bp


@bp.route("/<int:meeting_id>/people", methods=["GET", "POST"])
@policy("meetings.work", record=queries.visible_meeting)
def people(found: MonitoringMeeting) -> ResponseReturnValue:
    """Who is expected and who came; more are noted by hand. ≤ 5 statements."""
    form = PeopleForm()
    if not form.is_submitted():
        form.how.data = "invited" if found.state in BEFORE else "came"
    elif form.validate():
        act = commands.invite_people if form.how.data == "invited" else commands.record_people
        number = act(found, form.to_input(), actor=current_actor())
        flash(_("New on the list: %(number)s.", number=number))
        return redirect(url_for(".people", meeting_id=found.id))
    page = render_template(
        "coverage/staff/meeting_people.html",
        form=form,
        meeting=found,
        people=queries.people_of(found),
        zone=found.representative_office.time_zone,
        is_open=found.state not in (MeetingState.MINUTED, MeetingState.CANCELLED),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:meeting_id>/people/<int:person_id>/came", methods=["POST"])
@policy("meetings.work", record=queries.visible_person)
def came(found: queries.PersonOfMeeting) -> ResponseReturnValue:
    """Note that somebody on the list came."""
    commands.note_presence(found.meeting, found.person.id, actor=current_actor())
    return redirect(url_for(".people", meeting_id=found.meeting.id))


@bp.route("/<int:meeting_id>/people/<int:person_id>/strike", methods=["POST"])
@policy("meetings.work", record=queries.visible_person)
def strike(found: queries.PersonOfMeeting) -> ResponseReturnValue:
    """Take somebody off the list."""
    commands.strike_person(found.meeting, found.person.id, actor=current_actor())
    flash(_("The person is off the list."))
    return redirect(url_for(".people", meeting_id=found.meeting.id))


@bp.route("/<int:meeting_id>/attendance")
@policy("meetings.read", record=queries.visible_meeting)
def attendance(found: MonitoringMeeting) -> ResponseReturnValue:
    """The list of attendance, to be printed. ≤ 5 statements."""
    return render_template(
        "coverage/staff/meeting_attendance.html",
        meeting=found,
        people=[one for one in queries.people_of(found) if one.came_at],
        zone=found.representative_office.time_zone,
    )


@bp.route("/<int:meeting_id>/room")
@policy("meetings.work", record=queries.visible_meeting)
def room(found: MonitoringMeeting) -> ResponseReturnValue:
    """The code for the wall of the room, to be shown or printed. ≤ 5 statements."""
    door = open_door_of(found)
    address = ""
    if door is not None:
        settings: Settings = current_app.extensions["settings"]
        path = url_for("public.attendance.sign_in", code=door.code)
        address = f"{settings.public_url.rstrip('/')}{path}"
    day = today(found.representative_office.time_zone)
    return render_template(
        "coverage/staff/meeting_room.html",
        meeting=found,
        zone=found.representative_office.time_zone,
        door=door,
        address=address,
        qr=qr_drawing(address) if address else "",
        is_valid=door is not None and door.valid_on == found.meets_on,
        is_today=found.meets_on == day,
        is_open=found.state not in (MeetingState.MINUTED, MeetingState.CANCELLED),
    )


@bp.route("/<int:meeting_id>/door", methods=["POST"])
@policy("meetings.work", record=queries.visible_meeting)
def open_door(found: MonitoringMeeting) -> ResponseReturnValue:
    """Give the room a new code."""
    commands.open_door(found, actor=current_actor())
    return redirect(url_for(".room", meeting_id=found.id))


@bp.route("/<int:meeting_id>/door/close", methods=["POST"])
@policy("meetings.work", record=queries.visible_meeting)
def close_door(found: MonitoringMeeting) -> ResponseReturnValue:
    """End signing in."""
    commands.close_door(found, actor=current_actor())
    flash(_("Signing in is closed. The code opens nothing any more."))
    return redirect(url_for(".room", meeting_id=found.id))
