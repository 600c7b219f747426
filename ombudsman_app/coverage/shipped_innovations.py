"""The innovations that are shipped and what innovations are judged by. No database in here."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ombudsman_app.core.workflow.rules import Mark, load
from ombudsman_app.coverage.innovations import Aspect, InnovationStatus
from ombudsman_app.directory.errors import ReferenceBroken

_HERE = Path(__file__).parent
_FILE = _HERE / "data" / "shipped_innovations.yaml"
_CRITERIA = _HERE / "rules" / "innovations.yaml"


@dataclass(frozen=True)
class Criterion:
    """One thing that an innovation is judged by: its label and the question that the officer answers."""

    id: str
    id_label: str
    question: str


@dataclass(frozen=True)
class Statement:
    """What a source says: in plain words, and word for word. The first of `src` is where it stands."""

    aspect: Aspect
    text: str
    quote: str
    speaker: str
    as_of: date
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
    statement names no source: nothing is shown that nobody said.
    """
    found = load(path, _Innovations).innovations
    _refuse_twice([one.slug for one in found], path)
    for one in found:
        if not one.statements or not all(told.src for told in one.statements):
            raise ReferenceBroken(path.name, f"{one.slug}: every statement needs a source")
    return found


@cache
def criteria(path: Path = _CRITERIA) -> tuple[Criterion, ...]:
    """Return what innovations are judged by, in their order. Raises RulesBroken, ReferenceBroken."""
    found = load(path, _Criteria).criteria
    _refuse_twice([one.id for one in found], path)
    return found


def _refuse_twice(names: list[str], path: Path) -> None:
    if len(set(names)) != len(names):
        raise ReferenceBroken(path.name, "a name stands there twice")
