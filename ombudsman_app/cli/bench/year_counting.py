"""What a year of findings comes to: asked of register and public page, counted again from the trail."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.documents.models import Document
from ombudsman_app.findings import queries
from ombudsman_app.findings.models import Finding, FindingEntry, LadderStep
from ombudsman_app.findings.queries import RegisterFilter
from ombudsman_app.findings.scope import scope
from ombudsman_app.findings.states import WAITING, FindingState, Position, Verdict
from ombudsman_app.web.paging import read_day_key


@dataclass
class Tally:
    """The numbers of one office. `days_late`: of all late answers together, calendar days.

    `in_time` and `late` count answers; `told_in_time` and `told_late` findings, as the public page does.
    """

    sent: int = 0
    in_time: int = 0
    late: int = 0
    days_late: int = 0
    disputed: int = 0
    returned: int = 0
    done: int = 0
    overdue: int = 0
    told_in_time: int = 0
    told_late: int = 0
    reminder: int = 0
    superior: int = 0
    second_term: int = 0
    escalation: int = 0


_LAST_ZONE = "Asia/Jakarta"  # where a day of Indonesia ends last, as the public page counts
COLUMNS = tuple(one.name for one in fields(Tally))
Tallies = dict[str, Tally]


def of_register(heads: Iterable[Actor]) -> Tallies:
    """Ask what the heads of the offices see: the register, what was said, the letters with a number."""
    found: Tallies = defaultdict(Tally)
    for head in heads:
        day = today(head.time_zone)
        for chosen, column in (
            (RegisterFilter(), "sent"),
            (RegisterFilter(is_done=True), "sent"),
            (RegisterFilter(is_done=True, state=FindingState.DONE), "done"),
            (RegisterFilter(is_overdue=True), "overdue"),
        ):
            for row in _pages(head, chosen, day):
                _add(found[row.office_slug], column, 1 if row.reference else 0)
        _said(head, found)
        _letters(head, found)
    for office in db.session.scalars(select(Office).where(Office.slug.in_(list(found)))):
        told = queries.office_numbers(office.id, today=today(_LAST_ZONE))
        tally = found[office.slug]
        tally.told_in_time, tally.told_late = told.in_time, told.late
    return found


def _pages(head: Actor, chosen: RegisterFilter, day: date) -> Iterable[queries.RegisterRow]:
    page = queries.register_page(head, chosen, today=day)
    yield from page.items
    while page.next_key:
        after = read_day_key(page.next_key)
        page = queries.register_page(head, RegisterFilter(**{**_asked(chosen), "after": after}), today=day)
        yield from page.items


def _asked(chosen: RegisterFilter) -> dict[str, Any]:
    return {one.name: getattr(chosen, one.name) for one in fields(chosen)}


def _said(head: Actor, found: Tallies) -> None:
    ids = scope(head).findings().with_only_columns(Finding.id)
    said = (
        select(Office.slug, FindingEntry.position, FindingEntry.days_late, FindingEntry.verdict)
        .join(Finding, Finding.id == FindingEntry.finding_id)
        .join(Office, Office.id == Finding.office_id)
        .where(Finding.id.in_(ids))
    )
    for slug, position, days_late, verdict in db.session.execute(said):
        if position is not None:
            _answered(found[slug], position, days_late or 0)
        _add(found[slug], "returned", verdict is Verdict.NOT_ENOUGH)


def _letters(head: Actor, found: Tallies) -> None:
    ids = scope(head).findings().with_only_columns(Finding.id)
    sent = (
        select(Office.slug, LadderStep.rung)
        .join(Finding, Finding.id == LadderStep.finding_id)
        .join(Office, Office.id == Finding.office_id)
        .join(Document, Document.id == LadderStep.document_id)
        .where(Finding.id.in_(ids), Document.number.is_not(None))
    )
    for slug, rung in db.session.execute(sent):
        _add(found[slug], rung.value, 1)


@dataclass
class _Told:
    """One finding as the trail tells it."""

    office: int
    zone: ZoneInfo
    state: str = ""
    round: int = 1
    is_answered: bool = False
    is_late: bool = False  # once, or now
    dues: dict[tuple[int, str], date] = field(default_factory=dict)  # by round and clock
    late_from: dict[tuple[int, str], date] = field(default_factory=dict)  # where granted days heal nothing


def of_trail(until: datetime) -> Tallies:
    """Count again from what was written down of each act: no table of findings is asked.

    Lateness is computed anew from the last day that the trail names, the instant of the answer and the zone
    of the office that the number names. `until`: the instant for which what is overdue is counted.
    """
    zones = {office.code: ZoneInfo(office.time_zone) for office in db.session.scalars(_HANDLING)}
    slugs = {office.id: office.slug for office in db.session.scalars(select(Office))}
    told: dict[int, _Told] = {}
    found: Tallies = defaultdict(Tally)
    entries = select(TrailEntry).where(TrailEntry.subject_type == "finding").order_by(TrailEntry.seq)
    for entry in db.session.scalars(entries):
        changes = json.loads(entry.changes)
        if entry.event == Event.FINDINGS_SENT:
            told[entry.subject_id or 0] = _Told(changes["office"], zones[changes["reference"].split("/")[2]])
        if (one := told.get(entry.subject_id or 0)) is not None:
            _count(entry, changes, one, found[slugs[one.office]])
    for one in told.values():
        running = [due for (number, _clock), due in one.dues.items() if number == one.round]
        tally = found[slugs[one.office]]
        waits_since = max(running) if one.state in WAITING and running else date.max
        tally.overdue += waits_since < until.astimezone(one.zone).date()
        one.is_late |= waits_since < until.astimezone(ZoneInfo(_LAST_ZONE)).date()
        tally.told_late += one.is_late
        tally.told_in_time += one.is_answered and not one.is_late
    return found


_HANDLING = select(RepresentativeOffice)


def _count(entry: TrailEntry, changes: Mapping[str, Any], one: _Told, tally: Tally) -> None:
    match entry.event:
        case Event.FINDINGS_SENT:
            tally.sent += 1
        case Event.FINDINGS_RECEIVED:
            one.dues[changes["round"], changes["clock"]] = date.fromisoformat(changes["due_on"])
        case Event.FINDINGS_CLOCK_MOVED | Event.FINDINGS_CLOCK_RELEASED:
            one.dues[changes["round"], changes["clock"]] = date.fromisoformat(changes["due_on"][1])
        case Event.FINDINGS_TIME_DECIDED if changes["granted"]:
            key = changes["round"], changes["clock"]
            if one.dues[key] < entry.at.astimezone(one.zone).date():
                one.late_from.setdefault(key, one.dues[key])
            one.dues[key] = date.fromisoformat(changes["due_on"])
        case Event.FINDINGS_ANSWERED:
            answered_on = entry.at.astimezone(one.zone).date()
            first = min(one.late_from.get(key, due) for key, due in one.dues.items() if key[0] == one.round)
            days_late = max((answered_on - first).days, 0)
            one.is_answered, one.is_late = True, one.is_late or days_late > 0
            _answered(tally, Position(changes["position"]), days_late)
        case Event.FINDINGS_JUDGED if changes["verdict"] == Verdict.NOT_ENOUGH:
            tally.returned += 1
            one.round += 1
        case Event.FINDINGS_JUDGED if changes["verdict"] == Verdict.DONE:
            tally.done += 1
        case Event.FINDINGS_RUNG_RELEASED:
            _add(tally, changes["rung"], 1)
    if "state" in changes:
        one.state = changes["state"][1]


def _answered(tally: Tally, position: Position, days_late: int) -> None:
    tally.late += days_late > 0
    tally.in_time += days_late == 0
    tally.days_late += days_late
    tally.disputed += position is Position.DISPUTE


def _add(tally: Tally, column: str, number: int) -> None:
    setattr(tally, column, getattr(tally, column) + number)


def differing(register: Tallies, trail: Tallies) -> list[str]:
    """Say each number in which the two do not agree."""
    nothing = Tally()
    return [
        f"{slug}: {column}: register {ours}, trail {theirs}"
        for slug in sorted({*register, *trail})
        for column in COLUMNS
        if (ours := getattr(register.get(slug, nothing), column))
        != (theirs := getattr(trail.get(slug, nothing), column))
    ]


def rows(tallies: Tallies) -> dict[str, dict[str, int]]:
    """Return the numbers by office, and those of all offices together."""
    found = {slug: asdict(tally) for slug, tally in sorted(tallies.items())}
    found["all"] = {column: sum(row[column] for row in found.values()) for column in COLUMNS}
    return found
