"""Commitments: over all meetings by keyset, of one meeting, and one with its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.meeting_scope import meeting_scope, of_meeting
from ombudsman_app.coverage.meeting_states import CommitmentState
from ombudsman_app.coverage.models import Commitment, CommitmentEntry, MonitoringMeeting
from ombudsman_app.directory.models import Jurisdiction, Office, Region, RegionLevel
from ombudsman_app.web.paging import DayKey, Page, day_key, page_back, page_on, read_day_key, read_id

_C = Commitment
COUNTED = ("open", "late", "reported", "done", "dropped")
_OFFICE = Office.__table__.alias("promised_by")
_PLACE = Region.__table__


@dataclass(frozen=True)
class CommitmentFilter:
    """What the address asks for, already checked. All of it can be combined."""

    state: CommitmentState | None = None
    is_late: bool = False
    meeting_id: int | None = None
    region_id: int | None = None
    office_id: int | None = None
    after: DayKey | None = None
    before: DayKey | None = None

    def said(self) -> dict[str, str]:
        """Write it as an address has it, without the place in the list."""
        given = {
            "state": self.state.value if self.state else "",
            "late": "yes" if self.is_late else "",
            "meeting": str(self.meeting_id or ""),
            "place": str(self.region_id or ""),
            "body": str(self.office_id or ""),
        }
        return {name: value for name, value in given.items() if value}


def read_filter(given: Mapping[str, str]) -> CommitmentFilter:
    """Read what is asked for; what is no filter is left out (IN4)."""
    state = given.get("state", "")
    return CommitmentFilter(
        state=CommitmentState(state) if state in tuple(CommitmentState) else None,
        is_late=given.get("late") == "yes",
        meeting_id=read_id(given.get("meeting")),
        region_id=read_id(given.get("place")),
        office_id=read_id(given.get("body")),
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )


@dataclass(frozen=True)
class CommitmentRow:
    """One line. `days_left`: to the last day; None where nothing is awaited any more."""

    id: int
    number: int
    text: str
    whose: str
    place: str
    meeting_id: int
    reference: str
    due_on: date
    state: CommitmentState
    done_on: date | None
    days_left: int | None
    days_late: int

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def commitments_page(
    actor: Actor, chosen: CommitmentFilter, *, today: date, limit: int = limits.PAGE_ROWS
) -> Page[CommitmentRow]:
    """Return one page of the commitments of one's offices, due first. 1 statement, whatever the data."""
    found = meeting_scope(actor).commitments().where(*_conditions(chosen, today))
    return _page(found, chosen.after, chosen.before, today, limit)


def own_commitments_page(
    actor: Actor, *, is_ended: bool, after: DayKey | None, before: DayKey | None, today: date
) -> Page[CommitmentRow]:
    """Return one page of what the own office promised, due first. 1 statement."""
    ended = (CommitmentState.DONE, CommitmentState.DROPPED)
    wanted = _C.state.in_(ended) if is_ended else _C.state.not_in(ended)
    found = meeting_scope(actor).own_commitments().where(wanted)
    return _page(found, after, before, today, limits.PAGE_ROWS)


def own_of_meeting(actor: Actor, meeting_id: int, *, today: date) -> Sequence[CommitmentRow]:
    """Return what the own office promised at a meeting, or what it carries on. 1 statement."""
    found = meeting_scope(actor).own_commitments().where(of_meeting(meeting_id))
    return _page(found, None, None, today, limits.PAGE_ROWS).items


def commitments_of_meeting(
    actor: Actor, meeting_id: int, *, today: date, limit: int
) -> Sequence[CommitmentRow]:
    """Return the first of what a meeting follows, due first. 1 statement."""
    found = meeting_scope(actor).commitments().where(of_meeting(meeting_id))
    return _page(found, None, None, today, limit).items


def _page(
    found: Select[Any], after: DayKey | None, before: DayKey | None, today: date, limit: int
) -> Page[CommitmentRow]:
    place = tuple_(_C.due_on, _C.id)
    if before is not None:
        found = found.where(place < before)
    elif after is not None:
        found = found.where(place > after)
    order: Any = (_C.due_on, _C.id)
    order = tuple(column.desc() for column in order) if before else order
    shown = (
        found.with_only_columns(
            _C.id,
            _C.number,
            _C.text,
            _C.meeting_id,
            _C.due_on,
            _C.state,
            _C.done_on,
            _C.days_late,
            MonitoringMeeting.reference,
            _OFFICE.c.short_name.label("office"),
            _PLACE.c.name.label("place"),
        )
        .join(MonitoringMeeting, MonitoringMeeting.id == _C.meeting_id)
        .outerjoin(_OFFICE, _OFFICE.c.id == _C.office_id)
        .outerjoin(_PLACE, _PLACE.c.id == _C.region_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    rows = [_row(row, today) for row in db.session.execute(shown)]
    if before is not None:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=after is None)


def _row(row: Any, today: date) -> CommitmentRow:
    return CommitmentRow(
        id=row.id,
        number=row.number,
        text=row.text,
        whose=row.office or row.place or "",
        place=(row.place or "") if row.office else "",
        meeting_id=row.meeting_id,
        reference=row.reference,
        due_on=row.due_on,
        state=row.state,
        done_on=row.done_on,
        days_left=(row.due_on - today).days if row.state is CommitmentState.OPEN else None,
        days_late=row.days_late,
    )


def _key_of(row: CommitmentRow) -> str:
    return day_key(row.due_on, row.id)


def _conditions(chosen: CommitmentFilter, today: date) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if chosen.is_late:
        where += [_C.state == CommitmentState.OPEN, _C.due_on < today]
    if chosen.state:
        where.append(_C.state == chosen.state)
    if chosen.meeting_id:
        where.append(of_meeting(chosen.meeting_id))
    if chosen.region_id:
        where.append(_C.region_id == chosen.region_id)
    if chosen.office_id:
        where.append(_C.office_id == chosen.office_id)
    return where


def commitments_counts(actor: Actor, *, today: date) -> dict[str, int]:
    """Count for the chips, up to 1,001 each, by its own range of an index. 1 statement."""
    views = {
        **{state.value: CommitmentFilter(state=state) for state in CommitmentState},
        "late": CommitmentFilter(is_late=True),
    }
    parts = []
    for name in COUNTED:
        some = meeting_scope(actor).commitments().where(*_conditions(views[name], today))
        few = some.with_only_columns(_C.id).limit(limits.COUNT_STOPS_AT).subquery()
        counted: Any = select(literal(name, String).label("name"), func.count().label("number"))
        parts.append(counted.select_from(few))
    return {row.name: row.number for row in db.session.execute(union_all(*parts))}


def visible_commitment(actor: Actor, commitment_id: int) -> Commitment | None:
    """Return a commitment with meeting, office and place, if visible. 1 statement."""
    return db.session.scalar(_whole(meeting_scope(actor).commitments(), commitment_id))


def own_commitment(actor: Actor, commitment_id: int) -> Commitment | None:
    """Return a commitment of the own office, if visible. 1 statement."""
    return db.session.scalar(_whole(meeting_scope(actor).own_commitments(), commitment_id))


def _whole(found: Select[Commitment], commitment_id: int) -> Select[Commitment]:
    return found.where(_C.id == commitment_id).options(
        joinedload(_C.meeting, innerjoin=True),
        joinedload(_C.representative_office, innerjoin=True),
        joinedload(_C.region),
        joinedload(_C.office),
    )


def history_of(commitment: Commitment, *, with_names: bool) -> Sequence[CommitmentEntry]:
    """Return all that was said of it, oldest first; names of people only for this house. 1 statement."""
    found = (
        select(CommitmentEntry)
        .where(CommitmentEntry.commitment_id == commitment.id)
        .order_by(CommitmentEntry.id)
    )
    if with_names:
        found = found.options(joinedload(CommitmentEntry.by, innerjoin=True))
    return db.session.scalars(found).all()


@dataclass(frozen=True)
class PlaceCount:
    """What one place, or body without a place, promised at a meeting. `key`: as the filters name it."""

    key: str
    name: str
    done: int
    reported: int
    open: int
    late: int
    dropped: int

    @property
    def total(self) -> int:
        return self.done + self.reported + self.open + self.late + self.dropped

    @property
    def parts(self) -> tuple[int, int, int, int, int]:
        """From nothing wrong to worst, as the picture draws them."""
        return self.done, self.reported, self.open, self.dropped, self.late


def matrix_of(meeting: MonitoringMeeting, *, today: date) -> list[PlaceCount]:
    """Count what a meeting follows for each place, also those that promised nothing. 2 statements."""
    late = (_C.state == CommitmentState.OPEN) & (_C.due_on < today)
    rows = db.session.execute(
        select(
            _C.region_id,
            _C.office_id,
            func.max(_OFFICE.c.short_name).label("office"),
            func.count().filter(_C.state == CommitmentState.DONE).label("done"),
            func.count().filter(_C.state == CommitmentState.REPORTED).label("reported"),
            func.count().filter(_C.state == CommitmentState.OPEN, _C.due_on >= today).label("open"),
            func.count().filter(late).label("late"),
            func.count().filter(_C.state == CommitmentState.DROPPED).label("dropped"),
        )
        .outerjoin(_OFFICE, _OFFICE.c.id == _C.office_id)
        .where(of_meeting(meeting.id))
        .group_by(_C.region_id, _C.office_id)
    ).all()
    names = places_watched(meeting.representative_office_id)
    sums: dict[str, list[Any]] = {f"place:{one}": [name, 0, 0, 0, 0, 0] for one, name in names.items()}
    for row in rows:
        key = f"place:{row.region_id}" if row.region_id else f"body:{row.office_id}"
        held = sums.setdefault(key, [row.office or "", 0, 0, 0, 0, 0])
        for place, number in enumerate((row.done, row.reported, row.open, row.late, row.dropped), 1):
            held[place] += number
    return [PlaceCount(key, *values) for key, values in sums.items()]


def places_watched(representative_office_id: int) -> dict[int, str]:
    """Return regencies and cities, then provinces, of an office of the Ombudsman, by code. 1 statement."""
    watched = (
        select(Region.code)
        .join(Jurisdiction, Jurisdiction.province_id == Region.id)
        .where(Jurisdiction.representative_id == representative_office_id)
    )
    levels = (RegionLevel.REGENCY, RegionLevel.CITY)
    rows = db.session.execute(
        select(Region.id, Region.name)
        .where(Region.province_code.in_(watched), Region.level.in_(levels), Region.valid_to.is_(None))
        .order_by(Region.code)
    )
    return {row.id: row.name for row in rows}
