"""The items of both checks in words: what the file says about each, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.complaints.commands import CheckInput
from ombudsman_app.complaints.forms.checks import verdict_word
from ombudsman_app.complaints.forms.choices import ITEM_WORDS, TOLD_FIRST
from ombudsman_app.complaints.models import Complaint, ComplaintCheck, ToldFirst
from ombudsman_app.complaints.queries import SimilarCases
from ombudsman_app.complaints.states import CheckItem, Verdict
from ombudsman_app.core.workflow.deadlines import Explanation
from ombudsman_app.web.formats import day

_TONES = {
    Verdict.MET: "success",
    Verdict.SEEN: "success",
    Verdict.MISSING: "danger",
    Verdict.EXCEPTED: "warning",
}
_EXCERPT = 160


@dataclass(frozen=True)
class FileFact:
    """What the file says about an item. `speaks_for`: True proposes met, False missing."""

    text: str
    speaks_for: bool | None = None


@dataclass(frozen=True)
class ShownCheck:
    """One judged item."""

    label: str
    verdict: str
    tone: str
    reason: str
    is_missing: bool
    is_plain: bool  # met, and nothing more was said about it


def shown_checks(items: tuple[CheckItem, ...], found: Mapping[str, ComplaintCheck]) -> list[ShownCheck]:
    """Put the judged items of one list into words, in the order of the rules."""
    return [
        ShownCheck(
            label=str(ITEM_WORDS[item.id]),
            verdict=str(verdict_word(item, row.verdict)),
            tone=_TONES[row.verdict],
            reason=row.reason,
            is_missing=row.verdict is Verdict.MISSING,
            is_plain=row.verdict is Verdict.MET and not row.reason,
        )
        for item in items
        if (row := found.get(item.id))
    ]


def file_facts(
    case: Complaint, told_fields: tuple[str, ...], *, similar: SimilarCases, limitation: Explanation | None
) -> dict[str, FileFact]:
    """Return what the file says, by item. The identity stays sealed: only whether something was told."""
    told = frozenset(told_fields)
    return {
        "F1": _told(told, "full_name"),
        "F2": _told(told, "birth_place", "birth_date"),
        "F3": _told(told, "marital_status"),
        "F4": _told(told, "occupation"),
        "F5": _told(told, "address"),
        "F7": FileFact(_excerpt(case.narrative), True),
        "F8": _prior_effort(case),
        "F9": _asked(case.requested_remedy),
        "F13": FileFact(case.office.name, True),
        "M1": _limitation(case, limitation),
        "M2": FileFact(case.office.name),
        "M6": FileFact(_alike(similar)),
    }


def suggested(
    items: tuple[CheckItem, ...], facts: Mapping[str, FileFact], *, judged: frozenset[str]
) -> dict[str, CheckInput]:
    """Return what the file proposes for the items that nobody judged yet; nothing of it is saved."""
    proposed = {True: CheckInput(Verdict.MET), False: CheckInput(Verdict.MISSING)}
    return {
        item.id: proposed[fact.speaks_for]
        for item in items
        if item.id not in judged
        and item.needs_verdict
        and (fact := facts.get(item.id))
        and fact.speaks_for is not None
    }


def _alike(similar: SimilarCases) -> str:
    number = len(similar.cases)
    if similar.has_more:
        return str(_("More than %(num)d similar cases in this season; see below.", num=number))
    if not number:
        return str(_("No similar case was found in this season."))
    return str(
        ngettext(
            "%(num)d similar case in this season; see below.",
            "%(num)d similar cases in this season; see below.",
            number,
        )
    )


def _told(told: frozenset[str], *fields: str) -> FileFact:
    given = [field for field in fields if field in told]
    if len(given) == len(fields):
        return FileFact(_("Told by the reporter; sealed."), True)
    if given:
        return FileFact(_("Told in part; sealed."), False)
    return FileFact(_("Not told."), False)


def _asked(text: str) -> FileFact:
    return FileFact(_excerpt(text), True) if text else FileFact(_("Not told."), False)


def _prior_effort(case: Complaint) -> FileFact:
    if case.told_first is None:
        return FileFact(_("Not told."), False)
    words: list[Any] = [TOLD_FIRST[case.told_first.value]]
    if case.prior_effort_on:
        words.append(day(case.prior_effort_on))
    if case.prior_effort:
        words.append(_excerpt(case.prior_effort))
    return FileFact(" · ".join(map(str, words)), True if case.told_first is ToldFirst.YES else None)


def _limitation(case: Complaint, limitation: Explanation | None) -> FileFact:
    """M1: `received_date <= event_end_date + 2 years`; a continuing omission ends on no day yet."""
    received = day(case.received_on)
    if case.is_continuing:
        return FileFact(_("Still going on; received on %(received)s.", received=received), True)
    if case.event_on is None or limitation is None:
        return FileFact(_("The day of the event was not told; received on %(received)s.", received=received))
    return FileFact(
        _(
            "Event on %(event)s, so a report can be received until %(last)s; received on %(received)s.",
            event=day(case.event_on),
            last=day(limitation.due),
            received=received,
        ),
        case.received_on <= limitation.due,
    )


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1].rstrip() + "…"
