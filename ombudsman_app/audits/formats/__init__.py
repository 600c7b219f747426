"""How audits look in words and pictures: each file brings its filters."""

from . import answers
from .answers import audit_answer, severity_word

FILTERS = {**answers.FILTERS}

__all__ = ["FILTERS", "audit_answer", "severity_word"]
