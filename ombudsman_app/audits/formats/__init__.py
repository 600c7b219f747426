"""How audits look in words and pictures: each file brings its filters."""

from . import (
    answers,
    calendar,
    compared,
    field,
    instruments,
    paper_pictures,
    published,
    rounds,
    stages,
    words,
)
from .answers import audit_answer, severity_word
from .stages import seat_word
from .words import ruling_word, stance_word

FILTERS = {
    **answers.FILTERS,
    **calendar.FILTERS,
    **compared.FILTERS,
    **field.FILTERS,
    **published.FILTERS,
    **paper_pictures.FILTERS,
    **rounds.FILTERS,
    **stages.FILTERS,
    **words.FILTERS,
    **instruments.FILTERS,
}

__all__ = ["FILTERS", "audit_answer", "ruling_word", "seat_word", "severity_word", "stance_word"]
