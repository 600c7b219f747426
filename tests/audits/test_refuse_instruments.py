"""An instrument with slips is refused with all of them, each with its place."""

from collections.abc import Callable
from typing import Any

import pytest

from ombudsman_app.audits.scoring.definition import read_definition
from ombudsman_app.audits.scoring.problems import SENTENCES, InstrumentInvalid

from .small_instruments import dimension, indicator, instrument

STEPS = [{"max": 15, "score": 100}, {"max": None, "score": 0}]
WORDS = {str(step): "a word" for step in range(5)}


def _codes(mapping: Any) -> list[tuple[str, str]]:
    with pytest.raises(InstrumentInvalid) as refused:
        read_definition(mapping)
    for problem in refused.value:
        assert problem.code in SENTENCES
        assert "\n" not in problem.sentence
    return [(problem.where, problem.code) for problem in refused.value]


def _one(**changed: Any) -> dict[str, Any]:
    """Return an instrument of one question, changed."""
    question = {key: value for key, value in indicator("q1", **changed).items() if value is not ...}
    return instrument(dimension("only", "100", question))


FIRST = "dimensions[0].indicators[0]"
QUESTIONS: list[tuple[dict[str, Any], str, str]] = [
    ({"weight": "99.99"}, "dimensions[0].indicators", "weights_do_not_sum"),
    ({"weight": 0}, f"{FIRST}.weight", "weight_not_positive"),
    ({"weight": "-5"}, f"{FIRST}.weight", "weight_not_positive"),
    ({"weight": "100.00001"}, f"{FIRST}.weight", "out_of_range"),
    ({"weight": "99.99999"}, f"{FIRST}.weight", "too_many_decimals"),
    ({"weight": float("nan")}, f"{FIRST}.weight", "not_a_number"),
    ({"weight": float("inf")}, f"{FIRST}.weight", "not_a_number"),
    ({"weight": True}, f"{FIRST}.weight", "not_a_number"),
    ({"weight": "1e2"}, f"{FIRST}.weight", "not_a_number"),
    ({"weight": "٣"}, f"{FIRST}.weight", "not_a_number"),
    ({"weight": ...}, FIRST, "missing"),
    ({"question_en": ...}, FIRST, "missing"),
    ({"question_id": ...}, FIRST, "missing"),
    ({"question_id": " \n "}, f"{FIRST}.question_id", "empty"),
    ({"question_id": 3}, f"{FIRST}.question_id", "not_text"),
    ({"question_id": "x" * 501}, f"{FIRST}.question_id", "too_long"),
    ({"question_id": "a\u202eb"}, f"{FIRST}.question_id", "strange_characters"),
    ({"question_id": "a\x00b"}, f"{FIRST}.question_id", "strange_characters"),
    ({"question_id": "a\ud800b"}, f"{FIRST}.question_id", "strange_characters"),
    ({"id": "1"}, f"{FIRST}.id", "bad_id"),
    ({"id": "a__b"}, f"{FIRST}.id", "bad_id"),
    ({"id": "x" * 33}, f"{FIRST}.id", "bad_id"),
    ({"id": "only"}, f"{FIRST}.id", "double_id"),
    ({"component": "C15"}, f"{FIRST}.component", "unknown_choice"),
    ({"component": ["C01"]}, f"{FIRST}.component", "unknown_choice"),
    ({"answer_type": "stars"}, f"{FIRST}.answer_type", "unknown_choice"),
    ({"maladministration_if_fail": "theft"}, f"{FIRST}.maladministration_if_fail", "unknown_choice"),
    ({"evidence": ["rumour"]}, f"{FIRST}.evidence", "unknown_choice"),
    ({"evidence": ["photo", "photo"]}, f"{FIRST}.evidence", "double"),
    ({"evidence": []}, f"{FIRST}.evidence", "none_given"),
    ({"evidence": "photo"}, f"{FIRST}.evidence", "not_a_list"),
    ({"critical": "yes"}, f"{FIRST}.critical", "not_a_flag"),
    ({"critical": 1}, f"{FIRST}.critical", "not_a_flag"),
    ({"respondents": 0}, f"{FIRST}.respondents", "out_of_range"),
    ({"respondents": 1.0}, f"{FIRST}.respondents", "not_whole"),
    ({"na_reason": "no cases"}, f"{FIRST}.na_reason", "goes_with"),
    ({"colour": "red"}, FIRST, "unknown_key"),
    ({"thresholds": STEPS}, f"{FIRST}.thresholds", "not_for_this_type"),
    ({"anchors_id": WORDS}, f"{FIRST}.anchors_id", "not_for_this_type"),
    ({"answer_type": "scale4", "anchors_id": WORDS}, f"{FIRST}.anchors_id", "goes_with"),
    ({"answer_type": "scale4", "anchors_id": {"0": "a"}}, f"{FIRST}.anchors_id", "anchors_unfit"),
    ({"standard_days": 3}, f"{FIRST}.standard_days", "not_for_this_type"),
    ({"answer_type": "percentage", "standard_days": 3}, FIRST, "missing"),
    ({"answer_type": "percentage", "standard_day_type": "working"}, FIRST, "missing"),
    ({"answer_type": "measure"}, f"{FIRST}.thresholds", "thresholds_missing"),
    ({"answer_type": "measure", "thresholds": []}, f"{FIRST}.thresholds", "thresholds_missing"),
    (
        {"answer_type": "measure", "thresholds": [{"max": 1, "score": 1}]},
        f"{FIRST}.thresholds",
        "thresholds_catch_all",
    ),
    (
        {"answer_type": "measure", "thresholds": [{"min": 1, "score": 1}]},
        f"{FIRST}.thresholds",
        "thresholds_catch_all",
    ),
    (
        {"answer_type": "measure", "thresholds": [{"max": None, "score": 1}, *STEPS]},
        f"{FIRST}.thresholds",
        "thresholds_catch_all",
    ),
    (
        {"answer_type": "measure", "thresholds": [{"max": 20, "score": 1}, *STEPS]},
        f"{FIRST}.thresholds",
        "thresholds_order",
    ),
    (
        {"answer_type": "measure", "thresholds": [{"max": 15, "score": 1}, *STEPS]},
        f"{FIRST}.thresholds",
        "thresholds_order",
    ),
    (
        {
            "answer_type": "measure",
            "thresholds": [{"min": 1, "score": 9}, {"min": 2, "score": 5}, {"min": 0, "score": 0}],
        },
        f"{FIRST}.thresholds",
        "thresholds_order",
    ),
    (
        {"answer_type": "measure", "thresholds": [{"max": 1, "score": 9}, {"min": 0, "score": 5}]},
        f"{FIRST}.thresholds",
        "thresholds_mixed",
    ),
    (
        {
            "answer_type": "measure",
            "thresholds": [{"max": 9, "min": 1, "score": 9}, {"max": None, "score": 5}],
        },
        f"{FIRST}.thresholds",
        "thresholds_mixed",
    ),
    (
        {"answer_type": "measure", "thresholds": [{"max": -1, "score": 9}, {"max": None, "score": 5}]},
        f"{FIRST}.thresholds[0].max",
        "out_of_range",
    ),
    (
        {"answer_type": "measure", "thresholds": [{"max": 1, "score": 101}, {"max": None, "score": 5}]},
        f"{FIRST}.thresholds[0].score",
        "out_of_range",
    ),
    ({"answer_type": "measure", "thresholds": [3]}, f"{FIRST}.thresholds[0]", "not_a_mapping"),
    ({"answer_type": "measure", "thresholds": STEPS * 11}, f"{FIRST}.thresholds", "too_many"),
    (
        {"relevant_if": {"indicator": "q1", "is": ["yes"]}},
        f"{FIRST}.relevant_if.indicator",
        "relevance_of_itself",
    ),
    (
        {"relevant_if": {"indicator": "q9", "is": ["yes"]}},
        f"{FIRST}.relevant_if.indicator",
        "relevance_unknown",
    ),
    ({"relevant_if": {"indicator": "q9", "is": []}}, f"{FIRST}.relevant_if.is", "none_given"),
    ({"relevant_if": {"is": ["yes"]}}, f"{FIRST}.relevant_if", "missing"),
    ({"relevant_if": "q9"}, f"{FIRST}.relevant_if", "not_a_mapping"),
]


@pytest.mark.parametrize(("changed", "where", "code"), QUESTIONS)
def test_given_a_question_with_a_slip_when_read_then_its_place_is_named(
    changed: dict[str, Any], where: str, code: str
) -> None:
    assert (where, code) in _codes(_one(**changed))


WHOLE: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: None, "", "not_a_mapping"),
    (lambda: [], "", "not_a_mapping"),
    (dict, "", "not_a_mapping"),
    (lambda: {**_one(), "colour": "red"}, "", "unknown_key"),
    (lambda: {**_one(), "dimensions": []}, "dimensions", "none_given"),
    (lambda: {**_one(), "dimensions": None}, "", "missing"),
    (lambda: {**_one(), "dimensions": [3]}, "dimensions[0]", "not_a_mapping"),
    (lambda: {**_one(), "version": "one"}, "version", "bad_version"),
    (lambda: {**_one(), "version": 1.0}, "version", "not_text"),
    (lambda: {**_one(), "min_denominator": 0}, "min_denominator", "out_of_range"),
    (lambda: {**_one(), "min_denominator": None}, "", "missing"),
    (lambda: {**_one(), "anchors_en": None}, "", "missing"),
    (lambda: instrument(dimension("a", "50", indicator("q1"))), "dimensions", "weights_do_not_sum"),
    (
        lambda: instrument(dimension("a", "50", indicator("q1")), dimension("b", "50.01", indicator("q2"))),
        "dimensions",
        "weights_do_not_sum",
    ),
    (lambda: instrument(dimension("a", "100")), "dimensions[0].indicators", "none_given"),
    (
        lambda: instrument(dimension("a", "50", indicator("q1")), dimension("a", "50", indicator("q2"))),
        "dimensions[1].id",
        "double_id",
    ),
    (
        lambda: instrument(dimension("a", "50", indicator("q1")), dimension("b", "50", indicator("q1"))),
        "dimensions[1].indicators[0].id",
        "double_id",
    ),
    (
        lambda: instrument(
            dimension("a", "50", indicator("q1")), dimension("b", "50", indicator("q2", item="q1"))
        ),
        "dimensions[1].indicators[0].item",
        "double_item",
    ),
    (
        lambda: instrument(dimension("a", "100", *(indicator(f"q{n}", weight="0.25") for n in range(400)))),
        "dimensions[0].indicators",
        "too_many",
    ),
    (
        lambda: instrument(
            *(
                dimension(f"d{d}", "50", *(indicator(f"q{d}_{n}", weight="0.5") for n in range(200)))
                for d in (1, 2)
            )
        ),
        "dimensions",
        "too_many",
    ),
]


@pytest.mark.parametrize(("mapping", "where", "code"), WHOLE)
def test_given_a_whole_with_a_slip_when_read_then_its_place_is_named(
    mapping: Callable[[], Any], where: str, code: str
) -> None:
    assert (where, code) in _codes(mapping())


def _depending(**on: str) -> dict[str, Any]:
    """Return an instrument of four questions; `a="b"`: a counts only where b is yes."""
    names = ["a", "b", "c", "d"]
    return instrument(
        dimension(
            "only",
            "100",
            *(
                indicator(
                    name,
                    weight="25",
                    **({"relevant_if": {"indicator": on[name], "is": ["yes"]}} if name in on else {}),
                )
                for name in names
            ),
        )
    )


@pytest.mark.parametrize(
    ("on", "circle"),
    [
        ({"a": "b", "b": "a"}, "a → b → a"),
        ({"a": "b", "b": "c", "c": "d", "d": "a"}, "a → b → c → d → a"),
        ({"a": "b", "b": "c", "c": "b"}, "b → c → b"),
    ],
)
def test_given_questions_that_depend_in_a_circle_when_read_then_the_circle_is_shown(
    on: dict[str, str], circle: str
) -> None:
    with pytest.raises(InstrumentInvalid) as refused:
        read_definition(_depending(**on))
    assert [problem.values.get("cycle") for problem in refused.value] == [circle]


def test_given_a_question_that_depends_on_a_later_one_when_read_then_it_is_taken() -> None:
    read = read_definition(_depending(a="d", d="c"))
    assert read.by_id["a"].relevant_if
    assert read.by_id["a"].relevant_if.indicator == "d"


def test_given_a_question_that_depends_on_a_number_or_an_unknown_word_when_read_then_it_is_named() -> None:
    mapping = _depending(a="b", c="d")
    questions = mapping["dimensions"][0]["indicators"]
    questions[1] |= {"answer_type": "percentage"}
    questions[2]["relevant_if"]["is"] = ["yes", "3", "yes"]
    assert _codes(mapping) == [
        ("dimensions[0].indicators[2].relevant_if.is", "double"),
        ("dimensions[0].indicators[0].relevant_if.indicator", "relevance_kind"),
        ("dimensions[0].indicators[2].relevant_if.is", "unknown_choice"),
    ]


def test_given_many_slips_when_read_then_one_refusal_names_all() -> None:
    mapping = _depending(a="b", b="a", c="z")
    mapping["dimensions"][0]["weight"] = "99"
    mapping["dimensions"][0]["indicators"][3] |= {"weight": "24", "component": "C99", "question_en": ""}
    assert {code for _where, code in _codes(mapping)} == {
        "relevance_cycle",
        "relevance_unknown",
        "weights_do_not_sum",
        "unknown_choice",
        "empty",
    }
