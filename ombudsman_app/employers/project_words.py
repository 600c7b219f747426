"""How projects look in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ombudsman_app.web import charts
from ombudsman_app.web.formats import number

from .projects.rules import ChangeKind, FundSource, PartyRole
from .projects.verdict import Timing, Verdict
from .queries.projects import UNDER_VALUED, OwnerRow, ProjectFilter

VERDICTS: dict[str, Any] = {
    Timing.UNREGISTERED: _l("Not registered"),
    Timing.LATE: _l("Registered late"),
    Timing.RUNNING: _l("Still has time"),
    Timing.UNKNOWN: _l("Day of the SPK not known"),
    Timing.IN_TIME: _l("Registered in time"),
    Timing.CANCELLED: _l("Cancelled before the last day"),
    UNDER_VALUED: _l("Registered for too little"),
}
_TONES = {
    Timing.UNREGISTERED: "danger",
    Timing.LATE: "warning",
    Timing.RUNNING: "info",
    Timing.UNKNOWN: "neutral",
    Timing.IN_TIME: "success",
    Timing.CANCELLED: "neutral",
}
FUNDS: dict[FundSource, Any] = {
    FundSource.APBN: _l("APBN"),
    FundSource.APBD: _l("APBD"),
    FundSource.APBDES: _l("APBDes"),
    FundSource.BUMN: _l("BUMN"),
    FundSource.BUMD: _l("BUMD"),
    FundSource.PRIVATE: _l("Private money"),
    FundSource.MIXED: _l("Several sources"),
    FundSource.UNKNOWN: _l("Not known"),
}
ROLES: dict[PartyRole, Any] = {
    PartyRole.LEAD: _l("Contractor"),
    PartyRole.MEMBER: _l("Member of the consortium"),
}
CHANGES: dict[ChangeKind, Any] = {
    ChangeKind.AMENDED: _l("The contract was amended"),
    ChangeKind.CANCELLED: _l("The contract was cancelled"),
}
STACKED = (Timing.IN_TIME, Timing.RUNNING, Timing.LATE, Timing.UNREGISTERED)  # nothing wrong to worst


def verdict_word(verdict: Verdict) -> str:
    """Say in a line what the verdict is: Not registered, 14 days too late."""
    words, days = verdict_name(verdict), verdict_days(verdict)
    return f"{words}, {days}" if days else words


def verdict_name(verdict: Verdict) -> str:
    """Name the verdict: Not registered."""
    return str(VERDICTS[verdict.timing])


def verdict_days(verdict: Verdict) -> str:
    """Say how many days too late it is, or are left; empty where no day counts."""
    if verdict.timing in (Timing.UNREGISTERED, Timing.LATE):
        return str(ngettext("%(num)d day too late", "%(num)d days too late", verdict.days))
    if verdict.timing is Timing.RUNNING:
        return str(ngettext("%(num)d day left", "%(num)d days left", verdict.days))
    return ""


def verdict_tone(verdict: Verdict) -> str:
    """Return the tone of a status."""
    return _TONES[verdict.timing]


def fund_word(fund: FundSource) -> str:
    """Name who pays."""
    return str(FUNDS[fund])


def share_word(hundredths: int | None) -> str:
    """40%, 33,33%: the share of a firm; empty where it is not known."""
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, 100)
    return f"{number(whole)}%" if not rest else f"{whole},{rest:02}%"


@dataclass(frozen=True)
class Box:
    """A box of the filter: options are (value, words)."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def project_boxes(chosen: ProjectFilter, places: Sequence[Any], years: Sequence[int]) -> list[Box]:
    """Return the boxes above the list of projects."""
    funds = [(fund.value, str(words)) for fund, words in FUNDS.items()]
    return [
        Box("fund", _("Who pays"), [("", _("All")), *funds], chosen.fund or ""),
        Box(
            "place",
            _("Regency or city"),
            [("", _("All")), *((str(place.id), place.name) for place in places)],
            str(chosen.region_id or ""),
        ),
        Box(
            "year",
            _("Year of the SPK"),
            [("", _("All")), *((str(year), str(year)) for year in years)],
            str(chosen.year or ""),
        ),
    ]


@dataclass(frozen=True)
class OwnersPicture:
    """The bars of agencies, what each is called, and where its projects are."""

    stacks: charts.Stacks
    words: dict[str, str]
    link: Callable[[str, int | None], str]


def owners_picture(owners: Sequence[OwnerRow], link: Callable[[str, int | None], str]) -> OwnersPicture:
    """Draw for each agency what became of its projects; what has no verdict stands in the table alone."""
    parts = [(str(one.id), (one.in_time, one.running, one.late, one.unregistered)) for one in owners]
    columns = [str(VERDICTS[timing]) for timing in STACKED]
    return OwnersPicture(
        charts.stacks(parts, columns, most=len(parts) or 1), {str(one.id): one.name for one in owners}, link
    )


FILTERS = {
    "project_verdict": verdict_word,
    "project_verdict_name": verdict_name,
    "project_verdict_days": verdict_days,
    "project_tone": verdict_tone,
    "fund_source": fund_word,
    "firm_role": lambda role: ROLES[role],
    "project_change": lambda kind: CHANGES[kind],
    "share_of_firm": share_word,
}
