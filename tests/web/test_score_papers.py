"""The pictures of audits on paper: drawn as papers are, without a complaint, each with its words."""

import io
from typing import Any

import pikepdf
from flask import Flask, render_template_string

from ombudsman_app.home.sample_scores import score_pictures
from ombudsman_app.isolated.render import draw

PAGE = """<!doctype html><html lang="id"><head><title>Rapor</title></head><body><h1>Rapor</h1>
{% from "components/score_wheel.html" import wheel_picture, small_wheel %}
{% from "components/score_scale.html" import scale_picture %}
{% from "components/score_trend.html" import trend_picture %}
{% from "components/score_dots.html" import dots_picture %}
{% from "components/stage_bar.html" import stage_picture %}
{% from "components/cost_bars.html" import cost_bars %}
{% from "components/agreement_map.html" import agreement_map %}
{% for wheel in (s.wheel, s.worst, s.best, s.old, s.many, s.bare) %}
{{ wheel_picture(wheel, 'Roda nilai', id='wheel-' ~ loop.index) }}{{ small_wheel(wheel, 'Roda kecil') }}
{% endfor %}
{{ scale_picture(s.scale, 'Skala') }}{{ trend_picture(s.trend, 'Tren') }}
{{ dots_picture(s.dots, 'Semua kantor', own='Kantor ini') }}{{ stage_picture(s.funnel, 'Tahap') }}
{{ cost_bars(s.costs, 'Yang mengurangi nilai') }}
{{ agreement_map(s.agreement, 'Jawaban', s.answers, 'Penilai pertama', 'Penilai kedua') }}
</body></html>"""


def alternatives(paper: pikepdf.Pdf) -> set[str]:
    """Return what figures say to who cannot see them."""
    found: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/Alt" in node:
                found.add(str(node["/Alt"]))
            walk(node.get("/K"))

    walk(paper.Root.StructTreeRoot)
    return found


def test_given_all_pictures_when_a_paper_is_drawn_then_none_is_misunderstood_or_mute(indonesian: Flask):
    with indonesian.test_request_context():
        page = render_template_string(PAGE, s=score_pictures())
    out = io.BytesIO()

    answer = draw(page, {}, "pdf/ua-1", out)

    assert answer["warnings"] == []
    with pikepdf.open(out) as paper:
        said = alternatives(paper)
    assert {"Roda nilai", "Skala", "Tren", "Semua kantor", "Tahap"} <= said
