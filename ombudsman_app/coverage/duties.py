"""Duties of Inpres 2/2021 (`rules/coverage.yaml`, `inpres_2_2021`). No database in here."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from ombudsman_app.directory.models import RegionLevel, Verified

from .rules_file import told_of

_INPRES = told_of("inpres_2_2021")
TITLE: str = _INPRES["title"]
SOURCES: tuple[str, ...] = tuple(_INPRES["src"])


class Addressee(StrEnum):
    """Whom the instruction speaks to. The first two are heads of regions."""

    GOVERNOR = "gubernur"
    REGENT = "bupati_walikota"
    HOME_MINISTER = "mendagri"
    VILLAGE_MINISTER = "mendes_pdtt"
    LABOUR_MINISTER = "menaker"
    COORDINATING_MINISTER = "menko_pmk"
    ATTORNEY_GENERAL = "jaksa_agung"
    COUNCIL = "djsn"


class DutyState(StrEnum):
    """How far a duty is kept."""

    NOT_ASSESSED = "not_assessed"
    NONE = "none"
    IN_PROGRESS = "in_progress"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"


class ProposalState(StrEnum):
    """What became of what a Pemda proposed."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Duty:
    """One duty. `key` is its addressee and its place among the duties of that one: `gubernur-2`."""

    key: str
    addressee: Addressee
    words: str  # Indonesian, as the rules have them
    verified: Verified
    sources: tuple[str, ...]


def _read() -> dict[str, Duty]:
    places: Counter[str] = Counter()
    found: dict[str, Duty] = {}
    for row in _INPRES["duties"]:
        places[row["addressee"]] += 1
        key = f"{row['addressee']}-{places[row['addressee']]}"
        found[key] = Duty(
            key,
            Addressee(row["addressee"]),
            row["id_label"],
            Verified(row["verified"]),
            tuple(row.get("src", ())),
        )
    return found


DUTIES = _read()
REGIONAL = (Addressee.GOVERNOR, Addressee.REGENT)
NATIONAL = tuple(one for one in Addressee if one not in REGIONAL)
PEMDA_LEVELS = (RegionLevel.PROVINCE, RegionLevel.REGENCY, RegionLevel.CITY)


def addressee_at(level: RegionLevel) -> Addressee:
    """Return who answers at a level: the governor of a province, else the regent or mayor."""
    return Addressee.GOVERNOR if level is RegionLevel.PROVINCE else Addressee.REGENT


def duties_of(addressee: Addressee) -> tuple[Duty, ...]:
    """Return the duties of one addressee, in the order of the rules."""
    return tuple(duty for duty in DUTIES.values() if duty.addressee is addressee)
