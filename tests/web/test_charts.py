"""Geometry of the pictures: nothing, one value, all zero, very large; what cannot be drawn is refused."""

from datetime import date, timedelta

import pytest

from ombudsman_app.web import charts
from ombudsman_app.web.charts.shape import nice_top

DAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


# Bars


def test_given_parts_then_the_longest_fills_the_width_and_shares_are_of_the_sum():
    drawn = charts.bars([("b", 10), ("a", 30), ("c", 0)])
    assert [(bar.label, bar.width, bar.share) for bar in drawn] == [("a", 100.0, 75.0), ("b", 33.33, 25.0)]


@pytest.mark.parametrize("parts", [[], [("a", 0)], [("a", 0), ("b", 0)]])
def test_given_nothing_then_there_are_no_bars(parts):
    assert charts.bars(parts) == []


def test_given_many_small_parts_then_the_rest_is_one_bar_at_the_end_and_nothing_is_lost():
    drawn = charts.bars([(f"part {number}", number) for number in range(1, 11)], most=4, rest="others")
    assert [bar.label for bar in drawn] == ["part 10", "part 9", "part 8", "others"]
    assert [bar.is_rest for bar in drawn] == [False, False, False, True]
    assert sum(bar.value for bar in drawn) == 55
    assert sum(bar.share for bar in drawn) == pytest.approx(100, abs=0.05)
    assert max(bar.width for bar in drawn) == 100.0 == drawn[-1].width


def test_given_just_enough_parts_then_none_hides_in_the_rest():
    drawn = charts.bars([("a", 3), ("b", 2), ("c", 1)], most=3, rest="others")
    assert not any(bar.is_rest for bar in drawn)


# Line


def test_given_values_then_points_run_from_left_to_right_above_a_floor_of_zero():
    line = charts.line([("a", 0), ("b", 5), ("c", 10)])
    assert line is not None
    assert [(point.x, point.y) for point in line.points] == [(0.0, 100.0), (50.0, 50.0), (100.0, 0.0)]
    assert [(rule.value, rule.y) for rule in line.grid] == [(10, 0.0), (5, 50.0), (0, 100.0)]
    assert line.path == "M0 100 L50 50 L100 0"
    assert line.area == "M0 100 L0 100 L50 50 L100 0 L100 100 Z"
    assert line.last.value == 10 == line.peak.value


def test_given_no_values_then_there_is_no_line():
    assert charts.line([]) is None


def test_given_one_value_then_it_stands_at_the_right_end():
    line = charts.line([("a", 7)])
    assert line is not None
    assert (line.last.x, line.last.y) == (100.0, 12.5)
    assert line.first == line.last


def test_given_only_zeros_then_the_line_lies_on_the_floor():
    line = charts.line([("a", 0), ("b", 0)])
    assert line is not None
    assert {point.y for point in line.points} == {100.0}


@pytest.mark.parametrize("most", [1, 2, 3, 9, 11, 86, 99, 101, 109, 1_001, 123_456, 10**12])
def test_whatever_the_values_then_all_points_lie_inside_and_the_grid_is_whole(most):
    line = charts.line([("a", 0), ("b", most // 2), ("c", most)])
    assert line is not None
    assert all(0 <= point.x <= 100 and 0 <= point.y <= 100 for point in line.points)
    assert all(rule.value == int(rule.value) for rule in line.grid)
    assert most <= line.grid[0].value <= max(2, 1.7 * most)


def test_given_a_box_then_the_paths_are_in_its_size_and_the_points_are_not():
    line = charts.line([("a", 0), ("b", 2)], width=640, height=200)
    assert line is not None
    assert line.path == "M0 200 L640 0"
    assert line.last.x == 100.0


def test_given_several_highest_points_then_the_latest_is_the_peak():
    line = charts.line([("a", 3), ("b", 3), ("c", 1)])
    assert line is not None
    assert line.peak.label == "b"


@pytest.mark.parametrize(
    ("value", "top"), [(0, 2), (2, 2), (3, 4), (9, 10), (10, 10), (11, 12), (86, 100), (101, 120)]
)
def test_the_top_of_the_grid_is_the_next_round_number(value, top):
    assert nice_top(value) == top


# Heat


def test_given_counts_then_cells_are_shaded_by_quarters_and_rows_without_any_are_left_out():
    heat = charts.heat({("a", "x"): 100, ("a", "y"): 26, ("c", "y"): 25}, ["a", "b", "c"], ["x", "y"])
    assert [row.key for row in heat.rows] == ["a", "c"]
    assert [[(cell.value, cell.level) for cell in row.cells] for row in heat.rows] == [
        [(100, 4), (26, 2)],
        [(0, 0), (25, 1)],
    ]
    assert heat.totals == [100, 51]
    assert heat.total == sum(row.total for row in heat.rows) == 151


def test_given_small_numbers_then_one_case_is_not_drawn_as_an_alarm():
    heat = charts.heat({("a", "x"): 1}, ["a"], ["x"])
    assert heat.rows[0].cells[0].level == 1


def test_given_nothing_then_the_map_is_empty():
    assert charts.heat({}, ["a"], ["x"]).rows == []
    assert charts.heat({}, [], []).total == 0


# Stages


def test_stops_are_past_present_or_ahead():
    assert [stop.place for stop in charts.stops([("a", ""), ("b", ""), ("c", "")], present=1)] == [
        "past",
        "now",
        "next",
    ]
    assert {stop.place for stop in charts.stops([("a", ""), ("b", "")], present=2)} == {"past"}


# Span


def test_given_stretches_then_they_fill_the_way_until_today_without_a_gap():
    drawn = charts.span(
        [charts.Stretch("a", "info", ago(10)), charts.Stretch("b", "info", ago(4))],
        today=DAY,
        flags=[("due", "running", DAY + timedelta(days=10))],
    )
    assert drawn is not None
    assert [(part.x, part.width, part.is_now) for part in drawn.segments] == [(0, 30, False), (30, 20, True)]
    assert drawn.today == 50
    assert (drawn.start_on, drawn.end_on) == (ago(10), DAY + timedelta(days=10))


def test_given_the_first_day_then_the_axis_is_one_day_and_all_of_it_is_today():
    drawn = charts.span([charts.Stretch("a", "info", DAY)], today=DAY, markers=[("note", "n", DAY)])
    assert drawn is not None
    assert [(part.x, part.width) for part in drawn.segments] == [(0, 100)]
    assert (drawn.today, drawn.markers[0].x) == (100, 100)


def test_given_nothing_then_there_is_no_span():
    assert charts.span([], today=DAY) is None


def test_given_marks_of_one_day_then_none_hides_another():
    drawn = charts.span(
        [charts.Stretch("a", "info", ago(10))],
        today=DAY,
        markers=[("note", str(number), ago(5)) for number in range(4)] + [("opened", "far", ago(1))],
    )
    assert drawn is not None
    assert len({(mark.x, mark.y) for mark in drawn.markers}) == 5
    assert drawn.markers[-1].level == 0
    assert drawn.kinds == ["note", "opened"]
    assert max(mark.y for mark in drawn.markers) < drawn.today_y < drawn.foot_y < drawn.height


def test_given_flags_then_each_has_a_line_of_its_own_and_is_named_towards_the_middle():
    drawn = charts.span(
        [charts.Stretch("a", "info", ago(10))],
        today=DAY,
        flags=[("late", "late", ago(9)), ("soon", "soon", DAY), ("all", "running", DAY + timedelta(days=30))],
    )
    assert drawn is not None
    assert len({flag.y for flag in drawn.flags}) == 3
    assert all(flag.y < drawn.bar_y for flag in drawn.flags)
    assert {flag.label: flag.towards for flag in drawn.flags} == {
        "late": "start",
        "soon": "start",
        "all": "end",
    }


def test_a_name_is_drawn_only_where_it_fits():
    long = "Verifikasi formil dan materiil"
    drawn = charts.span(
        [
            charts.Stretch(long, "info", ago(100)),
            charts.Stretch(long, "info", ago(24)),
            charts.Stretch(long, "info", ago(0)),
        ],
        today=DAY,
    )
    assert drawn is not None
    assert [part.fits for part in drawn.segments] == ["phone", "desk", ""]


def test_the_picture_tells_all_its_days_as_a_list_in_order():
    drawn = charts.span(
        [charts.Stretch("a", "info", ago(10)), charts.Stretch("b", "info", ago(2))],
        today=DAY,
        markers=[("note", "n", ago(5))],
        flags=[("due", "late", ago(3))],
    )
    assert drawn is not None
    assert drawn.told == [(ago(10), "a"), (ago(5), "n"), (ago(3), "due"), (ago(2), "b")]


def test_given_days_before_the_beginning_then_they_stand_at_the_beginning():
    drawn = charts.span([charts.Stretch("a", "info", ago(3))], today=DAY, markers=[("note", "n", ago(30))])
    assert drawn is not None
    assert drawn.markers[0].x == 0


# What cannot be drawn


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.bars([("a", -1)]),
        lambda: charts.line([("a", 1), ("b", -1)]),
        lambda: charts.line([("a", float("nan"))]),  # type: ignore[list-item]
        lambda: charts.line([("a", float("inf"))]),  # type: ignore[list-item]
        lambda: charts.heat({("a", "x"): -1}, ["a"], ["x"]),
        lambda: charts.span(
            [charts.Stretch("a", "info", ago(1)), charts.Stretch("b", "info", ago(2))], today=DAY
        ),
        lambda: charts.span([charts.Stretch("a", "info", DAY + timedelta(days=1))], today=DAY),
    ],
    ids=["bar", "line", "nan", "infinite", "heat", "order", "future"],
)
def test_given_what_no_picture_can_show_then_it_is_refused(draw):
    with pytest.raises(charts.ImpossibleChart):
        draw()


def test_given_bars_of_parts_when_laid_out_then_all_are_measured_against_the_longest():
    found = charts.stacks([("a", (2, 0, 6)), ("b", (0, 0, 0)), ("c", (1, 1, 0))], ["x", "y", "z"])
    assert [bar.key for bar in found.bars] == ["a", "c"]
    assert [(piece.column, piece.x, piece.width) for piece in found.bars[0].pieces] == [
        (0, 0.0, 25.0), (2, 25.0, 75.0),
    ]  # fmt: skip
    assert [(piece.column, piece.x, piece.width) for piece in found.bars[1].pieces] == [
        (0, 0.0, 12.5), (1, 12.5, 12.5),
    ]  # fmt: skip
    assert (found.rest, found.totals, found.used) == (None, [3, 1, 6], [0, 1, 2])


def test_given_more_bars_than_fit_when_laid_out_then_the_others_stand_together_last():
    found = charts.stacks([(str(place), (1, place)) for place in range(13)], ["x", "y"], most=10)
    assert [bar.key for bar in found.rows] == [*map(str, range(10)), ""]
    assert found.rest is not None
    assert found.rest.values == (3, 33)
    assert found.rest.pieces[-1].x + found.rest.pieces[-1].width == 100.0
    assert found.totals == [13, sum(range(13))]


def test_given_no_bars_when_laid_out_then_there_is_nothing_to_draw():
    assert charts.stacks([], ["x"]).rows == []
    assert charts.stacks([("a", (0,))], ["x"]).rows == []
    with pytest.raises(charts.ImpossibleChart):
        charts.stacks([("a", (-1,))], ["x"])
