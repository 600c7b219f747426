"""The page of one time to answer, for both faces."""

from flask import render_template

from ombudsman_app.core.clock import today
from ombudsman_app.findings import formats, queries


def clock_page(template: str, found: queries.ClockOfFinding) -> str:
    """Draw each day of a time to answer, counted or skipped, and why. 1 statement."""
    day = today(found.finding.representative_office.time_zone)
    shown = formats.shown_clock(found.clock, queries.explained_clock(found), day)
    return render_template(template, finding=found.finding, clock=found.clock, shown=shown)
