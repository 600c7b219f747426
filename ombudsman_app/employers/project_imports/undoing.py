"""A list of projects is taken back: made contracts go with their parts, filled ones are what they were."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from ombudsman_app.core.bulk import among
from ombudsman_app.core.db import db
from ombudsman_app.employers.commands.projects.carrying import carry_owners
from ombudsman_app.employers.models import Project, ProjectChange, ProjectFinding, ProjectOwner, ProjectParty
from ombudsman_app.imports.kinds import Change, Touched

from .putting import columns_of


def edited(_run_id: int, touched: Sequence[Touched]) -> list[int]:
    """Return those that were changed since, or that a finding names. 2 statements."""
    versions = {one.record_id: one.version for one in touched}
    rows = db.session.execute(select(Project.id, Project.version).where(among(Project.id, versions)))
    now_there = {row.id: row.version for row in rows}
    found = {record_id for record_id, version in versions.items() if now_there.get(record_id) != version}
    made = [one.record_id for one in touched if one.is_made]
    if made:
        named = select(ProjectFinding.project_id).where(among(ProjectFinding.project_id, made))
        found.update(db.session.scalars(named))
    return sorted(found)


def undo(run_id: int, changes: Sequence[Change]) -> None:
    """Put projects back, the newest change first. 6 statements, and one for each filled project."""
    ids = {change.record_id for change in changes}
    owners = set(db.session.scalars(select(Project.owner_id).where(among(Project.id, ids)).distinct()))
    for table in (ProjectParty, ProjectChange):
        gone = delete(table).where(table.import_id == run_id, among(table.project_id, ids))
        db.session.execute(gone.execution_options(synchronize_session=False))
    made = {change.record_id for change in changes if change.before is None}
    for change in changes:  # the older one comes later and counts
        if change.before is not None and change.record_id not in made:
            back = update(Project).where(Project.id == change.record_id).values(**columns_of(change.before))
            db.session.execute(back.execution_options(synchronize_session=False))
    gone_too = delete(Project).where(among(Project.id, made))
    db.session.execute(gone_too.execution_options(synchronize_session=False))
    carry_owners(owners)
    _forget_empty(owners)
    db.session.expire_all()


def _forget_empty(owners: set[int]) -> None:
    """An agency that has no project any more and of which nobody said anything goes too."""
    gone = delete(ProjectOwner).where(
        among(ProjectOwner.id, owners),
        ProjectOwner.projects == 0,
        ProjectOwner.office_id.is_(None),
        ProjectOwner.changed_at.is_(None),
    )
    db.session.execute(gone.execution_options(synchronize_session=False))
