"""The demonstration of audits: invented rounds, marked DEMO. What happens in each is an act of its day.

The observation of 12 August 2020 at the counters of Mamuju is no part of it: it has no score and gets none.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from flask import current_app
from sqlalchemy import select

from ombudsman_app.accounts.demo import demo_actor
from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.models import Document

from .commands.assigning import write_assignment
from .commands.planning import TeamInput, declare_no_interest, set_team, set_visit_days, start_audit
from .commands.rounds import RoundInput, add_offices, begin_round, make_round
from .models import Audit, AuditRound, InstrumentVersion
from .states import Seat, VersionState

DATA = Path(__file__).parent / "data" / "demo.yaml"
_ZONE = "Asia/Makassar"  # of most offices that are visited
_NOT_LATER = timedelta(minutes=1)
_SEATS = {
    "lead": Seat.LEAD,
    "assessor": Seat.ASSESSOR,
    "adjudicator": Seat.ADJUDICATOR,
    "reviewer": Seat.REVIEWER,
}


def load() -> str:
    """Let invented rounds happen, each act on its day. A second run adds nothing.

    They need the accounts of the demonstration, and come only where there is no round yet.
    """
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration audits are made only with OMBUDSMAN_DEMO=yes.")
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))["rounds"]
    has_people = all(demo_actor(row["by"]) and demo_actor(row["head"]) for row in told)
    if not has_people or db.session.scalar(select(AuditRound.id).limit(1)) is not None:
        return "Audits: 0 invented rounds (DEMO) added."
    acts = [act for row in told for act in _Round(row).acts()]
    for act in sorted(acts, key=lambda one: one.at):
        with stopped_at(min(act.at, now() - _NOT_LATER)):
            act.do()
    return f"Audits: {len(told)} invented rounds (DEMO) added."


@dataclass(frozen=True)
class _Act:
    """Something that happens so many days ago, at an hour of the day."""

    days_ago: int
    hour: int
    do: Callable[[], Any]

    @property
    def at(self) -> datetime:
        return datetime.combine(_day(self.days_ago), time(self.hour, 20), ZoneInfo(_ZONE))


def _day(days_ago: int) -> date:
    """Return the day so many days before today; a negative number: so many days ahead."""
    return today(_ZONE) - timedelta(days=days_ago)


class _Round:
    """A round from its making on; every act is one command of whoever would do it."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.row, self.maker, self.head = row, _known(row["by"]), _known(row["head"])
        self.first, self.last = _day(row["from_days_ago"]), _day(-row["until_days_ahead"])
        self.year = today(_ZONE).year

    def acts(self) -> Iterator[_Act]:
        """Yield what happens in it."""
        yield _Act(self.row["days_ago"], 9, self.make)
        if "begun_days_ago" in self.row:
            yield _Act(self.row["begun_days_ago"], 10, self.begin)
        for place, told in enumerate(self.row["audits"]):
            yield from _Planned(self, told, place).acts()

    def make(self) -> None:
        given = RoundInput(
            title=self.row["title"].format(year=self.year, next_year=self.year + 1),
            purpose=self.row["purpose"],
            version_id=_version_in_use(),
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

    @property
    def found(self) -> AuditRound:
        return db.session.get_one(AuditRound, self.id, populate_existing=True)


class _Planned:
    """The audit of one office, from its team to its start."""

    def __init__(self, round_: _Round, told: Mapping[str, Any], place: int) -> None:
        self.round, self.told, self.hour = round_, told, 11 + place
        if "visit" in told:  # counted from today, not from the day on which it is planned
            self.first = _day(told["visit"]["days_ago"])
            self.last = self.first + timedelta(days=told["visit"]["days"] - 1)

    def acts(self) -> Iterator[_Act]:
        """Yield what happens to it."""
        told = self.told
        if "team" in told:
            yield _Act(self.round.row["days_ago"] - 1, self.hour, self.plan)
        if "assigned_days_ago" in told:
            yield _Act(told["assigned_days_ago"], self.hour, self.assign)
        if "started_days_ago" in told:
            yield _Act(told["started_days_ago"], self.hour, self.start)

    @property
    def audit(self) -> Audit:
        found = (
            select(Audit)
            .join(Office, Office.id == Audit.office_id)
            .where(Audit.round_id == self.round.id, Office.reference == self.told["office"])
        )
        return db.session.scalars(found.execution_options(populate_existing=True)).one()

    @property
    def lead(self) -> Actor:
        return _known(self.told["team"]["lead"])

    def plan(self) -> None:
        """Give the seats, and the days where they are known."""
        seats = {_known(who).user_id or 0: _SEATS[seat] for seat, who in self.told["team"].items()}
        set_team(self.audit, TeamInput(seats), version=self.audit.version, actor=self.round.maker)
        if "visit" in self.told:
            held = self.audit
            set_visit_days(held, self.first, self.last, version=held.version, actor=self.round.maker)

    def assign(self) -> None:
        """Write the letter of assignment, and have the head issue it; the team says that it is free."""
        office = db.session.get_one(Office, self.audit.office_id)
        letter = write_assignment(
            self.audit,
            subject=f"Penugasan audit pelayanan pada {office.short_name}",
            words=self.round.row["purpose"],
            actor=self.round.maker,
        )
        held = db.session.get_one(Document, letter.id, populate_existing=True)
        issue(held, version=held.version, actor=self.round.head)
        for who in self.told["team"].values():
            declare_no_interest(self.audit, actor=_known(who))

    def start(self) -> None:
        start_audit(self.audit, version=self.audit.version, actor=self.lead)


def _version_in_use() -> int:
    in_use = select(InstrumentVersion.id).where(InstrumentVersion.state == VersionState.IN_USE)
    return db.session.scalars(in_use.order_by(InstrumentVersion.id)).first() or 0


def _known(key: str) -> Actor:
    actor = demo_actor(key)
    if actor is None:
        raise LookupError(key)
    return actor
