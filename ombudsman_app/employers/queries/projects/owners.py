"""Agencies that order works, by keyset: those with the most unregistered projects first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Institution, Office
from ombudsman_app.directory.models.office import InstitutionKind
from ombudsman_app.employers.models import Project, ProjectOwner
from ombudsman_app.employers.projects.rules import Standing
from ombudsman_app.employers.scope import scope
from ombudsman_app.web.paging import Page, page_back, page_on

_OFFICE = Office.__table__
Key = tuple[int, int]  # minus the number of open ones, and the id
_BODIES = (InstitutionKind.LOCAL_GOVERNMENT, InstitutionKind.LABOUR_OFFICE)


@dataclass(frozen=True)
class OwnerRow:
    """One agency and its projects. `unregistered` and `running`: the open ones, parted by today."""

    id: int
    name: str
    office_name: str
    office_slug: str
    unregistered: int
    running: int
    late: int
    in_time: int
    cancelled: int
    unknown: int
    under_valued: int
    projects: int
    open: int


def owners_page(
    actor: Actor,
    after: Key | None,
    before: Key | None,
    *,
    today: date,
    limit: int = limits.PAGE_ROWS,
) -> Page[OwnerRow]:
    """Return agencies, those with most open projects first. 2 statements, whatever the data."""
    place = tuple_(ProjectOwner.open_order, ProjectOwner.id)
    found = scope(actor).owners()
    order: Any = (ProjectOwner.open_order, ProjectOwner.id)
    if before is not None:
        found, order = found.where(place < before), tuple(column.desc() for column in order)
    elif after is not None:
        found = found.where(place > after)
    shown = (
        found.with_only_columns(
            *(ProjectOwner.id, ProjectOwner.name, ProjectOwner.open, ProjectOwner.late, ProjectOwner.in_time),
            *(ProjectOwner.cancelled, ProjectOwner.unknown, ProjectOwner.under_valued, ProjectOwner.projects),
            *(_OFFICE.c.short_name, _OFFICE.c.slug),
        )
        .outerjoin(_OFFICE, _OFFICE.c.id == ProjectOwner.office_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    held = db.session.execute(shown).all()
    running = _running([row.id for row in held if row.open], today)
    rows = [_row(row, running.get(row.id, 0)) for row in held]
    if before is not None:
        return page_back(rows, limit, _key_of)
    return page_on(rows, limit, _key_of, is_first=after is None)


def _running(owners: list[int], day: date) -> dict[int, int]:
    """Count those for which there is still time: as many as one time to register holds. ≤ 1 statement."""
    if not owners:
        return {}
    rows = db.session.execute(
        select(Project.owner_id, func.count())
        .where(Project.owner_id.in_(owners), Project.standing == Standing.OPEN, Project.due_on >= day)
        .group_by(Project.owner_id)
    )
    return {row[0]: row[1] for row in rows}


def _row(row: Any, running: int) -> OwnerRow:
    return OwnerRow(
        id=row.id,
        name=row.name,
        office_name=row.short_name or "",
        office_slug=row.slug or "",
        unregistered=row.open - running,
        running=running,
        late=row.late,
        in_time=row.in_time,
        cancelled=row.cancelled,
        unknown=row.unknown,
        under_valued=row.under_valued,
        projects=row.projects,
        open=row.open,
    )


def _key_of(row: OwnerRow) -> str:
    return f"{row.open}.{row.id}"


def visible_owner(actor: Actor, owner_id: int) -> ProjectOwner | None:
    """Return an agency of one's offices with its office in the directory. 1 statement."""
    return db.session.scalar(
        scope(actor).owners().where(ProjectOwner.id == owner_id).options(joinedload(ProjectOwner.office))
    )


def owner_counts(actor: Actor, owner: ProjectOwner) -> OwnerRow:
    """Return what became of the projects of one agency. 1 statement."""
    running = _running([owner.id], today(actor.time_zone)).get(owner.id, 0)
    office = owner.office
    return OwnerRow(
        id=owner.id,
        name=owner.name,
        office_name=office.short_name if office else "",
        office_slug=office.slug if office else "",
        unregistered=owner.open - running,
        running=running,
        late=owner.late,
        in_time=owner.in_time,
        cancelled=owner.cancelled,
        unknown=owner.unknown,
        under_valued=owner.under_valued,
        projects=owner.projects,
        open=owner.open,
    )


def owner_name(actor: Actor, owner_id: int | None) -> str:
    """Return the name of an agency; empty where there is none. 1 statement, none for none."""
    if owner_id is None:
        return ""
    found = scope(actor).owners().where(ProjectOwner.id == owner_id).with_only_columns(ProjectOwner.name)
    return db.session.scalar(found) or ""


def bodies_of(owner: ProjectOwner) -> list[tuple[int, str]]:
    """Return the public bodies of the province, by name, that it could be. 1 statement."""
    home = select(Office.province_code).where(Office.id == owner.representative_office_id).scalar_subquery()
    rows = db.session.execute(
        select(Office.id, Office.name)
        .join(Institution, Institution.id == Office.institution_id)
        .where(Institution.kind.in_(_BODIES), Office.province_code == home)
        .order_by(Office.name, Office.id)
    )
    return [(row[0], row[1]) for row in rows]
