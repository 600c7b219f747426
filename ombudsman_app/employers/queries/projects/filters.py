"""What the address of the list of projects asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement

from ombudsman_app.core import limits
from ombudsman_app.employers.models import Project
from ombudsman_app.employers.projects.rules import FundSource, Standing
from ombudsman_app.employers.projects.verdict import Timing
from ombudsman_app.web.paging import DayKey, read_day_key, read_id

UNDER_VALUED = "under_valued"
VERDICTS = (*(timing.value for timing in Timing), UNDER_VALUED)
_FIRST_YEAR, _LAST_YEAR = 1990, limits.LATEST_YEAR


@dataclass(frozen=True)
class ProjectFilter:
    """All of it can be combined. `verdict`: a Timing or `under_valued`; `number`: how a contract begins."""

    verdict: str = ""
    fund: FundSource | None = None
    owner_id: int | None = None
    region_id: int | None = None
    year: int | None = None
    number: str = ""
    after: DayKey | None = None
    before: DayKey | None = None

    def said(self) -> dict[str, str]:
        """Return the filter as words of an address, without the place in the list."""
        told = {
            "verdict": self.verdict,
            "fund": self.fund.value if self.fund else "",
            "agency": str(self.owner_id or ""),
            "place": str(self.region_id or ""),
            "year": str(self.year or ""),
            "number": self.number,
        }
        return {name: value for name, value in told.items() if value}

    def with_verdict(self, verdict: str) -> "ProjectFilter":
        """The same question about another verdict, from the start of its list."""
        return replace(self, verdict=verdict, after=None, before=None)


def read_filter(given: Mapping[str, str]) -> ProjectFilter:
    """Read an address; what is no filter asks for nothing (IN4)."""
    verdict, fund, year = given.get("verdict", ""), given.get("fund", ""), read_id(given.get("year"))
    return ProjectFilter(
        verdict=verdict if verdict in VERDICTS else "",
        fund=FundSource(fund) if fund in tuple(FundSource) else None,
        owner_id=read_id(given.get("agency")),
        region_id=read_id(given.get("place")),
        year=year if year and _FIRST_YEAR <= year <= _LAST_YEAR else None,
        number=" ".join(given.get("number", "").split())[: limits.SEARCH],
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )


def conditions(chosen: ProjectFilter, today: date) -> list[ColumnElement[bool]]:
    """Return what a filter asks of a project, as of a day; what its number asks says `by_number`."""
    where = _verdict(chosen.verdict, today)
    if chosen.fund:
        where.append(Project.fund_source == chosen.fund)
    if chosen.owner_id:
        where.append(Project.owner_id == chosen.owner_id)
    if chosen.region_id:
        where.append(Project.region_id == chosen.region_id)
    if chosen.year:
        where.append(Project.listed_on.between(date(chosen.year, 1, 1), date(chosen.year, 12, 31)))
    return where


def _verdict(verdict: str, today: date) -> list[ColumnElement[bool]]:
    if not verdict:
        return []
    if verdict == UNDER_VALUED:
        return [Project.is_under_valued.is_(True)]
    if verdict == Timing.UNREGISTERED:
        return [Project.standing == Standing.OPEN, Project.due_on < today]
    if verdict == Timing.RUNNING:
        return [Project.standing == Standing.OPEN, Project.due_on >= today]
    return [Project.standing == Standing(verdict)]
