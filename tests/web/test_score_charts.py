"""Geometry of the pictures of audits: nothing, one, all zero, all full, many; and what is refused."""

import re
from decimal import Decimal

import pytest

from ombudsman_app.web import charts
from ombudsman_app.web.charts import Band, Dimension, Indicator, Loss, Scored

LIMITS = (Decimal(50), Decimal(75))
BANDS = [
    Band("A", "best", "green", Decimal(88), Decimal(100)),
    Band("B", "good", "green", Decimal(78), Decimal("87.99")),
    Band("C", "fair", "yellow", Decimal(54), Decimal("77.99")),
    Band("D", "low", "red", Decimal(32), Decimal("53.99")),
    Band("E", "lowest", "red", Decimal(0), Decimal("31.99")),
]


def dimensions(score: Decimal | None, number: int = 3) -> list[Dimension]:
    indicators = [Indicator(f"i{place}", score, Decimal(place + 1)) for place in range(number)]
    return [
        Dimension(label, score or Decimal(0), Decimal(weight), indicators)
        for label, weight in (
            ("Input", "21.85"),
            ("Proses", "32.37"),
            ("Output", "24.24"),
            ("Aduan", "21.54"),
        )
    ]


def part(label: str, score: int | str, weight: int, *spokes: Indicator) -> Dimension:
    return Dimension(label, Decimal(score), Decimal(weight), spokes)


def spoke(score: int | str, weight: int = 1) -> Indicator:
    return Indicator("x", Decimal(score), Decimal(weight))


def radii(path: str) -> list[float]:
    return [float(found) for found in re.findall(r"A([\d.]+) ", path)]


# Wheel


def test_given_scores_then_segments_and_spokes_reach_as_far_as_their_score():
    drawn = charts.wheel(
        [
            Dimension(
                "a",
                Decimal(50),
                Decimal(1),
                [spoke(100, 1), spoke(0, 3)],
            )
        ],
        total=Decimal(50),
        limits=LIMITS,
    )
    (segment,) = drawn.slices
    outer, inner = radii(segment.track)
    assert radii(segment.fill) == [(outer + inner) / 2, inner]
    full, nothing = segment.spokes
    assert radii(full.path) == [outer, inner]
    assert inner < radii(nothing.path)[0] < inner + 3  # a stub shows that there is a zero
    assert (full.tone, nothing.tone) == ("good", "poor")


def test_given_weights_then_segments_go_round_once_in_their_shares():
    drawn = charts.wheel([part("a", 1, 25), part("b", 1, 75)], total=Decimal(1))
    small, large = (re.findall(r" 0 (\d) 1 ", one.track) for one in drawn.slices)
    assert (small, large) == (["0"], ["1"])
    assert drawn.slices[0].anchor == "start"
    assert drawn.slices[1].anchor == "end"


@pytest.mark.parametrize("score", [Decimal(0), Decimal(100)], ids=["zero", "full"])
def test_given_all_the_same_then_everything_stays_inside_the_picture(score):
    drawn = charts.wheel(dimensions(score, 20), total=score, band=BANDS[0], limits=LIMITS)
    paths = [path for one in drawn.slices for path in (one.track, one.fill, one.edge)]
    paths += [drawing.path for one in drawn.slices for drawing in one.spokes]
    assert all(0 <= float(place) <= 400 for path in paths for place in re.findall(r"[\d.]+", path))
    assert bool(drawn.gauge) == bool(drawn.small) == bool(score)
    assert all(bool(one.fill) == bool(score) for one in drawn.slices)


def test_given_one_dimension_then_it_is_a_whole_ring():
    drawn = charts.wheel([part("Quality", "90.61", 100)], total=Decimal("90.61"))
    assert " 0 1 1 " in drawn.slices[0].track
    assert (drawn.slices[0].anchor, drawn.has_names, drawn.zone) == ("middle", True, "")


def test_given_no_dimensions_then_only_the_total_is_drawn_in_a_smaller_box():
    drawn = charts.wheel([], total=Decimal("61.5"), band=BANDS[2])
    assert (drawn.slices, drawn.tones, drawn.has_alarm) == ([], [], False)
    assert drawn.gauge
    assert drawn.small
    assert float(drawn.box.split()[3]) < float(
        charts.wheel(dimensions(Decimal(1)), total=Decimal(1)).box.split()[3]
    )


def test_given_what_does_not_apply_then_it_is_hatched_to_the_rim_and_has_no_tone():
    drawn = charts.wheel(dimensions(None), total=Decimal(50), limits=LIMITS)
    first = drawn.slices[0].spokes[0]
    assert first.tone == "none"
    assert radii(first.path)[0] == radii(drawn.slices[0].track)[0]
    assert drawn.tones == ["none"]


@pytest.mark.parametrize(
    ("score", "tone"), [("0", "poor"), ("49.99", "poor"), ("50", "fair"), ("74.99", "fair"), ("75", "good")]
)
def test_the_tone_of_a_spoke_follows_the_limits_exactly(score, tone):
    drawn = charts.wheel(
        [part("a", 1, 1, spoke(score, 1))],
        total=Decimal(1),
        limits=LIMITS,
    )
    assert drawn.slices[0].spokes[0].tone == tone
    assert charts.wheel(dimensions(Decimal(score)), total=Decimal(1)).tones == ["plain"]


@pytest.mark.parametrize("number", [7, 12])
def test_given_more_names_than_fit_then_numbers_stand_in_their_place(number):
    many = [Dimension(f"Dimension {place}", Decimal(50), Decimal(1)) for place in range(number)]
    assert not charts.wheel(many, total=Decimal(50)).has_names


def test_given_a_long_name_then_numbers_stand_in_its_place():
    assert not charts.wheel([part("x" * 60, 50, 1)], total=Decimal(50)).has_names
    wide = [
        part("Kompetensi pelaksana", 50, 1),
        part("b", 50, 1),
    ]
    assert not charts.wheel(wide, total=Decimal(50)).has_names


def test_given_weightless_indicators_then_their_segment_is_drawn_without_them():
    drawn = charts.wheel([part("a", 9, 1, spoke(9, 0))], total=Decimal(9))
    assert drawn.slices[0].spokes[0].path == ""


# Scale


def test_given_bands_then_they_fill_the_strip_without_a_gap_lowest_first():
    drawn = charts.scale(BANDS, [("own", "this", Decimal("75.69")), ("mean", "all", Decimal(100))])
    assert [(zone.band.letter, zone.x, zone.width) for zone in drawn.zones] == [
        ("E", 0, 32), ("D", 32, 22), ("C", 54, 24), ("B", 78, 10), ("A", 88, 12),
    ]  # fmt: skip
    assert all(zone.has_limit for zone in drawn.zones)
    assert [(one.kind, one.x) for one in drawn.pointers] == [("mean", 100), ("own", 75.69)]
    assert drawn.own is not None
    assert drawn.own.anchor == "middle"


@pytest.mark.parametrize(("value", "anchor"), [(0, "start"), (50, "middle"), (100, "end")])
def test_given_a_total_at_an_end_then_its_figure_stays_inside(value, anchor):
    assert charts.scale(BANDS, [("own", "this", Decimal(value))]).pointers[0].anchor == anchor


def test_given_limits_side_by_side_then_only_those_with_room_are_written():
    near = [Band("", "", "red", Decimal(low), Decimal(low)) for low in (0, 2, 10, 98)]
    assert [zone.has_limit for zone in charts.scale(near).zones] == [True, False, True, False]


def test_given_no_bands_then_the_strip_is_plain():
    drawn = charts.scale([], [("own", "this", Decimal(5))])
    assert (drawn.zones, drawn.has_letters) == ([], False)


# Trend


def rounds(*rows: tuple[str | None, str, str]) -> list[Scored]:
    return [
        Scored(str(2019 + place), None if value is None else Decimal(value), scheme, instrument, scheme)
        for place, (value, scheme, instrument) in enumerate(rows)
    ]


def test_given_another_scheme_or_instrument_then_the_line_breaks_there_and_nowhere_else():
    drawn = charts.trend(
        rounds(("50", "a", "1"), ("60", "a", "1"), ("70", "a", "2"), ("80", "b", "2"), ("90", "b", "2")),
        {"a": BANDS},
    )
    assert drawn is not None
    assert [(run.x, run.width, len(run.legs), len(run.zones)) for run in drawn.runs] == [
        (0, 40, 1, 5), (40, 20, 0, 5), (60, 40, 1, 0),
    ]  # fmt: skip
    assert [run.first for run in drawn.breaks] == ["2021", "2022"]
    for run in drawn.runs:
        assert all(run.x <= leg.x1 < leg.x2 <= run.x + run.width for leg in run.legs)


def test_given_a_scheme_that_comes_back_then_both_changes_are_breaks():
    drawn = charts.trend(rounds(("50", "a", "1"), ("60", "b", "1"), ("70", "a", "1")))
    assert drawn is not None
    assert len(drawn.breaks) == 2
    assert not any(run.legs for run in drawn.runs)


def test_given_a_round_without_a_score_then_no_line_crosses_it():
    drawn = charts.trend(rounds(("50", "a", "1"), (None, "a", "1"), ("70", "a", "1"), (None, "a", "1")))
    assert drawn is not None
    assert drawn.runs[0].legs == []
    assert [dot.y for dot in drawn.dots] == [50, None, 30, None]
    assert drawn.last is not None
    assert drawn.last.round.label == "2021"


def test_given_one_round_then_it_stands_in_the_middle_and_none_is_no_picture():
    drawn = charts.trend(rounds(("50", "a", "1")))
    assert drawn is not None
    assert (drawn.dots[0].x, drawn.breaks) == (50, [])
    assert charts.trend([]) is None
    assert charts.trend(rounds((None, "a", "1"))) is None


@pytest.mark.parametrize(("number", "fits"), [(4, "phone"), (12, "desk"), (60, "")])
def test_figures_are_written_where_there_is_room_and_the_latest_always(number, fits):
    drawn = charts.trend(rounds(*(("50", "a", "1") for _ in range(number))))
    assert drawn is not None
    assert drawn.dots[0].value_fits == fits
    assert drawn.dots[-1].value_fits == drawn.dots[-1].fits == "phone"


# Dots


def test_given_equal_scores_then_they_are_stacked_and_told():
    drawn = charts.dots(
        [Decimal(88), Decimal(88), Decimal("61.2"), Decimal(100), Decimal(100)], own=Decimal(100)
    )
    assert drawn is not None
    assert [(pile.number, pile.dots, pile.is_own) for pile in drawn.piles] == [
        (1, 1, False), (2, 2, False), (2, 2, True),
    ]  # fmt: skip
    assert (drawn.each, drawn.like_own, drawn.own_anchor) == (1, 1, "end")
    assert drawn.piles[-1].x < 100


@pytest.mark.parametrize("number", [1, 14, 15, 500, 5_000])
def test_however_many_offices_then_no_stack_is_too_tall_and_none_is_lost(number):
    drawn = charts.dots([Decimal(70)] * number + [Decimal(0)], own=None)
    assert drawn is not None
    assert drawn.tallest <= 14
    assert sum(pile.number for pile in drawn.piles) == drawn.number == number + 1
    assert all(pile.dots * drawn.each - pile.number + drawn.each > 0 for pile in drawn.piles)
    assert not any(pile.is_own for pile in drawn.piles)


def test_given_no_offices_then_there_is_no_picture():
    assert charts.dots([]) is None


# Costs


def loss(code: str, lost: str) -> Loss:
    return Loss(code, code, Decimal(lost), Decimal(0))


def test_given_losses_then_the_dearest_come_first_and_the_rest_is_counted():
    drawn = charts.costs(
        [loss("b", "1"), loss("a", "1"), loss("c", "4"), loss("d", "0"), loss("e", "0.5")], most=3
    )
    assert [(cost.loss.code, cost.width) for cost in drawn.shown] == [("c", 100), ("a", 25), ("b", 25)]
    assert (drawn.others, drawn.rest, drawn.total) == (1, Decimal("0.5"), Decimal("6.5"))


def test_given_nothing_lost_then_nothing_is_shown():
    assert charts.costs([loss("a", "0")]).shown == charts.costs([]).shown == []


# Stages of a round


def test_given_stages_then_they_fill_the_bar_and_empty_ones_are_still_told():
    drawn = charts.funnel([("a", "A", 1), ("b", "B", 0), ("c", "C", 3)])
    assert [(one.x, one.width, one.shade) for one in drawn.stages] == [(0, 25, 0), (25, 0, 3), (25, 75, 6)]
    assert drawn.total == 4


@pytest.mark.parametrize("numbers", [(1, 1, 1), (1, 999), (7, 0, 0, 13, 9, 500, 1)])
def test_whatever_the_numbers_then_the_bar_is_full_and_not_longer(numbers):
    drawn = charts.funnel([(str(place), "", number) for place, number in enumerate(numbers)])
    assert sum(one.width for one in drawn.stages) == pytest.approx(100, abs=0.01)
    assert all(one.x + one.width <= 100 for one in drawn.stages)
    assert {one.shade for one in drawn.stages} <= set(range(7))


def test_given_a_narrow_stage_then_its_number_stands_only_below():
    assert [one.has_room for one in charts.funnel([("a", "", 1), ("b", "", 99)]).stages] == [False, True]
    assert charts.funnel([("a", "", 0)]).total == charts.funnel([]).total == 0


# Two assessors


def test_given_pairs_of_answers_then_equal_ones_lie_on_the_diagonal():
    drawn = charts.agreement({("0", "0"): 3, ("0", "1"): 1, ("1", "1"): 16}, ["0", "1"])
    assert [[(pair.number, pair.level, pair.is_same) for pair in row.pairs] for row in drawn.rows] == [
        [(3, 1, True), (1, 1, False)],
        [(0, 0, False), (16, 4, True)],
    ]
    assert (drawn.same, drawn.total, drawn.share) == (19, 20, 95)


def test_given_no_answers_then_nothing_agrees_and_nothing_breaks():
    assert charts.agreement({}, []).share == charts.agreement({}, ["0"]).total == 0


# What cannot be drawn


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.wheel([], total=Decimal("100.01")),
        lambda: charts.wheel([], total=Decimal(-1)),
        lambda: charts.wheel([part("a", 101, 1)], total=Decimal(1)),
        lambda: charts.wheel([part("a", 1, 0)], total=Decimal(1)),
        lambda: charts.wheel([part("a", 1, 1, spoke(101, 1))], total=Decimal(1)),
        lambda: charts.scale(BANDS, [("own", "", Decimal(101))]),
        lambda: charts.trend(rounds(("101", "a", "1"))),
        lambda: charts.dots([Decimal("NaN")]),
        lambda: charts.costs([loss("a", "-1")]),
        lambda: charts.funnel([("a", "", -1)]),
        lambda: charts.agreement({("a", "a"): -1}, ["a"]),
    ],
    ids=[
        "total", "negative", "dimension", "weightless", "indicator",
        "pointer", "round", "nan", "loss", "stage", "pair",
    ],
)  # fmt: skip
def test_given_what_no_picture_can_show_then_it_is_refused(draw):
    with pytest.raises(charts.ImpossibleChart):
        draw()
