"""A case as pictures: its stages, and its days on a line of time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.queries import CasePage, HistoryLine, Kind
from ombudsman_app.complaints.states import RULES, ComplaintState
from ombudsman_app.web import charts
from ombudsman_app.web.formats import day_brief

from .words import ClockLine, state_label, state_tone

_S = ComplaintState
_PHASES = {rule.id: rule.phase for rule in RULES.states}
# The stages that every case meets, and the states or phases that belong to each.
_STAGES = (
    (_l("Received"), {_S.RECEIVED, _S.CONSULTATION}),
    (_l("Formal check"), {_S.FORMAL_VERIFICATION, _S.AWAITING_COMPLETION}),
    (_l("Material check"), {_S.MATERIAL_VERIFICATION}),
    (_l("Decision"), {_S.PLENARY_DECISION}),
    (_l("Examination"), {state for state in _S if _PHASES[state] == "examination"}),
    (_l("Follow-up of the result"), {state for state in _S if _PHASES[state] == "resmon"}),
    (_l("Closed"), {_S.CLOSED}),
)
_LEAST_AHEAD = timedelta(days=14)
_MARKS_OF_A_KIND = 20  # stand beside each other at most; what lies closer together is one mark with a number
_MARKS = {
    Kind.FROM_REPORTER: ("message_in", _l("Message from the reporter")),
    Kind.FROM_OFFICE: ("message_out", _l("Message to the reporter")),
    Kind.NOTE: ("note", _l("Note")),
    Kind.OPENED: ("opened", _l("Identity opened")),
}


def stages(case: Complaint, history: Sequence[HistoryLine]) -> list[charts.Stop]:
    """Return the way of a case, with the day on which each stage was reached."""
    zone = case.representative_office.time_zone
    reached = [
        next(
            (day_brief(_day(line.at, zone)) for line in history if line.has_moved and line.state in states),
            "",
        )
        for _label, states in _STAGES
    ]
    present = next(place for place, (_label, states) in enumerate(_STAGES) if case.state in states)
    return charts.stops(
        [(str(label), when) for (label, _s), when in zip(_STAGES, reached, strict=True)], present=present
    )


def days_of(page: CasePage, clocks: Sequence[ClockLine]) -> charts.Span | None:
    """Return the line of time: what the case was when, what was written, what is due."""
    zone = page.complaint.representative_office.time_zone
    # What lies further ahead than the case is old would press its days together; the clocks tell of it.
    age = page.today - page.complaint.received_on
    horizon = page.today + max(age, _LEAST_AHEAD)
    stretches = [
        charts.Stretch(state_label(line.state), state_tone(line.state), min(_day(line.at, zone), page.today))
        for line in page.history
        if line.has_moved and line.state is not None
    ]
    flags = [(clock.label, clock.look, clock.due_on) for clock in clocks if clock.due_on <= horizon]
    length = max([page.today, *(due_on for _label, _look, due_on in flags)]) - page.complaint.received_on
    marks = [
        (line.kind, min(_day(line.at, zone), page.today)) for line in page.history if line.kind in _MARKS
    ]
    return charts.span(
        stretches, today=page.today, markers=_bundled(marks, length / _MARKS_OF_A_KIND), flags=flags
    )


def _bundled(marks: Iterable[tuple[Kind, date]], near: timedelta) -> list[tuple[str, str, date]]:
    """Put marks of one kind that would touch each other into one, on the first of their days."""
    bundles: dict[Kind, list[tuple[date, int]]] = {}
    for kind, day in marks:
        drawn = bundles.setdefault(kind, [])
        if drawn and day - drawn[-1][0] <= near:
            drawn[-1] = (drawn[-1][0], drawn[-1][1] + 1)
        else:
            drawn.append((day, 1))
    return [
        (shape, f"{words} × {number}" if number > 1 else str(words), day)
        for kind, drawn in bundles.items()
        for shape, words in [_MARKS[kind]]
        for day, number in drawn
    ]


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
