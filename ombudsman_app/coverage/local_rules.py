"""Kinds and states of local rules (`rules/coverage.yaml`, `local_rules`). No database in here."""

from enum import StrEnum

from ombudsman_app.directory.models import RegionLevel

from .rules_file import told_of

EARLIEST_YEAR = 1945  # domain/coverage.md §6
YEARS_AHEAD = 1


class RuleKind(StrEnum):
    """The kinds of the tracker. `perda_kabupaten` is also the Perda of a city."""

    PERDA_PROVINSI = "perda_provinsi"
    PERDA_KABUPATEN = "perda_kabupaten"
    PERGUB = "pergub"
    PERBUP = "perbup"
    PERWALI = "perwali"
    PERDES = "perdes"
    SK = "sk_penetapan_penerima"
    CIRCULAR = "surat_edaran"


class RuleState(StrEnum):
    """How far a rule has come."""

    PLANNED = "planned"
    DRAFT = "draft"
    IN_DPRD = "in_dprd"
    ENACTED = "enacted"
    PROMULGATED = "promulgated"
    CHANGED = "changed"
    REPEALED = "repealed"
    DISPUTED = "disputed"


class Verification(StrEnum):
    """Whether a person has opened the JDIH page (`domain/coverage.md` §6)."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What is known of a question about a rule."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class RuleEventKind(StrEnum):
    """What can happen to a row of the register."""

    ADDED = "added"
    CORRECTED = "corrected"
    MOVED = "moved"  # its state
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


_REGENCIES = frozenset({RegionLevel.REGENCY, RegionLevel.CITY})
_ALL = _REGENCIES | {RegionLevel.PROVINCE}
LEVELS: dict[RuleKind, frozenset[RegionLevel]] = {
    RuleKind.PERDA_PROVINSI: frozenset({RegionLevel.PROVINCE}),
    RuleKind.PERDA_KABUPATEN: _REGENCIES,
    RuleKind.PERGUB: frozenset({RegionLevel.PROVINCE}),
    RuleKind.PERBUP: frozenset({RegionLevel.REGENCY}),
    RuleKind.PERWALI: frozenset({RegionLevel.CITY}),
    RuleKind.PERDES: _REGENCIES,  # the village is named beside: the directory ends at districts
    RuleKind.SK: _ALL,
    RuleKind.CIRCULAR: _ALL,
}
COUNCIL_KINDS = frozenset({RuleKind.PERDA_PROVINSI, RuleKind.PERDA_KABUPATEN})  # those that pass the DPRD
IN_FORCE_ONCE = frozenset({RuleState.ENACTED, RuleState.PROMULGATED, RuleState.CHANGED, RuleState.REPEALED})
BY_ANOTHER = frozenset({RuleState.CHANGED, RuleState.REPEALED})
_BEFORE = (RuleState.PLANNED, RuleState.DRAFT, RuleState.IN_DPRD, RuleState.ENACTED, RuleState.PROMULGATED)
MOVES: dict[RuleState, tuple[RuleState, ...]] = {
    RuleState.PLANNED: (*_BEFORE[1:], RuleState.DISPUTED),
    RuleState.DRAFT: (*_BEFORE[2:], RuleState.DISPUTED),
    RuleState.IN_DPRD: (RuleState.DRAFT, *_BEFORE[3:], RuleState.DISPUTED),
    RuleState.ENACTED: (RuleState.PROMULGATED, RuleState.CHANGED, RuleState.REPEALED, RuleState.DISPUTED),
    RuleState.PROMULGATED: (RuleState.CHANGED, RuleState.REPEALED, RuleState.DISPUTED),
    RuleState.CHANGED: (RuleState.CHANGED, RuleState.REPEALED, RuleState.DISPUTED),
    RuleState.REPEALED: (RuleState.DISPUTED,),
    RuleState.DISPUTED: (*_BEFORE, RuleState.CHANGED, RuleState.REPEALED),
}
QUESTIONS = (
    "covers_non_asn",
    "covers_village_officials",
    "covers_vulnerable",
    "names_budget_source",
    "names_ptsp_condition",
)


def moves_from(state: RuleState, kind: RuleKind) -> tuple[RuleState, ...]:
    """Return where a rule of this kind can go from here; only a Perda comes before the DPRD."""
    return tuple(one for one in MOVES[state] if one is not RuleState.IN_DPRD or kind in COUNCIL_KINDS)


def _refuse_other_words() -> None:
    told = told_of("local_rules")
    if set(told["kinds"]) != set(RuleKind) or set(told["statuses"]) != set(RuleState):
        raise RuntimeError("rules/coverage.yaml names other kinds or states of local rules than this module")
    if missing := set(QUESTIONS) - set(told["tracker_fields"]):
        raise RuntimeError(f"rules/coverage.yaml does not ask {sorted(missing)}")


_refuse_other_words()
