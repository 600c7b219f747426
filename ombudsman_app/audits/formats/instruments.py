"""How instruments and schemes look in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.scoring.definition import AnswerType, EvidenceKind, Maladministration
from ombudsman_app.audits.scoring.exact import decimal_of
from ombudsman_app.audits.states import VersionState
from ombudsman_app.web.formats import number

VERSION_STATES: dict[VersionState, Any] = {
    VersionState.DRAFT: _l("Draft"),
    VersionState.IN_USE: _l("In use"),
    VersionState.RETIRED: _l("Retired"),
}
_TONES = {
    VersionState.DRAFT: "warning",
    VersionState.IN_USE: "success",
    VersionState.RETIRED: "neutral",
}
ANSWER_TYPES: dict[str, Any] = {
    AnswerType.YES_NO: _l("Yes or no"),
    AnswerType.SCALE4: _l("Scale of 0 to 4"),
    AnswerType.PERCENTAGE: _l("Share: so many of so many"),
    AnswerType.MEASURE: _l("Measured number with thresholds"),
    AnswerType.SKM: _l("Index of public satisfaction (SKM), 25 to 100"),
    AnswerType.SURVEY_NEGATIVE: _l("Survey: how many experienced something bad"),
}
EVIDENCE: dict[str, Any] = {
    EvidenceKind.PHOTO: _l("Photo"),
    EvidenceKind.DOCUMENT_COPY: _l("Copy of a document"),
    EvidenceKind.URL: _l("Address on the web"),
    EvidenceKind.INTERVIEW_NOTE: _l("Note of an interview"),
    EvidenceKind.OBSERVATION_NOTE: _l("Note of an observation"),
    EvidenceKind.SYSTEM_EXTRACT: _l("Extract of a system"),
    EvidenceKind.SURVEY_FORM: _l("Form of a survey"),
    EvidenceKind.FILE_SAMPLE: _l("Sample of claim files"),
    EvidenceKind.CERTIFICATE: _l("Certificate"),
}
MALADMINISTRATION: dict[str, Any] = {
    Maladministration.UNDUE_DELAY: _l("Undue delay"),
    Maladministration.NO_SERVICE: _l("Not giving a service"),
    Maladministration.INCOMPETENCE: _l("Lack of competence"),
    Maladministration.ABUSE_OF_AUTHORITY: _l("Abuse of authority"),
    Maladministration.PROCEDURE_DEVIATION: _l("Deviation from procedure"),
    Maladministration.REQUEST_FOR_REWARD: _l("Request for a reward"),
    Maladministration.IMPROPRIETY: _l("Improper conduct"),
    Maladministration.PARTIALITY: _l("Taking sides"),
    Maladministration.DISCRIMINATION: _l("Discrimination"),
    Maladministration.CONFLICT_OF_INTEREST: _l("Conflict of interest"),
}
COMPONENTS: dict[str, Any] = {
    "C01": _l("Legal basis (of the service)"),
    "C02": _l("Requirements"),
    "C03": _l("System, mechanism and procedure"),
    "C04": _l("Time to finish"),
    "C05": _l("Fees"),
    "C06": _l("Product of the service"),
    "C07": _l("Premises and facilities"),
    "C08": _l("Competence of the officers"),
    "C09": _l("Internal control"),
    "C10": _l("Handling of complaints, suggestions and input"),
    "C11": _l("Number of officers"),
    "C12": _l("Guarantee of the service"),
    "C13": _l("Guarantee of safety"),
    "C14": _l("Evaluation of the officers' work"),
}
DAY_TYPES: dict[str, Any] = {"working": _l("working days"), "calendar": _l("calendar days")}
VERIFIED: dict[str, Any] = {
    "text": _l("Checked against the text of the law"),
    "press": _l("Known from the press"),
    "unverified": _l("Not verified"),
}
_VERIFIED_TONES = {"text": "success", "press": "info", "unverified": "warning"}
CHOICES: dict[str, Any] = {
    "yes": _l("Yes"),
    "no": _l("No"),
    **{str(step): _l("Step %(step)s", step=step) for step in range(5)},
}
ZONES: dict[str, Any] = {
    "green": _l("Green zone"),
    "yellow": _l("Yellow zone"),
    "red": _l("Red zone"),
}


def version_state(state: VersionState) -> str:
    """Name where a version stands."""
    return str(VERSION_STATES[state])


def version_tone(state: VersionState) -> str:
    """Return the colour of a state; word and shape say the same."""
    return _TONES[state]


def answer_type_word(answer_type: str | None) -> str:
    """Name a kind of answer; what is none is shown as it stands."""
    return str(ANSWER_TYPES.get(answer_type or "", answer_type or ""))


def evidence_word(kind: str) -> str:
    """Name a kind of evidence."""
    return str(EVIDENCE.get(kind, kind))


def maladministration_word(form: str | None) -> str:
    """Name a form of maladministration."""
    return str(MALADMINISTRATION.get(form or "", form or ""))


def component_word(component: str | None) -> str:
    """Name a component of the service standard (UU 25/2009 Pasal 21)."""
    return str(COMPONENTS.get(component or "", component or ""))


def verified_word(mark: str | None) -> str:
    """Say how sure a fact is."""
    return str(VERIFIED.get(mark or "", mark or ""))


def verified_tone(mark: str | None) -> str:
    """Return the colour of that mark."""
    return _VERIFIED_TONES.get(mark or "", "neutral")


def day_type_word(kind: str | None) -> str:
    """Name a kind of days inside a sentence."""
    return str(DAY_TYPES.get(kind or "", kind or ""))


def choice_word(choice: str) -> str:
    """Name what can be chosen as an answer."""
    return str(CHOICES.get(choice, choice))


def zone_word(zone: str) -> str:
    """Name a zone."""
    return str(ZONES.get(zone, zone))


def plain_number(given: object) -> str:
    """Write a number of an instrument as people do; what is none as it stands."""
    found = decimal_of(given)
    return number(found) if found is not None else str(given if given is not None else "–")


def own_words(part: Any, name: str) -> str:
    """Return a text in the language of the page, in the other one where it is missing: title → title_id.

    `part` is a mapping or a row.
    """
    first, second = ("en", "id") if _language() == "en" else ("id", "en")
    held = part if isinstance(part, Mapping) else vars(part)
    return str(held.get(f"{name}_{first}") or held.get(f"{name}_{second}") or "")


def other_words(part: Mapping[str, Any], name: str) -> str:
    """Return the same text in the other language, empty where it is the same."""
    said = str(part.get(f"{name}_{other_language()}") or "")
    return "" if said == own_words(part, name) else said


def other_language() -> str:
    """Return the code of the language in which the page is not."""
    return "id" if _language() == "en" else "en"


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "id"


def threshold_words(step: Mapping[str, Any], unit: str) -> str:
    """Say a step of a measure: up to 15 minutes."""
    if step.get("max") is not None:
        return str(_("up to %(bound)s %(unit)s", bound=plain_number(step["max"]), unit=unit)).strip()
    if step.get("min") is not None and decimal_of(step["min"]) != 0:
        return str(_("from %(bound)s %(unit)s on", bound=plain_number(step["min"]), unit=unit)).strip()
    return str(_("all the rest"))


FILTERS = {
    "answer_type_word": answer_type_word,
    "choice_word": choice_word,
    "component_word": component_word,
    "day_type_word": day_type_word,
    "evidence_word": evidence_word,
    "maladministration_word": maladministration_word,
    "other_words": other_words,
    "own_words": own_words,
    "plain_number": plain_number,
    "verified_tone": verified_tone,
    "verified_word": verified_word,
    "version_state": version_state,
    "version_tone": version_tone,
    "zone_word": zone_word,
}
