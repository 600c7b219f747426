"""What is said of an outreach event, whichever door it came through, and what cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from ombudsman_app.core import limits
from ombudsman_app.core.clock import now
from ombudsman_app.coverage.outreach_errors import OutreachRefused
from ombudsman_app.coverage.outreach_states import KnownBy, TargetGroup
from ombudsman_app.directory.models import Office, Region
from ombudsman_app.directory.models.office import OMBUDSMAN_KINDS

MOST_PEOPLE = 100_000  # product setting: more than a stadium holds is a slip of the key
_YEARS_AHEAD = 2


@dataclass(frozen=True)
class OutreachInput:
    """An event as it is planned. `on`, `at` and `until`: by the clock of the place. `office_id` holds it."""

    title: str
    region_id: int
    office_id: int
    on: date
    at: time
    venue: str
    until: time | None = None
    district: str = ""
    with_whom: str = ""
    topic: str = ""
    groups: Sequence[TargetGroup] = ()
    form_key: str = ""


@dataclass(frozen=True)
class ResultInput:
    """What came of an event. `participants` None: nobody knows how many came."""

    participants: int | None = None
    women: int | None = None
    men: int | None = None
    known_by: KnownBy | None = None
    handed_out: str = ""
    asked_most: str = ""
    follow_up: str = ""
    commitment_id: int | None = None


def facts_of(given: OutreachInput, region: Region) -> dict[str, Any]:
    """Return the columns that a plan fills."""
    zone = ZoneInfo(region.time_zone)

    def instant(hour: time) -> datetime:
        return datetime.combine(given.on, hour, zone).astimezone(UTC)

    return {
        "title": given.title,
        "region_id": region.id,
        "province_code": region.province_code,
        "office_id": given.office_id,
        "happens_on": given.on,
        "starts_at": instant(given.at),
        "ends_at": instant(given.until) if given.until else None,
        "venue": given.venue,
        "district": given.district,
        "with_whom": given.with_whom,
        "topic": given.topic,
    }


def refuse_plan(given: OutreachInput, *, is_held: bool, region: Region) -> None:
    """Raise OutreachRefused (field, why) for what cannot be, whoever says it."""
    if not given.groups:
        raise OutreachRefused(field="groups", why="groups")
    if not limits.EARLIEST_YEAR <= given.on.year <= now().year + _YEARS_AHEAD:
        raise OutreachRefused(field="on", why="year")
    if given.until and given.until <= given.at:
        raise OutreachRefused(field="until", why="until")
    if is_held and facts_of(given, region)["starts_at"] > now():
        raise OutreachRefused(field="on", why="future")


def refuse_holder(office: Office | None, region: Region, representative_id: int) -> None:
    """Raise OutreachRefused for an office that works elsewhere; one of several provinces works here too."""
    is_ours = office is not None and office.id == representative_id
    is_theirs = (
        office is not None
        and office.kind not in OMBUDSMAN_KINDS
        and office.province_code in (None, region.province_code)
    )
    if not (is_ours or is_theirs):
        raise OutreachRefused(field="office", why="office")


def refuse_result(given: ResultInput) -> None:
    """Raise OutreachRefused (field, why) for numbers that cannot be together."""
    for name in ("participants", "women", "men"):
        number = getattr(given, name)
        if number is not None and not 0 <= number <= MOST_PEOPLE:
            raise OutreachRefused(field=name, why="people")
    if given.participants is not None and given.known_by is None:
        raise OutreachRefused(field="known_by", why="known_by")
    if given.participants is None and given.known_by is not None:
        raise OutreachRefused(field="participants", why="participants")
    if (given.women or 0) + (given.men or 0) > (given.participants or 0):
        raise OutreachRefused(field="women", why="by_sex")
