"""What the house knows of the contracts and firms in a batch of rows, by a few statements a batch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.core.bulk import among
from ombudsman_app.core.db import db
from ombudsman_app.employers.identifiers import is_of_person, is_placeholder
from ombudsman_app.employers.models import Employer, Project
from ombudsman_app.employers.projects.keys import agency_key, firm_key, number_key

from .columns import Row

Key = tuple[str, str]  # of the contract number and of its agency


def key_of(row: Row) -> Key:
    """By what a contract is the same one: its number, at its agency."""
    return number_key(row.contract_number), agency_key(row.agency)


def known_projects(office_id: int, rows: Sequence[Row]) -> dict[str, list[Project]]:
    """Return the contracts of an office by the number they bear. 3 statements."""
    numbers = {number_key(row.contract_number) for row in rows}
    found: dict[str, list[Project]] = defaultdict(list)
    asked = (
        select(Project)
        .where(Project.representative_office_id == office_id, among(Project.number_key, numbers))
        .options(
            joinedload(Project.owner, innerjoin=True),
            selectinload(Project.parties),
            selectinload(Project.changes),
        )
        .order_by(Project.id)
        .execution_options(populate_existing=True)
    )
    for project in db.session.scalars(asked):
        found[project.number_key].append(project)
    return dict(found)


def known_firms(office_id: int, rows: Iterable[Row]) -> dict[str, int]:
    """Return the employers that a hard number names, by that number: of one alone. ≤ 2 statements."""
    found: dict[str, set[int]] = defaultdict(set)
    numbers = {"nib": {row.nib for row in rows if row.nib}, "npwp": {row.npwp for row in rows if row.npwp}}
    for name, wanted in numbers.items():
        hard = {one for one in wanted if one and not is_placeholder(one) and not _is_persons(name, one)}
        if not hard:
            continue
        column = getattr(Employer, name)
        asked = select(column, Employer.id).where(
            among(column, hard), Employer.representative_office_id == office_id, Employer.is_listed.is_(True)
        )
        for number, employer_id in db.session.execute(asked):
            found[number].add(employer_id)
    return {number: next(iter(ids)) for number, ids in found.items() if len(ids) == 1}


def _is_persons(name: str, number: str) -> bool:
    return name == "npwp" and is_of_person(number)


def new_facts(project: Project, row: Row) -> list[str]:
    """Return the names of the columns in which a row says what is not known yet of a contract."""
    facts: dict[str, object] = {
        "fund_source": project.fund_source.value == "unknown" and row.fund_source,
        "place": not project.place and project.region_id is None and row.place,
        "ocid": project.ocid is None and row.ocid,
    }
    for name in ("spk_on", "value", "value_net", "start_on", "end_on"):
        facts[name] = getattr(project, name) is None and getattr(row, name) is not None
    for name in ("project_number", "registered_on", "registered_value"):
        facts[name] = getattr(project, name) is None and getattr(row, name) is not None
    numbers = {change.number for change in project.changes}
    facts["changes"] = any(change[0] not in numbers for change in row.changes or ())
    firms = {party.name_key for party in project.parties}
    facts["members"] = any(firm_key(str(member[0])) not in firms for member in row.members or ())
    return [name for name, is_new in facts.items() if is_new]


def contradictions(project: Project, row: Row) -> list[str]:
    """Return the columns in which a row says another thing than is known; what is known stays."""
    found = []
    for name in ("spk_on", "value", "value_net", "registered_on", "registered_value"):
        known, said = getattr(project, name), getattr(row, name)
        told = known.isoformat() if hasattr(known, "isoformat") else known
        if known is not None and said is not None and told != said:
            found.append(name)
    return found
