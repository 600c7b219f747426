"""How far duties of Inpres 2/2021 are kept: of one addressee, of a province, of all."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.attachments.queries import FileLine, files_in
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import HEAD_OFFICE_ZONE
from ombudsman_app.coverage.duties import NATIONAL, PEMDA_LEVELS, Duty, DutyState, addressee_at, duties_of
from ombudsman_app.coverage.models import DutyEntry, DutyProposal, DutyStatus, LocalRule
from ombudsman_app.directory.models import Region, RegionLevel

from .duty_subjects import Subject

_ABOVE = Region.__table__.alias("province_of_pemda")


@dataclass(frozen=True)
class PemdaLine:
    """A row of the matrix: one Pemda and the state of each of its duties, by key."""

    code: str
    name: str
    level: RegionLevel
    states: Mapping[str, DutyState]

    @property
    def duties(self) -> tuple[Duty, ...]:
        return duties_of(addressee_at(self.level))


@dataclass(frozen=True)
class ProvinceLine:
    """How many duties of a province and its regencies are in each state."""

    code: str
    name: str
    pemda: int
    counts: Mapping[DutyState, int]


@dataclass(frozen=True)
class DutyRow:
    """One line of the sheet: a duty of a Pemda with what was said last."""

    code: str
    name: str
    province: str
    duty: Duty
    state: DutyState
    as_of: date | None
    reason: str
    evidence: str
    evidence_url: str


def statuses_of(subject: str) -> dict[str, DutyStatus]:
    """Return what was assessed of an addressee, by duty, each with its entries. 2 statements."""
    rows = db.session.scalars(
        select(DutyStatus)
        .where(DutyStatus.subject == subject)
        .options(
            selectinload(DutyStatus.entries).options(
                joinedload(DutyEntry.local_rule), joinedload(DutyEntry.made_by, innerjoin=True)
            )
        )
    )
    return {row.duty: row for row in rows}


def shown_statuses_of(subjects: list[str]) -> dict[tuple[str, str], DutyStatus]:
    """Return the same for the portal, which sees no names of officers. 2 statements."""
    rows = db.session.scalars(
        select(DutyStatus)
        .where(DutyStatus.subject.in_(subjects))
        .options(selectinload(DutyStatus.entries).joinedload(DutyEntry.local_rule))
    )
    return {(row.subject, row.duty): row for row in rows}


def files_of(status: DutyStatus | None) -> list[FileLine]:
    """Return the evidence that is kept as files. 1 statement, none where nothing was assessed."""
    return files_in(status.files_id)[status.files_id] if status else []


def province_lines(province: str) -> list[PemdaLine]:
    """Return the province and its regencies and cities with all states, by code. 2 statements."""
    regions = db.session.execute(
        select(Region.code, Region.name, Region.level)
        .where(
            Region.province_code == province,
            Region.level.in_(PEMDA_LEVELS),
            Region.holds_on(today(HEAD_OFFICE_ZONE)),
        )
        .order_by(Region.code)
    ).all()
    known: dict[str, dict[str, DutyState]] = {}
    rows = db.session.execute(
        select(DutyStatus.subject, DutyStatus.duty, DutyStatus.status).where(
            DutyStatus.province_code == province
        )
    )
    for subject, duty, state in rows:
        known.setdefault(subject, {})[duty] = state
    return [PemdaLine(code, name, level, _all(level, known.get(code, {}))) for code, name, level in regions]


def _all(level: RegionLevel, known: Mapping[str, DutyState]) -> dict[str, DutyState]:
    return {duty.key: known.get(duty.key, DutyState.NOT_ASSESSED) for duty in duties_of(addressee_at(level))}


def national_summary() -> list[ProvinceLine]:
    """Return all provinces, by code, each with how many duties are in which state. 2 statements."""
    day = today(HEAD_OFFICE_ZONE)
    pemda = db.session.execute(
        select(_ABOVE.c.code, _ABOVE.c.name, Region.level, func.count())
        .join(_ABOVE, _ABOVE.c.code == Region.province_code)
        .where(Region.level.in_(PEMDA_LEVELS), Region.holds_on(day))
        .group_by(_ABOVE.c.code, _ABOVE.c.name, Region.level)
        .order_by(_ABOVE.c.code)
    ).all()
    counted: dict[str, Counter[DutyState]] = {}
    rows = db.session.execute(
        select(DutyStatus.province_code, DutyStatus.status, func.count())
        .where(DutyStatus.province_code.is_not(None))
        .group_by(DutyStatus.province_code, DutyStatus.status)
    )
    for code, state, number in rows:
        counted.setdefault(code or "", Counter())[state] += number
    names, regions, duties = dict[str, str](), Counter[str](), Counter[str]()
    for code, name, level, number in pemda:
        names[code] = name
        regions[code] += number
        duties[code] += number * len(duties_of(addressee_at(level)))
    return [_line(code, name, regions[code], duties[code], counted) for code, name in names.items()]


def _line(
    code: str, name: str, pemda: int, duties: int, counted: Mapping[str, Counter[DutyState]]
) -> ProvinceLine:
    counts = Counter(counted.get(code, Counter()))
    said = sum(number for state, number in counts.items() if state is not DutyState.NOT_ASSESSED)
    counts[DutyState.NOT_ASSESSED] = duties - said
    return ProvinceLine(code, name, pemda, counts)


def national_states() -> dict[str, DutyState]:
    """Return the states of the duties of national bodies, by duty. 1 statement."""
    rows = db.session.execute(
        select(DutyStatus.duty, DutyStatus.status).where(DutyStatus.subject.in_(tuple(NATIONAL)))
    )
    known = {row[0]: row[1] for row in rows}
    return {
        duty.key: known.get(duty.key, DutyState.NOT_ASSESSED)
        for addressee in NATIONAL
        for duty in duties_of(addressee)
    }


def duty_rows(province: str = "") -> Iterator[DutyRow]:
    """Yield each duty of each Pemda with what was said last; `province`: of this one alone. 2 statements."""
    regions = (
        select(Region.code, Region.name, Region.level, _ABOVE.c.name)
        .join(_ABOVE, _ABOVE.c.code == Region.province_code)
        .where(Region.level.in_(PEMDA_LEVELS), Region.holds_on(today(HEAD_OFFICE_ZONE)))
        .order_by(Region.code)
    )
    newest = select(func.max(DutyEntry.id)).group_by(DutyEntry.duty_status_id)
    entries = (
        select(DutyStatus.subject, DutyStatus.duty, DutyEntry)
        .join(DutyEntry, DutyEntry.duty_status_id == DutyStatus.id)
        .where(DutyEntry.id.in_(newest), DutyStatus.province_code.is_not(None))
    )
    if province:
        regions = regions.where(Region.province_code == province)
        entries = entries.where(DutyStatus.province_code == province)
    said = {(subject, duty): entry for subject, duty, entry in db.session.execute(entries)}
    for code, name, level, above in db.session.execute(regions).all():
        for duty in duties_of(addressee_at(level)):
            yield _sheet_row((code, name, above), duty, said.get((code, duty.key)))


def _sheet_row(pemda: tuple[str, str, str], duty: Duty, entry: DutyEntry | None) -> DutyRow:
    if entry is None:
        return DutyRow(*pemda, duty, DutyState.NOT_ASSESSED, None, "", "", "")
    return DutyRow(*pemda, duty, entry.status, entry.as_of, entry.reason, entry.evidence, entry.evidence_url)


def rules_for(subject: Subject, most: int = 200) -> list[LocalRule]:
    """Return the local rules that can be evidence: of the place itself. ≤ 1 statement."""
    if subject.region_id is None:
        return []
    found = select(LocalRule).where(LocalRule.region_id == subject.region_id)
    return list(
        db.session.scalars(found.order_by(LocalRule.year_order.desc(), LocalRule.id.desc()).limit(most))
    )


def proposal_with(*where: Any) -> DutyProposal | None:
    """Return one proposal with its office and its rule. 1 statement."""
    return db.session.scalar(
        select(DutyProposal)
        .where(*where)
        .options(
            joinedload(DutyProposal.office, innerjoin=True),
            joinedload(DutyProposal.local_rule),
        )
    )
