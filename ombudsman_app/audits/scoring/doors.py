"""The doors through which instruments leave and come in. A foreign sheet is read by a child process (FI4).

Beside the rest of this folder it knows the web application: the command line does not load it.
"""

import json
from typing import Any

from ombudsman_app.core.children import ChildFailed, ask
from ombudsman_app.core.limits import INSTRUMENT_BYTES

from .definition.shape import Definition
from .problems import InstrumentInvalid, Problem
from .xlsform.reading import mapping_of
from .xlsform.table import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from .xlsform.workbook import workbook_of
from .xlsform.writing import rows_of
from .yaml_form import export_yaml, import_yaml

__all__ = ["export_xlsform", "export_yaml", "import_xlsform", "import_yaml"]

SECONDS = 20.0


def export_xlsform(definition: Definition) -> bytes:
    """Return the instrument as XLSForm. For jobs: it loads the library that writes sheets."""
    return workbook_of(rows_of(definition))


def import_xlsform(content: bytes) -> dict[str, Any]:
    """Return the instrument in canonical form. For jobs: it waits for the child that reads the sheet.

    Raises InstrumentInvalid with every problem, ChildFailed where nobody can read now.
    """
    if len(content) > INSTRUMENT_BYTES:
        raise InstrumentInvalid([Problem("", "file_too_large", {"most": INSTRUMENT_BYTES})])
    most = {"sheets": MOST_SHEETS, "rows": MOST_ROWS, "columns": MOST_COLUMNS}
    try:
        answer, written = ask("parse", "sheets", most, content, seconds=SECONDS)
    except ChildFailed as failed:
        if failed.is_passing:
            raise
        raise InstrumentInvalid([Problem("", "sheet_unreadable", {"reason": failed.code})]) from None
    if answer["verdict"] != "ok":
        raise InstrumentInvalid([Problem("", "sheet_unreadable", {"reason": answer["reason"]})])
    return mapping_of(json.loads(written or b"[]"))
