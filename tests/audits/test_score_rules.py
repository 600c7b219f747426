"""The numbers of the formula are those of the law file; what holds for all sheets holds for random ones."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ombudsman_app.audits.scoring import formula
from ombudsman_app.audits.scoring.answers import Answer, read_answers
from ombudsman_app.audits.scoring.definition import (
    COMPONENTS,
    EvidenceKind,
    Indicator,
    Maladministration,
    as_mapping,
    bpjstk_branch_v1,
    digest,
    read_definition,
)
from ombudsman_app.audits.scoring.definition.shipped import audit_rules, words
from ombudsman_app.audits.scoring.exact import half_up, written
from ombudsman_app.audits.scoring.scheme import (
    SchemeInvalid,
    band_for,
    read_scheme,
    scheme,
    scheme_mapping,
    scheme_of_year,
    schemes,
)
from ombudsman_app.audits.scoring.score import Result, score_sheet
from ombudsman_app.complaints.states.report import FORMS

BRANCH = bpjstk_branch_v1()
SCHEME = scheme(BRANCH.scheme)
assert SCHEME


def test_the_numbers_of_the_formula_are_those_of_the_rules() -> None:
    types = audit_rules()["instrument"]["answer_types"]

    assert types["yes_no"]["values"] == formula.YES_NO
    assert types["scale4"]["values"] == formula.SCALE4
    assert types["skm"]["score"] == f"(IKM - {formula.SKM_LEAST}) / 75 x {formula.FULL}"
    assert formula.SKM_MOST - formula.SKM_LEAST == 75
    assert f"below {formula.MAJOR_BELOW}" in audit_rules()["instrument"]["rules"]["critical"]
    assert "caps the category at C" in audit_rules()["instrument"]["rules"]["critical"]
    assert words()["caps"] == {"categories_a_e": "C"}


def test_the_words_of_the_parts_are_those_of_the_rules() -> None:
    assert [one["id"] for one in audit_rules()["service_standard_components"]] == list(COMPONENTS)
    assert audit_rules()["instrument"]["evidence_types"] == list(EvidenceKind)
    assert set(words()["maladministration_forms"]) == set(Maladministration) == set(FORMS)


def test_given_the_shipped_instrument_when_read_then_it_is_the_one_of_the_domain_file() -> None:
    assert [len(dimension.indicators) for dimension in BRANCH.dimensions] == [15, 20, 10, 12]
    assert [str(dimension.weight) for dimension in BRANCH.dimensions] == ["21.85", "32.37", "24.24", "21.54"]
    assert [one.id for one in BRANCH.indicators if one.critical] == ["I09", "P16", "P17", "O05"]
    assert (BRANCH.min_denominator, BRANCH.min_respondents) == (5, 30)
    assert BRANCH.by_id["P11"].standard_days == 5
    assert BRANCH.anchors(BRANCH.by_id["I01"], "id")[4] == ("4", "Lengkap, terlihat, dan berfungsi")
    assert BRANCH.anchors(BRANCH.by_id["I01"], "en")[0] == ("0", "Absent")


def test_given_an_instrument_when_written_then_it_reads_back_as_the_same() -> None:
    assert read_definition(as_mapping(BRANCH)) == BRANCH
    assert digest(read_definition(as_mapping(BRANCH))) == digest(BRANCH)


def test_the_schemes_are_those_of_the_years() -> None:
    found = {
        year: one.id if (one := scheme_of_year(year)) else None
        for year in (2012, 2013, 2021, 2022, 2024, 2025, 2040)
    }

    assert found == {
        2012: None,
        2013: "kepatuhan_2015_2021",
        2021: "kepatuhan_2015_2021",
        2022: "kepatuhan_2022_2024",
        2024: "kepatuhan_2022_2024",
        2025: "opini_2025",
        2040: "opini_2025",
    }
    assert dict(SCHEME.weights) == {one.id: one.weight for one in BRANCH.dimensions}
    assert SCHEME.cap == "C"


@pytest.mark.parametrize("one", schemes(), ids=lambda one: one.id)
def test_given_a_scheme_when_written_then_it_reads_back_as_the_same(one: Any) -> None:
    assert read_scheme(scheme_mapping(one)) == one


def _bands(*ends: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"id": f"B{n}", "min": low, "max": high, "zone": "green", "title_id": "Baik", "title_en": "Good"}
        for n, (low, high) in enumerate(ends)
    ]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"bands": _bands(("0", "49.99"), ("50.01", "100"))}, {"bands_do_not_touch"}),
        ({"bands": _bands(("0", "50"), ("50", "100"))}, {"bands_do_not_touch"}),
        ({"bands": _bands(("1", "49.99"), ("50", "100"))}, {"bands_do_not_cover"}),
        ({"bands": _bands(("0", "49.99"), ("50", "99"))}, {"bands_do_not_cover"}),
        ({"bands": _bands(("0", "49.995"), ("50", "100"))}, {"too_many_decimals"}),
        ({"bands": _bands(("0", "49.99"), ("100", "50"))}, {"band_order"}),
        ({"bands": _bands(("0", "101"))}, {"out_of_range"}),
        ({"bands": _bands(("0", "100")) * 2}, {"double_id"}),
        ({"bands": []}, {"none_given"}),
        ({"bands": [3]}, {"not_a_mapping", "missing"}),
        ({"cap": "Z"}, {"unknown_cap"}),
        ({"years": "2025"}, {"years"}),
        ({"years": "2025-2024"}, {"years"}),
        ({"weights": {"a": "50", "b": "49.99"}}, {"weights_do_not_sum"}),
        ({"weights": [1]}, {"not_a_mapping"}),
        ({"colour": "red"}, {"unknown_key"}),
        ({"title_en": ""}, {"empty"}),
        ({"verified": "maybe"}, {"unknown_choice"}),
    ],
)
def test_given_a_scheme_with_a_slip_when_read_then_it_is_named(
    changed: dict[str, Any], codes: set[str]
) -> None:
    with pytest.raises(SchemeInvalid) as refused:
        read_scheme({**scheme_mapping(SCHEME), **changed})
    assert codes <= {problem.code for problem in refused.value}


def test_given_a_scheme_with_many_slips_when_read_then_all_are_named() -> None:
    with pytest.raises(SchemeInvalid) as refused:
        read_scheme({"bands": _bands(("5", "1")), "cap": "Z", "years": "x"})
    assert {"band_order", "unknown_cap", "years", "missing"} <= {problem.code for problem in refused.value}


@settings(deadline=None)
@given(st.decimals(0, 100, places=4))
def test_every_total_has_exactly_one_band(total: Decimal) -> None:
    rounded = half_up(total, 2)
    fitting = [band for band in SCHEME.bands if band.min <= rounded <= band.max]

    assert [band_for(SCHEME, total)] == fitting


@settings(deadline=None)
@given(st.fractions(-200, 200, max_denominator=10**7), st.integers(0, 10))
def test_rounding_is_half_up_from_the_exact_value(value: Fraction, places: int) -> None:
    rounded = Fraction(half_up(value, places))
    step = Fraction(1, 10**places)

    assert abs(rounded - value) * 2 <= step
    if abs(rounded - value) * 2 == step:
        assert abs(rounded) > abs(value)
    assert Fraction(written(value, places)) == rounded


# A step of an answer: from the worst, 0, to the best, 4.
STEPS = st.integers(0, 4)


def _answer(indicator: Indicator, step: int) -> Answer:
    match str(indicator.answer_type):
        case "yes_no":
            return Answer(value="yes" if step >= 2 else "no", evidence=1)
        case "scale4":
            return Answer(value=str(step), evidence=1)
        case "percentage":
            return Answer(numerator=step, denominator=4, evidence=1)
        case "survey_negative":
            return Answer(numerator=4 - step, denominator=4, evidence=1)
        case "skm":
            return Answer(value=Decimal(25 + 15 * step), evidence=1)
    rises = indicator.thresholds[0].min is not None
    worse = Decimal(step * 4 if rises else (4 - step) * 20)
    return Answer(value=worse if indicator.id != "I05" else Decimal(5 - step) / 2, evidence=1)


SHEETS = st.fixed_dictionaries({one.id: STEPS for one in BRANCH.indicators})
MAY_BE_NA = [one.id for one in BRANCH.indicators if one.may_be_na]


def _score(steps: Mapping[str, int], left_out: frozenset[str] = frozenset()) -> Result:
    answers = {name: _answer(BRANCH.by_id[name], step) for name, step in steps.items()}
    answers |= {name: Answer(na="no cases in the period") for name in left_out}
    return score_sheet(BRANCH, SCHEME, answers)


@settings(deadline=None)
@given(SHEETS, st.sampled_from([one.id for one in BRANCH.indicators]))
def test_a_better_answer_never_lowers_the_total(steps: dict[str, int], name: str) -> None:
    before = _score(steps)
    after = _score({**steps, name: min(4, steps[name] + 1)})

    assert after.total_exact >= before.total_exact
    assert set(after.critical_failed) <= set(before.critical_failed)
    assert before.band
    assert after.band
    assert after.band.min >= before.band.min


@settings(deadline=None)
@given(SHEETS, st.randoms(use_true_random=False))
def test_the_order_of_indicators_and_answers_does_not_matter(steps: dict[str, int], chance: Any) -> None:
    mapping = as_mapping(BRANCH)
    for dimension in mapping["dimensions"]:
        chance.shuffle(dimension["indicators"])
    chance.shuffle(mapping["dimensions"])
    names = list(steps)
    chance.shuffle(names)
    answers = {name: _answer(BRANCH.by_id[name], steps[name]) for name in names}

    shuffled = score_sheet(read_definition(mapping), SCHEME, answers)
    straight = _score(steps)

    assert shuffled.total_exact == straight.total_exact
    assert set(shuffled.findings) == set(straight.findings)
    assert shuffled.category == straight.category


@settings(deadline=None)
@given(SHEETS, st.sets(st.sampled_from(MAY_BE_NA)))
def test_what_does_not_apply_moves_its_weight_inside_the_dimension(
    steps: dict[str, int], left_out: set[str]
) -> None:
    result = _score(steps, frozenset(left_out))

    for dimension, given_dimension in zip(result.dimensions, BRANCH.dimensions, strict=True):
        assert sum(one.share for one in dimension.indicators) == 1
        assert dimension.weight == given_dimension.weight
        kept = [one for one in dimension.indicators if one.na is None]
        assert {one.share / Fraction(one.weight) for one in kept} == {
            kept[0].share / Fraction(kept[0].weight)
        }
    assert 0 <= result.total_exact <= 100
    assert not left_out & {one.indicator for one in result.findings}


@settings(deadline=None)
@given(SHEETS)
def test_given_answers_when_written_then_they_read_back_as_the_same(steps: dict[str, int]) -> None:
    answers = {name: _answer(BRANCH.by_id[name], step) for name, step in steps.items()}
    answers["P15"] = Answer(na="no cases in the period")

    assert read_answers({name: one.as_mapping() for name, one in answers.items()}, BRANCH) == answers
