"""The file and its rows on the disk: sealed, each piece bound to its import, opened by the key of the run."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any, NamedTuple

from flask import current_app

from ombudsman_app.attachments.store import LocalStore
from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.sealed_files import unsealed, write_sealed
from ombudsman_app.core.sealing import RecordKey, SealBroken, open_record_key

from .errors import ListChanged
from .models import ImportRun

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_BLOCK, _LOOK = "import_block.sealed", "import_run.look"


def store() -> LocalStore:
    """Return where imports lie."""
    settings: Settings = current_app.extensions["settings"]
    return LocalStore(settings.data_dir / "imports")


def key_place(file: str) -> str:
    return f"import_run.wrapped_key.{file}"


def key_of(run: ImportRun) -> RecordKey:
    """Open the key of an import. Raises NotVisible once it is forgotten."""
    if run.wrapped_key is None:
        raise NotVisible
    return open_record_key(run.wrapped_key, place=key_place(run.file.hex))


def put_file(name: str, content: bytes, key: RecordKey) -> tuple[int, str]:
    """Seal bytes under a name; return how many they were and their SHA-256."""
    with store().writing(name) as file:
        return write_sealed(BytesIO(content).read, file, key, place=name)


def put_rows(name: str, descriptor: int, key: RecordKey) -> str:
    """Seal what a child wrote; return its SHA-256."""
    with os.fdopen(os.dup(descriptor), "rb") as written, store().writing(name) as file:
        return write_sealed(written.read, file, key, place=name)[1]


def pieces(name: str, key: RecordKey) -> Iterator[bytes]:
    """Yield a sealed file piece by piece. Raises ListChanged where it is another than was stored."""
    try:
        with closing(store().open(name)) as file:
            yield from unsealed(file, key, place=name)
    except (FileNotFoundError, SealBroken):
        raise ListChanged from None


def rows_name(run: ImportRun) -> str:
    return f"{run.file.hex}r"


class Lines(NamedTuple):
    """Some rows of a sheet; `first` is the number of the first one."""

    first: int
    rows: list[list[Any]]


def lines_of(run: ImportRun, sheet: int) -> Iterator[Lines]:
    """Yield the rows of one sheet, some at a time. Raises ListChanged."""
    begins = f"{sheet} ".encode()
    rest = b""
    for piece in pieces(rows_name(run), key_of(run)):
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            if line.startswith(begins):
                _sheet, first, said = line.split(b" ", 2)
                yield Lines(int(first), json.loads(said))


def seal_look(look: dict[str, Any], key: RecordKey) -> bytes:
    return key.seal(json.dumps(look, ensure_ascii=False), place=_LOOK)


def look_of(run: ImportRun) -> dict[str, Any] | None:
    """Return what was found in the file; None: it is not read yet, or forgotten."""
    if run.look is None or run.wrapped_key is None:
        return None
    found: dict[str, Any] = json.loads(key_of(run).unseal(run.look, place=_LOOK))
    return found


def seal_block(values: dict[int, Any], key: RecordKey, first: int) -> bytes:
    return key.seal(_encode(values), place=f"{_BLOCK}.{first}")


def open_block(sealed: bytes, key: RecordKey, first: int) -> dict[int, Any]:
    """Return values by number of the row."""
    said = json.loads(key.unseal(sealed, place=f"{_BLOCK}.{first}"))
    return {int(number): values for number, values in said.items()}
