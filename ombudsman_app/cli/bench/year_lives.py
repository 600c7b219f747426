"""What becomes of the findings of a simulated year: fourteen fates, which climb every rung of the ladder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.findings import commands
from ombudsman_app.findings.commands import (
    FindingInput,
    JudgementInput,
    MoreTimeInput,
    ProgressInput,
    ResponseInput,
    VisitInput,
)
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import Position, Rung, Verdict

from .dice import Dice
from .stories import MARK

_YES, _PART, _NO = Position.ACCEPT, Position.IN_PART, Position.DISPUTE
_WANTED, _GRANTED = 10, 5  # working days more
_EDGES = {0: time(23, 59), 1: time(0, 1)}  # the last minute in time, the first one that is late


@dataclass(frozen=True)
class Answer:
    """When an office answers one round, and what is said to it.

    `late`: so many days after the last day, 0 and below in time. `after`: so many days after this letter
    instead. `verdict` None: nobody has judged it by the end of the year.
    """

    position: Position = _YES
    late: int = 0
    after: Rung | None = None
    verdict: Verdict | None = Verdict.DONE


@dataclass(frozen=True)
class Fate:
    """One way to go: whether it is opened, whether letters of the ladder are, and the answers by round.

    `decided`: more time is asked for in the first round, and granted so many days after the last one.
    """

    name: str
    answers: Sequence[Answer] = ()
    is_opened: bool = True
    is_term_opened: bool = True
    decided: int | None = None


FATES = (
    Fate("in time, done", [Answer(late=-3)]),
    Fate("on the last minute, watched, done", [Answer(late=0, verdict=Verdict.ENOUGH)]),
    Fate("returned, then done", [Answer(_PART, late=-5, verdict=Verdict.NOT_ENOUGH), Answer(late=-1)]),
    Fate("disputed, done", [Answer(_NO, late=-2)]),
    Fate("a minute late", [Answer(late=1)]),
    Fate("after the reminder", [Answer(after=Rung.REMINDER)]),
    Fate("after the letter to the superior", [Answer(_PART, after=Rung.SUPERIOR)]),
    Fate("in the second term", [Answer(after=Rung.SECOND_TERM)]),
    Fate("after the escalation", [Answer(after=Rung.ESCALATION, verdict=Verdict.ENOUGH)]),
    Fate("never, and the second term was never opened", is_term_opened=False),
    Fate(
        "returned, late in the second round, not judged",
        [Answer(late=-4, verdict=Verdict.NOT_ENOUGH), Answer(_NO, after=Rung.REMINDER, verdict=None)],
    ),
    Fate("never opened", is_opened=False),
    Fate("in the time that was granted", [Answer(late=0)], decided=-1),
    Fate("granted when it was late already", [Answer(late=0)], decided=2),
)


@dataclass(frozen=True)
class Cast:
    """One office under watch and who works there, and at the office of the Ombudsman that handles it."""

    office_id: int
    slug: str
    zone: ZoneInfo
    officer: Actor
    maker: Actor
    judge: Actor
    head: Actor


@dataclass(frozen=True)
class Step:
    """Something that happens at an instant."""

    at: datetime
    life: "Life"
    name: str


class Life:
    """One finding from the visit to the end of the year. Each day it says what it does, at most one thing."""

    def __init__(self, number: int, cast: Cast, begins_on: date, dice: Dice) -> None:
        self.cast, self.fate, self._dice = cast, FATES[number % len(FATES)], dice
        self.finding_id, self._number = 0, number
        self._next = ("find", begins_on)
        self._round, self._released = 0, dict[Rung, date]()

    def due(self, day: date) -> Step | None:
        """Return what it does on this day."""
        name, on = self._next
        if name == "wait_for_letter":
            return self._after_letter(day)
        if on != day:
            return None
        return Step(self._at(day, name), self, name)

    def act(self, step: Step) -> None:
        getattr(self, f"_{step.name}")(step.at.astimezone(self.cast.zone).date())

    def released(self, rung: Rung, day: date) -> None:
        """A letter of the ladder has gone out on this day."""
        self._released[rung] = day

    def _at(self, day: date, name: str) -> datetime:
        hours = {"find": 8, "send": 9, "open": 10, "open_again": 10, "answer": 14, "judge": 15}
        if name == "answer" and self._planned.after is None and self._planned.late in _EDGES:
            return datetime.combine(day, _EDGES[self._planned.late], self.cast.zone)
        return datetime.combine(day, time(hours.get(name, 16), self._number % 60), self.cast.zone)

    @property
    def _planned(self) -> Answer:
        return self.fate.answers[self._round]

    @property
    def _finding(self) -> Finding:
        return db.session.get_one(Finding, self.finding_id, populate_existing=True)

    def _soon(self, day: date, least: int = 1, most: int = 4) -> date:
        return day + timedelta(days=self._dice.between(least, most))

    def _find(self, day: date) -> None:
        seen = VisitInput(self.cast.office_id, day, f"{MARK} Loket dilihat pada jam layanan.", is_demo=True)
        visit = commands.note_visit(seen, actor=self.cast.maker)
        given = FindingInput(
            f"{MARK} Temuan {self._number + 1}",
            f"{MARK} {self.fate.name}",
            "UU 25/2009 Pasal 21",
            [f"{MARK} Perbaiki."],
        )
        self.finding_id = commands.find_on_visit(visit, given, actor=self.cast.maker).id
        self._next = ("send", self._soon(day))

    def _send(self, day: date) -> None:
        commands.send_finding(self._finding, version=self._finding.version, actor=self.cast.maker)
        self._next = ("open", self._soon(day) if self.fate.is_opened else date.max)

    def _open(self, _day: date) -> None:
        commands.open_finding(self._finding, actor=self.cast.officer)
        if self._round >= len(self.fate.answers) or self._planned.after is not None:
            self._next = ("wait_for_letter", date.max)
        elif self.fate.decided is not None and self._round == 0:
            self._next = ("ask", self._finding.next_due_on - timedelta(days=3))
        else:
            self._answer_by(self._finding.next_due_on)  # opening it was the proof that it runs from

    def _answer_by(self, due_on: date) -> None:
        self._next = ("answer", due_on + timedelta(days=self._planned.late))

    def _ask(self, _day: date) -> None:
        wanted = MoreTimeInput(_WANTED, f"{MARK} Papan sedang dicetak.")
        self._request = commands.ask_for_time(self._finding, wanted, actor=self.cast.officer)
        self._next = ("decide", self._finding.next_due_on + timedelta(days=self.fate.decided or 0))

    def _decide(self, _day: date) -> None:
        commands.decide_time(
            self._finding,
            self._request,
            _GRANTED,
            f"{MARK} Sebagian cukup.",
            version=self._finding.version,
            actor=self.cast.judge,
        )
        self._answer_by(self._finding.next_due_on)

    def _after_letter(self, day: date) -> Step | None:
        """Open a letter with a second term some days later; answer some days after the letter waited for."""
        term = self._released.get(Rung.SECOND_TERM)
        if term is not None and self.fate.is_term_opened and day == term + timedelta(days=2):
            return Step(self._at(day, "open_again"), self, "open_again")
        wanted = self._planned.after if self._round < len(self.fate.answers) else None
        came = self._released.get(wanted) if wanted else None
        if came is not None and day >= came + timedelta(days=3):
            return Step(self._at(day, "answer"), self, "answer")
        return None

    def _open_again(self, _day: date) -> None:
        commands.open_finding(self._finding, actor=self.cast.officer)

    def _answer(self, day: date) -> None:
        said = ResponseInput(
            self._planned.position,
            f"{MARK} Jawaban kantor.",
            f"{MARK} Dikerjakan.",
            "Kepala bidang",
            day + timedelta(days=14),
        )
        commands.respond_to_finding(self._finding, said, actor=self.cast.officer)
        self._next = ("judge", self._soon(day) if self._planned.verdict else date.max)

    def _judge(self, day: date) -> None:
        verdict = self._planned.verdict or Verdict.DONE
        self._say(verdict)
        if verdict is Verdict.NOT_ENOUGH:
            self._round += 1
            self._released.clear()
            self._next = ("open", self._soon(day))
        else:
            self._next = ("tell", self._soon(day)) if verdict is Verdict.ENOUGH else ("rest", date.max)

    def _tell(self, day: date) -> None:
        commands.tell_progress(
            self._finding, ProgressInput(f"{MARK} Selesai dipasang."), actor=self.cast.officer
        )
        self._next = ("finish", self._soon(day))

    def _finish(self, _day: date) -> None:
        self._say(Verdict.DONE)
        self._next = ("rest", date.max)

    def _say(self, verdict: Verdict) -> None:
        said = JudgementInput(verdict, f"{MARK} Alasan peninjau.")
        commands.judge_answer(self._finding, said, version=self._finding.version, actor=self.cast.judge)
