"""/staff/complaints/<id>/clocks/<id>: a clock explains itself, as a page and as JSON."""

from typing import Any

from flask import Response, flash, jsonify, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.queries import ClockOfCase
from ombudsman_app.core.clock import today
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.clock_moves import move_facts, shown_move

from .blueprint import bp


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>")
@policy("complaints.read", record=queries.visible_clock_of_case)
def clock(found: ClockOfCase) -> ResponseReturnValue:
    """Each day of a clock, counted or skipped, and why; its pauses, and who decided them. 7 statements."""
    return clock_page(found)


def clock_page(found: ClockOfCase, status: int = 200, **changed: Any) -> Response:
    """Write the page of a clock; `changed` puts a form with its errors in the place of an empty one."""
    case, whole = found.complaint, queries.explained_clock(found)
    day, version = today(case.representative_office.time_zone), case.version
    shown: dict[str, Any] = {
        "case": case,
        "clock": found.clock,
        "shown": formats.shown_clock(whole.running, day),
        "pauses": [formats.shown_pause(pause, found.clock, day) for pause in whole.pauses],
        "moves": [shown_move(move, move.by.name if move.by else "") for move in whole.moves],
        "asks": commands.why_unpausable(case, found.clock) is None
        and not found.clock.awaits_pause
        and may("complaints.pause", found),
        "waiting": formats.waiting_pause(found, whole, current_actor()),
        "decide_form": forms.DecidePauseForm(formdata=None, version=version),
        "running": formats.endable_pause(found, whole, day, current_actor()),
        "end_form": forms.EndPauseForm(formdata=None, version=version),
    }
    return make_response(render_template("complaints/staff/clock.html", **{**shown, **changed}), status)


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>/days")
@policy("complaints.read", record=queries.visible_clock_of_case)
def clock_days(found: ClockOfCase) -> ResponseReturnValue:
    """Answer as `ombudsman deadlines explain` does, with what is stored beside it. 7 statements."""
    stored, whole = found.clock, queries.explained_clock(found)
    return jsonify(
        {
            "clock": stored.clock,
            "start": stored.start_on.isoformat(),
            "length": stored.length,
            "unit": stored.unit,
            "stored_due": stored.due_on.isoformat(),
            "ended_on": stored.ended_on.isoformat() if stored.ended_on else None,
            "rule_version": stored.rule_version,
            "calendar_version": stored.calendar_version,
            **whole.running.counted.as_json(),
            "pauses": [formats.pause_facts(pause) for pause in whole.pauses],
            "moves": [move_facts(move, move.by.name if move.by else "") for move in whole.moves],
        }
    )


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>/release", methods=["POST"])
@policy("complaints.release_day", record=queries.visible_clock_of_case)
def release_day(found: ClockOfCase) -> ResponseReturnValue:
    """Let a clock end on the earlier day that a newer calendar gives (DI7)."""
    commands.release_earlier_day(found.clock, actor=current_actor())
    flash(_("The earlier day holds now. Tell the party whose day it is."))
    return redirect(url_for(".clock", complaint_id=found.complaint.id, clock_id=found.clock.id))
