"""A project enters the list, is corrected, and BPJS registers it."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.queries import province_of, representative_for
from ombudsman_app.employers.errors import ProjectRefused
from ombudsman_app.employers.models import Project, ProjectParty
from ombudsman_app.employers.policies import MAKERS, WRITE_PROJECT
from ombudsman_app.employers.projects.keys import firm_key, number_key, reference_of

from .carrying import carry_owners, carry_project, changes_of, count_due
from .inputs import (
    Origin,
    PartyInput,
    ProjectInput,
    RegistrationInput,
    refuse_impossible,
    refuse_registration,
)
from .owners import owner_named

PROJECT = "project"
_PLAIN = (
    "package", "contract_number", "fund_source", "region_id", "place", "spk_on", "value", "value_net",
    "start_on", "end_on",
)  # fmt: skip


@command
def add_project(given: ProjectInput, *, actor: Actor, origin: Origin | None = None) -> Project:
    """Put a project into the list of the office that watches over its place.

    Raises ProjectRefused for impossible facts and for a contract of this number at this agency that is there
    already, NotAllowed outside one's own provinces.
    """
    origin = origin or Origin()
    refuse_impossible(given, today(actor.time_zone))
    office = office_of(given.region_id, actor)
    owner = owner_named(given.owner, office)
    if twin := twin_of(office, owner.id, given.contract_number):
        raise ProjectRefused(field="contract_number", why="known", project=twin)
    made = Project(
        representative_office_id=office,
        source=origin.source,
        reference=origin.reference or reference_of(given.contract_number, given.owner),
        ocid=origin.ocid,
        import_id=origin.import_id,
        owner_id=owner.id,
        made_by_id=actor.user_id,
        made_at=now(),
    )
    _fill(made, given)
    count_due(made, calendar_of(_province(given.region_id, office)))
    carry_project(made, [])
    db.session.add(made)
    db.session.flush()
    add_parties(made, given.parties, import_id=origin.import_id)
    carry_owners([owner.id])
    changes = {"source": origin.source, "standing": made.standing.value}
    record(Event.EMPLOYERS_PROJECT_ADDED, PROJECT, made.id, actor=actor, changes=changes)
    return made


@command
def change_project(project: Project, given: ProjectInput, *, version: int, actor: Actor) -> Project:
    """Correct what was written of a contract as signed; its changes stay. Raises what `add_project` raises.

    Another SPK gives another last day, counted with the calendar of today. Raises RecordChanged.
    """
    held = locked(Project, project.id, version=version)
    demand(WRITE_PROJECT, actor, held)
    refuse_impossible(given, today(actor.time_zone))
    changes = changes_of(held.id)
    if given.spk_on and any(one.changed_on < given.spk_on for one in changes):
        raise ProjectRefused(field="spk_on", why="after_change")
    office = office_of(given.region_id, actor) if given.region_id else held.representative_office_id
    owner = owner_named(given.owner, office)
    twin = twin_of(office, owner.id, given.contract_number)
    if twin not in (None, held.id):
        raise ProjectRefused(field="contract_number", why="known", project=twin)
    is_counted = (held.spk_on, held.region_id) != (given.spk_on, given.region_id)
    calendar = calendar_of(_province(given.region_id, office))
    before = held.owner_id
    changed = _fill(held, given)
    held.owner_id, held.representative_office_id = owner.id, office
    if is_counted:
        count_due(held, calendar)
    carry_project(held, changes)
    touch(held)
    _write_parties(held, given.parties)
    carry_owners({before, owner.id})
    record(
        Event.EMPLOYERS_PROJECT_CHANGED, PROJECT, held.id, actor=actor, changes={"fields": sorted(changed)}
    )
    return held


@command
def note_registration(project: Project, given: RegistrationInput, *, version: int, actor: Actor) -> None:
    """Keep that BPJS has registered the project. Late stays late. Raises RecordChanged, ProjectRefused."""
    held = locked(Project, project.id, version=version)
    demand(WRITE_PROJECT, actor, held)
    refuse_registration(given, today(actor.time_zone))
    before = changes_of(held.id)  # read first: half a change would break what the database checks
    _register(held, given)
    carry_project(held, before)
    touch(held)
    carry_owners([held.owner_id])
    changes = {"registered_on": given.registered_on.isoformat(), "standing": held.standing.value}
    record(Event.EMPLOYERS_PROJECT_REGISTERED, PROJECT, held.id, actor=actor, changes=changes)


def twin_of(office_id: int, owner_id: int, number: str) -> int | None:
    """Return the id of the contract with this number at this agency, None where it is new. 1 statement."""
    return db.session.scalar(
        select(Project.id)
        .where(
            Project.representative_office_id == office_id,
            Project.number_key == number_key(number),
            Project.owner_id == owner_id,
        )
        .limit(1)
    )


def office_of(region_id: int | None, actor: Actor) -> int:
    """Return the office that watches over a place, that of the person without one. Raises NotAllowed."""
    own = actor.offices_as(*MAKERS)
    found = min(own, default=None)
    if region_id is not None:
        code = db.session.scalar(select(Region.code).where(Region.id == region_id))
        handling = representative_for(code) if code else None
        found = handling.id if handling else None
    if found is None or found not in own:
        raise NotAllowed(policy="employers.add_project")
    return found


def _province(region_id: int | None, office_id: int) -> str | None:
    if region_id is None:
        return province_of(office_id)
    return db.session.scalar(select(Region.province_code).where(Region.id == region_id))


def _fill(held: Project, given: ProjectInput) -> set[str]:
    """Write what was given, and return the names of what is new."""
    changed = {name for name in _PLAIN if getattr(held, name) != getattr(given, name)}
    for name in _PLAIN:
        setattr(held, name, getattr(given, name))
    held.number_key = number_key(given.contract_number)
    if given.registration:
        _register(held, given.registration)
    return changed


def _register(held: Project, given: RegistrationInput) -> None:
    held.registered_on, held.registered_value = given.registered_on, given.registered_value
    held.project_number, held.proposed_due_on = given.project_number, None


def add_parties(held: Project, parties: Iterable[PartyInput], *, import_id: int | None = None) -> None:
    """Add the firms of a contract, each name once."""
    seen: set[str] = set()
    for party in parties:
        key = firm_key(party.name)[:300]
        if key in seen:
            continue
        seen.add(key)
        db.session.add(
            ProjectParty(
                project_id=held.id,
                employer_id=party.employer_id,
                role=party.role,
                name=party.name,
                name_key=key,
                share_hundredths=party.share_hundredths,
                import_id=import_id,
            )
        )
    db.session.flush()


def _write_parties(held: Project, parties: tuple[PartyInput, ...]) -> None:
    """Write the firms anew; who a firm is stays known where its name stays."""
    known = select(ProjectParty.name_key, ProjectParty.employer_id).where(ProjectParty.project_id == held.id)
    kept = {row[0]: row[1] for row in db.session.execute(known)}
    db.session.execute(
        delete(ProjectParty)
        .where(ProjectParty.project_id == held.id)
        .execution_options(synchronize_session=False)
    )
    add_parties(
        held,
        [
            PartyInput(
                one.name, one.role, one.share_hundredths, one.employer_id or kept.get(firm_key(one.name))
            )
            for one in parties
        ],
    )
