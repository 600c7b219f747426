"""`ombudsman seed reference`: the directory as the shipped files have it."""

from dataclasses import asdict, dataclass

from ombudsman_app.core.db import command
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory import reference
from ombudsman_app.directory.models import Institution, Service

from .load_offices import Known, load_jurisdictions, load_offices
from .load_regions import load_regions
from .upsert import upsert


@dataclass(frozen=True)
class Loaded:
    """How many rows of each kind differed from the files and were brought to them."""

    regions: int
    institutions: int
    services: int
    offices: int
    jurisdictions: int

    @property
    def total(self) -> int:
        return sum(asdict(self).values())

    def __str__(self) -> str:
        if not self.total:
            return "Reference data: everything was there."
        parts = ", ".join(f"{number} {kind}" for kind, number in asdict(self).items() if number)
        return f"Reference data: {parts} loaded or brought up to date."


@command
def load_reference() -> Loaded:
    """Bring regions, institutions, offices and services to what the shipped files say.

    Loading twice changes nothing, and then leaves nothing on the trail. Regions that the file no
    longer has are ended, never deleted. Some 10 statements to read. Raises ReferenceBroken, and then
    nothing has changed.
    """
    region_rows = reference.regions()
    region_ids, regions = load_regions(region_rows)
    institutions = upsert(Institution, Institution.reference, map(asdict, reference.institutions()))
    institution_ids = {key: row.id for key, row in institutions.rows.items()}
    services = upsert(
        Service,
        Service.code,
        (
            row | {"institution_id": institution_ids["bpjstk"], "position": place}
            for place, row in enumerate(reference.services(), 1)
        ),
    )
    known = Known({row.code: row for row in region_rows}, region_ids, institution_ids)
    offices = load_offices(known)
    loaded = Loaded(regions, institutions.changes, services.changes, offices, load_jurisdictions(region_ids))
    if loaded.total:
        record(Event.DIRECTORY_REFERENCE_LOADED, "reference", None, actor=STRANGER, changes=asdict(loaded))
    return loaded
