"""One invented complaint with all that belongs to it, as rows of the tables; nothing is stored here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from ombudsman_app.complaints.commands.clocks import AT_RECEIPT, Counted
from ombudsman_app.complaints.commands.conflict import SUBJECT
from ombudsman_app.complaints.commands.register import phone_index
from ombudsman_app.complaints.models import (
    NO_DUE_DAY,
    ComplaintMessage,
    ComplaintNote,
    Notice,
    ReporterIdentity,
    ToldFirst,
    sealed_text,
)
from ombudsman_app.complaints.states import (
    CURRENT,
    FORMAL_ITEMS,
    MATERIAL_ITEMS,
    RULE_VERSION,
    By,
    CheckItem,
    ComplaintState,
    Verdict,
    clock,
)
from ombudsman_app.core.policy import Role
from ombudsman_app.core.sealing import crockford_check
from ombudsman_app.core.workflow.deadlines import Unit, day_zero, explain
from ombudsman_app.core.workflow.holiday_calendar import HolidayCalendar
from ombudsman_app.core.workflow.rules import Limit

from . import lives, stories
from .days import instant
from .dice import Dice, Weighted
from .lives import ALL, Life, Step
from .places import Handling, Place

Row = dict[str, Any]
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TICKET_LETTERS = 8
_OPENS, _WORKING_MINUTES = 8 * 60, 7 * 60
_CLOSED_YOUNG, _CLOSED_OLD = 5, 62  # percent of what came in today and two years ago
_OPEN, _CLOSED = Weighted(lives.OPEN), Weighted(lives.CLOSED)
_CHANNELS = Weighted(
    {"website": 58, "walk_in": 14, "whatsapp": 14, "letter": 5, "email": 5, "pvl_on_the_spot": 4}
)
URGENCIES = ("emergency", "threat_to_life", "threat_to_right_to_live")
_TOLD = Weighted({ToldFirst.YES: 74, ToldFirst.NO: 18, ToldFirst.AFRAID: 8})
_DRAWS_NUMBER = ("begin_formal_verification", "respond_rapidly")


@dataclass
class Case:
    """Rows without the ids that the database gives. `number_drawn_on`: legal day of its number."""

    handling: Handling
    identity: Row
    complaint: Row
    steps: list[Row] = field(default_factory=list)
    clocks: list[Row] = field(default_factory=list)
    checks: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    declarations: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)
    number_drawn_at: datetime | None = None


class Maker:
    """Makes cases by the calendars and the clock of one run."""

    def __init__(self, calendar: Callable[[str | None], HolidayCalendar], *, now: datetime) -> None:
        self._calendar, self._now = calendar, now

        @cache  # many clocks of one day are the same count
        def count(name: str, start: date, province: str | None) -> Counted:
            limit = _limit(name)
            length, unit = limit.span
            counted = explain(start, length, unit, calendar(province))
            return {
                "clock": limit.id,
                "start_on": counted.start,
                "length": counted.length,
                "unit": unit.value,
                "due_on": counted.due,
                "rule_version": RULE_VERSION,
                "calendar_version": counted.calendar_version,
                "ended_on": None,
            }

        self._count = count

    def make(self, place: Place, day: date, dice: Dice) -> Case:
        """Invent the complaint that came in on this day, up to where it stands now."""
        case = self._received(place, day, dice)
        life = self._life(case.complaint["received_on"], place, dice)
        _Way(self, case, place, dice).go(life)
        return case

    def _life(self, received_on: date, place: Place, dice: Dice) -> Life:
        age = (self._now.astimezone(place.handling.zone).date() - received_on).days
        is_closed = dice.happens(_CLOSED_YOUNG + (_CLOSED_OLD - _CLOSED_YOUNG) * age / 730)
        return (_CLOSED if is_closed else _OPEN).pick(dice)

    def _received(self, place: Place, day: date, dice: Dice) -> Case:
        at = instant(day, place.handling.zone, dice, now=self._now)
        received_on = at.astimezone(place.handling.zone).date()
        story, told = stories.told(dice), _TOLD.pick(dice)
        has_effort = told is ToldFirst.YES
        event_on = received_on - timedelta(days=dice.between(1, 200))
        complaint = {
            "ticket": ticket_of(place, received_on, dice),
            "registration_number": None,
            "access_code_hash": f"{dice.below(1 << 32):064x}",  # of no code: nobody can open it
            "representative_office_id": place.handling.id,
            "office_id": place.office_id,
            "counter_id": dice.pick(place.counters) if place.counters and dice.happens(70) else None,
            "officer_id": None,
            "has_officer_declared": False,
            "state": ComplaintState.RECEIVED,
            "is_open": True,
            "regime": CURRENT,
            "channel": _CHANNELS.pick(dice),
            "confidentiality": "confidential" if dice.happens(35) else "open",
            "substance": story.substance,
            "urgency": dice.pick(URGENCIES) if dice.happens(6) else None,
            "narrative": story.narrative,
            "event_on": event_on,
            "is_continuing": dice.happens(40),
            "told_first": told,
            "prior_effort_on": event_on + (received_on - event_on) / 2 if has_effort else None,
            "prior_effort": story.effort if has_effort else "",
            "requested_remedy": story.remedy if dice.happens(90) else "",
            "employer_name": story.employer,
            "received_at": at.astimezone(UTC),
            "received_on": received_on,
            "changed_at": None,
            "awaits_answer": False,
        }
        return Case(place.handling, _identity(at, dice), complaint)

    def clock(self, name: str, at: datetime, place: Place) -> Row:
        """Count a clock from the instant of its event, as `counted_clock` does for one case."""
        calendar, zone = self._calendar(place.province), place.handling.zone.key
        _length, unit = _limit(name).span
        return dict(self._count(name, day_zero(at, zone, Unit(unit), calendar), place.province))

    def working_day(self, day: date, place: Place) -> date:
        while not self._calendar(place.province).is_working_day(day):
            day += timedelta(days=1)
        return day

    def is_over(self, at: datetime) -> bool:
        """Whether an instant lies behind us."""
        return at <= self._now


class _Way:
    """One complaint on its way: each step on a working day after the one before, none in the future."""

    def __init__(self, maker: Maker, case: Case, place: Place, dice: Dice) -> None:
        self._maker, self._case, self._place, self._dice = maker, case, place, dice
        self._row, self._at = case.complaint, case.complaint["received_at"]
        self._staff = {role: dice.pick(ids) for role, ids in place.handling.staff.items()}
        self._note_step("register", None, ComplaintState.RECEIVED, None)
        self._begin(AT_RECEIPT)

    def go(self, life: Life) -> None:
        """Walk as far as there was time for."""
        steps = lives.steps_of(life)
        for (move, before, step), at in zip(steps, self._instants(life), strict=False):
            self._at = at
            self._move(move, before, step)
        self._talk()
        running = [one["due_on"] for one in self._case.clocks if one["ended_on"] is None]
        self._row["next_due_on"] = min(running, default=NO_DUE_DAY)

    def _instants(self, life: Life) -> list[datetime]:
        """Return when each step was made; shorter than the life where now comes first."""
        gaps = [self._dice.between(*lives.gap_of(move)) for move in life]
        zone, day, minute = self._place.handling.zone, self._row["received_on"], 0
        local = self._at.astimezone(zone)
        minute = local.hour * 60 + local.minute
        found = []
        for gap in gaps:
            wanted = self._maker.working_day(day + timedelta(days=gap), self._place)
            least = minute + 1 if wanted == day else _OPENS
            at_minute = max(least, _OPENS + self._dice.below(_WORKING_MINUTES))
            if at_minute >= 24 * 60:
                wanted = self._maker.working_day(wanted + timedelta(days=1), self._place)
                at_minute = _OPENS
            at = datetime.combine(wanted, time(*divmod(at_minute, 60)), zone).astimezone(UTC)
            if not self._maker.is_over(at):
                break
            found.append(at)
            day, minute = wanted, at_minute
        return found

    def _move(self, move: str, before: ComplaintState, step: Step) -> None:
        self._row["state"] = after = ComplaintState(step.to)
        self._row["is_open"] = after is not ComplaintState.CLOSED
        ended, begun = lives.clocks_of(step, move)
        self._end(ended)
        self._begin(begun)
        if move in _DRAWS_NUMBER and self._case.number_drawn_at is None:
            self._case.number_drawn_at = self._at
        actor = self._actor(step)
        officer = self._handed_over(move)
        reason = stories.line(self._dice, "considerations") if move == "accept" else ""
        self._note_step(move, before, after, actor, officer=officer, reason=reason)
        self._check(move)
        if move == "begin_material_verification":
            self._say(author=actor, notice=Notice.FILE_COMPLETE)

    def _actor(self, step: Step) -> int | None:
        """Return who made or released the step: the reporter, or the person of that role."""
        match step.released_by or step.by:
            case By.PVL:
                return self._staff[Role.PVL_ASSISTANT]
            case By.EXAMINER | By.RESMON:
                return self._staff[Role.EXAMINER]
            case By.REPORTER:
                return None
        return self._staff[Role.HEAD_OF_REPRESENTATIVE]

    def _handed_over(self, move: str) -> int | None:
        """Give the case to whoever works on it from this step on, with the declaration of an interest."""
        if move == "begin_formal_verification":
            self._row["officer_id"] = officer = self._staff[Role.PVL_ASSISTANT]
            self._row["has_officer_declared"] = True
            self._declare(officer)
            return officer
        if move == "accept":
            self._row["officer_id"] = officer = self._staff[Role.EXAMINER]
            self._declare(self._staff[Role.HEAD_OF_REPRESENTATIVE])
            self._row["has_officer_declared"] = self._dice.happens(85)
            if self._row["has_officer_declared"]:
                self._declare(officer)
            return officer
        if move == "examine_documents" and not self._row["has_officer_declared"]:
            self._row["has_officer_declared"] = True
            self._declare(self._row["officer_id"])
        return None

    def _declare(self, user_id: int) -> None:
        self._case.declarations.append(
            {
                "user_id": user_id,
                "subject_type": SUBJECT,
                "has_conflict": False,
                "reason": "",
                "declared_at": self._at,
            }
        )

    def _note_step(
        self,
        move: str,
        before: ComplaintState | None,
        after: ComplaintState,
        actor: int | None,
        *,
        officer: int | None = None,
        reason: str = "",
    ) -> None:
        if before is not None:
            self._row["changed_at"] = self._at
        self._case.steps.append(
            {
                "move": move,
                "from_state": before,
                "to_state": after,
                "at": self._at,
                "actor_id": actor,
                "reason": reason,
                "officer_id": officer,
            }
        )

    def _begin(self, names: tuple[str, ...]) -> None:
        self._case.clocks += [self._maker.clock(name, self._at, self._place) for name in names]

    def _end(self, names: tuple[str, ...] | str) -> None:
        ids = None if names == ALL else {_limit(name).id for name in names}
        on = self._at.astimezone(self._place.handling.zone).date()
        for one in self._case.clocks:
            if one["ended_on"] is None and (ids is None or one["clock"] in ids):
                one["ended_on"] = on

    def _check(self, move: str) -> None:
        """Judge all items before going on; somebody may be in the middle of a list."""
        if move == "begin_formal_verification":
            self._judge(FORMAL_ITEMS[: self._dice.below(len(FORMAL_ITEMS))])
        elif move == "begin_material_verification":
            self._case.checks.clear()
            self._judge([item for item in FORMAL_ITEMS if item.needs_verdict or self._dice.happens(60)])
            self._judge(MATERIAL_ITEMS[: self._dice.below(len(MATERIAL_ITEMS))])
        elif move == "put_to_plenary":
            done = {row["item"] for row in self._case.checks}
            self._judge([item for item in MATERIAL_ITEMS if item.id not in done])

    def _judge(self, items: "list[CheckItem] | tuple[CheckItem, ...]") -> None:
        for item in items:
            verdict, reason = Verdict.MET, ""
            if Verdict.SEEN in item.verdicts and self._dice.happens(30):
                verdict = Verdict.SEEN
            elif self._dice.happens(2):
                verdict, reason = Verdict.EXCEPTED, stories.line(self._dice, "exceptions")
            self._case.checks.append(
                {
                    "item": item.id,
                    "verdict": verdict,
                    "reason": reason,
                    "checked_by_id": self._staff[Role.PVL_ASSISTANT],
                    "checked_at": self._at,
                }
            )

    def _talk(self) -> None:
        """Let some reporters write, some officers answer, some write notes."""
        dice, officer = self._dice, self._row["officer_id"]
        while dice.happens(22):
            if not self._later():
                break
            self._say(author=None, text=stories.line(dice, "messages", "from_reporter"))
            self._row["awaits_answer"] = self._row["is_open"]
            if officer and dice.happens(70) and self._later():
                self._say(author=officer, text=stories.line(dice, "messages", "from_office"))
                self._row["awaits_answer"] = False
        while officer and dice.happens(25) and self._later():
            key = uuid_by(dice)
            text = stories.line(dice, "notes")
            self._case.notes.append(
                {
                    "uuid": key,
                    "author_id": officer,
                    "sealed": sealed_text(ComplaintNote, key, text),
                    "written_at": self._at,
                }
            )

    def _later(self) -> bool:
        """Go on by some hours; False where that would be the future."""
        at = self._at + timedelta(minutes=self._dice.between(10, 3 * 24 * 60))
        if not self._maker.is_over(at):
            return False
        self._at = at
        return True

    def _say(self, *, author: int | None, text: str = "", notice: Notice | None = None) -> None:
        key = uuid_by(self._dice)
        self._row["changed_at"] = self._at
        self._case.messages.append(
            {
                "uuid": key,
                "author_id": author,
                "notice": notice,
                "sealed": sealed_text(ComplaintMessage, key, text) if text else None,
                "sent_at": self._at,
                "read_at": self._at if author is not None and self._dice.happens(60) else None,
            }
        )


@cache
def _limit(name: str) -> Limit:
    return clock(name, CURRENT)


def _identity(at: datetime, dice: Dice) -> Row:
    """Seal an invented person with a key of its own, as for a real one (PD1)."""
    given = stories.person(dice)
    sealed = ReporterIdentity.sealed(given, at=at.astimezone(UTC), phone_index=phone_index(given))
    return {
        name: getattr(sealed, name)
        for name in ("uuid", "wrapped_key", *ReporterIdentity.FIELDS, "phone_index", "created_at")
    }


def ticket_of(place: Place, received_on: date, dice: Dice) -> str:
    """Make up a ticket of the form that real ones have."""
    letters = "".join(dice.pick(_LETTERS) for _ in range(_TICKET_LETTERS))
    return f"{place.handling.code}-{received_on.year}-{letters}-{crockford_check(letters)}"


def uuid_by(dice: Dice) -> UUID:
    """Throw an id."""
    bits = 0
    for _ in range(4):
        bits = bits << 32 | dice.below(1 << 32)
    return UUID(int=bits, version=4)
