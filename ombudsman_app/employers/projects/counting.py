"""Counting a stored last day to register again by another calendar."""

from datetime import date
from typing import Protocol

from ombudsman_app.core.workflow.deadlines import Explanation, NotCountable, Unit, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar


class Counted(Protocol):
    """A stored time: the SPK, length and unit of the rule that it began with."""

    @property
    def spk_on(self) -> date | None: ...
    @property
    def length(self) -> int | None: ...
    @property
    def unit(self) -> str | None: ...


def counted_again(held: Counted, calendar: HolidayCalendar) -> Explanation:
    """Count with the same rule and length, other days off (DI7). Raises NotCountable without a start."""
    if held.spk_on is None or held.length is None or held.unit is None:
        raise NotCountable("without an SPK no time runs")
    return explain(held.spk_on, held.length, Unit(held.unit), calendar)
