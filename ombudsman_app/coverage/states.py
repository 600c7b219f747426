"""What is counted, and how sure a figure is (`rules/coverage.yaml`). No database in here."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ombudsman_app.core.workflow.rules import Mark, load


class Definition(StrEnum):
    """What a figure counts, and against what. Two of them never share an axis (`coverage.md` §1)."""

    UCJ = "ucj"
    LABOUR_FORCE_SHARE = "labour_force_share"
    SEGMENT_COVERAGE = "segment_coverage"
    VILLAGE_OFFICIALS = "village_officials"
    VULNERABLE_PAID = "vulnerable_paid"


class Part(StrEnum):
    """Which part of a definition a figure speaks of; `WHOLE` where it has no parts, or of all of them."""

    WHOLE = ""
    PU = "pu"  # wage earners
    BPU = "bpu"  # those who pay for themselves
    JAKON = "jakon"  # construction, counted by project
    PMI = "pmi"  # migrant workers
    PU_AND_PMI = "pu_and_pmi"  # some sources give both in one number
    HEAD = "head"  # village heads
    APPARATUS = "apparatus"
    HEAD_AND_APPARATUS = "head_and_apparatus"
    BPD = "bpd"
    RT_RW = "rt_rw"
    APBN = "apbn"
    APBD_PROVINCE = "apbd_province"
    APBD_REGENCY = "apbd_regency"
    APBDES = "apbdes"
    CSR = "csr"
    DONATION = "donation"


class Level(StrEnum):
    """What kind of place a figure is about."""

    NATION = "nation"
    PROVINCE = "province"
    REGENCY = "regency"  # and cities
    AREA = "area"  # what no code names: the regencies of one branch
    UNKNOWN = "unknown"


class FigureStatus(StrEnum):
    """How a figure was come by (`coverage.md` §4); the words of the file."""

    COMPUTED = "computed"  # numerator and denominator are known: recalculated
    QUOTED = "quoted"
    QUALITATIVE = "qualitative"  # words without a number
    DO_NOT_USE = "do_not_use"  # kept so that nobody takes it up again


class Standing(StrEnum):
    """Where a figure stands. A figure is never changed: a revision is a row of its own."""

    PROPOSED = "proposed"
    CURRENT = "current"
    SUPERSEDED = "superseded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Flag(StrEnum):
    """What is odd about a figure that was taken all the same. Shown beside the number."""

    APPROXIMATE = "approximate"  # the day is that of the source: when it was counted is not said
    UNDATED = "undated"  # neither day is known: it is never the newest
    ABOVE_100 = "above_100"
    DIFFERS = "differs"  # from the percentage that the source gives, by more than its rounding
    ROUNDED = "rounded"  # the source rounds what its own counts give
    PARTS_DIFFER = "parts_differ"  # the parts do not add up to it
    SUM_DIFFERS = "sum_differs"  # the regencies do not add up to it
    OLD_CODE = "old_code"  # the source names the place as it was before a split


ODD = tuple(flag for flag in Flag if flag not in (Flag.APPROXIMATE, Flag.UNDATED))  # more than the day


PARTS: dict[Definition, tuple[Part, ...]] = {
    Definition.UCJ: (Part.WHOLE,),
    Definition.LABOUR_FORCE_SHARE: (Part.WHOLE,),
    Definition.SEGMENT_COVERAGE: (Part.PU, Part.BPU, Part.JAKON, Part.PMI, Part.PU_AND_PMI),
    Definition.VILLAGE_OFFICIALS: (
        Part.HEAD, Part.APPARATUS, Part.HEAD_AND_APPARATUS, Part.BPD, Part.RT_RW,
    ),
    Definition.VULNERABLE_PAID: (
        Part.WHOLE, Part.APBN, Part.APBD_PROVINCE, Part.APBD_REGENCY, Part.APBDES, Part.CSR, Part.DONATION,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class DefinitionRule:
    """One definition, as the file has it."""

    id: Definition
    id_label: str
    numerator: str
    denominator: str
    src: tuple[str, ...] = ()
    verified: Mark = Mark.UNVERIFIED
    formula: str | None = None
    evidence: str | None = None
    warning: str | None = None


@dataclass(frozen=True)
class CoverageRules:
    """The whole file. What other modules read for themselves stands here as it is in the file."""

    version: int
    definitions: tuple[DefinitionRule, ...]
    required_fields: tuple[str, ...]
    rules: tuple[str, ...]
    figures: tuple[dict[str, Any], ...]
    targets: tuple[dict[str, Any], ...]
    inpres_2_2021: dict[str, Any]
    related_policy: tuple[dict[str, Any], ...]
    local_rules: dict[str, Any]


RULES = load(Path(__file__).parent / "rules" / "coverage.yaml", CoverageRules)
DEFINITIONS = {rule.id: rule for rule in RULES.definitions}
NATION_CODE = "ID"
