"""One invented finding with all that belongs to it, as rows of the tables; nothing is stored here.

Each goes the way of the table of moves, up to where it stands now. No letter leaves in bulk, so a step of
the ladder is proposed and waits for a person; only a visit has the page that a finding comes from.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.deadlines import Unit, day_zero, days_late, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.directory.models import Verified
from ombudsman_app.findings.models import NO_DUE_DAY, FindingEntry
from ombudsman_app.findings.states import (
    EVENT_OF,
    FINDING,
    RULE_VERSION,
    RUNGS,
    FindingState,
    Origin,
    Position,
    Receipt,
    Rung,
    Verdict,
    measure_of,
    response_limit,
    status_after,
)

from . import stories
from .cases import Row, uuid_by
from .days import instant
from .dice import Dice, Weighted
from .places import Place
from .stories import MARK

_ENOUGH, _NOT, _DONE = Verdict.ENOUGH, Verdict.NOT_ENOUGH, Verdict.DONE
# Which ways they take, of 100, where time allows: what was said to each answer; None: the office is silent.
_YOUNG: Weighted[tuple[Verdict | str | None, ...]] = Weighted(
    {
        ("draft",): 14,
        ("unopened",): 14,
        (None,): 40,
        ("unjudged",): 14,
        (_NOT, None): 6,
        (_ENOUGH,): 8,
        (_DONE,): 4,
    }
)
_OLD: Weighted[tuple[Verdict | str | None, ...]] = Weighted(
    {
        ("unopened",): 2,
        (None,): 12,
        ("unjudged",): 4,
        (_NOT, "unopened"): 1,
        (_NOT, None): 4,
        (_NOT, "unjudged"): 2,
        (_ENOUGH,): 13,
        (_NOT, _ENOUGH): 5,
        (_DONE,): 20,
        (_ENOUGH, _DONE): 27,
        (_NOT, _ENOUGH, _DONE): 10,
    }
)
_YOUNG_DAYS = 60
_LATE = 30  # percent of the answers
_ORIGINS = Weighted(
    {Origin.VISIT: 58, Origin.LHP: 18, Origin.AUDIT: 12, Origin.KAJIAN: 8, Origin.EMPLOYER: 4}
)
_POSITIONS = Weighted({Position.ACCEPT: 62, Position.IN_PART: 24, Position.DISPUTE: 14})
_NIGHT = time(2)  # when the ladder is looked at
_DAY = 24 * 60
_NO_ENTRY: Row = dict.fromkeys([column.key for column in FindingEntry.__table__.columns if column.nullable])


@dataclass(frozen=True)
class Crew:
    """Who writes and judges at an office of the Ombudsman, and who answers at an office under watch."""

    makers: tuple[int, ...]
    officers: tuple[int, ...]


@dataclass
class Found:
    """Rows without the ids that the database gives; `visit` None: it comes from no visit.

    `entries` in their order; a judgement gets the id of the answer before it when it is stored.
    """

    place: Place
    finding: Row
    visit: Row | None = None
    measures: list[Row] = field(default_factory=list)
    clocks: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)
    sent_at: datetime | None = None


class FindingMaker:
    """Makes findings by the calendars and the clock of one run."""

    def __init__(self, calendar: Callable[[str | None], HolidayCalendar], *, now: datetime) -> None:
        self.calendar, self.now = calendar, now

        @cache  # many times of one day are the same count
        def count(origin: Origin, start: date, province: str | None) -> Row:
            limit = response_limit(origin)
            length, unit = limit.span
            counted = explain(start, length, unit, calendar(province))
            return {
                "clock": limit.id,
                "start_on": counted.start,
                "length": length,
                "unit": unit.value,
                "due_on": counted.due,
                "rule_version": RULE_VERSION,
                "calendar_version": counted.calendar_version,
            }

        @cache
        def reminded_on(due: date, province: str | None) -> date:
            return explain(due, *RUNGS[Rung.REMINDER].after.length, calendar(province)).due

        self.count, self.reminded_on = count, reminded_on

    def make(self, place: Place, crew: Crew, day: date, dice: Dice) -> Found:
        """Invent what was found on this day, up to where it stands now."""
        at = instant(day, place.handling.zone, dice, now=self.now).astimezone(UTC)
        is_young = self.now - at < timedelta(days=_YOUNG_DAYS)
        way = _Way(self, _made(place, crew, at, dice), crew, at, dice)
        way.go((_YOUNG if is_young else _OLD).pick(dice))
        return way.found


def _made(place: Place, crew: Crew, at: datetime, dice: Dice) -> Found:
    """Write a draft, with the visit that it comes from."""
    maker, origin = dice.pick(crew.makers), _ORIGINS.pick(dice)
    row = {
        "reference": None,
        "representative_office_id": place.handling.id,
        "office_id": place.office_id,
        "origin": origin,
        "regime": None,
        "state": FindingState.DRAFT,
        "is_open": True,
        "round": 0,
        "is_received": False,
        "summary": _said(dice, "summaries"),
        "description": _said(dice, "descriptions"),
        "rule": _said(dice, "rules"),
        "evidence_id": uuid_by(dice),
        "answers_id": uuid_by(dice),
        "made_by_id": maker,
        "made_at": at,
        "sent_on": None,
        "next_due_on": NO_DUE_DAY,
        "done_on": None,
        "changed_at": None,
        "version": 1,
    }
    found = Found(place, row)
    if origin is Origin.VISIT:
        found.visit = {
            "representative_office_id": place.handling.id,
            "office_id": place.office_id,
            "counter_id": dice.pick(place.counters) if place.counters else None,
            "visited_on": at.astimezone(place.handling.zone).date(),
            "seen": _said(dice, "descriptions"),
            "noted_by_id": maker,
            "noted_at": at,
            "verified": Verified.UNVERIFIED,
        }
    for _number in range(dice.between(1, 3)):
        found.measures.append(
            {
                "origin": origin,
                "kind": measure_of(origin),
                "written_as": Role.PREVENTION_ASSISTANT.value,
                "text": _said(dice, "measures"),
                "status": None,
            }
        )
    return found


def _said(dice: Dice, name: str) -> str:
    return f"{MARK}. {stories.line(dice, 'findings', name)}"


class _Way:
    """What happens to one finding, in its order; it ends where the next act would be still to come."""

    def __init__(self, maker: FindingMaker, found: Found, crew: Crew, at: datetime, dice: Dice) -> None:
        self._maker, self.found, self._crew, self._at, self._dice = maker, found, crew, at, dice
        self._row, self._place, self._answer_by = found.finding, found.place, 0

    def go(self, ways: tuple[Verdict | str | None, ...]) -> None:
        if ways == ("draft",) or not self._later(30, 5 * _DAY):
            return
        self.found.sent_at = self._at
        self._row |= {"round": 1, "sent_on": self._today()}
        self._moved("send")
        is_told = True
        for way in ways:
            if self._row["state"] is FindingState.ACCEPTED:
                if not self._progress():
                    return
            elif way == "unopened" or not self._receive():
                return
            else:
                is_told = way is not None and self._respond()
            if not is_told or not isinstance(way, Verdict) or not self._judge(way):
                return
        if self._row["state"] is FindingState.ACCEPTED and self._dice.happens(40):
            self._progress()

    def _today(self) -> date:
        return self._at.astimezone(self._place.handling.zone).date()

    def _later(self, least: int, most: int) -> bool:
        """Go on by some minutes; False where that would be the future."""
        return self._go_to(self._at + timedelta(minutes=self._dice.between(least, most)))

    def _go_to(self, at: datetime) -> bool:
        if at >= self._maker.now:
            return False
        self._at = at
        return True

    def _moved(self, event: str) -> None:
        self._row["state"] = FINDING.after(self._row["state"], event)
        self._touched()

    def _touched(self) -> None:
        self._row["version"] += 1
        self._row["changed_at"] = self._at

    def _receive(self) -> bool:
        if not self._later(60, 6 * _DAY):
            return False
        province, zone = self._place.province, self._place.handling.zone
        unit = response_limit(self._row["origin"]).span[1]
        start = day_zero(self._at, zone.key, Unit(unit), self._maker.calendar(province))
        counted = self._maker.count(self._row["origin"], start, province)
        self.found.clocks.append(
            counted
            | {
                "round": self._row["round"],
                "received_at": self._at,
                "proof": Receipt.OPENED,
                "received_by_id": self._dice.pick(self._crew.officers),
                "ended_on": None,
                "late_from": None,
            }
        )
        self._row |= {"is_received": True, "next_due_on": counted["due_on"]}
        self._touched()
        self._remind(counted["due_on"], self._maker.now)
        return True

    def _remind(self, due: date, until: datetime) -> None:
        """Let the night propose a letter where no answer came by then."""
        day = self._maker.reminded_on(due, self._place.province)
        at = datetime.combine(day, _NIGHT, self._place.handling.zone).astimezone(UTC)
        if at < until:
            self.found.steps.append(
                {"round": self._row["round"], "rung": Rung.REMINDER, "proposed_at": at, "words": ""}
            )

    def _respond(self) -> bool:
        clock = self.found.clocks[-1]
        days = (clock["due_on"] - self._today()).days
        is_late = self._dice.happens(_LATE)
        least, most = (days + 1, days + 60) if is_late else (0, max(days - 1, 0))
        if not self._later(least * _DAY + 5, most * _DAY + 10):
            return False
        day, position = self._today(), _POSITIONS.pick(self._dice)
        clock["ended_on"] = day
        self._row["next_due_on"] = NO_DUE_DAY
        self.found.steps = [step for step in self.found.steps if step["proposed_at"] < self._at]
        self._say(
            "response",
            clock["received_by_id"],
            _said(self._dice, "answers"),
            position=position,
            action=_said(self._dice, "actions"),
            responsible=f"{MARK} Kepala Bidang Pelayanan",
            by_on=day + timedelta(days=self._dice.between(7, 60)),
            days_late=days_late(clock["due_on"], day),
        )
        self._set_statuses(position)
        self._moved("respond")
        return True

    def _progress(self) -> bool:
        if not self._later(_DAY, 40 * _DAY):
            return False
        self._say("progress", self.found.clocks[-1]["received_by_id"], _said(self._dice, "progress"))
        self._set_statuses("progress")
        self._touched()
        return True

    def _judge(self, verdict: Verdict) -> bool:
        if not self._later(60, 12 * _DAY):
            return False
        others = [one for one in self._crew.makers if one != self._row["made_by_id"]]
        answer = self.found.entries[-1]
        self._say(
            "judgement",
            self._dice.pick(others),
            _said(self._dice, "reasons"),
            verdict=verdict,
            answer_by_id=answer["said_by_id"],
            finding_by_id=self._row["made_by_id"],
        )
        self._moved(EVENT_OF[verdict])
        if verdict is _NOT:
            self._row |= {"round": self._row["round"] + 1, "is_received": False}
        elif verdict is _DONE:
            self._set_statuses("done")
            self._row |= {"is_open": False, "done_on": self._today()}
        return True

    def _say(self, kind: str, by: int, text: str, **more: Any) -> None:
        said = {
            "kind": kind,
            "round": self._row["round"],
            "said_by_id": by,
            "said_at": self._at,
            "text": text,
        }
        self.found.entries.append(_NO_ENTRY | said | more)

    def _set_statuses(self, said: Position | str) -> None:
        for measure in self.found.measures:
            measure["status"] = status_after(measure["kind"], said)
