"""An employer enters the register, and what is known of it is changed."""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.queries import representative_for
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.naming import normalised
from ombudsman_app.employers.policies import MAKERS, WRITE
from ombudsman_app.employers.scope import SUBJECT
from ombudsman_app.employers.sectors import section_of
from ombudsman_app.employers.states import EmployerKind, Scale
from ombudsman_app.employers.tax_numbers import TaxNumber, keep_tax_number


@dataclass(frozen=True)
class EmployerInput:
    """What is known of an employer. Numbers are checked for their form already; None: not known.

    `tax_number`: sixteen digits, of a human being the population number. `nitku`: the six digits behind.
    """

    name: str
    kind: EmployerKind = EmployerKind.COMPANY
    npp: str | None = None
    npp_division: str | None = None
    nib: str | None = None
    tax_number: str | None = None
    nitku: str | None = None
    sector: str | None = None
    scale: Scale | None = None
    region_id: int | None = None
    address: str | None = None


@command
def register_employer(given: EmployerInput, *, actor: Actor) -> Employer:
    """Put an employer into the register of the office that watches over its place.

    Without a place it is that of who registers it. Raises NotAllowed outside one's own provinces.
    """
    made = Employer(
        representative_office_id=_office_of(given.region_id, actor),
        made_by_id=actor.user_id,
        made_at=now(),
    )
    _fill(made, given)
    db.session.add(made)
    db.session.flush()
    record(Event.EMPLOYERS_REGISTERED, SUBJECT, made.id, actor=actor)
    return made


@command
def change_employer(employer: Employer, given: EmployerInput, *, version: int, actor: Actor) -> Employer:
    """Change what is known of an employer. Raises RecordChanged, NotAllowed."""
    held = locked(Employer, employer.id, version=version)
    demand(WRITE, actor, held)
    if given.region_id != held.region_id:
        held.representative_office_id = _office_of(given.region_id, actor)
    changed = _fill(held, given)
    touch(held)
    record(Event.EMPLOYERS_CHANGED, SUBJECT, held.id, actor=actor, changes={"fields": sorted(changed)})
    return held


def _office_of(region_id: int | None, actor: Actor) -> int:
    own = actor.offices_as(*MAKERS)
    if region_id is None:
        found = min(own, default=None)
    else:
        code = db.session.scalar(select(Region.code).where(Region.id == region_id))
        handling = representative_for(code) if code else None
        found = handling.id if handling else None
    if found is None or found not in own:
        raise NotAllowed(policy="employers.add")
    return found


def _fill(held: Employer, given: EmployerInput) -> set[str]:
    """Write what was given, and return the names of what is new."""
    name = normalised(given.name)
    values = {
        "name": given.name,
        "name_key": name.key,
        "legal_form": name.legal_form,
        "kind": EmployerKind.PERSON if TaxNumber(given.tax_number).is_of_person else given.kind,
        "npp": given.npp,
        "npp_division": given.npp_division if given.npp else None,
        "nib": given.nib,
        "nitku": given.nitku if given.tax_number else None,
        "sector": given.sector,
        "section": section_of(given.sector),
        "scale": given.scale,
        "region_id": given.region_id,
        "address": given.address,
    }
    changed = {key for key, value in values.items() if getattr(held, key) != value}
    for key, value in values.items():
        setattr(held, key, value)
    if keep_tax_number(held, given.tax_number):
        changed.add("npwp")
    return changed
