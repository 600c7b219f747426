"""Institutions, offices, services and contacts, from `places.yaml` and `institutions.yaml`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from ombudsman_app.directory.errors import ReferenceBroken
from ombudsman_app.directory.models import InstitutionKind, OfficeKind, Verified

from .shipped import shipped


@dataclass(frozen=True)
class InstitutionRow:
    reference: str
    kind: InstitutionKind
    name: str
    short_name: str
    source_keys: str
    verified: Verified


@dataclass(frozen=True)
class OfficeRow:
    """One office; `parent` is a reference, `place` a region code."""

    reference: str
    institution: str
    kind: OfficeKind
    name: str
    short_name: str
    aliases: tuple[str, ...]
    parent: str | None
    place: str | None
    source_keys: str
    verified: Verified
    code: str | None = None  # offices of the Ombudsman only, as is the next
    code_verified: Verified = Verified.UNVERIFIED


def institutions() -> list[InstitutionRow]:
    """Return BPJS Ketenagakerjaan, the Ombudsman, and one institution for each local government."""
    rows = [
        InstitutionRow(
            row["id"], InstitutionKind(row["kind"]), row["name"], row["short_name"], *_standing(row)
        )
        for row in shipped("institutions.yaml")["institutions"]
    ]
    rows += [
        InstitutionRow(row["id"], InstitutionKind.LOCAL_GOVERNMENT, row["name"], row["name"], *_standing(row))
        for row in shipped("places.yaml")["pemda"]
    ]
    return rows


def offices() -> list[OfficeRow]:
    """Return all offices of places.yaml, parents before their children. Raises ReferenceBroken."""
    places = shipped("places.yaml")
    rows = [*_branches(places["bpjs_offices"]), *_governments(places["pemda"])]
    rows += _representatives(places["ombudsman_offices"])
    known: set[str] = set()
    for row in rows:
        if row.parent and row.parent not in known:
            raise ReferenceBroken(
                "places.yaml", f"{row.reference} names {row.parent}, which does not precede it"
            )
        if row.reference in known:
            raise ReferenceBroken("places.yaml", f"{row.reference} stands there twice")
        known.add(row.reference)
    return rows


def _branches(rows: list[dict[str, Any]]) -> Iterator[OfficeRow]:
    house = "BPJS Ketenagakerjaan"
    for row in rows:
        short = row["name"].removeprefix(house).strip()
        if row["kind"] == OfficeKind.SMALL_BRANCH:
            short = f"Kantor Cabang Perintis {short}"
        yield OfficeRow(
            row["id"], "bpjstk", OfficeKind(row["kind"]), f"{house} {short}", short,
            tuple(row.get("alias", ())), row.get("parent"), row.get("place"), *_standing(row),
        )  # fmt: skip


def _governments(rows: list[dict[str, Any]]) -> Iterator[OfficeRow]:
    for row in rows:
        kind = OfficeKind("_".join(row["name"].lower().split()[:2]))
        yield OfficeRow(
            row["id"], row["id"], kind, row["name"], row["name"], (), None, row["place"], *_standing(row)
        )


def _representatives(rows: list[dict[str, Any]]) -> Iterator[OfficeRow]:
    for row in rows:
        is_head = row["name"] == "Ombudsman RI"
        yield OfficeRow(
            row["id"], "ombudsman",
            OfficeKind.OMBUDSMAN_HEAD_OFFICE if is_head else OfficeKind.REPRESENTATIVE,
            "Ombudsman RI" if is_head else f"Ombudsman RI {row['name']}", row["name"], (),
            None if is_head else "ori_pusat", row["place"], *_standing(row),
            code=row["code"],
            code_verified=Verified(row.get("code_verified", row.get("verified", "unverified"))),
        )  # fmt: skip


def _standing(row: dict[str, Any]) -> tuple[str, Verified]:
    return " ".join(row.get("src", ())), Verified(row.get("verified", "unverified"))


def services() -> list[dict[str, Any]]:
    """Return code and name of each service of a BPJS Ketenagakerjaan office, in the order of a menu."""
    rows: list[dict[str, Any]] = shipped("institutions.yaml")["services"]
    return rows


def representative_contact() -> dict[str, Any]:
    """Return the columns of contact and hours that all offices of the Ombudsman share."""
    file = shipped("institutions.yaml")
    contact, hours = file["representative_contact"], file["representative_hours"]
    keys, verified = _standing(contact)
    return {
        "phone": contact["phone"], "whatsapp": contact["whatsapp"], "email": contact["email"],
        "opens_at": time.fromisoformat(hours["opens_at"]),
        "closes_at": time.fromisoformat(hours["closes_at"]),
        "contact_source_keys": keys, "contact_verified": verified,
    }  # fmt: skip
