"""What is said of a local rule, whichever door it came through, and what cannot be."""

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from ombudsman_app.core.clock import today
from ombudsman_app.coverage.errors import LocalRuleRefused
from ombudsman_app.coverage.local_rules import (
    COUNCIL_KINDS,
    EARLIEST_YEAR,
    IN_FORCE_ONCE,
    LEVELS,
    YEARS_AHEAD,
    Answer,
    RuleKind,
    RuleState,
)
from ombudsman_app.directory.models import Region

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./,\-–]{0,59}")
_OFFICIAL = (".go.id", ".desa.id")  # product setting: where governments and villages publish


@dataclass(frozen=True)
class LocalRuleInput:
    """A rule as one knows it. `answers`: by the names of QUESTIONS; `is_known_twin`: that there is another
    rule of this number was seen."""

    region_id: int
    kind: RuleKind
    number: str | None = None
    year: int | None = None
    year_in_source: str = ""
    title: str = ""
    village: str = ""
    status: RuleState = RuleState.PLANNED
    status_on: date | None = None
    enacted_on: date | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    note: str = ""
    source: str = ""
    source_url: str = ""
    is_known_twin: bool = False


@dataclass(frozen=True)
class VerifyInput:
    """What a person read on the JDIH page, and when."""

    jdih_url: str
    opened_on: date
    seen: str
    number: str
    year: int
    title: str
    status: RuleState


@dataclass(frozen=True)
class MoveInput:
    """A new state, as of a day, why, and the rule that changed or repealed this one where it is known."""

    status: RuleState
    day: date
    words: str
    replaced_by_id: int | None = None


def refuse_impossible(given: LocalRuleInput, region: Region, day: date) -> None:
    """Raise LocalRuleRefused (field, why) for what cannot be, whoever says it. `day` is today."""
    if region.level not in LEVELS[given.kind]:
        raise LocalRuleRefused(field="kind", why="other_level")
    refuse_number(given.number)
    refuse_year(given.year, day)
    if given.enacted_on and given.enacted_on > day:
        raise LocalRuleRefused(field="enacted_on", why="future")
    if given.enacted_on and given.enacted_on.year < EARLIEST_YEAR:
        raise LocalRuleRefused(field="enacted_on", why="ancient")
    if given.status_on and given.status_on > day:
        raise LocalRuleRefused(field="status_on", why="future")
    if given.enacted_on and given.year and given.enacted_on.year != given.year:
        raise LocalRuleRefused(field="enacted_on", why="other_year")
    if given.status is RuleState.IN_DPRD and given.kind not in COUNCIL_KINDS:
        raise LocalRuleRefused(field="status", why="no_council")
    if (given.kind is RuleKind.PERDES) != bool(given.village):
        raise LocalRuleRefused(field="village", why="village" if not given.village else "no_village")
    if not (given.title or given.number or given.note):
        raise LocalRuleRefused(field="title", why="nothing_known")


def refuse_number(number: str | None) -> None:
    """Raise LocalRuleRefused for what is no number of a rule."""
    if number is not None and not _NUMBER.fullmatch(number):
        raise LocalRuleRefused(field="number", why="no_number")


def refuse_year(year: int | None, day: date) -> None:
    """Raise LocalRuleRefused for a year before 1945 or after next year (domain/coverage.md §6)."""
    if year is None:
        return
    if year > day.year + YEARS_AHEAD:
        raise LocalRuleRefused(field="year", why="year_ahead")
    if year < EARLIEST_YEAR:
        raise LocalRuleRefused(field="year", why="year_ancient")


def refuse_address(address: str, name: str, *, is_official: bool) -> None:
    """Raise LocalRuleRefused for what is no https address; `is_official`: of a government or a village.

    Nobody fetches it: it is shown as text and as a link (FB2 has nothing to time out).
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise LocalRuleRefused(field=name, why="no_address") from None
    is_plain = not (set(address) & set(" \"'<>\\^`{|}\t\r\n")) and address.isprintable()
    if parts.scheme != "https" or "." not in host or "@" in parts.netloc or port or not is_plain:
        raise LocalRuleRefused(field=name, why="no_address")
    if is_official and not host.endswith(_OFFICIAL):
        raise LocalRuleRefused(field=name, why="not_official")


def refuse_verification(given: VerifyInput, zone: str) -> None:
    """Raise LocalRuleRefused for what cannot have been seen on a JDIH page."""
    day = today(zone)
    refuse_address(given.jdih_url, "jdih_url", is_official=True)
    refuse_number(given.number)
    refuse_year(given.year, day)
    if given.opened_on > day:
        raise LocalRuleRefused(field="opened_on", why="future")
    if given.opened_on.year < given.year - 1:  # a rule of next year may be there already
        raise LocalRuleRefused(field="opened_on", why="before_rule")
    if given.status not in IN_FORCE_ONCE:
        raise LocalRuleRefused(field="status", why="not_in_force")
