"""A filled sheet, read from keys and values: each answer is of the kind of its indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .definition.shape import AnswerType, Definition, Indicator
from .exact import LARGEST, decimal_of, plain
from .formula import SKM_LEAST, SKM_MOST
from .problems import Invalid, Problem
from .reader import Reader, clean, is_shown, shown

REASON = 4_000
MOST_CASES = 1_000_000_000
MOST_EVIDENCE = 10_000
_COUNTED = ("numerator", "denominator")


class AnswersInvalid(Invalid):
    """A sheet that cannot be read. What is missing on a sound one is told when it is scored."""


@dataclass(frozen=True)
class Answer:
    """One answer: a value, a count, or why it does not apply. `evidence` counts items of an allowed kind."""

    value: str | Decimal | None = None  # a choice, or a number
    numerator: int | None = None
    denominator: int | None = None
    na: str | None = None  # the reason; empty: none was given
    evidence: int = 0

    @property
    def is_na(self) -> bool:
        return self.na is not None

    def as_mapping(self) -> dict[str, Any]:
        """Return what `read_answers` reads back as the same."""
        if self.na is not None:
            return {"na": self.na}
        if self.denominator is not None:
            given: dict[str, Any] = {"numerator": self.numerator, "denominator": self.denominator}
        else:
            given = {"value": plain(self.value) if isinstance(self.value, Decimal) else self.value}
        return {**given, "evidence": self.evidence}


def read_answers(mapping: object, definition: Definition) -> dict[str, Answer]:
    """Return the answers by indicator, in the order of the instrument. Raises AnswersInvalid, all at once."""
    problems: list[Problem] = []
    if not isinstance(mapping, Mapping):
        raise AnswersInvalid([Problem("answers", "not_a_mapping")])
    known = definition.by_id
    problems.extend(
        Problem("answers", "unknown_indicator", {"value": shown(name)})
        for name in mapping
        if name not in known
    )
    read = {
        name: _answer(mapping[name], indicator, problems)
        for name, indicator in known.items()
        if mapping.get(name) is not None
    }
    if problems:
        raise AnswersInvalid(problems)
    return read


def read_answer(given: object, indicator: Indicator) -> Answer:
    """Return one answer. Raises AnswersInvalid."""
    problems: list[Problem] = []
    answer = _answer(given, indicator, problems)
    if problems:
        raise AnswersInvalid(problems)
    return answer


def _answer(given: object, indicator: Indicator, problems: list[Problem]) -> Answer:
    known = (*(_COUNTED if indicator.answer_type.is_counted else ("value",)), "na", "evidence")
    reader = Reader(given, indicator.id, problems, known)
    evidence = reader.whole("evidence", 0, MOST_EVIDENCE) or 0
    if "na" in reader.given and reader.given["na"] is not None:
        return Answer(na=_reason(reader), evidence=evidence)
    if not reader.given:
        if isinstance(given, Mapping):
            reader.note("missing", key=known[0])
        return Answer()
    if indicator.answer_type.is_counted:
        numerator, denominator = _count(reader)
        return Answer(numerator=numerator, denominator=denominator, evidence=evidence)
    return Answer(value=_value(reader, indicator), evidence=evidence)


def _reason(reader: Reader) -> str:
    if any(reader.has(key) for key in ("value", *_COUNTED)):
        reader.note("na_and_value")
    reason = reader.given["na"]
    if not isinstance(reason, str):
        reader.note("not_text", "na")
        return ""
    reason = clean(reason)
    if not is_shown(reason):
        reader.note("strange_characters", "na")
    elif len(reason) > REASON:
        reader.note("too_long", "na", most=REASON)
    return reason


def _count(reader: Reader) -> tuple[int | None, int | None]:
    for key in _COUNTED:
        if not reader.has(key):
            reader.note("missing", key=key)
    numerator, denominator = (reader.whole(key, 0, MOST_CASES) for key in _COUNTED)
    if numerator is not None and denominator is not None and numerator > denominator:
        reader.note("more_than_all", "numerator", numerator=numerator, denominator=denominator)
    return numerator, denominator


def _value(reader: Reader, indicator: Indicator) -> str | Decimal | None:
    if not reader.has("value"):
        reader.note("missing", key="value")
        return None
    given = reader.given["value"]
    if choices := indicator.answer_type.choices:
        word = str(given) if type(given) is int and indicator.answer_type is AnswerType.SCALE4 else given
        if not isinstance(word, str) or word not in choices:
            reader.note("unknown_choice", "value", value=shown(word), known=", ".join(choices))
            return None
        return word
    number = decimal_of(given)
    if number is None:
        reader.note("not_a_number", "value")
    elif indicator.answer_type is AnswerType.SKM and not SKM_LEAST <= number <= SKM_MOST:
        reader.note("out_of_range", "value", least=SKM_LEAST, most=SKM_MOST)
    elif number < 0:
        reader.note("out_of_range", "value", least=0, most=plain(LARGEST))
    return number
