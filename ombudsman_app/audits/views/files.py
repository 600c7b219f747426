"""A comparison as a sheet, on both faces."""

from dataclasses import replace

from flask import Response
from flask_babel import gettext as _

from ombudsman_app.audits import queries
from ombudsman_app.audits.formats.compared import comparison_sheet
from ombudsman_app.web.downloads import download
from ombudsman_app.web.export import CSV, write_csv

from .asked import Asked, Shown


def comparison_file(asked: Asked, shown: Shown) -> Response:
    """Answer with all offices that are asked for, not only those of one page. 4 statements."""
    found = queries.comparison(replace(asked.filter, after=""), shown, size=None)
    head, rows = comparison_sheet(found)
    word = _("comparison")
    name = f"{word}-{asked.filter.kind.value}.csv"
    return download(write_csv(head, rows), name=name, media_type=CSV)
