"""What offices say to a draft, and what was decided about it, in words."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.scoring.definition import EvidenceKind
from ombudsman_app.audits.states import Ruling, Stance

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
_STANCES: dict[str, Any] = {
    Stance.ACCEPT: _l("Accepted"),
    Stance.DISPUTE: _l("Disputed"),
    Stance.REMARK: _l("Remark"),
}
_RULINGS: dict[str, Any] = {Ruling.TAKEN_OVER: _l("Taken over"), Ruling.KEPT: _l("Score kept")}


def evidence_word(kind: str) -> str:
    """Return what a kind of evidence is called."""
    return str(EVIDENCE.get(kind, kind))


def stance_word(stance: Stance) -> str:
    """Return what an office says to a score, in a word."""
    return str(_STANCES[stance])


def ruling_word(ruling: Ruling) -> str:
    """Return what was decided about that, in a word."""
    return str(_RULINGS[ruling])


FILTERS = {"ruling_word": ruling_word, "stance_word": stance_word}
