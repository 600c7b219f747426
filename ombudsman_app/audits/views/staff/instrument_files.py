"""The file of an instrument that somebody sends, not read yet: what the bytes are decides, not the name."""

from werkzeug.datastructures import FileStorage

from ombudsman_app.audits.scoring.problems import InstrumentInvalid, Problem
from ombudsman_app.core.limits import INSTRUMENT_BYTES

_ZIP = b"PK\x03\x04"  # a sheet is a packed folder


def read_file(file: FileStorage | None) -> bytes:
    """Return what was sent. Raises InstrumentInvalid for nothing, and for too much."""
    content = file.stream.read(INSTRUMENT_BYTES + 1) if file is not None else b""
    if not content:
        raise InstrumentInvalid([Problem("", "file_missing")])
    if len(content) > INSTRUMENT_BYTES:
        raise InstrumentInvalid([Problem("", "file_too_large", {"most": INSTRUMENT_BYTES})])
    return content


def is_sheet(content: bytes) -> bool:
    """Whether a job must read it: a sheet is opened by a child process (FI4)."""
    return content.startswith(_ZIP)
