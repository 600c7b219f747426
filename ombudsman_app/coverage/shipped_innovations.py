"""The innovations that are shipped and what innovations are judged by. No database in here."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from ombudsman_app.core.workflow.rules import Mark, load
from ombudsman_app.directory.errors import ReferenceBroken

_HERE = Path(__file__).parent
_FILE = _HERE / "data" / "shipped_innovations.yaml"
_CRITERIA = _HERE / "rules" / "innovations.yaml"


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


@dataclass(frozen=True)
class Criterion:
    """One thing that an innovation is judged by: its label and the question that the officer answers."""

    id: str
    id_label: str
    question: str


@dataclass(frozen=True)
class Statement:
    """What one source says: in plain words, and word for word."""

    aspect: Aspect
    text: str
    quote: str
    speaker: str
    as_of: date
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class NumberClaim:
    """A number that a source claims, with its unit and the day that it refers to (None: not told)."""

    number: int
    unit: str
    as_of: date | None
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class ShippedInnovation:
    """One innovation as the sources tell of it. `since` is None where no source names the year."""

    slug: str
    name: str
    place_code: str
    owner: str
    since: int | None
    status: InnovationStatus
    status_on: date | None
    statements: tuple[Statement, ...]
    claims: tuple[NumberClaim, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Innovations:
    version: int
    innovations: tuple[ShippedInnovation, ...]


@dataclass(frozen=True)
class _Criteria:
    version: int
    criteria: tuple[Criterion, ...]


def shipped_innovations(path: Path = _FILE) -> tuple[ShippedInnovation, ...]:
    """Return the innovations of the file, in its order.

    Raises RulesBroken for a wrong shape or an unknown source, ReferenceBroken where a slug stands twice or a
    statement or claim names no source: nothing is shown that nobody said.
    """
    found = load(path, _Innovations).innovations
    _refuse_twice([one.slug for one in found], path)
    for one in found:
        told = [each.src for each in one.statements] + [each.src for each in one.claims]
        if not one.statements or not all(told):
            raise ReferenceBroken(path.name, f"{one.slug}: every statement and claim needs a source")
    return found


def criteria(path: Path = _CRITERIA) -> tuple[Criterion, ...]:
    """Return what innovations are judged by, in their order. Raises RulesBroken, ReferenceBroken."""
    found = load(path, _Criteria).criteria
    _refuse_twice([one.id for one in found], path)
    return found


def _refuse_twice(names: list[str], path: Path) -> None:
    if len(set(names)) != len(names):
        raise ReferenceBroken(path.name, "a name stands there twice")
