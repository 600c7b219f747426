"""All published results as a sheet: open data, one row a result. Only what is named here (AZ6)."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from ombudsman_app.audits.queries.overview import ResultRow

from .compared import kind_words


def results_sheet(rows: Sequence[ResultRow]) -> tuple[list[str], Iterator[list[str]]]:
    """Return head and rows; the address of each result without the name of the site."""
    head = [
        _("Office"),
        _("Kind of office"),
        _("Province"),
        _("Round"),
        _("Scheme"),
        _("Total"),
        _("Category"),
        _("Zone"),
        _("Published"),
        _("Corrected on"),
        _("Invented, for demonstration"),
        _("Address"),
    ]
    return head, (_row(row) for row in rows)


def _row(row: ResultRow) -> list[str]:
    return [
        row.office_name,
        str(kind_words(row.kind)),
        row.province or "",
        row.round_title,
        row.scheme,
        str(row.total),
        row.category or "",
        row.zone or "",
        row.published_on.isoformat(),
        row.corrected_on.isoformat() if row.corrected_on else "",
        "DEMO" if row.is_demo else "",
        f"/kantor/{row.office_slug}/penilaian/{row.round_slug}",
    ]
