"""How audits look in words and pictures: each file brings its filters."""

from . import answers, rounds, stages, words
from .answers import audit_answer, severity_word
from .words import ruling_word, stance_word

FILTERS = {**answers.FILTERS, **words.FILTERS, **stages.FILTERS, **rounds.FILTERS}

__all__ = ["FILTERS", "audit_answer", "ruling_word", "severity_word", "stance_word"]
