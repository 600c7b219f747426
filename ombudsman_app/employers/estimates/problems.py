"""What is wrong with the input of an estimate: all of it, each with its field and a sentence."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# For the command line and the log; pages own their sentences by `code`.
SENTENCES = {
    "unknown_key": "unknown key {value!r}; known are {known}",
    "missing": "{field} is missing",
    "missing_either": "{field} or {other} is missing",
    "not_whole": "{field} must be a whole number",
    "out_of_range": "{field} must lie between {least} and {most}",
    "not_a_flag": "{field} must be true or false",
    "not_a_choice": "{field} must be one of {known}",
    "not_a_list": "{field} must be a list with 1 to {most} items",
    "not_an_object": "{field} must hold objects",
    "double": "{field} holds {value} twice",
    "not_a_month": "{field} must be a month written as 2026-03",
    "not_a_day": "{field} must be a day of the calendar written as 2026-03-16",
    "not_a_region": "{field} must be a region code such as 76 or 76.04",
    "needs": "{field} needs {other}",
    "either": "give either {field} or {other}, not both",
    "before": "{field} must not lie before {other}",
    "not_equal": "{field} and {other} do not say the same",
    "too_many_months": "more than {most} months are not estimated at once",
    "too_early": "{field}: months before {first} are refused, since contributions began then",
    "no_ceiling": "{field}: months before {first} are refused where JP is asked, since no ceiling is known",
    "ceiling_unsaid": "JP needs from, or jp_ceiling_above_wage: true, since the ceiling differs by month",
    "above_ceiling": "jp_ceiling_above_wage is true, but {field} is above the ceiling of {month} ({rupiah})",
    "no_minimum_wage": "{field}: no minimum wage is kept for {region} in {year}; give a wage instead",
    "above_true": "{field} must not be above the true wage ({rupiah} in {month})",
    "more_than_billed": "{field} must not be above what was billed in the same month",
    "nothing_missing": "{field}: every programme that is required is joined",
    "value_order": "{field} must not be below contract_value_without_vat",
    "paid_too_soon": "{field} must be at least months",
    "too_late": "{field}: days of the calendar are known up to {last} only",
    "scale_needed": "{field} or {other} is missing: which programmes are asked",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `field` is a key of the input, such as `workers` or `bills[3].paid`."""

    field: str
    code: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        """Say it in English, on one line."""
        return SENTENCES[self.code].format(field=self.field, **self.values)


class EstimateRefused(ValueError):
    """An input is refused; `problems` lists all that is wrong with it, at least one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.sentence for problem in problems))
        self.problems = list(problems)
