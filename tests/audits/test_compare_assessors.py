"""Percent agreement and Cohen's kappa: by hand, beside another program, and where kappa does not exist."""

from decimal import Decimal
from fractions import Fraction
from random import Random  # noqa: TID251 - the same tables each time

import pytest
from nltk.metrics.agreement import AnnotationTask

from ombudsman_app.audits.scoring.agreement import (
    CHANCE_IS_ONE,
    NO_COMMON,
    agreement,
    compare_sheets,
    read_sheet,
    word_of,
)
from ombudsman_app.audits.scoring.answers import Answer
from ombudsman_app.audits.scoring.definition import bpjstk_branch_v1

TABLES = 200


def _table(number: int) -> list[tuple[str, str]]:
    """Return a table of answers: from few to many, from two words to five, from agreeing to chance."""
    chance = Random(number)
    words = "01234"[: chance.randint(2, 5)]
    likely = chance.random()
    first = [chance.choice(words) for _ in range(chance.randint(2, 60))]
    return [(one, one if chance.random() < likely else chance.choice(words)) for one in first]


@pytest.mark.parametrize("number", range(TABLES))
def test_given_a_table_when_compared_then_another_program_says_the_same(number: int) -> None:
    pairs = _table(number)
    ours = agreement(pairs)
    task = AnnotationTask(
        [(who, str(n), pair[side]) for side, who in enumerate("ab") for n, pair in enumerate(pairs)]
    )

    assert ours.observed == pytest.approx(task.avg_Ao())
    if ours.kappa is None:
        assert len({word for pair in pairs for word in pair}) == 1
        return
    assert float(ours.kappa) == pytest.approx(task.kappa(), abs=1e-12)


def test_the_tables_are_not_all_alike() -> None:
    kappas = [one for n in range(TABLES) if (one := agreement(_table(n)).kappa) is not None]
    assert len(set(kappas)) > TABLES // 2
    assert min(kappas) < 0
    assert max(kappas) == 1


def test_given_the_textbook_table_when_compared_then_kappa_is_two_fifths() -> None:
    # 50 papers: both yes 20, first alone 5, second alone 10, both no 15. Observed 0.7; chance
    # (25 x 30 + 25 x 20) / 2500 = 0.5; kappa (0.7 - 0.5) / 0.5 = 0.4
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = agreement(pairs)

    assert (found.observed, found.kappa) == (Fraction(7, 10), Fraction(2, 5))
    assert found.as_json() == {"n": 50, "percent_agreement": "0.7000", "kappa": "0.4000", "note": None}


def test_given_two_who_never_agree_when_compared_then_kappa_is_below_nothing() -> None:
    # Observed 0; chance (1 x 1 + 1 x 1) / 4 = 0.5; kappa -1
    assert agreement([("a", "b"), ("b", "a")]).as_json()["kappa"] == "-1.0000"


def test_given_one_and_the_same_answer_throughout_when_compared_then_kappa_does_not_exist() -> None:
    assert agreement([("3", "3")] * 9).as_json() == {
        "n": 9,
        "percent_agreement": "1.0000",
        "kappa": None,
        "note": CHANCE_IS_ONE,
    }


def test_given_one_who_always_says_the_same_when_compared_then_kappa_is_nothing() -> None:
    assert agreement([("3", "3"), ("3", "2")]).as_json()["kappa"] == "0.0000"


def test_given_sheets_without_a_common_indicator_when_compared_then_nothing_is_told() -> None:
    found = compare_sheets(bpjstk_branch_v1(), {"I01": "3"}, {"I02": "3"})
    assert (found.whole.n, found.whole.observed, found.whole.kappa, found.whole.note) == (
        0,
        None,
        None,
        NO_COMMON,
    )
    assert list(found.by_dimension) == ["input", "process", "output", "complaints"]


def test_given_two_sheets_when_compared_then_the_indicators_that_differ_are_named_in_their_order() -> None:
    sheets = ({"P01": "3", "I02": "1", "I01": "4"}, {"I01": "3", "P01": "2", "I02": "1"})
    assert compare_sheets(bpjstk_branch_v1(), *sheets).differ == ("I01", "P01")


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Answer(value="3", evidence=2), "3"),
        (Answer(value=Decimal("1.20")), "1.2"),
        (Answer(value="yes"), "yes"),
        (Answer(numerator=8, denominator=10), "8/10"),
        (Answer(na="no cases"), "na"),
    ],
)
def test_given_an_answer_when_named_then_a_sheet_of_the_command_line_names_it_alike(
    answer: Answer, word: str
) -> None:
    assert word_of(answer) == word
    assert read_sheet({"P11": answer.as_mapping()}, "a", bpjstk_branch_v1()) == {"P11": word}
