"""Maps and pictures of areas as a page and a paper hold them: names, order, weight; drawn by the renderer."""

import gzip
import io
import re
from decimal import Decimal

import pikepdf
import pytest
from flask import Flask, render_template_string

from ombudsman_app.directory.reference import regions
from ombudsman_app.home.sample_maps import CLASSES, map_pictures
from ombudsman_app.isolated.render import draw
from ombudsman_app.web import charts
from ombudsman_app.web.charts import Area
from ombudsman_app.web.formats import brief, exactly

from .test_score_papers import alternatives

PAGE = """<!doctype html><html lang="id"><head><title>Peta</title></head><body><h1>Peta</h1>
{% from "components/area_map.html" import map_legend, tiles_picture, shapes_picture, areas_table %}
{% from "components/area_bars.html" import ranking_bars, gap_bars, change_dots %}
{% from "components/series_lines.html" import lines_picture %}
{% from "components/gauge.html" import gauge_picture %}
{{ map_legend(m.nation) }}{{ tiles_picture(m.nation, 'Peta provinsi', paper=true, id='a') }}
{{ tiles_picture(m.regencies, 'Kabupaten', paper=true, id='b') }}
{{ shapes_picture(m.shapes, 'Batas', paper=true, id='c') }}
{{ ranking_bars(m.ranking, 'Peringkat', '', '', paper=true) }}
{{ gap_bars(m.gaps, 'Selisih', '', paper=true) }}
{{ change_dots(m.changes, 'Perubahan', '', 'a', 'b', paper=true) }}
{{ lines_picture(m.lines, 'Garis', unit='%') }}{{ gauge_picture(m.gauge, 'Alat ukur', unit='%', id='d') }}
{{ gauge_picture(m.empty, 'Kosong', unit='%', id='e') }}
{{ areas_table(m.nation, 'Cakupan', 'Provinsi', 'Cakupan', told='Per', paper=true) }}
</body></html>"""
MAP = """{% from "components/area_map.html" import tile_map, tile_list, shape_map %}"""


def filled_in(app: Flask, template: str, **values: object) -> str:
    with app.test_request_context():
        return render_template_string(template, m=map_pictures(), **values)


def test_given_the_pictures_when_a_paper_is_drawn_then_none_is_misunderstood_or_mute(indonesian: Flask):
    page = filled_in(indonesian, PAGE)
    out = io.BytesIO()

    answer = draw(page, {}, "pdf/ua-1", out)

    assert answer["warnings"] == []
    with pikepdf.open(out) as paper:
        said = alternatives(paper)
    assert {"Peta provinsi", "Kabupaten", "Batas", "Garis", "Alat ukur", "Kosong"} <= said


def test_on_paper_there_is_no_link_no_variable_and_every_shape_has_its_literal_colour(indonesian: Flask):
    page = filled_in(indonesian, PAGE)
    assert "<a " not in page
    assert "var(" not in page
    assert "<details" not in page
    for shape in re.findall(r"<(?:rect|circle|path|text)\b[^>]*>", page):
        assert re.search(r'\b(?:fill|stroke)="', shape), shape


def test_each_province_is_a_link_named_by_place_figure_and_day_in_reading_order(indonesian: Flask):
    page = filled_in(indonesian, MAP + "{{ tile_map(m.nation, 'Peta', 'Provinsi', 'Cakupan') }}")
    picture = page[page.index('<svg class="tiles"') : page.index("<details")]
    names = re.findall(r'<a href="#maps"><title>([^<]+)</title>', picture)
    assert len(names) == 38
    assert "Nusa Tenggara Timur: 69,73%, per 28 Apr 2025" in names
    assert names[0].startswith("Aceh")
    assert names[-1].startswith("Nusa Tenggara Timur")
    assert sum("belum ada data" in name for name in names) == 3
    assert 'role="group"' in picture  # links inside role=img would be lost to a screen reader


def test_a_small_area_has_a_mark_to_hit_inside_its_one_link(indonesian: Flask):
    page = filled_in(indonesian, MAP + "{{ shape_map(m.shapes, 'Peta', 'Kabupaten', 'Cakupan') }}")
    picture = page[page.index('<svg class="shapes"') : page.index("<details")]
    links = re.findall(r"<a ([^>]*)>", picture)
    assert len(links) == 7
    assert "Kabupaten Malaka" in picture[picture.rindex("<title>") :]  # the last one lies on top
    assert picture[picture.rindex("<a ") :].count("<circle") == 2


def test_given_all_regencies_when_one_page_holds_them_then_it_stays_below_100_kib(indonesian: Flask):
    rows = regions()
    provinces = [row for row in rows if len(row.code) == 2]
    regencies = [row for row in rows if len(row.code) == 5]
    assert (len(provinces), len(regencies)) == (38, 514)

    def area(code: str, name: str) -> Area:
        return Area(code, name, Decimal("33.73"), link=f"/cakupan/{code}")

    nation = charts.nation([area(row.code, row.name) for row in provinces], CLASSES)
    lists = [
        (
            one.name,
            charts.tiles([area(r.code, r.name) for r in regencies if r.province_code == one.code], CLASSES),
        )
        for one in provinces
    ]
    page = filled_in(
        indonesian,
        MAP + "{{ tile_map(nation, 'Peta', 'Provinsi', 'Cakupan') }}"
        "{% for name, one in lists %}<h2>{{ name }}</h2>{{ tile_list(one, name) }}{% endfor %}",
        nation=nation,
        lists=lists,
    )

    assert page.count('<li class="t2">') == 514
    assert len(page.encode()) < 75 * 1024
    assert len(gzip.compress(page.encode())) < 14 * 1024


@pytest.mark.parametrize(
    ("value", "written", "short"),
    [
        ("34", "34", "34"),
        ("33.70", "33,70", "34"),
        ("0", "0", "0"),
        ("1253156", "1.253.156", "1,3 jt"),
        ("39487", "39.487", "39 rb"),
    ],
)
def test_a_figure_keeps_the_decimals_it_was_given_with(indonesian: Flask, value, written, short):
    with indonesian.test_request_context():
        assert exactly(Decimal(value)) == written
        assert brief(Decimal(value)).replace("\xa0", " ") == short
