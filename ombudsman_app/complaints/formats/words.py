"""How a complaint looks in words: states, services, clocks. Templates use them as filters."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.queries import RunningClock
from ombudsman_app.complaints.states import CLOCKS, RULES, TARGETS, ComplaintState
from ombudsman_app.complaints.states.words import NEXT_STEPS, PUBLIC_SENTENCES, PUBLIC_WORDS, STATE_WORDS
from ombudsman_app.core.workflow.deadlines import days_late
from ombudsman_app.core.workflow.rules import Limit
from ombudsman_app.web.deadlines import ShownDeadline, shown_deadline, shown_time

CLOCK_WORDS: dict[str, Any] = {
    "D01": _l("Tell the reporter whether the file is complete"),
    "D02": _l("The reporter completes the report"),
    "D03": _l("Notice of refusal or lack of competence"),
    "D04": _l("Answer to the first request"),
    "D05": _l("Answer to the second request"),
    "D07": _l("The reporter reacts to the result"),
    "D08": _l("Corrective action"),
    "D09": _l("Corrective action (older rules)"),
    "D10": _l("Send the recommendation"),
    "D11": _l("Report on the recommendation"),
    "D12": _l("The office decides on the complaint"),
    "T01": _l("Acknowledge receipt"),
    "T02": _l("Formal verification"),
    "T03": _l("Material verification and plenary decision"),
    "T05": _l("Result of the fast path"),
    "T06": _l("Whole examination"),
}

ACTOR_WORDS: dict[str, Any] = {
    "reporter": _l("Reporter"),
    "proxy": _l("Proxy of the reporter"),
    "respondent": _l("Respondent"),
    "respondent_superior": _l("Superior of the respondent"),
    "pvl_assistant": _l("Intake officer"),
    "examiner": _l("Examiner"),
    "prevention_assistant": _l("Prevention officer"),
    "resmon_assistant": _l("Resolution officer"),
    "head_of_assistants": _l("Head of assistants"),
    "head_of_representative": _l("Head of representative"),
    "ombudsman_member": _l("Member of the Ombudsman"),
    "chair": _l("Chair of the Ombudsman"),
    "system": _l("System"),
}

_OWNERS = {rule.id: rule.owner for rule in RULES.states}
_PHASES = {rule.id: rule.phase for rule in RULES.states}
_TONES = {"pvl": "info", "examination": "warning", "resmon": "warning", "closing": "success"}


@dataclass(frozen=True)
class ClockLine:
    """A running clock as the case page shows it; its list of days has a page of its own."""

    id: int
    label: str
    due_on: date
    days_left: int
    look: str
    part_used: int
    proposed_due_on: date | None
    is_law: bool
    paused_until: date | None  # it stands still today, and until this day at most
    awaits_pause: bool
    awaits_time: bool  # more of it was asked for


def clock_line(clock: ComplaintClock, today: date) -> ClockLine:
    """Say how far a running clock is."""
    left, look, used = shown_time(clock.start_on, clock.due_on, today)
    paused_until = clock.paused_until if clock.is_paused(today) else None
    return ClockLine(
        id=clock.id,
        label=clock_label(clock.clock),
        due_on=clock.due_on,
        days_left=left,
        look="paused" if paused_until else look,
        part_used=used,
        proposed_due_on=clock.proposed_due_on,
        is_law=clock.clock in CLOCKS,
        paused_until=paused_until,
        awaits_pause=clock.awaits_pause,
        awaits_time=clock.awaits_time,
    )


@dataclass(frozen=True)
class ShownClock(ShownDeadline):
    """A deadline with the name of its clock and the rule behind it.

    `paused_until`: it stands still today, and until this day at most; `late`: calendar days after the last
    day on which it ended, for ever.
    """

    label: str
    rule: str
    paused_until: date | None
    late: int
    late_from: date | None  # the day from which lateness counts where more time came after it had passed


def shown_clock(running: RunningClock, today: date) -> ShownClock:
    """Put a running clock into words."""
    stored = running.clock
    plain = shown_deadline(running.counted, stored.due_on, today, counted_with=stored.calendar_version)
    is_paused = stored.is_paused(today)
    return ShownClock(
        **{**vars(plain), "look": "paused" if is_paused else plain.look},
        label=clock_label(stored.clock),
        rule=clock_rule(stored.clock),
        paused_until=stored.paused_until if is_paused else None,
        late=days_late(stored.late_from or stored.due_on, stored.ended_on) if stored.ended_on else 0,
        late_from=stored.late_from,
    )


def clock_label(clock: str) -> str:
    """Say what a clock asks for."""
    return str(CLOCK_WORDS.get(clock, clock))


def clock_rule(clock: str) -> str:
    """Name the article behind a clock, and say so where it was not verified."""
    limit: Limit | None = CLOCKS.get(clock)
    if limit is None:
        return str(_("A service target of this office, not law.")) if clock in TARGETS else ""
    if limit.verified == "unverified" or limit.length_verified == "unverified":
        return str(_("Rule: %(legal)s (not verified yet).", legal=limit.legal))
    return str(_("Rule: %(legal)s.", legal=limit.legal))


def state_label(state: ComplaintState) -> str:
    """The office's word for a state."""
    return str(_(STATE_WORDS[state]))


def public_label(state: ComplaintState) -> str:
    """The reporter's word for the phase that a state belongs to."""
    return str(_PUBLIC_PHASES[_PHASES[state.value]])


_PUBLIC_PHASES = {
    "pvl": _l("Received, being checked"),
    "examination": _l("Being examined"),
    "resmon": _l("Result being followed up"),
    "closing": _l("Closed"),
}


def public_word(state: ComplaintState) -> str:
    """The reporter's word for one step of the way; the phase where there is no closer one."""
    return str(_(PUBLIC_WORDS[state])) if state in PUBLIC_WORDS else public_label(state)


def public_sentence(state: ComplaintState) -> str:
    """Where it stands, in plain words for the reporter."""
    return str(_(PUBLIC_SENTENCES[state]))


def next_step(state: ComplaintState) -> str:
    """What happens next, in plain words for the reporter."""
    return str(_(NEXT_STEPS[state]))


def state_tone(state: ComplaintState) -> str:
    """Colour and shape of a state."""
    return _TONES[_PHASES[state.value]]


def owner(state: ComplaintState) -> str:
    """Who must act in a state (`owner` of complaints.yaml)."""
    return str(ACTOR_WORDS[_OWNERS[state.value]])


def marks(case: Complaint) -> list[tuple[str, str]]:
    """Return the words and tones that stand at the head of a case."""
    told = [(state_label(case.state), state_tone(case.state))]
    if case.urgency:
        told.append((str(_("Urgent")), "warning"))
    if case.confidentiality == "confidential":
        told.append((str(_("Identity confidential")), "neutral"))
    if case.respondent_waived_answer:
        told.append((str(_("Respondent did not answer")), "warning"))
    if case.is_answered:
        told.append((str(_("Answer of the respondent waits")), "info"))
    if case.awaits_answer:
        told.append((str(_("Reporter waits for an answer")), "info"))
    return told
