"""How a draft and the time to answer it look in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.models import AuditClock
from ombudsman_app.audits.scoring.definition import AnswerType, Definition, Indicator
from ombudsman_app.audits.states import AuditState, ProposalState
from ombudsman_app.core.workflow.deadlines import Explanation, Unit
from ombudsman_app.findings.formats import unit_word
from ombudsman_app.web.deadlines import ShownDeadline, shown_deadline

_TO_OFFICE: dict[AuditState, Any] = {
    AuditState.DRAFT_SENT: _l("Draft, open for your answer"),
    AuditState.FINAL: _l("Final result"),
    AuditState.PUBLISHED: _l("Published"),
}
_TONES = {AuditState.DRAFT_SENT: "info", AuditState.FINAL: "success", AuditState.PUBLISHED: "success"}
_PROPOSALS: dict[ProposalState, Any] = {
    ProposalState.PROPOSED: _l("Waits for a person"),
    ProposalState.CONFIRMED: _l("Confirmed"),
    ProposalState.DROPPED: _l("Dropped"),
}
_PROPOSAL_TONES = {
    ProposalState.PROPOSED: "warning",
    ProposalState.CONFIRMED: "success",
    ProposalState.DROPPED: "neutral",
}


def audit_to_office(state: AuditState, answered_on: date | None = None) -> str:
    """Name where an audit stands, to the office that was audited, which has answered or not."""
    if state is AuditState.DRAFT_SENT and answered_on is not None:
        return str(_("Answered, not final yet"))
    return str(_TO_OFFICE.get(state, ""))


def audit_tone(state: AuditState) -> str:
    """Return the colour of a state; word and shape say the same."""
    return _TONES.get(state, "neutral")


def proposal_word(state: ProposalState) -> str:
    """Name what became of a proposed finding."""
    return str(_PROPOSALS[state])


def proposal_tone(state: ProposalState) -> str:
    """Return its colour; word and shape say the same."""
    return _PROPOSAL_TONES[state]


def choice_words(definition: Definition, indicator: Indicator) -> dict[str, str]:
    """Name what can be chosen as an answer; empty where a number is given."""
    if indicator.answer_type is AnswerType.YES_NO:
        return {"yes": str(_("Yes")), "no": str(_("No"))}
    locale = get_locale()
    language = "en" if locale is not None and locale.language == "en" else "id"
    anchors = dict(definition.anchors(indicator, language))
    return {one: f"{one}: {anchors[one]}" if one in anchors else one for one in indicator.answer_type.choices}


@dataclass(frozen=True)
class ShownClock:
    """A stored time, the rule it follows, and how it is counted."""

    rule: str
    is_setting: bool
    granted: str
    late_from: str
    time: ShownDeadline


def shown_clock(clock: AuditClock, counted: Explanation, today: date) -> ShownClock:
    """Explain a time: adding the days gives the day that is stored. It is a setting of the product."""
    unit = unit_word(Unit(clock.unit))
    rule = _("%(length)s %(unit)s from the day on which receipt is proven.", length=clock.length, unit=unit)
    time = shown_deadline(counted, clock.due_on, today, counted_with=clock.calendar_version)
    return ShownClock(str(rule), True, "", "", time)


FILTERS = {
    "audit_to_office": audit_to_office,
    "audit_tone": audit_tone,
    "proposal_tone": proposal_tone,
    "proposal_word": proposal_word,
}
