"""How audits look in words and pictures: each file brings its filters."""

from . import answers, compared, published, rounds, stages, words
from .answers import audit_answer, severity_word
from .words import ruling_word, stance_word

FILTERS = {
    **answers.FILTERS,
    **compared.FILTERS,
    **published.FILTERS,
    **rounds.FILTERS,
    **stages.FILTERS,
    **words.FILTERS,
}

__all__ = ["FILTERS", "audit_answer", "ruling_word", "severity_word", "stance_word"]
