"""Duties of employers and how they are broken (`rules/employers.yaml`). No database in here."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ombudsman_app.core.workflow.rules import Mark, load


class Breach(StrEnum):
    """A kind of non-compliance. An employer can have several at once: rows, not one status."""

    PWBD = "pwbd"  # not registered at all
    PDS_WORKERS = "pds_workers"
    PDS_WAGE = "pds_wage"
    PDS_PROGRAM = "pds_program"
    ARREARS = "arrears"
    PROJECT_UNREGISTERED = "project_unregistered"


class Scale(StrEnum):
    """Size of a business (PP 7/2021 Pasal 35), which decides on its programmes (Perpres 109/2013 Pasal 6)."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class Programme(StrEnum):
    """The five programmes, by their Indonesian codes."""

    JKK = "JKK"
    JKM = "JKM"
    JHT = "JHT"
    JP = "JP"
    JKP = "JKP"


class EmployerKind(StrEnum):
    """What stands behind the name. Warnings of PP 86/2013 do not go to state bodies."""

    COMPANY = "company"
    PERSON = "person"  # its tax number is the population number of a human being
    SOCIAL = "social"  # yayasan, koperasi
    PUBLIC_BODY = "public_body"


class SourceKind(StrEnum):
    """Who says so. Order: the nearer to the employer's own papers, the earlier."""

    BPJS = "bpjs"  # a list or letter of BPJS Ketenagakerjaan
    LICENSING = "licensing"  # DPMPTSP, OSS
    LABOUR_OFFICE = "labour_office"
    LOCAL_GOVERNMENT = "local_government"
    PROCUREMENT = "procurement"  # a contract that was paid from public money
    VISIT = "visit"  # seen by an officer of the Ombudsman
    EMPLOYER = "employer"  # said by the employer
    WORKER = "worker"  # said by somebody who works there; never who
    PRESS = "press"
    OTHER = "other"


class BreachEnd(StrEnum):
    """How a kind of non-compliance came to its end."""

    COMPLIED = "complied"
    NOT_PROVEN = "not_proven"
    CLOSED = "closed"


@dataclass(frozen=True)
class BreachRule:
    """One kind of non-compliance, as the file has it."""

    id: Breach
    id_label: str
    definition: str
    breach: str
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class EmployerRules:
    """The whole file. What other modules read for themselves stands here as it is in the file."""

    version: int
    duties: tuple[dict[str, Any], ...]
    authority: tuple[dict[str, Any], ...]
    criminal: tuple[dict[str, Any], ...]
    sanction_ladder: dict[str, Any]
    business_scale: dict[str, Any]
    noncompliance_types: tuple[BreachRule, ...]
    compliance_status: tuple[str, ...]
    programs: tuple[dict[str, Any], ...]
    rates_pu: dict[str, Any]
    jp_wage_ceiling: dict[str, Any]
    rates_bpu: dict[str, Any]
    rates_pmi: dict[str, Any]
    rates_jakon: dict[str, Any]
    identifiers: tuple[dict[str, Any], ...]
    arrears_estimate: dict[str, Any]
    privacy_limits: tuple[str, ...]


RULES = load(Path(__file__).parent / "rules" / "employers.yaml", EmployerRules)
RULE_VERSION = f"employers.yaml {RULES.version}"  # stored beside what is decided by it
BREACHES = {rule.id: rule for rule in RULES.noncompliance_types}
_BITS = {breach: 1 << place for place, breach in enumerate(Breach)}


def programmes_required(scale: Scale) -> tuple[Programme, ...]:
    """Return the programmes that a business of this size must join (Perpres 109/2013 Pasal 6(3))."""
    return tuple(Programme(word) for word in RULES.business_scale["programs_required"][scale])


def bit_of(breach: Breach) -> int:
    """Return the place of a kind in `Employer.open_breaches`: a filter is one number."""
    return _BITS[breach]


def has_breach(breach: Breach) -> str:
    """Return the condition of SQL that an employer has a kind open: an index has the very same words."""
    return f"(open_breaches & {bit_of(breach)}) <> 0"


def breaches_in(bits: int) -> list[Breach]:
    """Return the kinds that a number holds, in the order of the file."""
    return [breach for breach, bit in _BITS.items() if bits & bit]
