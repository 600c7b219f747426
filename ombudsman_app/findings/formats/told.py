"""What happened to a finding, line by line, and how a time was counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.core.workflow.deadlines import Explanation, Unit
from ombudsman_app.findings.models import FindingClock
from ombudsman_app.findings.queries.history import CLOCK, JUDGEMENT, PROGRESS, RESPONSE, STEP, TIME, Line
from ombudsman_app.findings.states import LIMITS, Position, Receipt, Rung, Verdict
from ombudsman_app.web.deadlines import ShownDeadline, shown_deadline
from ombudsman_app.web.formats import day

from .words import position_word, rung_word, unit_word, verdict_word


@dataclass(frozen=True)
class Described:
    """A line of the history in words. `facts`: (label, value); `kind`: the mark beside it."""

    title: str
    kind: str
    body: str
    facts: list[tuple[str, str]]
    late: int = 0
    is_filed: bool = False  # by an officer of the Ombudsman, for the office


def described(line: Line) -> Described:
    """Say what a line of the history is."""
    return _WORDS[line.kind](line)


def _response(line: Line) -> Described:
    facts = [
        (_("Came on paper"), day(line.received_on) if line.received_on else ""),
        (_("Number of their letter"), line.reference or ""),
        (_("What is done"), line.action or ""),
        (_("Who does it"), line.responsible or ""),
        (_("By when"), day(line.due_on) if line.due_on else ""),
    ]
    return Described(
        _("Answer: %(position)s", position=position_word(Position(line.word))),
        "message_in",
        line.text,
        [(label, value) for label, value in facts if value],
        line.number or 0,
        is_filed=line.channel is not None,
    )


def _progress(line: Line) -> Described:
    return Described(_("Progress told"), "message_in", line.text, [])


def _judgement(line: Line) -> Described:
    return Described(
        _("Judged: %(verdict)s", verdict=verdict_word(Verdict(line.word))), "message_out", line.text, []
    )


def _clock(line: Line) -> Described:
    titles = {
        Receipt.OPENED: _("Opened in the portal: receipt is proven"),
        Receipt.DELIVERED: _("The letter has arrived: receipt is proven"),
    }
    until = [(_("Last day to answer"), day(line.due_on))] if line.due_on else []
    return Described(titles[Receipt(line.word)], "opened", "", until)


def _step(line: Line) -> Described:
    number = [(_("Letter"), line.reference)] if line.reference else []
    return Described(rung_word(Rung(line.word)), "letter", line.text, number)


def _time(line: Line) -> Described:
    """What the office asked for, and what was said to it."""
    asked = ngettext("%(num)d day", "%(num)d days", line.number or 0)
    if line.link is None:  # the time ends with the answer, and nobody decides any more
        became = _("Answered meanwhile") if line.ended_on else _("Waits for an answer")
    else:
        became = (
            ngettext("Granted: %(num)d day", "Granted: %(num)d days", line.link)
            if line.link
            else _("Refused")
        )
    facts = [(_("Asked for"), asked), (_("What became of it"), became), (_("Reason"), line.action or "")]
    return Described(
        _("More time asked for"), "message_in", line.text, [(label, value) for label, value in facts if value]
    )


_WORDS: dict[str, Callable[[Line], Described]] = {
    RESPONSE: _response,
    PROGRESS: _progress,
    JUDGEMENT: _judgement,
    CLOCK: _clock,
    STEP: _step,
    TIME: _time,
}


@dataclass(frozen=True)
class ShownClock:
    """A stored time, the rule it follows, and how it is counted."""

    rule: str
    is_setting: bool  # of the product, no law
    granted: str  # how much more time it got, empty for none
    late_from: str  # the day from which lateness counts where more time came after it had passed
    time: ShownDeadline


def shown_clock(clock: FindingClock, counted: Explanation, today: date) -> ShownClock:
    """Explain a time: adding the days gives the day that is stored."""
    limit = LIMITS.get(clock.clock)
    unit = unit_word(Unit(clock.unit))
    rule = _("%(length)s %(unit)s from the day on which receipt is proven.", length=clock.length, unit=unit)
    legal = limit.legal if limit else None
    time = shown_deadline(counted, clock.due_on, today, counted_with=clock.calendar_version)
    granted = ngettext("%(num)d day", "%(num)d days", clock.granted) if clock.granted else ""
    late_from = day(clock.late_from) if clock.late_from else ""
    return ShownClock(f"{rule} {legal}." if legal else rule, not legal, granted, late_from, time)
