"""What `rules/complaints.yaml` may hold, key by key. An unknown key is refused at load."""

from dataclasses import dataclass
from datetime import date

from ombudsman_app.core.workflow.rules import LimitRow, Mark


@dataclass(frozen=True)
class Days:
    value: int
    day_type: str


@dataclass(frozen=True)
class Regime:
    """A set of rules that a case begins and ends under."""

    id: str
    title: str
    in_force: bool
    default_for: str
    report_document: str  # LHP, in older rules LAHP
    corrective_days: Days
    src: tuple[str, ...]
    verified: Mark
    effective_date: date | None = None
    replaces: tuple[str, ...] = ()
    complainant_reply_days: Days | None = None


@dataclass(frozen=True)
class Labelled:
    """A word of a list and its Indonesian label; `legal`, `src` and `verified` where the file has them."""

    id: str
    id_label: str
    definition: str | None = None
    effect: str | None = None
    legal: str | None = None
    condition: str | None = None
    note: str | None = None
    requires_corrective_action: bool | None = None
    src: tuple[str, ...] = ()
    verified: Mark | None = None


@dataclass(frozen=True)
class ReporterType:
    id: str
    id_label: str
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormalRequirement:
    """One F item. `mandatory` may be the word `conditional`."""

    id: str
    field: str
    id_label: str
    mandatory: bool | str
    legal: str
    src: tuple[str, ...]
    verified: Mark
    waivable_by: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class MaterialRequirement:
    """One M item."""

    id: str
    test: str
    id_label: str
    legal: str
    src: tuple[str, ...]
    verified: Mark
    compute: str | None = None
    continuing_event: str | None = None


@dataclass(frozen=True)
class StateRule:
    """A state as the file describes it. `terminal`: no clock runs."""

    id: str
    phase: str
    id_label: str
    owner: str
    documents: tuple[str, ...]
    terminal: bool = False
    regime: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class TransitionRow:
    """One row of the table of transitions."""

    from_: str
    to: str
    by: str
    released_by: str | None = None
    outcome: str | None = None
    event: str | None = None
    regime: str | None = None
    when: str | None = None


@dataclass(frozen=True)
class SideMoveRow:
    id: str
    from_: str
    to: str
    by: str
    released_by: str | None = None
    outcome: str | None = None
    when: str | None = None


@dataclass(frozen=True)
class Jurisdiction:
    rule: str
    consequence: str
    eligible_respondents: tuple[Labelled, ...]
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class Confidentiality:
    levels: tuple[Labelled, ...]
    duty_after_office: bool
    src: tuple[str, ...]


@dataclass(frozen=True)
class Fees:
    amount: int
    legal: str
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class Withdrawal:
    from_any_open_state: bool
    to: str
    outcome: str
    requires: str
    note: str
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class RapidResponse:
    """Respon Cepat Ombudsman: one criterion is enough."""

    criteria_any_of: tuple[Labelled, ...]
    effect: str
    examples_in_this_domain: tuple[str, ...]
    legal: str
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class OwnInitiative:
    definition: str
    legal: str
    steps: tuple[str, ...]
    differences: tuple[str, ...]
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class RefusalGround:
    id: str
    letter: str | None
    id_label: str


@dataclass(frozen=True)
class Basis:
    """Source and mark of a whole list."""

    src: tuple[str, ...]
    verified: Mark
    letters_verified: Mark | None = None


@dataclass(frozen=True)
class Outcome:
    id: str
    id_label: str
    counts_as: str | None = None
    requires: str | None = None
    may_contain: str | None = None


@dataclass(frozen=True)
class ReportDocument:
    sections: tuple[str, ...]
    conclusions: tuple[Labelled, ...]
    corrective_action_addressees: tuple[str, ...]
    rule_confidential: str
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class RecommendationRule:
    minimum_content: tuple[str, ...]
    legal: str
    addressees: tuple[str, ...]
    binding: str
    on_ignored: str
    checks: str
    signer: str
    src: tuple[str, ...]
    verified: Mark
    content_verified: Mark


@dataclass(frozen=True)
class ConflictRule:
    rule: str
    legal: str
    software: str
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class PeriodicReport:
    id: str
    to: tuple[str, ...]
    legal: str
    src: tuple[str, ...]
    verified: Mark
    interval_months: int | None = None
    due: str | None = None
    published_after_delivery: bool = False
    contents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Substance:
    """What a case is about; the finer list is a proposal of the product."""

    unit: Labelled
    main: tuple[Labelled, ...]
    sub_social_security: tuple[Labelled, ...]


@dataclass(frozen=True)
class NumberFormat:
    format: str
    example: str | None = None
    note: str | None = None
    observed: tuple[str, ...] = ()
    src: tuple[str, ...] = ()
    verified: Mark | None = None


@dataclass(frozen=True)
class Numbering:
    registration: NumberFormat
    public_ticket: NumberFormat
    letter: NumberFormat


@dataclass(frozen=True)
class ComplaintRules:
    """The whole file."""

    version: int
    regimes: tuple[Regime, ...]
    intake_channels: tuple[Labelled, ...]
    reporter_types: tuple[ReporterType, ...]
    formal_requirements: tuple[FormalRequirement, ...]
    material_requirements: tuple[MaterialRequirement, ...]
    jurisdiction: Jurisdiction
    confidentiality: Confidentiality
    fees: Fees
    actors: tuple[Labelled, ...]
    phases: tuple[Labelled, ...]
    states: tuple[StateRule, ...]
    transitions: tuple[TransitionRow, ...]
    side_moves: tuple[SideMoveRow, ...]
    withdrawal: Withdrawal
    deadlines: tuple[LimitRow, ...]
    internal_targets: tuple[LimitRow, ...]
    rco: RapidResponse
    iaps: OwnInitiative
    refusal_grounds: tuple[RefusalGround, ...]
    refusal_src: Basis
    outcomes: tuple[Outcome, ...]
    report_document: ReportDocument
    corrective_action_status: tuple[str, ...]
    recommendation: RecommendationRule
    conflict_of_interest: ConflictRule
    periodic_reports: tuple[PeriodicReport, ...]
    maladministration_forms: tuple[Labelled, ...]
    maladministration_src: Basis
    substance: Substance
    dispute_resolution: tuple[Labelled, ...]
    dispute_src: Basis
    numbering: Numbering


@dataclass(frozen=True)
class EffectiveDate:
    id: str
    date: date
    note: str
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class ComplaintSettings:
    """`rules/settings.yaml`: what the product settles where the rules are silent."""

    version: int
    regime_effective_dates: tuple[EffectiveDate, ...]
