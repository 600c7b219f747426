"""What may happen to an outreach event, and for whom it is held. No database in here."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ombudsman_app.core.workflow.flow import Flow, Move
from ombudsman_app.core.workflow.rules import load


class OutreachState(StrEnum):
    """Where an event stands. *Not reported yet* is counted from its day, never stored."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"  # with a reason; also what was reported and did not take place after all


_S = OutreachState
OUTREACH = Flow(
    {
        "hold": Move({_S.PLANNED}, _S.HELD),
        "cancel": Move({_S.PLANNED, _S.HELD}, _S.CANCELLED),
    }
)


class TargetGroup(StrEnum):
    """For whom it is held; the words of the file."""

    WAGE_EARNER = "wage_earner"
    NON_WAGE = "non_wage"
    CONSTRUCTION = "construction"
    MIGRANT = "migrant"
    VULNERABLE_WORKER = "vulnerable_worker"
    VILLAGE_OFFICIAL = "village_official"
    RT_RW = "rt_rw"
    NON_CIVIL_SERVANT = "non_civil_servant"
    ELECTION_STAFF = "election_staff"
    EMPLOYER = "employer"
    FISHER = "fisher"
    FARMER = "farmer"
    DRIVER = "driver"
    TRADER = "trader"
    EVERYBODY = "everybody"


class KnownBy(StrEnum):
    """How the number of participants is known, the surest first."""

    ATTENDANCE_LIST = "attendance_list"
    HEAD_COUNT = "head_count"
    TOLD = "told"  # by who held it
    ESTIMATE = "estimate"


class OutreachAct(StrEnum):
    """What is told in the history of an event."""

    PLANNED = "planned"
    CHANGED = "changed"  # the plan, or of what was held its day, place and the like
    HELD = "held"
    CORRECTED = "corrected"  # what came of it
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class GroupRule:
    """One group, as the file has it."""

    id: TargetGroup
    id_label: str
    source: str


@dataclass(frozen=True)
class _Rules:
    version: int
    target_groups: tuple[GroupRule, ...]


GROUPS = load(Path(__file__).parent / "rules" / "outreach.yaml", _Rules).target_groups
if [rule.id for rule in GROUPS] != list(TargetGroup):
    raise RuntimeError("rules/outreach.yaml names other target groups than this module")
