"""How local rules look in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.directory.models import Region
from ombudsman_app.directory.source_words import source_words
from ombudsman_app.web.formats import day

from .local_rules import QUESTIONS, Answer, RuleEventKind, RuleKind, RuleState, Verification

KINDS: dict[str, Any] = {
    RuleKind.PERDA_PROVINSI: _l("Perda of a province"),
    RuleKind.PERDA_KABUPATEN: _l("Perda of a regency or city"),
    RuleKind.PERGUB: _l("Pergub (governor)"),
    RuleKind.PERBUP: _l("Perbup (regent)"),
    RuleKind.PERWALI: _l("Perwali (mayor)"),
    RuleKind.PERDES: _l("Perdes (village)"),
    RuleKind.SK: _l("Decision that names recipients (SK)"),
    RuleKind.CIRCULAR: _l("Circular (SE)"),
}
SHORT_KINDS = {  # as laws are quoted, in both languages
    RuleKind.PERDA_PROVINSI: "Perda",
    RuleKind.PERDA_KABUPATEN: "Perda",
    RuleKind.PERGUB: "Pergub",
    RuleKind.PERBUP: "Perbup",
    RuleKind.PERWALI: "Perwali",
    RuleKind.PERDES: "Perdes",
    RuleKind.SK: "SK",
    RuleKind.CIRCULAR: "SE",
}
STATES: dict[str, Any] = {
    RuleState.PLANNED: _l("Planned"),
    RuleState.DRAFT: _l("Being drafted"),
    RuleState.IN_DPRD: _l("Before the DPRD"),
    RuleState.ENACTED: _l("Enacted"),
    RuleState.PROMULGATED: _l("Promulgated"),
    RuleState.CHANGED: _l("Changed by another rule"),
    RuleState.REPEALED: _l("Repealed"),
    RuleState.DISPUTED: _l("Disputed: not clear whether it exists"),
}
_STATE_TONES = {
    RuleState.ENACTED: "info",
    RuleState.PROMULGATED: "success",
    RuleState.CHANGED: "info",
    RuleState.REPEALED: "neutral",
    RuleState.DISPUTED: "danger",
}
VERIFICATIONS: dict[str, Any] = {
    Verification.UNVERIFIED: _l("JDIH not opened yet"),
    Verification.VERIFIED: _l("Seen in JDIH"),
    Verification.WITHDRAWN: _l("Verification withdrawn"),
}
_VERIFICATION_TONES = {
    Verification.UNVERIFIED: "warning",
    Verification.VERIFIED: "success",
    Verification.WITHDRAWN: "danger",
}
ANSWERS: dict[str, Any] = {
    Answer.YES: _l("Yes, the rule says so"),
    Answer.NO: _l("No"),
    Answer.UNKNOWN: _l("Not known"),
}
ASKED: dict[str, Any] = dict(
    zip(
        QUESTIONS,
        (
            _l("Covers employees of the government who are no civil servants (non-ASN)"),
            _l("Covers village heads and village officials"),
            _l("Covers vulnerable workers"),
            _l("Names where the money comes from"),
            _l("Makes membership a condition of PTSP"),
        ),
        strict=True,
    )
)
EVENTS: dict[str, Any] = {
    RuleEventKind.ADDED: _l("Written down"),
    RuleEventKind.CORRECTED: _l("Corrected"),
    RuleEventKind.MOVED: _l("State changed"),
    RuleEventKind.VERIFIED: _l("JDIH page opened"),
    RuleEventKind.WITHDRAWN: _l("Verification withdrawn"),
}
FIELDS: dict[str, Any] = {
    **ASKED,
    "region_id": _l("Place"),
    "kind": _l("Kind of rule"),
    "number": _l("Number"),
    "year": _l("Year"),
    "title": _l("Title"),
    "village": _l("Village"),
    "year_in_source": _l("Year as the source has it"),
    "enacted_on": _l("Day of enactment"),
    "note": _l("Note"),
    "source": _l("Source"),
    "source_url": _l("Address of the source"),
    "status": _l("State"),
    "jdih_url": _l("Address of the JDIH page"),
    "replaced_by": _l("By this rule"),
}


def rule_name(rule: Any) -> str:
    """Quote a rule: Perbup number 5 of 2023; what is not known is said."""
    kind = SHORT_KINDS[rule.kind]
    if rule.number and rule.year:
        return str(_("%(kind)s number %(number)s of %(year)s", kind=kind, number=rule.number, year=rule.year))
    if rule.number:
        return str(_("%(kind)s number %(number)s, year not known", kind=kind, number=rule.number))
    if rule.year:
        return str(_("%(kind)s of %(year)s, number not known", kind=kind, year=rule.year))
    return str(_("%(kind)s, number and year not known", kind=kind))


def state_tone(rule: Any) -> str:
    """Return the tone of a state. Only what was seen in JDIH looks as if it were in force."""
    tone = _STATE_TONES.get(rule.status, "neutral")
    is_seen = rule.verification is Verification.VERIFIED
    return tone if is_seen or rule.status is RuleState.DISPUTED else "neutral"


def verification_tone(verification: Verification) -> str:
    """Return the tone of a status."""
    return _VERIFICATION_TONES[verification]


def fact_words(name: str, value: str, places: dict[str, str]) -> str:
    """Return what the history keeps of a field, as people read it. `places`: names by the id of a region."""
    if not value:
        return str(_("nothing"))
    tables: dict[str, dict[str, Any]] = {"kind": KINDS, "status": STATES, **dict.fromkeys(QUESTIONS, ANSWERS)}
    if name in tables:
        return str(tables[name].get(value, value))
    if name == "region_id":
        return places.get(value, value)
    return value


def sources_of(rule: Any) -> list[str]:
    """Return what the sources of a rule are called: those of the registry, then what an officer wrote."""
    known = source_words()
    named = [str(known.get(key, key)) for key in rule.source_keys.split()]
    return [*named, *([rule.source] if rule.source else [])]


def place_words(region: Region) -> str:
    """Say where a rule holds: Kabupaten Mamuju, Sulawesi Barat."""
    return f"{region.name}, {region.parent.name}" if region.parent else region.name


def state_words(rule: Any) -> str:
    """Say the state with the day to which it refers: Promulgated, as of 12 August 2020."""
    words = str(STATES[rule.status])
    return (
        str(_("%(state)s, as of %(day)s", state=words, day=day(rule.status_on))) if rule.status_on else words
    )
