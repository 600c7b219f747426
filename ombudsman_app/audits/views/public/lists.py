"""/penilaian: what was published, where others can learn, offices compared over the rounds."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import queries
from ombudsman_app.audits.formats.compared import kind_words, zone_bars
from ombudsman_app.audits.formats.results_sheet import results_sheet
from ombudsman_app.audits.queries.overview import OverviewFilter, all_results
from ombudsman_app.audits.views.asked import PUBLIC, asked_comparison, asked_kind, asked_text, compared
from ombudsman_app.audits.views.files import comparison_file
from ombudsman_app.core import limits
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.access import policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.export import CSV, write_csv

from .blueprint import bp


@bp.route("/penilaian")
@policy("public")
def overview() -> ResponseReturnValue:
    """Published results, best first, with offices by zone. 3 statements, 4 with a search."""
    asked, said = _asked_overview()
    found = queries.overview(asked)
    return render_template(
        "audits/public/overview.html",
        asked=asked,
        found=found,
        bars=zone_bars(found.zones, asked.kind),
        boxes=_boxes(asked, found),
        said=said,
        more=url_for(".overview", **{**said, "setelah": found.page.next_key}) if found.page.next_key else "",  # type: ignore[arg-type]
    )


def _asked_overview() -> tuple[OverviewFilter, dict[str, str]]:
    """Return what the address asks for, and the words of it that are not empty."""
    asked = OverviewFilter(
        kind=asked_kind("jenis"),
        province=request.args.get("provinsi", "")[:2],
        round_slug=request.args.get("putaran", "")[: limits.LINE],
        text=asked_text(),
        after=request.args.get("setelah", "")[: limits.LINE],
    )
    said = {
        "jenis": asked.kind.value if asked.kind else "",
        "provinsi": asked.province,
        "putaran": asked.round_slug,
        "q": asked.text,
    }
    return asked, {name: value for name, value in said.items() if value}


@bp.route("/penilaian/csv")
@policy("public")
def overview_csv() -> Response:
    """Give all published results that are asked for as a sheet. 1 statement, 2 with a search."""
    asked, _said = _asked_overview()
    head, rows = results_sheet(all_results(asked))
    word = _("audit-results")
    return download(write_csv(head, rows), name=f"{word}.csv", media_type=CSV)


def _boxes(asked: OverviewFilter, found: queries.Overview) -> list[dict[str, object]]:
    kinds = {one.kind for one in found.zones} | ({asked.kind} if asked.kind else set())
    provinces = {one.province_code: one.province for one in found.zones if one.province_code}
    return [
        {
            "name": "putaran",
            "label": _("Round"),
            "options": [
                ("", _("Newest result of each office")),
                *((one.slug, one.title) for one in found.rounds),
            ],
            "chosen": asked.round_slug,
        },
        {
            "name": "jenis",
            "label": _("Kind of office"),
            "options": [("", _("All")), *sorted((kind.value, kind_words(kind)) for kind in kinds)],
            "chosen": asked.kind.value if asked.kind else "",
        },
        {
            "name": "provinsi",
            "label": _("Province"),
            "options": [("", _("All")), *sorted(provinces.items(), key=lambda item: item[1] or "")],
            "chosen": asked.province,
        },
    ]


@bp.route("/penilaian/studi-banding")
@policy("public")
def study_places() -> ResponseReturnValue:
    """Offices where others can learn today. 1 statement."""
    return render_template("audits/public/study_places.html", places=queries.study_places())


@bp.route("/penilaian/perbandingan")
@policy("public")
def comparison() -> ResponseReturnValue:
    """Offices of one kind over the newest rounds, published results alone. 6 statements."""
    shown = queries.for_everybody()
    asked = asked_comparison(PUBLIC, shown)
    return render_template(
        "audits/public/comparison.html",
        asked=asked,
        found=compared(asked, shown),
        here=".comparison",
        file=".comparison_csv",
    )


@bp.route("/penilaian/perbandingan/csv")
@policy("public")
def comparison_csv() -> ResponseReturnValue:
    """Give the comparison of all these offices as a sheet. 6 statements."""
    shown = queries.for_everybody()
    asked = asked_comparison(PUBLIC, shown)
    if asked is None:
        raise NotVisible
    return comparison_file(asked, shown)
