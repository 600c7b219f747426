"""What can be true of a place, and what is odd about it. Vectors: `rules/coverage.yaml`."""

from datetime import date
from decimal import Decimal

import pytest

from ombudsman_app.coverage.checks import BOUNDS, Claim, check, percent_of
from ombudsman_app.coverage.errors import FigureRefused
from ombudsman_app.coverage.shipped import shipped_figures, shipped_targets
from ombudsman_app.coverage.states import PARTS, RULES, Definition, FigureStatus, Flag, Part

TODAY, PUBLISHED = date(2026, 11, 28), date(2026, 7, 10)
UCJ, DAY = Definition.UCJ, date(2026, 6, 30)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (555_276, 1_808_432, "30.7048"),
        (623_409, 780_666, "79.8560"),
        (193_218, 397_894, "48.5602"),
        (1_043_751, 2_865_109, "36.4297"),
        (0, 5, "0.0000"),
        (1, 3, "33.3333"),
        (2, 3, "66.6667"),
        (1, 80_000, "0.0013"),  # 0.00125: halves go up
    ],
)
def test_given_both_counts_then_the_percentage_is_computed(
    numerator: int, denominator: int, percent: str
) -> None:
    assert percent_of(numerator, denominator) == Decimal(percent)
    found = check(Claim(UCJ, Part.WHOLE, DAY, numerator, denominator), published=None, today=TODAY)
    assert (found.status, found.percent) == (FigureStatus.COMPUTED, Decimal(percent))


@pytest.mark.parametrize(
    ("claim", "field", "why"),
    [
        (Claim(UCJ, as_of=date(2033, 1, 1), quoted=Decimal(34)), "as_of", "future"),
        (Claim(UCJ, as_of=date(2026, 11, 29), quoted=Decimal(34)), "as_of", "future"),
        (Claim(UCJ, as_of=date(2013, 12, 31), quoted=Decimal(34)), "as_of", "too_early"),
        (Claim(UCJ, as_of=DAY, quoted=Decimal(3373)), "percent", "impossible"),
        (Claim(UCJ, as_of=DAY, quoted=Decimal("200.01"), reason="x"), "percent", "impossible"),
        (Claim(UCJ, as_of=DAY, quoted=Decimal("-0.01")), "percent", "impossible"),
        (Claim(UCJ, as_of=DAY, numerator=201, denominator=100, reason="x"), "percent", "impossible"),
        (Claim(UCJ, as_of=DAY, quoted=Decimal("100.01")), "reason", "above_100"),
        (Claim(UCJ, as_of=DAY, numerator=110, denominator=100), "reason", "above_100"),
        (Claim(UCJ, as_of=DAY, numerator=110, denominator=100, reason="  "), "reason", "above_100"),
        (Claim(UCJ, as_of=DAY, numerator=1, denominator=0), "denominator", "zero"),
        (Claim(UCJ, as_of=DAY, numerator=-1), "numerator", "people"),
        (Claim(UCJ, as_of=DAY, numerator=BOUNDS.most_people + 1), "numerator", "people"),
        (Claim(UCJ, Part.HEAD, DAY, quoted=Decimal(34)), "part", "part"),
        (Claim(Definition.VILLAGE_OFFICIALS, Part.WHOLE, DAY, quoted=Decimal(34)), "part", "part"),
        (Claim(None, as_of=DAY, quoted=Decimal(34)), "definition", "definition"),
        (Claim(None, as_of=DAY, numerator=1, denominator=2), "definition", "definition"),
        (Claim(UCJ, as_of=DAY), "numerator", "empty"),
        (Claim(None, as_of=DAY, text="  "), "numerator", "empty"),
    ],
)
def test_given_what_cannot_be_then_it_is_refused_with_the_field(claim: Claim, field: str, why: str) -> None:
    with pytest.raises(FigureRefused) as refused:
        check(claim, published=PUBLISHED, today=TODAY)
    assert (refused.value.details["field"], refused.value.details["why"]) == (field, why)


@pytest.mark.parametrize(
    ("claim", "published", "flags"),
    [
        (
            Claim(UCJ, as_of=DAY, quoted=Decimal(200), reason="Pekerja lintas kabupaten"),
            None,
            {Flag.ABOVE_100},
        ),
        (Claim(UCJ, as_of=DAY, quoted=Decimal(100)), None, set()),
        (Claim(UCJ, quoted=Decimal(34)), PUBLISHED, {Flag.APPROXIMATE}),
        (Claim(UCJ, quoted=Decimal("33.73")), None, {Flag.UNDATED}),
        (Claim(UCJ, Part.WHOLE, DAY, 623_409, 780_666, Decimal(80)), None, {Flag.ROUNDED}),
        (Claim(UCJ, Part.WHOLE, DAY, 623_409, 780_666, Decimal("80.0")), None, {Flag.DIFFERS}),
        (Claim(UCJ, Part.WHOLE, DAY, 555_276, 1_808_432, Decimal("30.7")), None, set()),
        (Claim(UCJ, Part.WHOLE, DAY, 555_276, 1_808_432, Decimal("30.8")), None, set()),  # 0,0952
        (Claim(UCJ, Part.WHOLE, DAY, 555_276, 1_808_432, Decimal("30.81")), None, {Flag.DIFFERS}),
        (Claim(UCJ, Part.WHOLE, DAY, 555_276, 1_808_432, Decimal(32)), None, {Flag.DIFFERS}),
    ],
)
def test_given_something_odd_then_it_is_taken_and_flagged(
    claim: Claim, published: date | None, flags: set[Flag]
) -> None:
    assert set(check(claim, published=published, today=TODAY).flags) == flags


def test_given_no_day_then_the_day_of_the_source_stands_for_it() -> None:
    assert check(Claim(UCJ, quoted=Decimal(34)), published=PUBLISHED, today=TODAY).as_of == PUBLISHED
    assert check(Claim(UCJ, quoted=Decimal(34)), published=None, today=TODAY).as_of is None


def test_given_the_file_then_each_definition_has_parts_and_each_row_is_shipped() -> None:
    assert {rule.id for rule in RULES.definitions} == set(PARTS) == set(Definition)
    keys = [one.key for one in shipped_figures()]
    assert len(keys) == len(set(keys)) == 39
    assert {row["id"] for row in RULES.figures} <= set(keys)
    targets = {row["id"] for row in RULES.figures if "target_percent" in row}
    assert len(shipped_targets()) == len(targets) == 3


@pytest.mark.parametrize("row", [row for row in RULES.figures if "status" in row], ids=lambda row: row["id"])
def test_given_a_row_of_the_file_then_its_status_is_what_the_check_finds(row: dict[str, object]) -> None:
    (one,) = [one for one in shipped_figures() if one.key == row["id"]]
    found = check(one.claim, published=one.published, today=TODAY)
    assert found.status == row["status"]
    if row.get("percent") is not None and found.status is FigureStatus.QUOTED:
        assert found.percent == Decimal(str(row["percent"]))
