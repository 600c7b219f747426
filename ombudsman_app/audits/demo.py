"""The demonstration of audits: invented rounds, marked DEMO. What happens in each is an act of its day.

The observation of 12 August 2020 at the counters of Mamuju is no part of it: it has no score and gets none.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from flask import current_app
from sqlalchemy import select

from ombudsman_app.accounts.demo import AT_WORK_SINCE, demo_actor
from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.models import Document

from .commands import change_draft, copy_version, load_shipped, put_in_use
from .commands.assigning import write_assignment
from .commands.planning import TeamInput, declare_no_interest, set_team, set_visit_days, start_audit
from .commands.rounds import RoundInput, add_offices, begin_round, close_round, make_round
from .demo_stories import Story
from .instrument_draft import Content, copied
from .models import Audit, AuditRound, InstrumentVersion
from .states import Seat, VersionState

DATA = Path(__file__).parent / "data"
FILES = ("demo_earlier.yaml", "demo.yaml")
_ZONE = "Asia/Makassar"  # of most offices that are visited
_NOT_LATER = timedelta(minutes=1)
_FRIDAY = 4


def load_instrument() -> str:
    """Load what ships as if on the day on which the people of the demonstration began: their first round
    goes by it. What is there stays."""
    with stopped_at(_instant(AT_WORK_SINCE, 9)):
        return load_shipped()


def load() -> str:
    """Let invented rounds happen, each act on its day. A second run adds nothing.

    They need the accounts of the demonstration, and come only where there is no round yet.
    """
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration audits are made only with OMBUDSMAN_DEMO=yes.")
    files = [yaml.safe_load((DATA / name).read_text(encoding="utf-8")) for name in FILES]
    told = [row for file in files for row in file["rounds"]]
    has_people = all(demo_actor(row["by"]) and demo_actor(row["head"]) for row in told)
    if not has_people or db.session.scalar(select(AuditRound.id).limit(1)) is not None:
        return "Audits: 0 invented rounds (DEMO) added."
    versions = [_version_acts(row) for file in files for row in file.get("versions", ())]
    rounds = [_Round(row).acts() for row in told]
    for act in sorted(chain(*versions, *rounds), key=lambda one: one.at):
        with stopped_at(min(act.at, now() - _NOT_LATER)):
            act.do()
    return f"Audits: {len(told)} invented rounds (DEMO) added."


@dataclass(frozen=True)
class _Act:
    """Something that happens on a day, at an hour of it."""

    day: date
    hour: int
    do: Callable[[], Any]

    @property
    def at(self) -> datetime:
        return _instant(self.day, self.hour)


def _instant(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 20), ZoneInfo(_ZONE))


def _first_day(row: Mapping[str, Any]) -> date:
    """Return the day from which the days of a round are counted: one of a year, or the day of loading."""
    if "on" not in row:
        return today(_ZONE)
    year = row.get("year") or today(_ZONE).year - row["years_ago"]
    return date.fromisoformat(f"{year}-{row['on']}")


def _version_acts(row: Mapping[str, Any]) -> Iterator[_Act]:
    """Yield how the next version of the instrument comes: one person writes it, another puts it in use."""

    def write() -> None:
        writer, change = _known(row["by"]), _reworded(row["questions"])
        if made := copy_version(_in_use(), actor=writer):
            change_draft(made, change, version=made.version, actor=writer, act="indicator")

    def use() -> None:
        found = select(InstrumentVersion).where(InstrumentVersion.state == VersionState.DRAFT)
        draft = db.session.scalars(found.order_by(InstrumentVersion.id.desc())).first()
        if draft is not None:
            put_in_use(draft, version=draft.version, actor=_known(row["head"]))

    day = _first_day(row)
    yield _Act(day, 9, write)
    yield _Act(day + timedelta(days=row["used"]), 9, use)


def _reworded(questions: Mapping[str, Mapping[str, str]]) -> Callable[[Content], dict[str, Any]]:
    def change(content: Content) -> dict[str, Any]:
        changed = copied(content, content["version"])
        for dimension in changed["dimensions"]:
            for indicator in dimension["indicators"]:
                indicator.update(questions.get(indicator["id"], {}))
        return changed

    return change


class _Round:
    """A round from its making on; every act is one command of whoever would do it."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.row, self.maker, self.head = row, _known(row["by"]), _known(row["head"])
        self.zero = _first_day(row)
        self.first, self.last = (self.day(number) for number in row["period"])

    def day(self, number: int) -> date:
        """Return a day of the round; of a weekend the Friday before."""
        found = self.zero + timedelta(days=number)
        return found - timedelta(days=max(0, found.weekday() - _FRIDAY))

    def visit(self, number: int, length: int) -> tuple[date, date]:
        """Return first and last day of a visit, in one week."""
        found = self.zero + timedelta(days=number)
        first = found - timedelta(days=max(0, found.weekday() + length - 1 - _FRIDAY))
        return first, first + timedelta(days=length - 1)

    def acts(self) -> Iterator[_Act]:
        """Yield what happens in it."""
        yield _Act(self.day(self.row["made"]), 9, self.make)
        if "begun" in self.row:
            yield _Act(self.day(self.row["begun"]), 10, self.begin)
        for place, told in enumerate(self.row["audits"]):
            yield from _Planned(self, told, place).acts()
        if "closed" in self.row:
            yield _Act(self.day(self.row["closed"]), 18, self.close)

    def make(self) -> None:
        year = self.zero.year
        given = RoundInput(
            title=self.row["title"].format(year=year, next_year=year + 1),
            purpose=self.row["purpose"],
            version_id=_in_use().id,
            period_from=self.first,
            period_until=self.last,
            is_blind=self.row["is_blind"],
        )
        office = select(RepresentativeOffice.id).where(RepresentativeOffice.code == self.row["office"])
        office_id = db.session.scalars(office).one()
        made = make_round(given, representative_office_id=office_id, actor=self.maker, is_demo=True)
        self.id = made.id if made else 0
        wanted = [row["office"] for row in self.row["audits"]]
        ids = db.session.scalars(select(Office.id).where(Office.reference.in_(wanted))).all()
        add_offices(self.found, ids, version=self.found.version, actor=self.maker)

    def begin(self) -> None:
        begin_round(self.found, version=self.found.version, actor=self.head)

    def close(self) -> None:
        close_round(self.found, version=self.found.version, actor=self.head)

    @property
    def found(self) -> AuditRound:
        return db.session.get_one(AuditRound, self.id, populate_existing=True)


class _Planned:
    """The audit of one office: its team, its letter, its start; then its story."""

    def __init__(self, round_: _Round, told: Mapping[str, Any], place: int) -> None:
        self.round, self.told, self.hour = round_, told, 11 + place

    def acts(self) -> Iterator[_Act]:
        """Yield what happens to it."""
        told, day = self.told, self.round.day
        if "team" in told:
            yield _Act(day(self.round.row["made"] + 1), self.hour, self.plan)
        if "assigned" in told:
            yield _Act(day(told["assigned"]), self.hour, self.assign)
        if "started" in told:
            yield _Act(day(told["started"]), self.hour, self.start)
        if rows := told.get("story"):
            story = Story(self.find, self._people(), today(_ZONE))
            yield from (_Act(day(row["day"]), self.hour, story.act(row)) for row in rows)

    def _people(self) -> dict[str, Actor]:
        who = {seat: _known(key) for seat, key in self.told["team"].items()}
        who |= {"head": self.round.head, "maker": self.round.maker}
        return who | ({"officer": _known(self.told["officer"])} if "officer" in self.told else {})

    def find(self) -> Audit:
        found = (
            select(Audit)
            .join(Office, Office.id == Audit.office_id)
            .where(Audit.round_id == self.round.id, Office.reference == self.told["office"])
        )
        return db.session.scalars(found.execution_options(populate_existing=True)).one()

    def plan(self) -> None:
        """Give the seats, and the days where they are known."""
        seats = {_known(who).user_id or 0: Seat(seat) for seat, who in self.told["team"].items()}
        held = self.find()
        set_team(held, TeamInput(seats), version=held.version, actor=self.round.maker)
        if "visit" in self.told:
            held, (first, last) = self.find(), self.round.visit(*self.told["visit"])
            set_visit_days(held, first, last, version=held.version, actor=self.round.maker)

    def assign(self) -> None:
        """Write the letter of assignment, and have the head issue it; the team says that it is free."""
        audit = self.find()
        office = db.session.get_one(Office, audit.office_id)
        letter = write_assignment(
            audit,
            subject=f"Penugasan audit pelayanan pada {office.short_name}",
            words=self.round.row["purpose"],
            actor=self.round.maker,
        )
        held = db.session.get_one(Document, letter.id, populate_existing=True)
        issue(held, version=held.version, actor=self.round.head)
        for who in self.told["team"].values():
            declare_no_interest(self.find(), actor=_known(who))

    def start(self) -> None:
        audit = self.find()
        start_audit(audit, version=audit.version, actor=_known(self.told["team"]["lead"]))


def _in_use() -> InstrumentVersion:
    in_use = select(InstrumentVersion).where(InstrumentVersion.state == VersionState.IN_USE)
    return db.session.scalars(in_use.order_by(InstrumentVersion.id).limit(1)).one()


def _known(key: str) -> Actor:
    actor = demo_actor(key)
    if actor is None:
        raise LookupError(key)
    return actor
