"""A batch of rows enters the list of projects: contracts are made, blanks filled, changes added."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ombudsman_app.core.bulk import among
from ombudsman_app.core.changing import touch
from ombudsman_app.core.db import db
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.directory.models import Office, Region
from ombudsman_app.employers.commands.projects.carrying import carry_owners, carry_project, count_due
from ombudsman_app.employers.models import Project, ProjectChange, ProjectOwner, ProjectParty
from ombudsman_app.employers.projects.keys import agency_key, firm_key, number_key, reference_of
from ombudsman_app.employers.projects.rules import ChangeKind, FundSource, PartyRole
from ombudsman_app.imports.kinds import Change, Context, Outcome, ToApply

from .columns import Row
from .known import key_of, known_firms, known_projects
from .putting import before_of

_day = lru_cache(maxsize=4096)(date.fromisoformat)


def apply_rows(context: Context, given: Sequence[ToApply], _records: Mapping[int, int]) -> Outcome:
    """Write a batch. A fixed number of statements, however many rows; objects, since contracts are few."""
    with db.session.no_autoflush:  # half a contract would break what the database checks
        return _Batch(context, given).write()


class _Batch:
    def __init__(self, context: Context, given: Sequence[ToApply]) -> None:
        self._context = context
        self._rows = [(row, Row(*row.values)) for row in given]
        typed = [row for _given, row in self._rows]
        self._known = known_projects(context.office_id, typed)
        self._firms = known_firms(context.office_id, typed)
        self._owners = _owners(context.office_id, typed)
        self._calendars, self._provinces = calendars(), _provinces(context.office_id, typed)
        self._by_id = {one.id: one for found in self._known.values() for one in found}
        missing = {row.record_id for row, _typed in self._rows if row.record_id} - self._by_id.keys()
        if missing:
            parts = (selectinload(Project.parties), selectinload(Project.changes))
            rows = db.session.scalars(select(Project).where(among(Project.id, missing)).options(*parts))
            self._by_id.update({one.id: one for one in rows})

    def write(self) -> Outcome:
        made: dict[int, Project] = {}
        before: dict[int, tuple[Project, list[Any]]] = {}
        records: dict[int, int] = {}
        for given, row in self._rows:
            project = self._by_id.get(given.record_id or 0) or self._same(given, row)
            if project is None:
                made[given.number] = self._make(row)
            else:
                before.setdefault(project.id, (project, before_of(project)))
                self._fill(project, row)
                records[given.number] = project.id
        db.session.flush()
        self._add_parts(made)
        owners = {one.owner_id for one in made.values()} | {one.owner_id for one, _was in before.values()}
        carry_owners(owners)
        records |= {number: project.id for number, project in made.items()}
        changes = [Change(project.id, None, project.version) for project in made.values()]
        changes += [Change(project.id, was, project.version) for project, was in before.values()]
        return Outcome(records, changes)

    def _same(self, given: ToApply, row: Row) -> Project | None:
        """A contract that other people wrote down meanwhile is found again."""
        if given.is_decided:
            return None
        number, agency = key_of(row)
        return next((one for one in self._known.get(number, []) if one.owner.name_key == agency), None)

    def _make(self, row: Row) -> Project:
        context = self._context
        project = Project(
            representative_office_id=context.office_id,
            owner_id=self._owners[agency_key(row.agency)].id,
            source=context.source[:120],
            reference=_reference(row),
            package=row.package,
            contract_number=row.contract_number,
            number_key=number_key(row.contract_number),
            place="",
            fund_source=FundSource.UNKNOWN,
            import_id=context.run_id,
            made_by_id=context.actor.user_id,
            made_at=context.at,
        )
        self._write(project, row)
        count_due(project, self._calendars(self._province(project)))
        carry_project(project, self._changes(row))
        db.session.add(project)
        return project

    def _fill(self, project: Project, row: Row) -> None:
        """Fill what is not known; what is known stays as it is."""
        had_spk = project.spk_on
        self._write(project, row)
        if had_spk is None and project.spk_on is not None:
            count_due(project, self._calendars(self._province(project)))
        known = {change.number for change in project.changes}
        added = [change for change in self._changes(row) if change.number not in known]
        for change in added:
            change.project_id = project.id
            db.session.add(change)
        firms = {party.name_key for party in project.parties}
        db.session.add_all(one for one in self._parties(row, project.id) if one.name_key not in firms)
        every = sorted([*project.changes, *added], key=lambda one: one.changed_on)
        carry_project(project, every)
        touch(project)

    def _write(self, project: Project, row: Row) -> None:
        """Put into the blanks of a project what a row says."""
        if project.fund_source is FundSource.UNKNOWN and row.fund_source:
            project.fund_source = FundSource(row.fund_source)
        if row.place and project.region_id is None and not project.place:
            region_id, text = row.place
            project.region_id, project.place = region_id, "" if region_id else str(text)  # type: ignore[assignment]
        for name in ("spk_on", "start_on", "end_on", "registered_on"):
            said = getattr(row, name)
            if said and getattr(project, name) is None:
                setattr(project, name, _day(said))
        for name in ("value", "value_net", "registered_value", "project_number", "ocid"):
            if getattr(project, name) is None:
                setattr(project, name, getattr(row, name))

    def _add_parts(self, made: Mapping[int, Project]) -> None:
        rows = {given.number: row for given, row in self._rows}
        for number, project in made.items():
            db.session.add_all(self._parties(rows[number], project.id))
            for change in self._changes(rows[number]):
                change.project_id = project.id
                db.session.add(change)
        db.session.flush()

    def _parties(self, row: Row, project_id: int) -> list[ProjectParty]:
        """A firm is linked where a hard number says who it is, and nowhere else."""
        employer_id = self._firms.get(row.nib or "") or self._firms.get(row.npwp or "")
        found = {
            firm_key(row.contractor): self._party(
                project_id, row.contractor, PartyRole.LEAD, None, employer_id
            )
        }
        for name, share in row.members or ():
            party = self._party(project_id, str(name), PartyRole.MEMBER, share, None)
            found.setdefault(party.name_key, party)
        return list(found.values())

    def _party(
        self, project_id: int, name: str, role: PartyRole, share: Any, employer_id: int | None
    ) -> ProjectParty:
        return ProjectParty(
            project_id=project_id,
            employer_id=employer_id,
            role=role,
            name=name,
            name_key=firm_key(name)[:300],
            share_hundredths=share,
            import_id=self._context.run_id,
        )

    def _changes(self, row: Row) -> list[ProjectChange]:
        found: dict[str, ProjectChange] = {}
        for number, day, kind, value, end in row.changes or ():
            found.setdefault(
                str(number),
                ProjectChange(
                    kind=ChangeKind(str(kind)),
                    changed_on=_day(str(day)),
                    number=str(number),
                    value=value,
                    end_on=_day(str(end)) if end else None,
                    source=self._context.source[:300],
                    import_id=self._context.run_id,
                    made_by_id=self._context.actor.user_id,
                    made_at=self._context.at,
                ),
            )
        return sorted(found.values(), key=lambda one: one.changed_on)

    def _province(self, project: Project) -> str | None:
        return self._provinces.get(project.region_id or 0, self._provinces[0])


def _reference(row: Row) -> str:
    if row.ocid:
        return f"{row.ocid}#{row.contract_id or row.contract_number}"[:200]
    return reference_of(row.contract_number, row.agency)


def _owners(office_id: int, rows: Sequence[Row]) -> dict[str, ProjectOwner]:
    """Return the agencies of the rows, made where they are new. ≤ 3 statements."""
    wanted = {agency_key(row.agency)[:300]: row.agency for row in rows}
    asked = select(ProjectOwner).where(
        ProjectOwner.representative_office_id == office_id, among(ProjectOwner.name_key, wanted)
    )
    found = {one.name_key: one for one in db.session.scalars(asked)}
    for key, name in wanted.items():
        if key not in found:
            found[key] = ProjectOwner(representative_office_id=office_id, name=name, name_key=key)
            db.session.add(found[key])
    db.session.flush()
    return found


def _provinces(office_id: int, rows: Sequence[Row]) -> dict[int, str | None]:
    """Return the province of each region, and of the office under 0. 2 statements."""
    regions = {int(str(row.place[0])) for row in rows if row.place and row.place[0]}
    found: dict[int, str | None] = {
        0: db.session.scalar(select(Office.province_code).where(Office.id == office_id))
    }
    if regions:
        asked = select(Region.id, Region.province_code).where(among(Region.id, regions))
        found |= {row[0]: row[1] for row in db.session.execute(asked)}
    return found
