"""When a clock may stand still (`rules/pauses.yaml`, `domain/calendar.md` §1). No database in here."""

from dataclasses import dataclass
from enum import StrEnum

from ombudsman_app.core.workflow.more_time import MoreTimeRule
from ombudsman_app.core.workflow.rules import Mark, load

from .file import CLOCKS, FOLDER


class TimeOf(StrEnum):
    """TimeOf time a clock is."""

    OFFICE = "office"
    RESPONDENT = "respondent"
    REPORTER = "reporter"


@dataclass(frozen=True)
class Ground:
    """Why a clock may stand still, for whose time, and for how many calendar days at most."""

    id: str
    id_label: str
    times: tuple[TimeOf, ...]
    days: int
    src: tuple[str, ...]
    verified: Mark


@dataclass(frozen=True)
class PauseRules:
    """The whole file."""

    version: int
    most_days_of_a_clock: int
    src: tuple[str, ...]
    verified: Mark
    more_time: MoreTimeRule
    grounds: tuple[Ground, ...]


PAUSES = load(FOLDER / "pauses.yaml", PauseRules)
PAUSE_VERSION = f"pauses.yaml {PAUSES.version}"  # stored beside a pause that is asked under it
GROUNDS = {ground.id: ground for ground in PAUSES.grounds}
_WHO = {
    "reporter": TimeOf.REPORTER,
    "respondent": TimeOf.RESPONDENT,
    "respondent_superior": TimeOf.RESPONDENT,
}


def whose_time(clock: str) -> TimeOf:
    """Return whose time a clock is (`who` of complaints.yaml); what names nobody outside is the office's."""
    limit = CLOCKS.get(clock)
    return _WHO.get(limit.who or "" if limit else "", TimeOf.OFFICE)


def grounds_for(clock: str) -> tuple[Ground, ...]:
    """Return the grounds for which this clock may stand still."""
    return tuple(ground for ground in PAUSES.grounds if whose_time(clock) in ground.times)


def ends_only_at_its_limit(clock: str) -> bool:
    """Whether nobody ends a pause of it before its last day: days told to a reporter are not taken back."""
    return whose_time(clock) is TimeOf.REPORTER
