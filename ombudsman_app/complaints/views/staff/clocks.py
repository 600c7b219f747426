"""/staff/complaints/<id>/clocks/<id>: a clock explains itself, as a page and as JSON."""

from flask import flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, formats, queries
from ombudsman_app.complaints.queries import ClockOfCase
from ombudsman_app.core.clock import today
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>")
@policy("complaints.read", record=queries.visible_clock_of_case)
def clock(found: ClockOfCase) -> ResponseReturnValue:
    """Each day of a clock, counted or skipped, and why. 5 statements."""
    counted = queries.explained_clock(found)
    day = today(found.complaint.representative_office.time_zone)
    return render_template(
        "complaints/staff/clock.html",
        case=found.complaint,
        clock=found.clock,
        shown=formats.shown_clock(counted, day),
    )


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>/days")
@policy("complaints.read", record=queries.visible_clock_of_case)
def clock_days(found: ClockOfCase) -> ResponseReturnValue:
    """Answer as `ombudsman deadlines explain` does, with what is stored beside it. 5 statements."""
    stored = found.clock
    return jsonify(
        {
            "clock": stored.clock,
            "start": stored.start_on.isoformat(),
            "length": stored.length,
            "unit": stored.unit,
            "stored_due": stored.due_on.isoformat(),
            "rule_version": stored.rule_version,
            "calendar_version": stored.calendar_version,
            **queries.explained_clock(found).counted.as_json(),
        }
    )


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>/release", methods=["POST"])
@policy("complaints.release_day", record=queries.visible_clock_of_case)
def release_day(found: ClockOfCase) -> ResponseReturnValue:
    """Let a clock end on the earlier day that a newer calendar gives (DI7)."""
    commands.release_earlier_day(found.clock, actor=current_actor())
    flash(_("The earlier day holds now. Tell the party whose day it is."))
    return redirect(url_for(".clock", complaint_id=found.complaint.id, clock_id=found.clock.id))
