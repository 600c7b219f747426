"""Which public bodies a case can go to: those of the province, the nearest by place first."""

from dataclasses import dataclass

from sqlalchemy import case, or_, select

from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Institution, InstitutionKind, Office, OfficeKind, Region

_KINDS = {
    InstitutionKind.SOCIAL_SECURITY_BODY: (
        OfficeKind.BRANCH,
        OfficeKind.SMALL_BRANCH,
        OfficeKind.REGIONAL_OFFICE,
    ),
    InstitutionKind.LABOUR_OFFICE: (OfficeKind.LABOUR_OFFICE,),
    InstitutionKind.LOCAL_GOVERNMENT: (
        OfficeKind.REGENCY_GOVERNMENT,
        OfficeKind.CITY_GOVERNMENT,
        OfficeKind.PROVINCE_GOVERNMENT,
    ),
}
_MOST = 60


@dataclass(frozen=True)
class BodyChoice:
    """An office that can be chosen; `is_near`: it stands in the regency of the employer."""

    id: int
    name: str
    is_near: bool


def bodies_for(kind: InstitutionKind, province_code: str, region_id: int | None) -> list[BodyChoice]:
    """Return the offices of a kind of body in a province, that of the regency first. 1 statement.

    The first one is what is proposed; a person chooses.
    """
    kinds = _KINDS[kind]
    near = case((Office.region_id == region_id, 0), else_=1) if region_id else case((Office.id > 0, 1))
    rank = case({one: place for place, one in enumerate(kinds)}, value=Office.kind, else_=len(kinds))
    found = (
        select(Office.id, Office.short_name, near.label("distance"))
        .join(Institution, Institution.id == Office.institution_id)
        .where(
            Institution.kind == kind,
            Office.kind.in_(kinds),
            or_(Office.province_code == province_code, Office.province_code.is_(None)),
            Office.valid_to.is_(None),
        )
        .order_by(near, rank, Office.sort_key, Office.id)
        .limit(_MOST)
    )
    return [BodyChoice(row.id, row.short_name, row.distance == 0) for row in db.session.execute(found)]


def named_bodies(ids: set[int]) -> dict[int, str]:
    """Return the short names of offices. ≤ 1 statement."""
    if not ids:
        return {}
    found = select(Office.id, Office.short_name).where(Office.id.in_(sorted(ids)))
    return {row.id: row.short_name for row in db.session.execute(found)}


def province_of_region(region_id: int | None) -> str | None:
    """Return the province of a regency. ≤ 1 statement."""
    if region_id is None:
        return None
    return db.session.scalar(select(Region.province_code).where(Region.id == region_id))
