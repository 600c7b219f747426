"""Changing: callers import the names from here."""

from .scoring import (
    Recounted,
    answers_of_sheet,
    frozen_inputs,
    keep_score,
    latest_score,
    result_of,
    verify_scores,
)
from .shipped import load_shipped

__all__ = [
    "Recounted",
    "answers_of_sheet",
    "frozen_inputs",
    "keep_score",
    "latest_score",
    "load_shipped",
    "result_of",
    "verify_scores",
]
