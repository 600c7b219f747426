"""What an instrument is made of, how it is read, and the one that is shipped."""

from .reading import read_definition
from .shape import (
    COMPONENTS,
    SCALE,
    AnswerType,
    Definition,
    Dimension,
    EvidenceKind,
    Indicator,
    Maladministration,
    RelevantIf,
    Threshold,
)
from .shipped import BPJSTK_BRANCH_V1_ID, bpjstk_branch_v1
from .writing import as_mapping, digest

__all__ = [
    "BPJSTK_BRANCH_V1_ID",
    "COMPONENTS",
    "SCALE",
    "AnswerType",
    "Definition",
    "Dimension",
    "EvidenceKind",
    "Indicator",
    "Maladministration",
    "RelevantIf",
    "Threshold",
    "as_mapping",
    "bpjstk_branch_v1",
    "digest",
    "read_definition",
]
