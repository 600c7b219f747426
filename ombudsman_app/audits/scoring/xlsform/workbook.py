"""From rows to the bytes of an XLSX. For jobs: no web process loads the library."""

from datetime import UTC, datetime
from io import BytesIO

from .columns import COLUMNS, SHEETS, quoted
from .writing import Row

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_BIRTH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same instrument, the same bytes
_WIDTHS = {"label": 60, "hint": 24, "constraint": 24, "relevant": 30}
_PLAIN_WIDTH = 18


def workbook_of(sheets: dict[str, list[Row]]) -> bytes:
    """Return the workbook. Every cell is text, so that no program counts or guesses."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"created": _BIRTH})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for name in SHEETS:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(COLUMNS[name]):
            width = next((w for start, w in _WIDTHS.items() if column.startswith(start)), _PLAIN_WIDTH)
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, column, head)
        for number, row in enumerate(sheets[name], 1):
            for place, column in enumerate(COLUMNS[name]):
                if cell := row.get(column, ""):
                    sheet.write_string(number, place, quoted(cell), text)
    book.close()
    return out.getvalue()
