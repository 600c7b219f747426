"""The pictures of audits as a page: a name, all figures in words, nothing believed, little weight."""

import gzip
import re
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask, render_template_string

from ombudsman_app.core.paths import STATIC
from ombudsman_app.web import charts
from ombudsman_app.web.charts import Dimension, Indicator, Loss, Scored

from .test_components import HOSTILE, Elements, assert_is_a_picture_with_words, cells
from .test_score_charts import BANDS, LIMITS

KIB = 1024
SOURCES = {
    "wheel": ("score_wheel", "score_wheel(drawn, title)"),
    "small": ("score_wheel", "small_wheel(drawn, title)"),
    "scale": ("score_scale", "score_scale(drawn, title)"),
    "trend": ("score_trend", "score_trend(drawn, title, 'Round')"),
    "dots": ("score_dots", "score_dots(drawn, title, own=title)"),
    "costs": ("cost_bars", "cost_bars(drawn, title)"),
    "stages": ("stage_bar", "stage_bar(drawn, title)"),
    "agreement": ("agreement_map", "agreement_map(drawn, title, words, 'First', 'Second')"),
}


def page_of(app: Flask, picture: str, drawn: Any, **given: Any) -> str:
    file, call = SOURCES[picture]
    name = call.partition("(")[0]
    source = f'{{% from "components/{file}.html" import {name} %}}{{{{ {call} }}}}'
    with app.test_request_context():
        return render_template_string(source, drawn=drawn, title=HOSTILE, words={"0": HOSTILE}, **given)


PARTS = [("Input", "21.85", 15), ("Proses", "32.37", 20), ("Output", "24.24", 10), ("Pengaduan", "21.54", 12)]


def an_audit(label: str = "Indicator") -> charts.Wheel:
    """Return the wheel of an audit as large as that of bpjstk_branch_v1."""

    def indicator(place: int) -> Indicator:
        score = Decimal(place * 37 % 101) if place % 9 else None
        return Indicator(f"{label} {place}", score, Decimal(place % 7 + 1), is_alarm=place == 8)

    dimensions = [
        Dimension(name, Decimal("66.67"), Decimal(weight), [indicator(place) for place in range(number)])
        for name, weight, number in PARTS
    ]
    return charts.wheel(dimensions, total=Decimal("75.69"), band=BANDS[2], limits=LIMITS)


@pytest.fixture
def hostile() -> dict[str, Any]:
    scored = [
        Scored(HOSTILE, Decimal("75.69"), "a", "1", HOSTILE),
        Scored("2026", Decimal(100), "b", "1", HOSTILE),
    ]
    return {
        "wheel": an_audit(HOSTILE),
        "small": an_audit(),
        "scale": charts.scale(
            BANDS,
            [("own", HOSTILE, Decimal("75.69")), ("mean", "all", Decimal(0)), ("before", "2023", Decimal(1))],
        ),
        "trend": charts.trend(scored, {"a": BANDS}),
        "dots": charts.dots([Decimal("75.69"), Decimal(50)], own=Decimal("75.69")),
        "costs": charts.costs([Loss(HOSTILE, HOSTILE, Decimal("1.5"), Decimal(0), is_alarm=True)]),
        "stages": charts.funnel([("planned", HOSTILE, 4), ("final", "Final", 0)]),
        "agreement": charts.agreement({("0", "0"): 3}, ["0"]),
    }


@pytest.mark.parametrize("picture", SOURCES)
def test_a_picture_has_a_name_believes_nothing_and_shares_no_id(indonesian, hostile, picture):
    text = page_of(indonesian, picture, hostile[picture])
    page = Elements(text)

    assert "<script" not in text
    assert "style=" not in text
    assert re.search(r'="[^"]*\b(None|nan|inf)\b', text) is None
    ids = [given["id"] for _, given in page.found if "id" in given]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)
    if picture in ("wheel", "scale", "trend", "dots", "stages"):
        assert_is_a_picture_with_words(page)
    named = [given for _, given in page.found if given.get("role") == "img" or "aria-label" in given]
    assert named


@pytest.mark.parametrize("picture", SOURCES)
def test_each_drawing_that_tells_something_is_named_and_all_others_are_hidden(indonesian, hostile, picture):
    text = page_of(indonesian, picture, hostile[picture])
    outer = re.sub(r"(<svg[^>]*role=\"img\".*?</svg>)(?!.*</svg>\s*</svg>)", "", text, flags=re.DOTALL)
    for drawing in re.findall(r"<svg[^>]*>", outer):
        assert any(word in drawing for word in ("aria-hidden", 'role="img"', " x=", "focusable")), drawing


def test_the_wheel_says_its_total_category_and_dimensions_and_its_table_every_indicator(indonesian):
    text = page_of(indonesian, "wheel", an_audit())
    (said,) = re.findall(r"<desc[^>]*>([^<]*)</desc>", text)
    for word in ("75,69", " C", "Zona kuning", "Input: 66,67", "Pengaduan: 66,67"):
        assert word in said
    assert text.count('<th scope="row">') == 57
    assert "Indicator 14" in text
    assert cells(text).count("Tidak berlaku") == 9


def test_the_wheel_of_57_indicators_weighs_at_most_12_kib_with_its_table(indonesian):
    text = page_of(indonesian, "wheel", an_audit())
    drawing = text[text.index("<svg") : text.index("</svg>")]
    assert len(gzip.compress(drawing.encode(), 9)) <= 4 * KIB
    assert len(gzip.compress(text.encode(), 9)) <= 12 * KIB


def test_the_small_wheel_is_named_in_words(indonesian):
    (picture,) = (
        given for tag, given in Elements(page_of(indonesian, "small", an_audit())).found if tag == "svg"
    )
    assert picture["aria-label"] is not None
    assert picture["aria-label"].endswith("75,69, C, Zona kuning")
    bare = page_of(indonesian, "small", charts.wheel([], total=Decimal(100)))
    assert ": 100,00" in bare
    assert "zone-" not in bare


def test_the_scale_tells_each_band_by_letter_word_zone_and_limits(indonesian):
    text = page_of(indonesian, "scale", charts.scale(BANDS, [("own", "Kantor ini", Decimal("75.69"))]))
    assert "Kantor ini: 75,69." in text
    assert "C · fair (Zona kuning), 54,00–77,99." in text
    assert text.count("<tr>") == 1 + len(BANDS)


def test_the_trend_tells_each_break_in_words(indonesian, hostile):
    text = page_of(indonesian, "trend", hostile["trend"])
    assert "Tidak dapat dibandingkan dengan yang sebelumnya." in text
    assert text.count('class="stroke"') == 0
    one = charts.trend(
        [Scored("2026", Decimal(100), "a", "1", "x"), Scored("2027", Decimal(90), "a", "1", "x")]
    )
    joined = page_of(indonesian, "trend", one)
    assert joined.count('class="stroke"') == 1
    assert "Tidak dapat dibandingkan" not in joined


def test_500_offices_are_few_marks_and_a_sentence_that_says_what_one_is(indonesian):
    text = page_of(
        indonesian,
        "dots",
        charts.dots([Decimal(40 + place * 7 % 50) for place in range(500)], own=Decimal(47)),
    )
    assert "Satu titik mewakili paling banyak 3 kantor." in text
    assert "500 kantor." in text
    assert text.count('class="pile"') <= 40
    assert len(gzip.compress(text.encode(), 9)) <= 3 * KIB


@pytest.mark.parametrize(
    ("picture", "drawn"),
    [
        ("scale", charts.scale([])),
        ("trend", None),
        ("dots", None),
        ("costs", charts.costs([])),
        ("stages", charts.funnel([])),
        ("agreement", charts.agreement({}, [])),
    ],
)
def test_given_nothing_then_a_sentence_says_so_and_nothing_is_drawn(indonesian, picture, drawn):
    text = page_of(indonesian, picture, drawn)
    assert 'class="no-data"' in text
    assert "<svg" not in text


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * one for one in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


DARK = "@media screen and (prefers-color-scheme: dark)"


def schemes() -> list[dict[str, str]]:
    """Return the tokens in the light and in the dark."""
    found: list[dict[str, str]] = [{}, {}]
    for file in ("tokens.css", "scores/tokens.css"):
        light, _, dark = (STATIC / "css" / file).read_text().partition(DARK)
        for place, text in enumerate((light, dark.partition("@media")[0])):
            found[place] |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", text))
    return [found[0], found[0] | found[1]]


@pytest.mark.parametrize("tokens", schemes(), ids=["light", "dark"])
def test_words_on_colours_can_be_read_in_both_schemes(tokens):
    on = [(f"on-zone-{zone}", f"zone-{zone}") for zone in ("green", "yellow", "red")]
    on += [("ink", f"stage-{shade}") for shade in range(4)] + [
        ("on-stage", f"stage-{shade}") for shade in (4, 5, 6)
    ]
    on += [("ink-soft", f"zone-{zone}-soft") for zone in ("green", "yellow", "red")]
    weak = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in on}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}
    marks = [
        ("zone-green", "score-fill"),
        ("warning", "surface"),
        ("zone-red", "score-fill"),
        ("ink", "score-fill"),
    ]
    faint = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in marks}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}
