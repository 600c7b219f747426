"""What is wrong with an instrument, a scheme or a sheet: all of it at once, each with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

# For the command line and the log; pages own their sentences by `code`.
SENTENCES = {
    "not_a_mapping": "keys and values are expected",
    "not_a_list": "a list is expected",
    "unknown_key": "the key {key!r} is unknown",
    "missing": "the key {key!r} is missing",
    "not_text": "text is expected",
    "empty": "it is empty",
    "too_long": "it is longer than {most} characters",
    "strange_characters": "it holds characters that cannot be shown",
    "reserved": "{value!r} is a mark that forms and sheets read as their own",
    "not_a_number": "a number is expected",
    "not_whole": "a whole number is expected",
    "not_a_flag": "true or false is expected",
    "out_of_range": "it must lie between {least} and {most}",
    "too_many_decimals": "it has more than {most} decimals",
    "bad_id": "letters, digits and single underscores are expected, a letter first, {most} at most",
    "bad_version": "a version such as 1.0 is expected",
    "unknown_choice": "{value!r} is none of {known}",
    "double": "{value!r} stands there twice",
    "double_id": "the id {value!r} stands there twice",
    "double_item": "the item {value!r} stands there twice",
    "too_many": "there are more than {most}",
    "none_given": "at least one is needed",
    "weights_do_not_sum": "the weights make {sum} instead of {wanted}",
    "weight_not_positive": "a weight is above 0",
    "not_for_this_type": "{key!r} does not go with {answer_type}",
    "thresholds_missing": "a measure needs thresholds",
    "thresholds_mixed": "a threshold has either max or min, and all have the same",
    "thresholds_order": "the thresholds are not in order",
    "thresholds_catch_all": "the last threshold must take all the rest, the others must not",
    "anchors_unfit": "an anchor for each of {known} is expected",
    "goes_with": "it goes with {key!r}",
    "relevance_unknown": "there is no indicator {value!r}",
    "relevance_of_itself": "an indicator cannot depend on itself",
    "relevance_kind": "an indicator can depend on yes_no and scale4 only",
    "relevance_cycle": "these depend on each other in a circle: {cycle}",
    "band_order": "the band begins above its end",
    "bands_do_not_touch": "the bands leave a gap or overlap between {below} and {above}",
    "bands_do_not_cover": "the bands must run from 0 to 100",
    "years": "years such as 2022-2024 or 2025- are expected",
    "file_too_large": "the file has more than {most} bytes",
    "not_utf8": "the file is not in UTF-8",
    "not_yaml": "this is no valid YAML",
    "yaml_trick": "anchors, aliases and tags are not taken",
    "yaml_too_deep": "the file is nested too deep, too long, or several in one",
    "sheet_unreadable": "the sheet cannot be read ({reason})",
    "sheet_missing": "the sheet is missing",
    "sheet_unknown": "the form has no such sheet",
    "sheet_hidden": "the sheet is hidden",
    "formula": "a formula is not taken, only its result written as text",
    "merged": "merged cells are not taken",
    "column_unknown": "the column is unknown",
    "column_double": "the column stands there twice",
    "cell_without_head": "a cell stands under no head",
    "row_double": "the row stands there twice",
    "row_outside": "the row stands outside every group",
    "role_unknown": "{value!r} is none of dimension, end, indicator, part",
    "type_differs": "the type is {value!r}, and the answer needs {wanted!r}",
    "threshold_not_understood": "{value!r} is no threshold such as max 15 = 100 or else = 0",
    "relevance_not_understood": "a condition such as ${{I01}} = 'yes' is expected",
    "unknown_indicator": "the instrument has no indicator {value!r}",
    "not_an_answer": "an answer is a word or a number",
    "na_and_value": "it cannot have a value and be not applicable",
    "more_than_all": "{numerator} of {denominator} is more than all",
    "unknown_cap": "there is no band {value!r}",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `where` is a path such as `dimensions[1].indicators[3].weight`."""

    where: str
    code: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        """Say it in English, on one line."""
        text = SENTENCES.get(self.code, self.code).format(**self.values)
        return f"{self.where}: {text}" if self.where else text


class Invalid(ValueError):
    """What was handed in is refused; `problems` lists all that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.sentence for problem in problems))
        self.problems = list(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)


class InstrumentInvalid(Invalid):
    """An instrument that cannot be used."""


class SchemeInvalid(Invalid):
    """A scheme that cannot be used."""
