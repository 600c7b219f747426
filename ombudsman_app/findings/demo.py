"""The demonstration of findings: a visit as an article of 2020 tells it, and invented ones marked DEMO."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
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
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import Office, Verified

from . import commands
from .commands import FindingInput, JudgementInput, ReleaseInput, ResponseInput, VisitInput, VisitSource
from .models import Finding, LadderStep
from .states import Position, Verdict

DATA = Path(__file__).parent / "data" / "demo.yaml"
_ZONE = "Asia/Makassar"  # of both offices that are visited
_NOT_LATER = timedelta(minutes=1)
_NIGHTS = 30  # in which the ladder was looked at, as the job does
_OFFICERS = {"kc_mamuju": Role.OFFICE_OFFICER.value, "pemkab_mabar": "office_officer_pemda"}


def load() -> str:
    """Take over what a source says of a visit, and let invented findings happen, each act on its day.

    A second run adds nothing. Invented findings need the accounts of the demonstration, and come only where
    there is no finding yet.
    """
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration findings are made only with OMBUDSMAN_DEMO=yes.")
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    offices = {office.reference or "": office.id for office in db.session.scalars(select(Office))}
    taken = sum(_take_over(row, offices[row["office"]]) for row in told["sourced"])
    made = _tell(told["visits"], offices) if _may_invent(told["visits"]) else 0
    return f"Findings: {taken} visits from sources, {made} invented findings (DEMO) added."


def _take_over(row: Mapping[str, Any], office_id: int) -> bool:
    given = VisitInput(
        office_id=office_id,
        visited_on=row["visited_on"],
        seen=row["seen"],
        good_practice=row["good_practice"],
        is_study_place=True,
        study_reason=row["study_reason"],
        study_until=row["study_until"],
    )
    return commands.take_over_visit(
        given, VisitSource(row["id"], " ".join(row["src"]), Verified(row["verified"]))
    )


def _may_invent(visits: list[dict[str, Any]]) -> bool:
    has_people = all(demo_actor(row["by"]) for row in visits)
    return has_people and db.session.scalar(select(Finding.id).limit(1)) is None


@dataclass(frozen=True)
class _Act:
    """Something that happens so many days ago, at an hour of the day."""

    days_ago: int
    hour: int
    do: Callable[[], Any]

    @property
    def at(self) -> datetime:
        day = today(_ZONE) - timedelta(days=self.days_ago)
        return datetime.combine(day, time(self.hour, 20), ZoneInfo(_ZONE))


def _tell(visits: list[dict[str, Any]], offices: Mapping[str, int]) -> int:
    """Let everything happen in the order of its days, between them the nights of the ladder."""
    acts = [_Act(days, 2, commands.propose_rungs) for days in range(_NIGHTS, 0, -1)]
    number = 0
    for row in visits:
        visit = _Visit(row, offices[row["office"]])
        acts.append(_Act(row["days_ago"], 10, visit.note))
        for place, told in enumerate(row["findings"]):
            one = _Story(visit, told)
            acts.append(_Act(row["days_ago"], 11 + place, one.make))
            acts += [_Act(act["days_ago"], 11 + place, one.act(act)) for act in told["story"]]
            number += 1
    for act in sorted(acts, key=lambda one: one.at):
        with stopped_at(min(act.at, now() - _NOT_LATER)):
            act.do()
    return number


class _Visit:
    """A visit and its author."""

    def __init__(self, row: Mapping[str, Any], office_id: int) -> None:
        self.row, self.office_id, self.maker = row, office_id, _known(row["by"])

    def note(self) -> None:
        given = VisitInput(
            office_id=self.office_id,
            visited_on=today(_ZONE),
            seen=self.row["seen"],
            good_practice=self.row.get("good_practice", ""),
            is_demo=True,
        )
        self.seen = commands.note_visit(given, actor=self.maker)


class _Story:
    """One finding from its making on; every act is one command of whoever would do it."""

    def __init__(self, visit: _Visit, told: Mapping[str, Any]) -> None:
        self.visit, self.told, self.officer = visit, told, _known(_OFFICERS[visit.row["office"]])

    def make(self) -> None:
        told = self.told
        given = FindingInput(told["summary"], told["description"], told["rule"], told["measures"])
        self._id = commands.find_on_visit(self.visit.seen, given, actor=self.visit.maker).id

    def act(self, given: Mapping[str, Any]) -> Callable[[], Any]:
        return lambda: getattr(self, given["do"])(given)

    @property
    def finding(self) -> Finding:
        return db.session.get_one(Finding, self._id, populate_existing=True)

    def send(self, _given: Mapping[str, Any]) -> None:
        commands.send_finding(self.finding, version=self.finding.version, actor=self.visit.maker)

    def open(self, _given: Mapping[str, Any]) -> None:
        commands.open_finding(self.finding, actor=self.officer)

    def respond(self, given: Mapping[str, Any]) -> None:
        said = ResponseInput(
            Position(given["position"]),
            given["text"],
            given["action"],
            given["responsible"],
            today(_ZONE) + timedelta(days=given["in_days"]),
        )
        commands.respond_to_finding(self.finding, said, actor=self.officer)

    def judge(self, given: Mapping[str, Any]) -> None:
        said = JudgementInput(Verdict(given["verdict"]), given["text"])
        commands.judge_answer(
            self.finding, said, version=self.finding.version, actor=_known(Role.REVIEWER.value)
        )

    def release(self, given: Mapping[str, Any]) -> None:
        """Let go what the nights have proposed."""
        found = select(LadderStep).where(LadderStep.finding_id == self._id, LadderStep.released_at.is_(None))
        step = db.session.scalars(found).one()
        head = _known(Role.HEAD_OF_REPRESENTATIVE.value)
        commands.release_rung(step, ReleaseInput(given["text"]), version=self.finding.version, actor=head)


def _known(key: str) -> Actor:
    actor = demo_actor(key)
    if actor is None:
        raise LookupError(key)
    return actor
