"""What may happen to a compliance case, and by when. No database in here.

States and the ladder are those of `rules/employers.yaml`; moves, and times that the law
does not give, stand in `rules/compliance.yaml`.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.flow import Flow, Transition
from ombudsman_app.core.workflow.rules import Limit, LimitRow, Mark, limits, load
from ombudsman_app.employers.states import RULE_VERSION as LAW_VERSION
from ombudsman_app.employers.states import RULES as LAW


class CaseState(StrEnum):
    """Where a case stands: `compliance_status`, in its order. Late is no state: it is computed."""

    REPORTED = "reported"
    VERIFIED = "verified_by_ombudsman_contact"
    FORWARDED = "forwarded_to_bpjs"
    SUPERVISED = "under_supervision"
    WARNED_1 = "warned_1"
    WARNED_2 = "warned_2"
    FINED = "fined"
    TMP2T_REQUESTED = "tmp2t_requested"
    TMP2T_APPLIED = "tmp2t_applied"
    COMPLIED = "complied"
    DISPUTED = "disputed"
    NOT_PROVEN = "not_proven"
    CLOSED = "closed"


# The stages of a case in their order; a protest stands beside them, an end behind them.
STAGES = (
    CaseState.REPORTED,
    CaseState.VERIFIED,
    CaseState.FORWARDED,
    CaseState.SUPERVISED,
    CaseState.WARNED_1,
    CaseState.WARNED_2,
    CaseState.FINED,
    CaseState.TMP2T_REQUESTED,
    CaseState.TMP2T_APPLIED,
)


class LadderAct(StrEnum):
    """A step of the ladder that a public body takes and that we record (`sanction_ladder`)."""

    NOTIFICATION = "notification"
    WARNING_1 = "warning_1"
    WARNING_2 = "warning_2"
    FINE = "fine"
    TMP2T_REQUEST = "tmp2t_request"
    TMP2T_APPLIED = "tmp2t_applied"
    TMP2T_LIFTED = "tmp2t_lifted"
    SKK = "skk"  # in parallel: a special power to the state attorney


class CaseSource(StrEnum):
    """What a case began with. Never who."""

    COMPLAINT = "complaint"
    TIP = "tip"
    AUDIT = "audit"
    IMPORT = "import"
    PROJECT = "project"
    VISIT = "visit"


class Recipient(StrEnum):
    """To whom a case is forwarded."""

    BRANCH = "branch"  # of BPJS Ketenagakerjaan: it must act
    LABOUR_OFFICE = "labour_office"  # it is told


class CameBy(StrEnum):
    """How we learned of a step."""

    PORTAL = "portal"
    LETTER = "letter"  # filed by an officer of the Ombudsman


class Said(StrEnum):
    """What is said about a case beside its steps."""

    VERIFIED = "verified"
    NOTE = "note"  # stays inside this house
    DISPUTED = "disputed"
    REVIEWED = "reviewed"
    ENDED = "ended"


class Review(StrEnum):
    """What another officer says to a protest."""

    UPHELD = "upheld"  # the non-compliance is not proven
    REJECTED = "rejected"  # the case goes on where it stood


class DelayDecision(StrEnum):
    """What a person says to a delay that is proposed as a finding."""

    FOUND = "found"
    DROPPED = "dropped"


@dataclass(frozen=True)
class MoveRow:
    """One line of the table of moves, as the file has it."""

    move: str
    from_: CaseState
    to: CaseState
    by: str


@dataclass(frozen=True)
class Wait:
    """How long after a last day something follows."""

    days: int
    day_type: str
    src: tuple[str, ...]
    verified: Mark

    @property
    def length(self) -> tuple[int, Unit]:
        return self.days, Unit(f"{self.day_type}_days")


@dataclass(frozen=True)
class DisputeRule:
    """Whether a protest lets the time of the public body stand still: `stops` or `runs`."""

    clock: str
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class ComplianceRules:
    """The whole file."""

    version: int
    moves: tuple[MoveRow, ...]
    times: tuple[LimitRow, ...]
    fine_day_type: str
    reminder: Wait
    finding: Wait
    dispute: DisputeRule


@dataclass(frozen=True)
class LadderRule:
    """One step of the ladder, as employers.yaml has it."""

    act: LadderAct
    step: int
    id_label: str
    by: str  # bpjs_branch or local_government
    legal: str | None
    verified: Mark


FORWARDING = "forwarding"  # the clock that runs from the proven receipt of a forwarded case
RULES = load(Path(__file__).parent.parent / "rules" / "compliance.yaml", ComplianceRules)
RULE_VERSION = f"compliance.yaml {RULES.version}, {LAW_VERSION}"  # stored beside a day counted with it
CASE = Flow([Transition(row.move, row.from_, row.to, row.by) for row in RULES.moves])
ENDED = frozenset({CaseState.COMPLIED, CaseState.NOT_PROVEN, CaseState.CLOSED})
WITH_BRANCH = tuple(state for state in CaseState if "dispute" in CASE.open_events(state))
LADDER = {
    LadderAct(row["id"]): LadderRule(
        LadderAct(row["id"]),
        row["step"],
        row["id_label"],
        row["by"],
        row.get("legal"),
        Mark(row["verified"]),
    )
    for row in LAW.sanction_ladder["steps"]
}
TMP2T_SERVICES = {row["id"]: row["id_label"] for row in LAW.sanction_ladder["tmp2t_services_employer"]}
ENDS = {"comply": CaseState.COMPLIED, "not_proven": CaseState.NOT_PROVEN, "close": CaseState.CLOSED}


def _of_law() -> tuple[LimitRow, ...]:
    """Return the times that the ladder of the law gives: both warnings and the fine."""
    rows = (row for row in LAW.sanction_ladder["steps"] if "max_days" in row)
    return tuple(
        LimitRow(
            id=f"L{row['step']:02}",
            name=row["id"],
            starts=f"{row['id']}_delivered",
            days=row["max_days"],
            day_type=row.get("day_type", RULES.fine_day_type),
            legal=row.get("legal"),
            src=tuple(row["src"]),
            verified=Mark(row["verified"]),
            days_verified=Mark(row.get("days_verified", row["verified"])),
        )
        for row in rows
    )


LIMITS: dict[str, Limit] = {
    limit.name: limit
    for limit in (
        *limits(RULES.times, "compliance.yaml: times", is_law=False),
        *limits(_of_law(), "employers.yaml: sanction_ladder", is_law=True),
    )
}


def limit_after(clock: str) -> Limit | None:
    """Return how long a public body has after a step, or after the receipt of a case; None: no time runs."""
    return LIMITS.get(clock)


def event_of(act: LadderAct) -> str | None:
    """Return the move that a step makes; None: it changes nothing about where the case stands."""
    return act.value if any(row.move == act for row in CASE.transitions) else None


def open_acts(state: CaseState) -> list[LadderAct]:
    """Return the steps that may be recorded now, in the order of the ladder."""
    if state not in WITH_BRANCH:
        return []
    events = CASE.open_events(state)
    return [act for act in LADDER if event_of(act) in events or _is_beside(act, state)]


def _is_beside(act: LadderAct, state: CaseState) -> bool:
    if act is LadderAct.SKK:
        return True
    return act is LadderAct.TMP2T_LIFTED and state is CaseState.TMP2T_APPLIED


def next_act(state: CaseState) -> LadderAct | None:
    """Return the step that the ladder has next; None where it has none."""
    order = {
        CaseState.FORWARDED: LadderAct.NOTIFICATION,
        CaseState.SUPERVISED: LadderAct.WARNING_1,
        CaseState.WARNED_1: LadderAct.WARNING_2,
        CaseState.WARNED_2: LadderAct.FINE,
        CaseState.FINED: LadderAct.TMP2T_REQUEST,
        CaseState.TMP2T_REQUESTED: LadderAct.TMP2T_APPLIED,
    }
    return order.get(state)


def is_by_government(act: LadderAct) -> bool:
    """Whether a local government, and not the branch, takes this step."""
    return LADDER[act].by == "local_government"
