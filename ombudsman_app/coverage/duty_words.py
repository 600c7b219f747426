"""How duties of Inpres 2/2021 look in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.directory.models import Verified
from ombudsman_app.directory.source_words import source_words
from ombudsman_app.web import charts

from .duties import Addressee, Duty, DutyState, ProposalState
from .queries.duty_subjects import Subject

STATES: dict[str, Any] = {
    DutyState.MET: _l("Met"),
    DutyState.IN_PROGRESS: _l("In progress"),
    DutyState.NONE: _l("Nothing done"),
    DutyState.NOT_APPLICABLE: _l("Does not apply"),
    DutyState.NOT_ASSESSED: _l("Not assessed"),
}
TONES = {
    DutyState.MET: "success",
    DutyState.IN_PROGRESS: "warning",
    DutyState.NONE: "danger",
    DutyState.NOT_APPLICABLE: "info",
    DutyState.NOT_ASSESSED: "neutral",
}
PROPOSALS: dict[str, Any] = {
    ProposalState.WAITING: _l("Waits for the Ombudsman"),
    ProposalState.ACCEPTED: _l("Accepted by the Ombudsman"),
    ProposalState.RETURNED: _l("Returned with a reason"),
    ProposalState.WITHDRAWN: _l("Withdrawn by the Pemda"),
}
PROPOSAL_TONES = {
    ProposalState.WAITING: "info",
    ProposalState.ACCEPTED: "success",
    ProposalState.RETURNED: "warning",
    ProposalState.WITHDRAWN: "neutral",
}
ADDRESSEES: dict[str, Any] = {
    Addressee.GOVERNOR: _l("Governor"),
    Addressee.REGENT: _l("Regent or mayor"),
    Addressee.HOME_MINISTER: _l("Minister of Home Affairs"),
    Addressee.VILLAGE_MINISTER: _l("Minister of Villages (PDTT)"),
    Addressee.LABOUR_MINISTER: _l("Minister of Manpower"),
    Addressee.COORDINATING_MINISTER: _l("Coordinating Minister (PMK)"),
    Addressee.ATTORNEY_GENERAL: _l("Attorney General"),
    Addressee.COUNCIL: _l("DJSN, the National Social Security Council"),
}
_ORDER = (  # of a bar: from nothing wrong to worst
    DutyState.MET,
    DutyState.NOT_APPLICABLE,
    DutyState.NOT_ASSESSED,
    DutyState.IN_PROGRESS,
    DutyState.NONE,
)
OPEN_FROM = 2  # the first column of a bar that is still open


def subject_name(subject: Subject) -> str:
    """Name an addressee: Kabupaten Mamuju, or Minister of Manpower."""
    return subject.name or str(ADDRESSEES[subject.addressee])


def is_verified(duty: Duty) -> bool:
    """Return whether more than general knowledge says that this duty is in the instruction."""
    return duty.verified is not Verified.UNVERIFIED


def sources_of(duty: Duty) -> str:
    """Name where the duty is told."""
    known = source_words()
    return " · ".join(str(known.get(key, key)) for key in duty.sources)


def progress(lines: list[tuple[str, Mapping[DutyState, int]]]) -> Any:
    """Lay out one bar for each addressee or province, in parts by state."""
    parts = [(key, [counts.get(state, 0) for state in _ORDER]) for key, counts in lines]
    return charts.stacks(parts, [str(STATES[state]) for state in _ORDER], most=40)


def state_of_column(column: int) -> DutyState:
    """Return the state of which a part of a bar tells."""
    return _ORDER[column]


def duty_title(number: int) -> str:
    """Name a duty by its place: Duty 2."""
    return str(_("Duty %(number)s", number=number))
