"""The pictures of the desk, in words and places."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ombudsman_app.complaints.formats import FILTERS
from ombudsman_app.complaints.queries import AGES, Inflow, Lateness, Week
from ombudsman_app.web import charts
from ombudsman_app.web.formats import day_brief, number

_WORDS: dict[str, Callable[[Any], Any]] = FILTERS
_BARS = 6


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
    """Draw where overdue work lies: a line per state, a column per age in days."""
    columns = _ages()
    counts = {(state.value, columns[age]): count for (state, age), count in lateness.numbers.items()}
    states = [state.value for state in lateness.states]
    return LateMap(
        charts.heat(counts, states, columns),
        {state: str(_WORDS["state"](state)) for state in lateness.states},
        {state: url_for("staff.complaints.queue", state=state, overdue="yes") for state in states},
    )


def _ages() -> list[str]:
    starts = (1, *(most + 1 for most in AGES[:-1]))
    between = [f"{start}–{most}" for start, most in zip(starts, AGES, strict=True)]
    return [*between, f"> {number(AGES[-1])}"]
