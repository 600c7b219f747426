"""How innovations look in words. The criteria are those of `rules/innovations.yaml`; a test compares them."""

from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.directory.models import Region
from ombudsman_app.web.formats import day

from .innovations import Aspect, InnovationStatus, ProposalKind
from .shipped_innovations import criteria


class CriterionWords(NamedTuple):
    """What an innovation is judged by: its name and the question that is answered."""

    id: str
    label: Any
    question: Any


_CRITERIA: dict[str, tuple[Any, Any]] = {
    "reach": (_l("Reach"), _l("How many workers are protected, compared with those who need it?")),
    "continuity": (
        _l("Continuity"),
        _l("Are contributions still paid after the first year, or after officials have changed?"),
    ),
    "cost_per_person": (
        _l("Cost per person"),
        _l("What does it cost to protect one person, with the cost of running it?"),
    ),
    "replicability": (
        _l("Can be copied"),
        _l("Can other regions use it with the rules and budgets that there are?"),
    ),
    "legal_basis": (_l("Legal basis"), _l("On which rule does it rest, and who answers for it?")),
    "effect_on_gap": (
        _l("Effect on the gap"),
        _l("By how many has the number of unprotected workers fallen because of it?"),
    ),
}
STATUSES: dict[str, Any] = {
    InnovationStatus.IDEA: _l("An idea"),
    InnovationStatus.RUNNING: _l("Running"),
    InnovationStatus.STOPPED: _l("Stopped"),
    InnovationStatus.UNKNOWN: _l("Not known how far"),
}
STATUS_TONES = {
    InnovationStatus.IDEA: "info",
    InnovationStatus.RUNNING: "success",
    InnovationStatus.STOPPED: "warning",
    InnovationStatus.UNKNOWN: "neutral",
}
ASPECTS: dict[str, Any] = {
    Aspect.WHAT: _l("What it is"),
    Aspect.FUNDING: _l("Where the money comes from"),
    Aspect.TARGET_GROUP: _l("Whom it serves"),
    Aspect.RESULT: _l("What came of it"),
}
MARKS: dict[str, Any] = {
    Mark.TEXT: _l("An official paper, read word for word"),
    Mark.PRESS: _l("Told by the press"),
    Mark.UNVERIFIED: _l("Not verified yet"),
}
MARK_TONES = {Mark.TEXT: "success", Mark.PRESS: "info", Mark.UNVERIFIED: "warning"}
KINDS: dict[str, Any] = {
    ProposalKind.FACTS: _l("Facts"),
    ProposalKind.STATEMENT: _l("Statement of a source"),
    ProposalKind.EVALUATION: _l("Evaluation"),
}


def criteria_words() -> list[CriterionWords]:
    """Return the criteria in their order."""
    return [CriterionWords(one.id, *_CRITERIA[one.id]) for one in criteria()]


def judged(evaluation: Any) -> list[tuple[CriterionWords, str, str]]:
    """Return each criterion with finding and evidence; both empty where it could not be judged."""
    kept = {one[0]: (one[1], one[2]) for one in evaluation.judgements}
    return [(one, *kept.get(one.id, ("", ""))) for one in criteria_words()]


def status_words(one: Any) -> str:
    """Say how far an innovation is, with the day to which that refers: Running, as of 7 November 2024."""
    words = str(STATUSES[one.status])
    if not one.status_on:
        return words
    return str(_("%(state)s, as of %(day)s", state=words, day=day(one.status_on)))


def place_words(region: Region) -> str:
    """Say where an innovation is: Kabupaten Manggarai Barat, Nusa Tenggara Timur."""
    return f"{region.name}, {region.parent.name}" if region.parent else region.name


def notes_of(one: Any) -> list[str]:
    """Return what the sources do not tell, note by note."""
    return [line.strip() for line in one.notes.splitlines() if line.strip()]


def facts_compared(new: Any, old: Any) -> list[tuple[str, str, str]]:
    """Return what each fact is called, how it is written anew, and how it is released."""
    rows: list[tuple[Any, Any]] = [
        (_("Name of the innovation"), lambda one: one.name),
        (_("Owner"), lambda one: one.owner),
        (_("Running since (year)"), lambda one: str(one.since or "")),
        (_("State"), status_words),
        (_("What the sources do not tell"), lambda one: one.notes),
    ]
    return [(str(label), read(new), read(old)) for label, read in rows]
