"""The pictures of the desk, and what is asked of an office, in words and places."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ombudsman_app.complaints.formats import FILTERS as COMPLAINT_FILTERS
from ombudsman_app.complaints.queries import AGES, Inflow, Lateness, Week
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.home.guide import help_href
from ombudsman_app.home.queries import AskedRow
from ombudsman_app.web import charts
from ombudsman_app.web.asked import kind_of
from ombudsman_app.web.formats import day_brief, number

FILTERS = {"help_href": help_href}

_WORDS: dict[str, Callable[[Any], Any]] = COMPLAINT_FILTERS
_BARS = 6
_LINES = 8
_OTHERS = "others"


def weeks_of(inflow: Inflow) -> charts.Line | None:
    """Draw what came in, week by week; None where nothing came in all of them."""
    return charts.line([(_days(week), week.number) for week in inflow.weeks]) if inflow.number else None


def _days(week: Week) -> str:
    if week.first_day.month == week.last_day.month:
        return f"{number(week.first_day.day)}–{day_brief(week.last_day)}"
    return f"{day_brief(week.first_day)} – {day_brief(week.last_day)}"


def services_of(inflow: Inflow) -> list[charts.Bar]:
    """Draw what the complaints of these weeks are about, the smallest together."""
    parts = [(str(_WORDS["substance"](one)), count) for one, count in inflow.by_substance.items()]
    return charts.bars(parts, most=_BARS, rest=_("All others"))


@dataclass(frozen=True)
class LateMap:
    """The map of overdue work, what its lines are called and where their cases are."""

    heat: charts.Heat
    words: dict[str, str]
    links: dict[str, str]


def late_map(lateness: Lateness) -> LateMap:
    """Draw where overdue work lies: a line per state, a column per age; the states with least together."""
    columns, states = _ages(), _shown_states(lateness)
    counts = Counter[tuple[str, str]]()
    for (state, age), count in lateness.numbers.items():
        counts[state.value if state in states else _OTHERS, columns[age]] += count
    return LateMap(
        charts.heat(counts, [*(state.value for state in states), _OTHERS], columns),
        {**{state.value: str(_WORDS["state"](state)) for state in states}, _OTHERS: _("All others")},
        {
            state.value: url_for("staff.complaints.queue", state=state.value, overdue="yes")
            for state in states
        },
    )


def _shown_states(lateness: Lateness) -> list[ComplaintState]:
    if len(lateness.states) <= _LINES:
        return lateness.states
    totals = Counter[ComplaintState]()
    for (state, _age), count in lateness.numbers.items():
        totals[state] += count
    most = {state for state, _total in totals.most_common(_LINES - 1)}
    return [state for state in lateness.states if state in most]


def _ages() -> list[str]:
    starts = (1, *(most + 1 for most in AGES[:-1]))
    between = [f"{start}–{most}" for start, most in zip(starts, AGES, strict=True)]
    return [*between, f"> {number(AGES[-1])}"]


@dataclass(frozen=True)
class AskedLine:
    """A line of the start page of the portal."""

    href: str
    kind: str
    title: str
    asker: str
    asked_on: date
    due_on: date | None
    days_left: int | None  # by the calendar; None: without a last day
    word: str
    tone: str
    is_paused: bool  # its time stands still today

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def _address(endpoint: str, values: Mapping[str, Any]) -> str:
    return url_for(endpoint, **values)


def asked_line(row: AskedRow, *, today: date) -> AskedLine:
    """Put what is asked into words; `today` is the day of the office."""
    kind = kind_of(row.kind)
    return AskedLine(
        href=_address(kind.endpoint, {kind.value: row.record_id}),
        kind=str(kind.label),
        title=row.title,
        asker=row.asker,
        asked_on=row.asked_on,
        due_on=row.due_on,
        days_left=(row.due_on - today).days if row.due_on else None,
        word=str(kind.word(row.state)),
        tone=kind.tone(row.state),
        is_paused=row.paused_until is not None and today <= row.paused_until,
    )
