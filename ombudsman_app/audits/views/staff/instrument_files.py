"""Reads the file of an instrument that somebody sends. A sheet is read by a child process (FI4)."""

from typing import Any

from werkzeug.datastructures import FileStorage

from ombudsman_app.audits.scoring.doors import import_xlsform, import_yaml
from ombudsman_app.audits.scoring.problems import InstrumentInvalid, Problem
from ombudsman_app.core.db import db
from ombudsman_app.core.limits import INSTRUMENT_BYTES

_ZIP = b"PK\x03\x04"  # a sheet is a packed folder


def read_file(file: FileStorage | None) -> dict[str, Any]:
    """Return the instrument in canonical form: what the bytes are decides, not the name.

    Raises InstrumentInvalid with every problem, ChildFailed where nobody can read a sheet now.
    """
    content = file.stream.read(INSTRUMENT_BYTES + 1) if file is not None else b""
    if not content:
        raise InstrumentInvalid([Problem("", "file_missing")])
    if len(content) > INSTRUMENT_BYTES:
        raise InstrumentInvalid([Problem("", "file_too_large", {"most": INSTRUMENT_BYTES})])
    if not content.startswith(_ZIP):
        return import_yaml(content)
    db.release()  # nobody waits for a lock while the child reads
    return import_xlsform(content)
