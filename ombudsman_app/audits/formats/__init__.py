"""How audits look in words and pictures: each file brings its filters."""

from . import (
    answers,
    calendar,
    compared,
    drafts,
    field,
    field_samples,
    instruments,
    paper_pictures,
    published,
    rounds,
    stages,
    words,
)
from .answers import audit_answer, severity_word
from .drafts import audit_to_office, audit_tone, choice_words, proposal_tone, proposal_word, shown_clock
from .stages import seat_word
from .words import ruling_word, stance_word

FILTERS = {
    **drafts.FILTERS,
    **answers.FILTERS,
    **calendar.FILTERS,
    **compared.FILTERS,
    **field.FILTERS,
    **field_samples.FILTERS,
    **published.FILTERS,
    **paper_pictures.FILTERS,
    **rounds.FILTERS,
    **stages.FILTERS,
    **words.FILTERS,
    **instruments.FILTERS,
}

__all__ = [
    "FILTERS",
    "audit_answer",
    "audit_to_office",
    "audit_tone",
    "choice_words",
    "proposal_tone",
    "proposal_word",
    "ruling_word",
    "seat_word",
    "severity_word",
    "shown_clock",
    "stance_word",
]
