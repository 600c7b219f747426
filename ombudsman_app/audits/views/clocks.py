"""The page of the time to answer a draft, for both faces."""

from typing import Any

from flask import render_template

from ombudsman_app.audits import formats, queries
from ombudsman_app.core.clock import today
from ombudsman_app.web.clock_moves import shown_move


def clock_page(template: str, found: queries.ClockOfAudit, *, names: bool, **more: Any) -> str:
    """Draw each day of a time to answer, counted or skipped, and why. 2 statements.

    `names`: whether the people who changed its last day have names here; to other houses they have none.
    """
    zone = found.audit.representative_office.time_zone
    shown = formats.shown_clock(found.clock, queries.explained_clock(found), today(zone))
    moves = [
        shown_move(one, one.by.name if names and one.by else "") for one in queries.moves_of(found.clock)
    ]
    return render_template(
        template, audit=found.audit, clock=found.clock, shown=shown, moves=moves, zone=zone, **more
    )
