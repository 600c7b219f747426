"""What notes of the field suggest as an answer, and how it came about. A person takes it or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .answers import Answer

# For the log and tests; pages own their sentences by `code`.
SENTENCES = {
    "claims_in_time": "{in_time} of {counted} files were decided in time",
    "no_claims": "no file of the sample can be counted",
    "median": "the median of {n} readings is {minutes} minutes",
    "mean": "the mean of {n} readings is {minutes} minutes",
    "lowest_counter": "of {n} counters, {counter} is the lowest",
    "all_counters_na": "it does not apply at any counter",
    "mean_of_officers": "the mean of {n} officers is {mean}, rounded down",
    "users_experienced": "{experienced} of {n} people experienced it",
}


class SamplesUnfit(ValueError):
    """Notes from which nothing can be suggested. `code` says why, `values` fill its sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Suggestion:
    """An answer without evidence (that is counted beside it), or none, with the words of how it came.

    `lines`: each note and what became of it. `warnings`: codes such as `too_few`.
    """

    answer: Answer | None
    code: str
    values: Mapping[str, Any]
    lines: tuple[Any, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def sentence(self) -> str:
        """Say it in English, on one line."""
        return SENTENCES[self.code].format(**self.values)
