"""Scores that were worked out on paper (`scored_by_hand.yaml`) come out to the last digit."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ombudsman_app.audits.scoring.answers import read_answers
from ombudsman_app.audits.scoring.definition import Definition
from ombudsman_app.audits.scoring.scheme import scheme
from ombudsman_app.audits.scoring.score import Result, SheetRefused, score_sheet

from .small_instruments import from_short

BOOK: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("scored_by_hand.yaml").read_text("utf-8"))
CASES = BOOK["cases"]


@cache
def definition_of(name: str) -> Definition:
    return from_short(BOOK["instruments"][name])


def _scored(case: dict[str, Any]) -> Result:
    definition = definition_of(case["instrument"])
    given = {**BOOK["full"][case["instrument"]], **case.get("answers", {})}
    used = scheme(case.get("scheme", definition.scheme))
    assert used
    return score_sheet(definition, used, read_answers(given, definition), cap=case.get("cap", True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_given_a_sheet_scored_by_hand_when_scored_then_it_is_the_same(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(SheetRefused) as refused:
            _scored(case)
        assert (refused.value.code, list(refused.value.names)) == (case["refused"], case["names"])
        return
    found = _scored(case).as_json()

    assert {key: found[key] for key in case["expect"]} == case["expect"]


def test_there_are_at_least_forty_with_names_of_their_own() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_given_what_is_kept_of_a_score_when_added_up_then_points_and_costs_make_a_hundred(
    case: dict[str, Any],
) -> None:
    if "refused" in case:
        return
    result = _scored(case)

    assert result.total_exact + sum(one.cost for one in result.indicators) == 100
    for dimension in result.dimensions:
        assert sum(one.share for one in dimension.indicators) == 1
    assert result.as_snapshot()["total"] == result.as_json()["total"]
