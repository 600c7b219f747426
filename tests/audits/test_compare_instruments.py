"""Two versions of an instrument: by item it is seen what came, went, moved, changed or was renumbered."""

from typing import Any

from hypothesis import HealthCheck, given, settings

from ombudsman_app.audits.scoring.compare import Change, compare
from ombudsman_app.audits.scoring.definition import (
    Definition,
    as_mapping,
    bpjstk_branch_v1,
    read_definition,
)

from .made_instruments import definitions
from .small_instruments import dimension, indicator, instrument

BRANCH = bpjstk_branch_v1()


def _two(*, version: str = "1.0", a: str = "60", first: list[Any], second: list[Any]) -> Definition:
    rest = str(100 - int(a))
    return read_definition(
        instrument(dimension("a", a, *first), dimension("b", rest, *second), version=version)
    )


OLD = _two(
    first=[indicator("a1", weight="50"), indicator("a2", weight="50")],
    second=[
        indicator("b1", weight="40", answer_type="scale4"),
        indicator("b2", weight="60", relevant_if={"indicator": "b1", "is": ["4"]}),
    ],
)


def test_given_the_same_instrument_when_compared_then_nothing_differs() -> None:
    found = compare(BRANCH, read_definition(as_mapping(BRANCH)))
    assert found.is_same
    assert len(found.kept) == 57
    assert found.as_json() == {
        "whole": [],
        "dimensions": [{"id": one.id, "changes": []} for one in BRANCH.dimensions],
        "added": [],
        "removed": [],
        "moved": [],
        "renumbered": [],
        "changed": [],
        "items": [],
    }


def test_given_a_new_and_a_lost_item_when_compared_then_both_are_told_with_what_changed_beside_them() -> None:
    new = _two(
        version="1.1",
        first=[indicator("a1", weight="70"), indicator("a3", weight="30")],
        second=[
            indicator("b1", weight="40", answer_type="scale4"),
            indicator("b2", weight="60", relevant_if={"indicator": "b1", "is": ["4"]}),
        ],
    )
    found = compare(OLD, new)

    assert [one.item for one in found.added] == ["a3"]
    assert [one.item for one in found.removed] == ["a2"]
    assert [(one.item, one.changes, one.weights) for one in found.changed] == [
        ("a1", (Change("weight", "50", "70"),), (OLD.by_id["a1"].weight, new.by_id["a1"].weight))
    ]
    assert [one.item for one in found.kept] == ["b1", "b2"]
    assert found.whole == (Change("version", "1.0", "1.1"),)
    assert [one.item for one in found.items] == ["a1", "a3", "b1", "b2", "a2"]
    assert not found.is_same


def test_given_an_item_in_another_dimension_with_another_number_when_compared_then_it_is_the_same_item() -> (
    None
):
    new = _two(
        first=[indicator("a1", weight="100")],
        second=[
            indicator("b0", item="a2", weight="20"),
            indicator("b9", item="b1", weight="20", answer_type="scale4"),
            indicator("b2", weight="60", relevant_if={"indicator": "b9", "is": ["4"]}),
        ],
    )
    found = compare(OLD, new)

    assert (found.added, found.removed) == ((), ())
    assert [one.item for one in found.moved] == ["a2"]
    assert [one.item for one in found.renumbered] == ["a2", "b1"]
    # b2 asks the same question under the same condition: only the number of the other has changed.
    assert [one.item for one in found.kept] == ["b2"]
    # The question of a2 was changed too, since its words name its number.
    (moved,) = found.moved
    assert {change.field for change in moved.changes} == {"weight", "question_id", "question_en"}
    assert moved.before
    assert moved.after
    assert (str(moved.before.share), str(moved.after.share)) == ("30", "8")  # 50% of 60; 20% of 40


def test_given_another_weight_of_a_dimension_when_compared_then_its_items_stay_and_their_share_is_told() -> (
    None
):
    new = _two(
        a="50",
        first=[indicator("a1", weight="50"), indicator("a2", weight="50")],
        second=[
            indicator("b1", weight="40", answer_type="scale4"),
            indicator("b2", weight="60", relevant_if={"indicator": "b1", "is": ["4"]}),
        ],
    )
    found = compare(OLD, new)

    assert [(one.id, one.changes) for one in found.dimensions] == [
        ("a", (Change("weight", "60", "50"),)),
        ("b", (Change("weight", "40", "50"),)),
    ]
    assert len(found.kept) == 4
    (a1, *_rest) = found.items
    assert a1.before
    assert a1.after
    assert (a1.before.share, a1.after.share) == (30, 25)
    assert not found.is_same


def test_given_another_dimension_when_compared_then_both_are_named() -> None:
    new = read_definition(instrument(dimension("c", "100", indicator("a1"))))
    found = compare(OLD, new)
    assert [(one.id, one.before is None, one.after is None) for one in found.dimensions] == [
        ("c", True, False),
        ("a", False, True),
        ("b", False, True),
    ]
    assert [one.item for one in found.removed] == ["a2", "b1", "b2"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(definitions(), definitions())
def test_what_came_forth_goes_when_compared_back(one: Definition, other: Definition) -> None:
    there, back = compare(one, other), compare(other, one)

    assert {item.item for item in there.added} == {item.item for item in back.removed}
    assert {item.item for item in there.moved} == {item.item for item in back.moved}
    assert {item.item for item in there.changed} == {item.item for item in back.changed}
    assert compare(one, one).is_same
    assert there.is_same == (as_mapping(one) == as_mapping(other))
