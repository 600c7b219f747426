"""How findings look in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.findings.states import (
    FindingState,
    MeasureKind,
    Origin,
    Position,
    Rung,
    Verdict,
)

STATES: dict[FindingState, Any] = {
    FindingState.DRAFT: _l("Draft"),
    FindingState.SENT: _l("Sent"),
    FindingState.RESPONDED: _l("Answered"),
    FindingState.RETURNED: _l("Given back"),
    FindingState.ACCEPTED: _l("Answer is enough"),
    FindingState.DONE: _l("Done"),
}
_TONES = {
    FindingState.DRAFT: "neutral",
    FindingState.SENT: "info",
    FindingState.RESPONDED: "warning",
    FindingState.RETURNED: "danger",
    FindingState.ACCEPTED: "info",
    FindingState.DONE: "success",
}
ORIGINS: dict[Origin, Any] = {
    Origin.LHP: _l("Examination report (LHP)"),
    Origin.AUDIT: _l("Audit"),
    Origin.KAJIAN: _l("Kajian"),
    Origin.VISIT: _l("Visit"),
    Origin.EMPLOYER: _l("Compliance of employers"),
    Origin.RECOMMENDATION: _l("Recommendation of the Chair"),
}
# The Indonesian catalogue gives these two the labels of `rules/findings.yaml`, letter by letter.
_MEASURES: dict[MeasureKind, Any] = {
    MeasureKind.CORRECTIVE_ACTION: _l("Corrective action"),
    MeasureKind.IMPROVEMENT_SUGGESTION: _l("Suggestion for improvement"),
    MeasureKind.RECOMMENDATION: _l("Recommendation"),
}
_RUNGS: dict[Rung, Any] = {
    Rung.REMINDER: _l("Letter of reminder"),
    Rung.SUPERIOR: _l("Letter to the superior"),
    Rung.SECOND_TERM: _l("Letter with a second term"),
    Rung.ESCALATION: _l("Letter of escalation"),
}
POSITIONS: dict[Position, Any] = {
    Position.ACCEPT: _l("Accept"),
    Position.IN_PART: _l("Accept in part"),
    Position.DISPUTE: _l("Dispute"),
}
VERDICTS: dict[Verdict, Any] = {
    Verdict.ENOUGH: _l("Enough: what was promised is watched"),
    Verdict.NOT_ENOUGH: _l("Not enough: back to the office, with reasons"),
    Verdict.DONE: _l("Done: nothing is left to do"),
}
_STATUSES: dict[str, Any] = {
    "not_started": _l("Not started"),
    "planned": _l("Planned"),
    "in_progress": _l("Under way"),
    "done_partly": _l("Done in part"),
    "done": _l("Done"),
    "refused": _l("Refused by the office"),
    "rejected_with_reason": _l("Not followed, with a reason"),
    "not_applicable": _l("Does not apply"),
    "not_responded": _l("No answer yet"),
    "overdue": _l("Overdue"),
}


def finding_state(state: FindingState) -> str:
    """Name a state."""
    return str(STATES[state])


def state_to_office(state: FindingState) -> str:
    """Name a state to the office that must answer: what was sent is theirs to answer."""
    return str(_("To be answered") if state is FindingState.SENT else STATES[state])


def finding_tone(state: FindingState) -> str:
    """Return the colour of a state; word and shape say the same."""
    return _TONES[state]


def finding_origin(origin: Origin) -> str:
    """Name where a finding comes from."""
    return str(ORIGINS[origin])


def measure_label(kind: MeasureKind) -> str:
    """Name a kind of measure: three words that are never mixed."""
    return str(_MEASURES[kind])


def measure_status(status: str | None, is_overdue: bool = False) -> str:
    """Name how far a measure is. No answer and overdue are computed, never stored."""
    return str(_STATUSES[status or ("overdue" if is_overdue else "not_responded")])


def position_word(position: Position) -> str:
    """Name what an office says to a finding."""
    return str(POSITIONS[position])


def verdict_word(verdict: Verdict) -> str:
    """Name a judgement."""
    return str(VERDICTS[verdict])


def rung_word(rung: Rung) -> str:
    """Name a step of the ladder."""
    return str(_RUNGS[rung])


def unit_word(unit: Unit) -> str:
    """Name a unit of days inside a sentence."""
    return str(_("working days") if unit is Unit.WORKING_DAYS else _("days"))


def late_words(days: int) -> str:
    """Say how late an answer came; it stays so for ever."""
    return str(ngettext("%(num)d day late", "%(num)d days late", days))


FILTERS = {
    "late_words": late_words,
    "finding_state": finding_state,
    "state_to_office": state_to_office,
    "finding_tone": finding_tone,
    "finding_origin": finding_origin,
    "measure_label": measure_label,
    "measure_status": measure_status,
    "position_word": position_word,
    "verdict_word": verdict_word,
    "rung_word": rung_word,
}
