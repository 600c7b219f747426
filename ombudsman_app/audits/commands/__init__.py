"""Changing: callers import the names from here."""

from .instruments import (
    Change,
    InstrumentInput,
    change_draft,
    change_head,
    copy_version,
    make_instrument,
    put_in_use,
    retire_version,
    take_in_version,
)
from .schemes import add_scheme
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
    "Change",
    "InstrumentInput",
    "Recounted",
    "add_scheme",
    "answers_of_sheet",
    "change_draft",
    "change_head",
    "copy_version",
    "frozen_inputs",
    "keep_score",
    "latest_score",
    "load_shipped",
    "make_instrument",
    "put_in_use",
    "result_of",
    "retire_version",
    "take_in_version",
    "verify_scores",
]
