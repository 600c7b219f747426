"""The list of projects by keyset: the newest SPK first. Each way of asking is a range of one index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, func, literal, select, tuple_, union_all

from ombudsman_app.core import clock, limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Region, RepresentativeOffice
from ombudsman_app.employers.models import Project, ProjectOwner, ProjectParty
from ombudsman_app.employers.projects.rules import FundSource, PartyRole
from ombudsman_app.employers.projects.verdict import Verdict, verdict_of
from ombudsman_app.employers.queries.firsts import first_of_each
from ombudsman_app.employers.scope import scope
from ombudsman_app.web.paging import Page, day_key, page_back, page_on

from .filters import VERDICTS, ProjectFilter, conditions

_OWNER, _REGION, _HANDLING = ProjectOwner.__table__, Region.__table__, RepresentativeOffice.__table__
ALL = "all"
_FIRM = (  # by the index of one project, for the rows of the page alone
    select(ProjectParty.name)
    .where(ProjectParty.project_id == Project.id, ProjectParty.role == PartyRole.LEAD)
    .order_by(ProjectParty.id)
    .limit(1)
    .correlate(Project)
    .scalar_subquery()
    .label("firm")
)
_FIRMS = (
    select(func.count())
    .where(ProjectParty.project_id == Project.id)
    .correlate(Project)
    .scalar_subquery()
    .label("firms")
)


@dataclass(frozen=True)
class ProjectRow:
    """One line of the list. `firms`: how many build together; `firm`: who leads them."""

    id: int
    package: str
    contract_number: str
    owner_id: int
    owner: str
    place: str
    fund_source: FundSource
    spk_on: date | None
    due_on: date | None
    listed_on: date
    net: int | None
    firm: str
    firms: int
    verdict: Verdict


def projects_page(
    actor: Actor,
    chosen: ProjectFilter,
    *,
    today: date,
    numbered: Sequence[ColumnElement[bool]] = (),
    limit: int = limits.PAGE_ROWS,
) -> Page[ProjectRow]:
    """Return one page of the projects of one's offices. 1 statement, whatever the data.

    `numbered`: what the number asks for, from `by_number`.
    """
    is_back = chosen.before is not None
    order: Any = (Project.listed_on, Project.id)
    order = order if is_back else tuple(column.desc() for column in order)
    where = [*conditions(chosen, today), *_behind(chosen), *numbered]
    seen = scope(actor)
    parts = [seen.projects(office).where(*where) for office in seen.each_office]
    shown = (
        first_of_each(parts, Project, order, limit + 1)
        .with_only_columns(
            Project.id,
            Project.package,
            Project.contract_number,
            Project.owner_id,
            _OWNER.c.name.label("owner"),
            _REGION.c.name.label("region"),
            Project.place,
            Project.fund_source,
            Project.spk_on,
            Project.due_on,
            Project.listed_on,
            Project.registered_on,
            Project.cancelled_on,
            Project.registered_value,
            Project.current_net,
            _HANDLING.c.time_zone,
            _FIRM,
            _FIRMS,
        )
        .join(_OWNER, _OWNER.c.id == Project.owner_id)
        .join(_HANDLING, _HANDLING.c.id == Project.representative_office_id)
        .outerjoin(_REGION, _REGION.c.id == Project.region_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    rows = [_row(row) for row in db.session.execute(shown)]
    if is_back:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=chosen.after is None)


def _behind(chosen: ProjectFilter) -> list[ColumnElement[bool]]:
    place = tuple_(Project.listed_on, Project.id)
    if chosen.before is not None:
        return [place > chosen.before]
    return [place < chosen.after] if chosen.after is not None else []


def _row(row: Any) -> ProjectRow:
    return ProjectRow(
        id=row.id,
        package=row.package,
        contract_number=row.contract_number,
        owner_id=row.owner_id,
        owner=row.owner,
        place=row.region or row.place,
        fund_source=row.fund_source,
        spk_on=row.spk_on,
        due_on=row.due_on,
        listed_on=row.listed_on,
        net=row.current_net,
        firm=row.firm or "",
        firms=row.firms,
        verdict=verdict_of(row, clock.today(row.time_zone)),
    )


def _key_of(row: ProjectRow) -> str:
    return day_key(row.listed_on, row.id)


def project_counts(
    actor: Actor, chosen: ProjectFilter, *, today: date, numbered: Sequence[ColumnElement[bool]] = ()
) -> dict[str, int]:
    """Count for the chips: each verdict within the other filters, up to 1,001 each. 1 statement."""
    parts = []
    for name in (ALL, *VERDICTS):
        asked = conditions(chosen.with_verdict("" if name == ALL else name), today)
        few = (
            scope(actor)
            .projects()
            .where(*asked, *numbered)
            .with_only_columns(literal(1))
            .limit(limits.COUNT_STOPS_AT)
            .subquery()
        )
        parts.append(
            select(literal(name, String).label("name"), func.count().label("number")).select_from(few)
        )
    return {row.name: row.number for row in db.session.execute(union_all(*parts))}
