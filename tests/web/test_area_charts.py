"""Geometry of maps, rankings, gaps, changes, lines and gauges: nothing, the edges, many; what is refused."""

from decimal import Decimal
from itertools import pairwise

import pytest

from ombudsman_app.web import charts
from ombudsman_app.web.charts import Area, Change, Classes, Counted, Outline, Series

FIVE = Classes((Decimal(20), Decimal(40), Decimal(60), Decimal(80)), unit="%")


def area(code: str, value: str | None, name: str = "") -> Area:
    return Area(code, name or code, None if value is None else Decimal(value))


# Classes


@pytest.mark.parametrize(
    ("value", "tone"),
    [(None, 0), ("0", 1), ("19.99", 1), ("20", 2), ("59.99", 3), ("79.99", 4), ("80", 5), ("180", 5)],
)
def test_the_shade_of_a_value_follows_the_given_limits_exactly(value, tone):
    assert FIVE.tone(None if value is None else Decimal(value)) == tone


@pytest.mark.parametrize(("limits", "tones"), [((), [3]), ((50,), [1, 5]), ((30, 60), [1, 3, 5])])
def test_given_fewer_classes_then_their_shades_are_far_from_each_other(limits, tones):
    classes = Classes(tuple(map(Decimal, limits)))
    assert [key.tone for key in classes.keys([])] == tones


def test_given_areas_then_the_legend_counts_each_of_them_once():
    keys = FIVE.keys([area("11", "5"), area("12", "20"), area("13", "95"), area("14", None)])
    assert [(key.tone, key.number) for key in keys] == [(1, 1), (2, 1), (3, 0), (4, 0), (5, 1), (0, 1)]
    assert (keys[0].low, keys[0].high, keys[4].low, keys[4].high) == (None, Decimal(20), Decimal(80), None)


# Tiles


def test_given_all_provinces_then_each_has_a_place_of_its_own_in_reading_order():
    drawn = charts.nation([area(code, "50") for code in sorted(charts.NATION, reverse=True)], FIVE)
    places = [(tile.y, tile.x) for tile in drawn.tiles]
    assert len(set(places)) == 38
    assert places == sorted(places)
    assert [drawn.tiles[0].area.code, drawn.tiles[-1].area.code] == ["11", "53"]
    assert all(tile.x + drawn.wide <= drawn.width for tile in drawn.tiles)
    assert all(tile.y + drawn.high <= drawn.height for tile in drawn.tiles)
    assert len({tile.letters for tile in drawn.tiles}) == 38


def test_given_a_province_that_nobody_knew_then_it_stands_below_and_is_not_lost():
    drawn = charts.nation([area("97", "50", "Provinsi Baru"), area("11", None)], FIVE)
    assert [tile.area.code for tile in drawn.tiles] == ["11", "97"]
    assert drawn.tiles[1].y + drawn.high == drawn.height
    assert drawn.silent == 1


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Kabupaten Ende", ("Ende",)),
        ("Kota Kupang", ("Kota Kupang",)),
        ("Kabupaten Timor Tengah Selatan", ("Timor Tengah", "Selatan")),
        ("Kabupaten Penukal Abab Lematang Ilir", ("Penukal Abab", "Lematang Ilir")),
        ("Kabupaten Siau Tagulandang Biaro Dan Satu", ("Siau", "Tagulandang…")),
    ],
)
def test_the_name_on_a_tile_of_paper_takes_two_lines_at_most(name, lines):
    (tile,) = charts.tiles([area("53.08", "1", name)], FIVE).tiles
    assert tile.lines == lines


@pytest.mark.parametrize(("number", "rows"), [(0, 0), (1, 1), (6, 1), (7, 2), (38, 7)])
def test_tiles_on_paper_fill_row_after_row(number, rows):
    drawn = charts.tiles([area(str(place), "1") for place in range(number)], FIVE)
    assert len({tile.y for tile in drawn.tiles}) == rows
    assert all(tile.x + drawn.wide <= drawn.width for tile in drawn.tiles)
    assert all(tile.y + drawn.high <= drawn.height for tile in drawn.tiles)


# True boundaries


def square(code: str, left: int, top: int, size: int) -> Outline:
    path, half = f"M{left} {top}h{size}v{size}h-{size}z", size // 2
    return Outline(code, path, (left, top, left + size, top + size), (left + half, top + half), half)


def test_given_outlines_then_the_box_holds_them_and_a_speck_gets_a_mark():
    drawn = charts.choropleth(
        [square("11", 100, 50, 700), square("12", 900, 60, 4)], [area("11", "50"), area("12", None)], FIVE
    )
    assert drawn is not None
    assert drawn.left < 100
    assert drawn.top < 50
    assert drawn.left + drawn.width > 904
    assert {one.area.code: (one.is_small, one.fits) for one in drawn.shapes} == {
        "11": (False, True), "12": (True, False),
    }  # fmt: skip
    assert drawn.shapes[-1].area.code == "12"  # on top
    assert drawn.silent == 1


def test_given_no_outline_of_any_area_then_there_is_no_map():
    assert charts.choropleth([], [area("11", "1")], FIVE) is None
    assert charts.choropleth([square("12", 0, 0, 9)], [area("11", "1")], FIVE) is None


def test_measures_are_the_same_on_a_map_of_any_size():
    small, large = (
        charts.choropleth([square("11", 0, 0, size)], [area("11", "1")], FIVE) for size in (700, 70_000)
    )
    assert small is not None
    assert large is not None
    assert float(large.measure(12)) == pytest.approx(100 * float(small.measure(12)), rel=0.01)


# Ranking


def test_given_areas_then_the_highest_comes_first_equal_ones_share_a_place_and_the_silent_stand_last():
    drawn = charts.ranking(
        [area("a", "50"), area("b", None), area("c", "120"), area("d", "50"), area("e", "0")],
        target=Decimal(60),
    )
    assert [(one.area.code, one.place, one.width) for one in drawn.ranks] == [
        ("c", 1, 100), ("a", 2, 50), ("d", 2, 50), ("e", 4, 0), ("b", None, 0),
    ]  # fmt: skip
    assert [one.is_above for one in drawn.ranks] == [True, False, False, False, False]
    assert drawn.target_x == 60
    assert [
        one.code for one in charts.ranking([area("a", "2"), area("b", "1")], is_lowest_first=True).areas
    ] == ["b", "a"]
    assert charts.ranking([]).ranks == []


# Gaps


def test_given_persons_then_the_largest_gap_comes_first_and_sums_are_of_what_is_known():
    drawn = charts.gaps(
        [Counted("a", 50, 100), Counted("b", 100, 400), Counted("c", 30, 20), Counted("d", None, 7)]
    )
    assert [(one.counted.label, one.active_width, one.gap_width, one.share) for one in drawn.bars] == [
        ("b", 25, 75, 25), ("a", 12.5, 12.5, 50), ("c", 7.5, 0, 150),
    ]  # fmt: skip
    assert [one.is_over for one in drawn.bars] == [False, False, True]
    assert (drawn.active, drawn.potential, drawn.gap) == (180, 520, 350)
    assert [one.label for one in drawn.silent] == ["d"]
    assert charts.gaps([]).bars == charts.gaps([Counted("a", 0, 0)]).silent == []


# Two days


def test_given_two_days_then_each_line_says_where_it_went():
    drawn = charts.changes(
        [
            Change("a", Decimal(34), Decimal("41.7")),
            Change("b", Decimal(5), Decimal(4)),
            Change("c", Decimal(5), Decimal(5)),
            Change("d", None, Decimal(180)),
        ]
    )
    assert [(row.before_x, row.after_x, row.goes) for row in drawn.rows] == [
        (34, 41.7, "up"), (5, 4, "down"), (5, 5, "same"), (None, 100, ""),
    ]  # fmt: skip
    assert drawn.rows[0].change.difference == Decimal("7.7")
    assert charts.changes([Change("a", None, None)]).is_empty
    assert charts.changes([]).is_empty


# Lines


def series(label: str, *values: str | None) -> Series:
    return Series(label, [None if value is None else Decimal(value) for value in values])


def test_given_a_hole_then_no_line_crosses_it():
    drawn = charts.lines(["1", "2", "3", "4"], [series("a", "10", "20", None, "40")], top=Decimal(50))
    assert drawn is not None
    (course,) = drawn.courses
    assert [(one.x, other.x) for one, other in course.legs] == [(0, 33.33)]
    assert [spot.y for spot in course.spots] == [80, 60, 20]
    assert [float(value) for value, _y in drawn.grid] == [50, 25, 0]


def test_given_lines_that_end_together_then_their_words_do_not_touch_and_stay_inside():
    drawn = charts.lines(
        ["1", "2"], [series(str(n), "1", value) for n, value in enumerate(("0", "1", "0", "0"))]
    )
    assert drawn is not None
    places = sorted(course.word_y for course in drawn.courses)
    assert all(b - a >= 12.99 for a, b in pairwise(places))
    assert places[-1] <= 100


def test_given_a_line_without_any_value_then_the_others_keep_their_pens():
    drawn = charts.lines(["1"], [series("a", None), series("b", "3")])
    assert drawn is not None
    assert [(course.series.label, course.number) for course in drawn.courses] == [("b", 1)]
    assert drawn.courses[0].last.x == 100


@pytest.mark.parametrize(("number", "written"), [(1, 1), (2, 2), (5, 5), (36, 4), (37, 5)])
def test_however_many_moments_then_the_last_is_written_and_not_too_many_are(number, written):
    drawn = charts.lines([str(n) for n in range(number)], [series("a", *["1"] * number)])
    assert drawn is not None
    shown = [is_written for _label, _x, is_written in drawn.moments]
    assert shown[-1]
    assert sum(shown) == written


def test_given_no_value_then_there_are_no_lines():
    assert charts.lines([], []) is None
    assert charts.lines(["1"], [series("a", None)]) is None


# Gauge


def test_given_a_value_and_a_target_then_what_is_missing_is_told():
    drawn = charts.gauge(Decimal("33.73"), Decimal(50))
    assert drawn.gap == Decimal("16.27")
    assert not drawn.is_reached
    assert drawn.fill
    assert drawn.tick
    assert drawn.target_anchor == "middle"


@pytest.mark.parametrize("value", ["100", "104.2", "180"])
def test_given_more_than_the_scale_then_the_ring_is_full_and_not_more(value):
    drawn = charts.gauge(Decimal(value), Decimal(100))
    assert drawn.fill == drawn.track
    assert drawn.is_reached


def test_given_no_value_or_no_target_then_they_are_not_drawn():
    assert charts.gauge(None, Decimal(50)).fill == charts.gauge(Decimal(0)).fill == ""
    assert charts.gauge(Decimal(5)).tick == ""
    assert charts.gauge(None, Decimal(50)).gap is None


# What cannot be drawn


@pytest.mark.parametrize(
    "draw",
    [
        lambda: Classes(tuple(map(Decimal, (1, 2, 3, 4, 5)))),
        lambda: Classes((Decimal(2), Decimal(1))),
        lambda: Classes((Decimal(1), Decimal(1))),
        lambda: FIVE.tone(Decimal(-1)),
        lambda: charts.nation([area("11", "NaN")], FIVE),
        lambda: charts.ranking([area("11", "-1")]),
        lambda: charts.gaps([Counted("a", -1, 5)]),
        lambda: charts.changes([Change("a", Decimal("Infinity"), None)]),
        lambda: charts.changes([], top=Decimal(0)),
        lambda: charts.lines(["1"], [series("a", "1", "2")]),
        lambda: charts.lines(["1"], [series(str(n), "1") for n in range(5)]),
        lambda: charts.lines(["1"], [series("a", "-1")]),
        lambda: charts.gauge(Decimal(-1)),
        lambda: charts.gauge(Decimal(1), top=Decimal(0)),
    ],
)
def test_given_what_no_picture_can_show_then_it_is_refused(draw):
    with pytest.raises(charts.ImpossibleChart):
        draw()
