"""Words of innovations: how far they are, what sources speak of, what is released. No database in here."""

from enum import StrEnum


class InnovationStatus(StrEnum):
    """How far an innovation is, on the day that the source speaks of."""

    IDEA = "idea"
    RUNNING = "running"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class Aspect(StrEnum):
    """What a statement of a source is about."""

    WHAT = "what"
    FUNDING = "funding"
    TARGET_GROUP = "target_group"
    RESULT = "result"


class ProposalKind(StrEnum):
    """What another person releases; as addresses name it."""

    FACTS = "facts"
    STATEMENT = "statements"
    EVALUATION = "evaluations"
