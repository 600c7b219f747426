"""What may happen to a finding, and by when (`rules/findings.yaml`). No database in here."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.flow import Flow, Move
from ombudsman_app.core.workflow.more_time import MoreTimeRule
from ombudsman_app.core.workflow.rules import Limit, LimitRow, Mark, limits, load


class FindingState(StrEnum):
    """Where a finding stands. Order: its life. Overdue is no state: it is computed."""

    DRAFT = "draft"
    SENT = "sent"  # with the office under watch
    RESPONDED = "responded"  # with the Ombudsman, to be judged
    RETURNED = "returned"  # the answer was not enough
    ACCEPTED = "accepted"  # the answer is enough; what was promised is watched
    DONE = "done"


_S = FindingState
FINDING = Flow(
    {
        "send": Move({_S.DRAFT}, _S.SENT),
        "respond": Move({_S.SENT, _S.RETURNED}, _S.RESPONDED),
        "give_back": Move({_S.RESPONDED, _S.ACCEPTED}, _S.RETURNED),
        "accept": Move({_S.RESPONDED}, _S.ACCEPTED),
        "finish": Move({_S.RESPONDED, _S.ACCEPTED}, _S.DONE),
    },
    closed=_S.DONE,
)
WAITING = frozenset({_S.SENT, _S.RETURNED})  # for the office under watch
JUDGED = frozenset({_S.RESPONDED, _S.ACCEPTED})  # by the Ombudsman


class MeasureKind(StrEnum):
    """Three kinds that the wording never mixes (design.md §5)."""

    CORRECTIVE_ACTION = "corrective_action"  # only from an LHP
    IMPROVEMENT_SUGGESTION = "improvement_suggestion"  # audit, kajian, visit, employer
    RECOMMENDATION = "recommendation"  # by the Chair only


class Origin(StrEnum):
    """Where a finding comes from. The domain that makes one holds the link (design.md §12)."""

    LHP = "lhp"
    AUDIT = "audit"
    KAJIAN = "kajian"
    VISIT = "visit"
    EMPLOYER = "employer"  # a public body that does not act on an employer, or does not demand registration
    RECOMMENDATION = "recommendation"


class Position(StrEnum):
    """What an office says to a finding."""

    ACCEPT = "accept"
    IN_PART = "in_part"
    DISPUTE = "dispute"


class Verdict(StrEnum):
    """What another officer of the Ombudsman says to an answer."""

    ENOUGH = "enough"
    NOT_ENOUGH = "not_enough"  # back, with reasons
    DONE = "done"


EVENT_OF = {Verdict.ENOUGH: "accept", Verdict.NOT_ENOUGH: "give_back", Verdict.DONE: "finish"}


class Rung(StrEnum):
    """A step of the ladder, in its order."""

    REMINDER = "reminder"
    SUPERIOR = "superior"
    SECOND_TERM = "second_term"
    ESCALATION = "escalation"


class Receipt(StrEnum):
    """What proves receipt (design.md §12): opened in the portal, or what a delivery of a paper proves."""

    OPENED = "opened"
    DELIVERED = "delivered"


class PaperChannel(StrEnum):
    """Which way an answer came that did not come through the portal."""

    POST = "post"
    BY_HAND = "by_hand"
    MAIL = "mail"


class Decision(StrEnum):
    """What another person says to a large sheet (AZ10)."""

    ALLOWED = "allowed"
    REFUSED = "refused"


@dataclass(frozen=True)
class MoveRow:
    """One line of the table of moves, as the file has it."""

    move: str
    from_: FindingState
    to: FindingState
    by: str


@dataclass(frozen=True)
class SaidBy:
    """What the status of a measure becomes by what is said about it."""

    accept: str
    in_part: str
    dispute: str
    progress: str
    done: str


@dataclass(frozen=True)
class MeasureRule:
    """One kind of measure."""

    id: MeasureKind
    id_label: str
    origins: tuple[Origin, ...]
    statuses: tuple[str, ...]
    said_by: SaidBy
    src: tuple[str, ...]
    verified: Mark
    by: str | None = None
    legal: str | None = None


@dataclass(frozen=True)
class Span:
    """A length in days."""

    days: int
    day_type: str

    @property
    def length(self) -> tuple[int, Unit]:
        return self.days, Unit(f"{self.day_type}_days")


@dataclass(frozen=True)
class RungRule:
    """One step of the ladder: its letter, to whom it goes, after how long it is proposed, the new term."""

    id: Rung
    id_label: str
    letter: str
    to: str
    after: Span
    verified: Mark
    term: Span | None = None


@dataclass(frozen=True)
class SuperiorRule:
    """Who stands above an office of a kind."""

    kind: str
    who: str


@dataclass(frozen=True)
class FindingRules:
    """The whole file."""

    version: int
    moves: tuple[MoveRow, ...]
    measures: tuple[MeasureRule, ...]
    computed: tuple[str, ...]
    responses: tuple[LimitRow, ...]
    ladder: tuple[RungRule, ...]
    superiors: tuple[SuperiorRule, ...]
    more_time: MoreTimeRule


RULES = load(Path(__file__).parent / "rules" / "findings.yaml", FindingRules)
RULE_VERSION = f"findings.yaml {RULES.version}"  # stored beside a day that is counted with it
MEASURES = {rule.id: rule for rule in RULES.measures}
RUNGS = {rule.id: rule for rule in RULES.ladder}
SUPERIORS = {rule.kind: rule.who for rule in RULES.superiors}
LIMITS = {limit.id: limit for limit in limits(RULES.responses, "findings.yaml: responses", is_law=False)}
_RESPONSES = {(Origin(limit.name.split("_")[1]), limit.regime): limit for limit in LIMITS.values()}
SENT_BY_OWN_PAPER = frozenset(Origin) - {Origin.LHP}  # an LHP is the paper itself: no second one goes out


def response_limit(origin: Origin, regime: str | None = None) -> Limit:
    """Return how long an office has to answer a finding of this origin.

    `regime`: the rules that the case behind it began under, where older ones still hold for it (DI7).
    """
    return _RESPONSES.get((origin, regime)) or _RESPONSES[origin, None]


def measure_of(origin: Origin) -> MeasureKind:
    """Return the one kind of measure that a finding of this origin carries."""
    return next(rule.id for rule in RULES.measures if origin in rule.origins)


def status_after(kind: MeasureKind, said: Position | str) -> str:
    """Return the status of a measure once this was said: a position, `progress` or `done`."""
    return str(getattr(MEASURES[kind].said_by, str(said)))


def next_rung(released: frozenset[Rung]) -> Rung | None:
    """Return the step that follows those that were released; None above the last."""
    return next((rung for rung in RUNGS if rung not in released), None)
