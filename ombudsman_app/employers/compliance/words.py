"""How compliance cases look in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.employers.states import Breach
from ombudsman_app.web.formats import number

from .rules import (
    FORWARDING,
    TMP2T_SERVICES,
    CaseSource,
    CaseState,
    LadderAct,
    Recipient,
    Review,
)

STATES: dict[CaseState, Any] = {
    CaseState.REPORTED: _l("Reported"),
    CaseState.VERIFIED: _l("Checked by us"),
    CaseState.FORWARDED: _l("Forwarded to BPJS"),
    CaseState.SUPERVISED: _l("Under supervision"),
    CaseState.WARNED_1: _l("First warning"),
    CaseState.WARNED_2: _l("Second warning"),
    CaseState.FINED: _l("Fined"),
    CaseState.TMP2T_REQUESTED: _l("TMP2T requested"),
    CaseState.TMP2T_APPLIED: _l("TMP2T applied"),
    CaseState.COMPLIED: _l("Complied"),
    CaseState.DISPUTED: _l("Disputed"),
    CaseState.NOT_PROVEN: _l("Not proven"),
    CaseState.CLOSED: _l("Closed"),
}
_TONES = {
    CaseState.REPORTED: "neutral",
    CaseState.DISPUTED: "warning",
    CaseState.COMPLIED: "success",
    CaseState.NOT_PROVEN: "neutral",
    CaseState.CLOSED: "neutral",
}
ACTS: dict[LadderAct, Any] = {
    LadderAct.NOTIFICATION: _l("Notice, guidance or visit"),
    LadderAct.WARNING_1: _l("First written warning"),
    LadderAct.WARNING_2: _l("Second written warning"),
    LadderAct.FINE: _l("Fine (0.1% a month)"),
    LadderAct.TMP2T_REQUEST: _l("Request for TMP2T"),
    LadderAct.TMP2T_APPLIED: _l("TMP2T applied"),
    LadderAct.TMP2T_LIFTED: _l("TMP2T lifted"),
    LadderAct.SKK: _l("Special power to the state attorney (SKK)"),
}
SOURCES: dict[CaseSource, Any] = {
    CaseSource.COMPLAINT: _l("Complaint"),
    CaseSource.TIP: _l("Tip"),
    CaseSource.AUDIT: _l("Audit"),
    CaseSource.IMPORT: _l("Imported list"),
    CaseSource.PROJECT: _l("Project"),
    CaseSource.VISIT: _l("Visit"),
}
RECIPIENTS: dict[Recipient, Any] = {
    Recipient.BRANCH: _l("BPJS Ketenagakerjaan branch"),
    Recipient.LABOUR_OFFICE: _l("Labour office"),
}
REVIEWS: dict[Review, Any] = {
    Review.UPHELD: _l("The protest is right: not proven, the case ends"),
    Review.REJECTED: _l("The protest is not right: the case goes on"),
}
ENDS: dict[str, Any] = {
    "comply": _l("The employer complies now"),
    "not_proven": _l("It could not be proven"),
    "close": _l("Closed for another reason"),
}
_CLOCKS: dict[str, Any] = {
    FORWARDING: _l("Time of the branch for its first step"),
    LadderAct.NOTIFICATION: _l("Time until the first written warning"),
    LadderAct.WARNING_1: _l("Time until the second written warning"),
    LadderAct.WARNING_2: _l("Time until the fine"),
    LadderAct.FINE: _l("Time until the request for TMP2T"),
    LadderAct.TMP2T_REQUEST: _l("Time of the local government to apply TMP2T"),
}
_STARTS: dict[str, Any] = {
    FORWARDING: _l("from the day on which receipt is proven"),
    LadderAct.TMP2T_REQUEST: _l("from the day of the request"),
}
# The Indonesian catalogue gives these the labels of `rules/employers.yaml`.
_SERVICES: dict[str, Any] = {
    "business_permit": _l("Business permits"),
    "tender_permit": _l("Permits needed to take part in tenders"),
    "foreign_worker": _l("Permits to employ foreign workers"),
    "outsourcing": _l("Permits of providers of workers"),
    "building": _l("Building permit (PBG)"),
}


def case_state(state: CaseState) -> str:
    """Name a state."""
    return str(STATES[CaseState(state)])


def case_tone(state: CaseState) -> str:
    """Return the colour of a state; word and shape say the same."""
    return _TONES.get(CaseState(state), "info")


def ladder_act(act: LadderAct) -> str:
    """Name a step of the ladder."""
    return str(ACTS[LadderAct(act)])


def case_source(source: CaseSource) -> str:
    """Name what a case began with."""
    return str(SOURCES[CaseSource(source)])


def case_recipient(recipient: Recipient) -> str:
    """Name the kind of body that a case goes to."""
    return str(RECIPIENTS[Recipient(recipient)])


def case_review(review: Review) -> str:
    """Name what was said to a protest."""
    return str(REVIEWS[Review(review)])


def clock_name(clock: str) -> str:
    """Name a time of a public body."""
    return str(_CLOCKS[clock])


def clock_starts(clock: str) -> str:
    """Say from when a time runs, inside a sentence."""
    return str(_STARTS.get(clock, _l("from the day on which the letter reached the employer")))


def service_word(service: str) -> str:
    """Name a public service that may be withheld; a word of an older file stays as it is."""
    return str(_SERVICES.get(service, TMP2T_SERVICES.get(service, service)))


def gap_of_case(low: int, high: int) -> str:
    """Say how many workers are left out: "30", or "20–45" where the sources differ; "not known" for none."""
    if not high:
        return str(_("not known"))
    return number(high) if low == high else f"{number(low)}–{number(high)}"


def breach_words(breaches: list[Breach], words: dict[Breach, Any]) -> str:
    """List kinds of non-compliance in a line."""
    return ", ".join(str(words[breach]) for breach in breaches)


FILTERS = {
    "case_state": case_state,
    "case_tone": case_tone,
    "ladder_act": ladder_act,
    "case_source": case_source,
    "case_recipient": case_recipient,
    "case_review": case_review,
    "clock_name": clock_name,
    "tmp2t_service": service_word,
}
