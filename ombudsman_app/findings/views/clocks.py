"""The page of one time to answer, for both faces, and the same as JSON."""

from typing import Any

from flask import render_template

from ombudsman_app.core.clock import today
from ombudsman_app.findings import formats, queries
from ombudsman_app.web.clock_moves import move_facts, shown_move


def clock_page(template: str, found: queries.ClockOfFinding, *, names: bool, **more: Any) -> str:
    """Draw each day of a time to answer, counted or skipped, and why. 2 statements.

    `names`: whether the people who changed its last day have names here; to other houses they have none.
    """
    zone = found.finding.representative_office.time_zone
    shown = formats.shown_clock(found.clock, queries.explained_clock(found), today(zone))
    moves = [
        shown_move(one, one.by.name if names and one.by else "") for one in queries.moves_of(found.clock)
    ]
    return render_template(
        template, finding=found.finding, clock=found.clock, shown=shown, moves=moves, zone=zone, **more
    )


def clock_facts(found: queries.ClockOfFinding) -> dict[str, Any]:
    """Answer as `ombudsman deadlines explain` does, with what is stored beside it. 2 statements."""
    stored = found.clock
    return {
        "clock": stored.clock,
        "round": stored.round,
        "start": stored.start_on.isoformat(),
        "length": stored.length,
        "unit": stored.unit,
        "stored_due": stored.due_on.isoformat(),
        "ended_on": stored.ended_on.isoformat() if stored.ended_on else None,
        "late_from": stored.late_from.isoformat() if stored.late_from else None,
        "rule_version": stored.rule_version,
        "calendar_version": stored.calendar_version,
        **queries.explained_clock(found).as_json(),
        "moves": [move_facts(one, one.by.name if one.by else "") for one in queries.moves_of(stored)],
    }
