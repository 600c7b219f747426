"""Rules files: numbers of law with article, source and mark, read once and refused when something is off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from .deadlines import NotCountable, Unit
from .shape import RulesBroken, fit
from .yaml_file import read_yaml

T = TypeVar("T")
REGISTRY = Path(__file__).parent / "sources.yaml"


class Mark(StrEnum):
    """How sure we are of a value."""

    TEXT = "text"  # the wording of the rule was read
    PRESS = "press"  # official page, document or press
    UNVERIFIED = "unverified"  # general knowledge: an administrator may override it


class Level(StrEnum):
    """What kind of source it is."""

    LAW_TEXT = "law_text"
    OFFICIAL = "official"
    PRESS = "press"
    DOCUMENT = "document"
    DATASET = "dataset"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True)
class Source:
    """One entry of the registry of sources."""

    level: Level
    title: str
    url: str | None = None
    url2: str | None = None
    file: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class LimitRow:
    """A time limit as it stands in a file: one of days, months, years, hours, count."""

    id: str
    name: str
    starts: str | None = None
    days: int | None = None
    day_type: str | None = None
    months: int | None = None
    years: int | None = None
    hours: int | None = None
    count: int | None = None
    who: str | None = None
    on_expiry: str | None = None
    legal: str | None = None
    regime: str | None = None
    src: tuple[str, ...] = ()
    verified: Mark | None = None
    days_verified: Mark | None = None


@dataclass(frozen=True)
class Limit:
    """A time limit ready to be counted. Targets of the product have no article, source or mark."""

    id: str
    name: str
    length: int | None
    unit: Unit | None
    count: int | None  # a number of times instead of a length (summons)
    starts: str | None  # the event whose proven receipt is day 0
    legal: str | None
    src: tuple[str, ...]
    verified: Mark | None
    regime: str | None  # None: under every set of rules
    on_expiry: str | None
    who: str | None
    length_verified: Mark | None = None  # where the number is less sure than the rule

    @property
    def span(self) -> tuple[int, Unit]:
        """Length and unit, ready for `explain`. Raises NotCountable where the rule counts times."""
        if self.length is None or self.unit is None:
            raise NotCountable(f"{self.id} has no length")
        return self.length, self.unit


@cache
def sources(path: Path = REGISTRY) -> Mapping[str, Source]:
    """Return the registry of sources by key. Raises RulesBroken."""
    held = read_yaml(path).get("sources")
    if not isinstance(held, dict):
        raise RulesBroken(f"{path.name}: the key 'sources' is missing")
    return MappingProxyType({k: fit(Source, v, f"{path.name}: sources.{k}") for k, v in held.items()})


def load(path: Path, shape: type[T], registry: Mapping[str, Source] | None = None) -> T:
    """Read a rules file into its shape. Callers keep the result; reading costs about 20 ms.

    Raises RulesBroken for an unknown key, a wrong type, a source that the registry lacks, a strange mark.
    """
    held = read_yaml(path)
    _check_sources(held, path.name, sources() if registry is None else registry)
    return fit(shape, held, path.name)


def limits(rows: Iterable[LimitRow], where: str, *, is_law: bool) -> tuple[Limit, ...]:
    """Return the rows as limits, in order. Numbers of law need article, source and mark; ids are unique."""
    found = tuple(_limit(row, f"{where}.{row.id}", is_law) for row in rows)
    for names in ([limit.id for limit in found], [limit.name for limit in found]):
        if len(set(names)) != len(names):
            raise RulesBroken(f"{where}: an id or a name stands there twice")
    return found


def _limit(row: LimitRow, where: str, is_law: bool) -> Limit:
    lengths: dict[str, int | None] = {
        "days": row.days, "months": row.months, "years": row.years, "hours": row.hours, "count": row.count,
    }  # fmt: skip
    given = {name: number for name, number in lengths.items() if number is not None}
    if len(given) != 1 or min(given.values()) < 1:
        raise RulesBroken(f"{where}: exactly one of {', '.join(lengths)} is needed, at least 1")
    ((name, number),) = given.items()
    if (name == "days") != (row.day_type is not None):
        raise RulesBroken(f"{where}: day_type goes with days")
    if is_law and not (row.legal and row.src and row.verified):
        raise RulesBroken(f"{where}: a number of law needs legal, src and verified")
    return Limit(
        id=row.id,
        name=row.name,
        length=None if name == "count" else number,
        unit=_unit(name, row.day_type, where),
        count=row.count,
        starts=row.starts,
        legal=row.legal,
        src=row.src,
        verified=row.verified,
        regime=row.regime,
        on_expiry=row.on_expiry,
        who=row.who,
        length_verified=row.days_verified or row.verified,
    )


def _unit(name: str, day_type: str | None, where: str) -> Unit | None:
    if name == "count":
        return None
    word = f"{day_type}_days" if name == "days" else name
    if word not in tuple(Unit):
        raise RulesBroken(f"{where}: day_type must be working or calendar")
    return Unit(word)


def _check_sources(held: object, where: str, registry: Mapping[str, Source]) -> None:
    """Every `src` names keys of the registry, every `verified` a mark, however deep they stand."""
    if isinstance(held, list):
        for number, item in enumerate(held):
            _check_sources(item, f"{where}[{number}]", registry)
    elif isinstance(held, dict):
        for key, value in held.items():
            place = f"{where}.{key}"
            if key == "src" and isinstance(value, list):
                for unknown in (word for word in value if word not in registry):
                    raise RulesBroken(f"{place}: the registry of sources has no {unknown!r}")
            elif (key == "verified" or str(key).endswith("_verified")) and value not in tuple(Mark):
                raise RulesBroken(f"{place}: {value!r} is none of {', '.join(Mark)}")
            else:
                _check_sources(value, place, registry)
