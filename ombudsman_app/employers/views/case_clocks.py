"""The page of one time of a public body, for both faces, and the same as JSON."""

from typing import Any

from flask import render_template

from ombudsman_app.core.clock import today
from ombudsman_app.employers.compliance.told import shown_case_clock
from ombudsman_app.employers.queries import cases as reading
from ombudsman_app.web.clock_moves import move_facts, shown_move


def clock_page(template: str, found: reading.ClockOfCase, *, names: bool) -> str:
    """Draw each day of a time, counted or skipped, and why. 2 statements.

    `names`: whether the people who changed its last day have names here; to other houses they have none.
    """
    zone = found.case.representative_office.time_zone
    moves = [
        shown_move(one, one.by.name if names and one.by else "") for one in reading.moves_of(found.clock)
    ]
    return render_template(
        template,
        case=found.case,
        forwarding=found.forwarding,
        clock=found.clock,
        office_name=found.office_name,
        shown=shown_case_clock(found.clock, reading.explained_clock(found), today(zone)),
        moves=moves,
        zone=zone,
    )


def clock_facts(found: reading.ClockOfCase) -> dict[str, Any]:
    """Answer as `ombudsman deadlines explain` does, with what is stored beside it. 2 statements."""
    stored = found.clock
    return {
        "clock": stored.clock,
        "start": stored.start_on.isoformat(),
        "length": stored.length,
        "unit": stored.unit,
        "stored_due": stored.due_on.isoformat(),
        "ended_on": stored.ended_on.isoformat() if stored.ended_on else None,
        "days_late": stored.days_late,
        "rule_version": stored.rule_version,
        "calendar_version": stored.calendar_version,
        **reading.explained_clock(found).as_json(),
        "moves": [move_facts(one, one.by.name if one.by else "") for one in reading.moves_of(stored)],
    }
