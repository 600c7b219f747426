"""Offices and the provinces that each office of the Ombudsman watches over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.directory import reference
from ombudsman_app.directory.errors import ReferenceBroken
from ombudsman_app.directory.models import Jurisdiction, Office, OfficeKind, RepresentativeOffice
from ombudsman_app.directory.names import words_of

from .finding_words import NATIONAL_KINDS, free_slug, set_words, sort_key
from .upsert import amend


@dataclass(frozen=True)
class Known:
    """What the offices refer to: regions by code, ids by code and reference."""

    regions: Mapping[str, reference.RegionRow]
    region_ids: Mapping[str, int]
    institution_ids: Mapping[str, int]


def load_offices(known: Known) -> int:
    """Bring offices and the words that find them to what the files say; return how many differed.

    3 statements to read, one insert for each new office (a child needs its parent's id).
    """
    offices = {office.reference: office for office in db.session.scalars(select(Office))}
    slugs = {office.slug for office in offices.values()}
    houses = {row.reference: row.short_name for row in reference.institutions()}
    words: dict[int, set[str]] = {}
    changed: set[int] = set()
    for row in reference.offices():
        columns = _columns(row, offices.get(row.parent or ""), known)
        office = offices.get(row.reference)
        if office is None:
            model = RepresentativeOffice if row.code else Office
            office = model(reference=row.reference, slug=free_slug(row.name, slugs), **columns)
            offices[row.reference] = office
            db.session.add(office)
            db.session.flush()
            changed.add(office.id)
        elif amend(office, columns):
            changed.add(office.id)
        capital = known.regions[row.place].capital if row.place else None
        places = [*_place_names(row.place or office.province_code, known.regions), capital or ""]
        words[office.id] = words_of(" ".join([row.name, *row.aliases, houses[row.institution], *places]))
    return len(changed | set_words(words))


def _columns(row: reference.OfficeRow, parent: Office | None, known: Known) -> dict[str, Any]:
    if row.place and row.place not in known.regions:
        raise ReferenceBroken("places.yaml", f"{row.reference} lies in {row.place}, which is no region")
    inherits = parent is not None and row.kind not in NATIONAL_KINDS
    province = row.place[:2] if row.place else parent.province_code if parent and inherits else None
    columns: dict[str, Any] = {
        "institution_id": known.institution_ids[row.institution],
        "kind": row.kind,
        "parent_id": parent.id if parent else None,
        "region_id": known.region_ids[row.place] if row.place else None,
        "province_code": province,
        "name": row.name,
        "short_name": row.short_name,
        "aliases": ", ".join(row.aliases),
        "sort_key": sort_key(row.kind, province, row.name),
        "source_keys": row.source_keys,
        "verified": row.verified,
    }
    if row.code:
        zone = known.regions[row.place or ""].time_zone
        columns |= reference.representative_contact()
        columns |= {"code": row.code, "code_verified": row.code_verified, "time_zone": zone}
    return columns


def _place_names(code: str | None, regions: Mapping[str, reference.RegionRow]) -> list[str]:
    """Return the names of a region and of the regions above it."""
    names: list[str] = []
    while code:
        names.append(regions[code].name)
        code = regions[code].parent_code
    return names


def load_jurisdictions(region_ids: Mapping[str, int]) -> int:
    """Give each representative the province it lies in; the head office has what is left, unwritten."""
    linked = set(db.session.execute(select(Jurisdiction.representative_id, Jurisdiction.province_id)))
    representatives = db.session.execute(
        select(RepresentativeOffice.id, RepresentativeOffice.province_code).where(
            RepresentativeOffice.kind == OfficeKind.REPRESENTATIVE
        )
    )
    new = [
        Jurisdiction(representative_id=id_, province_id=region_ids[province])
        for id_, province in representatives
        if province and (id_, region_ids[province]) not in linked
    ]
    db.session.add_all(new)
    db.session.flush()
    return len(new)
