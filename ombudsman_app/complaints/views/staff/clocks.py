"""/staff/complaints/<id>/clocks/<id>: a clock explains itself, as a page and as JSON."""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, jsonify, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.errors import IdentityInLetter
from ombudsman_app.complaints.models import ClarificationTimeRequest
from ombudsman_app.complaints.queries import ClockOfCase, TimeOfCase
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import MoreTimeRefused, RecordChanged
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.clock_moves import move_facts, shown_move
from ombudsman_app.web.more_time import DecideTimeForm, say_most

from .blueprint import bp
from .changed import changed_page, names_reporter


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
        "requests": (requests := queries.time_requests_of(found.clock.id)),
        "asked_time": _asked_time(found, requests),
        "time_form": DecideTimeForm(formdata=None, version=version),
        "decide_form": forms.DecidePauseForm(formdata=None, version=version),
        "running": formats.endable_pause(found, whole, day, current_actor()),
        "end_form": forms.EndPauseForm(formdata=None, version=version),
    }
    return make_response(render_template("complaints/staff/clock.html", **{**shown, **changed}), status)


def _asked_time(
    found: ClockOfCase, requests: Sequence[ClarificationTimeRequest]
) -> ClarificationTimeRequest | None:
    """Return the request that this person may grant or refuse now."""
    is_open = found.clock.ended_on is None and may("complaints.decide_time", found)
    return next((one for one in requests if is_open and one.decided_at is None), None)


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
            "time_requests": [formats.time_facts(one) for one in queries.time_requests_of(stored.id)],
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


@bp.route("/<int:complaint_id>/clocks/<int:clock_id>/time/<int:request_id>", methods=["POST"])
@policy("complaints.decide_time", record=queries.visible_time_request)
def decide_time(found: TimeOfCase) -> ResponseReturnValue:
    """Grant more time, all or fewer days, or refuse it."""
    form, case = DecideTimeForm(), found.complaint
    if found.request.decided_at is not None or found.clock.ended_on is not None:
        return changed_page(case, form)
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return clock_page(ClockOfCase(case, found.clock), 422, time_form=form)
    days, reason, version = form.granted_days, form.decision.data or "", form.shown_version
    try:
        commands.decide_time(case, found.request, days, reason, version=version, actor=current_actor())
    except RecordChanged:
        return changed_page(case, form)
    except (IdentityInLetter, MoreTimeRefused) as refused:
        return _not_decided(found, form, refused)
    flash(_("Decided. The office is told."))
    return redirect(url_for(".clock", complaint_id=case.id, clock_id=found.clock.id))


def _not_decided(
    found: TimeOfCase, form: DecideTimeForm, refused: IdentityInLetter | MoreTimeRefused
) -> Response:
    """Say in the form what can be put right there, 422; else show what stands beside what was typed, 409."""
    held = queries.visible_clock_of_case(current_actor(), found.complaint.id, found.clock.id)
    if isinstance(refused, IdentityInLetter):
        form.decision.errors = [names_reporter()]
    elif not say_most(form.granted, refused):
        held = None
    return clock_page(held, 422, time_form=form) if held else changed_page(found.complaint, form)
