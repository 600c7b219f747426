"""The rule for projects (`rules/employers.yaml`, rates_jakon) and the words of their tables."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.rules import Mark, load
from ombudsman_app.employers.states import RULES


class FundSource(StrEnum):
    """Who pays. The words of the file; what it lacks is not known."""

    APBN = "APBN"
    APBD = "APBD"
    APBDES = "APBDES"
    BUMN = "BUMN"
    BUMD = "BUMD"
    PRIVATE = "swasta"
    MIXED = "campuran"
    UNKNOWN = "unknown"


PUBLIC_FUNDS = frozenset({FundSource.APBN, FundSource.APBD, FundSource.APBDES, FundSource.MIXED})


class Standing(StrEnum):
    """What the dates of a project say, whatever day it is; `verdict.py` computes what depends on it."""

    OPEN = "open"  # not registered, the duty stands
    IN_TIME = "in_time"
    LATE = "late"
    CANCELLED = "cancelled"  # before the last day to register: there was no duty any more
    UNKNOWN = "unknown"  # without the day of the SPK nothing can be said


class PartyRole(StrEnum):
    """The part of a firm in a contract."""

    LEAD = "lead"  # alone, or at the head of a consortium
    MEMBER = "member"


class ChangeKind(StrEnum):
    """What happened to a contract after it was signed."""

    AMENDED = "amended"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class DayRule:
    """A length in days, with its article and how sure it is."""

    length: int
    unit: Unit
    legal: str
    verified: Mark

    @property
    def article(self) -> str:
        """The article that was read; what the file says of its successor stands behind a semicolon."""
        return self.legal.partition(";")[0]


@dataclass(frozen=True)
class VatRule:
    """Shares of VAT that are usual, as decimals in text."""

    legal: str
    shares: tuple[str, ...]
    tolerance: str
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class ProjectRules:
    """The whole file."""

    version: int
    vat: VatRule


def _days(name: str) -> DayRule:
    row = RULES.rates_jakon[name]
    return DayRule(row["days"], Unit(f"{row['day_type']}_days"), row["legal"], Mark(row["verified"]))


REGISTRATION = _days("registration")  # from the SPK
CHANGE_OF_WORKERS = _days("change_of_workers")
WHO_REGISTERS = tuple(RULES.rates_jakon["who_registers"]["value"])  # pengguna_jasa, penyedia_jasa
WHO_LEGAL = str(RULES.rates_jakon["who_registers"]["legal"])
VAT = load(Path(__file__).parent.parent / "rules" / "projects.yaml", ProjectRules).vat
_TOLERANCE = Decimal(VAT.tolerance)
_SHARES = tuple(Decimal(share) for share in VAT.shares)


def is_vat_odd(value: int, value_net: int) -> bool:
    """Whether the two values of a contract lie apart by no usual share of VAT: a person looks again."""
    if value == value_net:  # free of VAT
        return False
    share = Decimal(value - value_net) / Decimal(value_net) if value_net else Decimal(1)
    return not any(abs(share - usual) <= _TOLERANCE for usual in _SHARES)
