"""/cakupan/data: all figures with their sources as open data."""

import json
from collections.abc import Callable, Sequence

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import HEAD_OFFICE_ZONE
from ombudsman_app.coverage import open_data, queries
from ombudsman_app.web.access import policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.export import CSV, write_csv

from .blueprint import bp

_PAGE = 5_000  # figures read at once


@bp.route("/data/datapackage.json")
@policy("public")
def package() -> Response:
    """Describe the three files. 1 statement."""
    settings: Settings = current_app.extensions["settings"]
    content = open_data.data_package(
        title=_("Coverage of BPJS Ketenagakerjaan: figures and their sources"),
        home=f"{settings.public_url}/cakupan",
        sources=queries.released_sources(),
        made_on=today(HEAD_OFFICE_ZONE).isoformat(),
    )
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return download(text.encode(), name="datapackage.json", media_type="application/json")


@bp.route("/data/<string:name>")
@policy("public")
def file(name: str) -> ResponseReturnValue:
    """Give one of the files. 1 statement for each 5,000 figures."""
    if name not in _FILES:
        raise NotVisible
    fields, rows = _FILES[name]
    return download(write_csv([field for field, *_rest in fields], rows()), name=name, media_type=CSV)


def _figures() -> list[list[str]]:
    found: list[list[str]] = []
    last = 0
    while page := queries.released_figures(after=last, most=_PAGE):
        found += [open_data.figure_row(one) for one in page]
        last = page[-1].id
    return found


def _sources() -> list[list[str]]:
    return [open_data.source_row(one) for one in queries.released_sources()]


_FILES: dict[str, tuple[Sequence[open_data.Field], Callable[[], list[list[str]]]]] = {
    open_data.FIGURES: (open_data.FIGURE_FIELDS, _figures),
    open_data.SOURCES: (open_data.SOURCE_FIELDS, _sources),
    open_data.MEASURES: (open_data.MEASURE_FIELDS, lambda: list(open_data.measure_rows())),
}
