"""The rows of `rules/employers.yaml` that hold rates, key by key: what is unknown or missing is refused."""

from dataclasses import dataclass

from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.employers.states import Programme


@dataclass(frozen=True)
class JkkClassRow:
    """A class of risk."""

    id: str
    id_label: str
    rate: float


@dataclass(frozen=True)
class JkkRow:
    """Work accidents, by class of risk."""

    payer: str
    classes: tuple[JkkClassRow, ...]
    legal: str
    verified: Mark
    src: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class JkmRow:
    """Death."""

    payer: str
    rate: float
    legal: str
    verified: Mark
    src: tuple[str, ...]


@dataclass(frozen=True)
class SharedRow:
    """Old age or pension, paid by both."""

    employer: float
    worker: float
    total: float
    legal: str
    verified: Mark
    src: tuple[str, ...]
    wage_ceiling_table: str = ""


@dataclass(frozen=True)
class JkpRow:
    """Loss of work, paid by the state and out of JKK."""

    total: float
    government: float
    recomposed_from_JKK: float  # noqa: N815 - the key of the file
    extra_cost_for_employer: int
    legal: str
    verified: Mark
    src: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class ReliefNote:
    """Relief that is told in words only and counted nowhere."""

    JKK_labour_intensive: str
    verified: Mark
    src: tuple[str, ...]


@dataclass(frozen=True)
class WageEarners:
    """Rates of a wage."""

    JKK: JkkRow
    JKM: JkmRow
    JHT: SharedRow
    JP: SharedRow
    JKP: JkpRow
    temporary_relief: ReliefNote


@dataclass(frozen=True)
class CeilingRow:
    """The ceiling of JP from a day on."""

    from_: str
    rupiah: int
    verified: Mark
    src: tuple[str, ...]


@dataclass(frozen=True)
class CeilingTable:
    """All ceilings of JP."""

    rule: str
    legal: str
    rows: tuple[CeilingRow, ...]


@dataclass(frozen=True)
class Late:
    """The charge of 2 % a month."""

    id: str
    id_label: str
    rate_per_month: float
    applies_to: str
    legal: str
    verified: Mark
    src: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class ByWage:
    """Construction by wage."""

    JKK: float
    JKM: float
    total: float
    verified: Mark
    src: tuple[str, ...]


@dataclass(frozen=True)
class SliceRow:
    """Construction by value."""

    from_: int
    to: int | None
    JKK: float
    JKM: float


@dataclass(frozen=True)
class ReliefRow:
    """Relief for independent workers."""

    legal: str
    factor: float
    programs: tuple[Programme, ...]
    group: str
    from_: str
    to: str
    verified: Mark
    src: tuple[str, ...]
