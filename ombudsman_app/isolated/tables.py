"""One look over the pieces of a workbook while they are unfolded: which kind it is, where formulas stand."""

import re
from collections.abc import Mapping

from . import verdicts as v
from .open_documents import Content, SheetLook

_SHEET = re.compile(r"xl/worksheets/sheet([0-9]{1,4})\.xml")
_TYPES, _MIMETYPE, _CONTENT = "[Content_Types].xml", "mimetype", "content.xml"
_MANIFEST, _SEALED = "META-INF/manifest.xml", b"encryption-data"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MAIN, _MACROS = b"spreadsheetml.sheet.main+xml", b"macroEnabled"
_FORMULAS = (b"<f>", b"<f ", b":f>", b":f ")  # also of a workbook whose words carry a prefix
_EDGE = 32  # bytes that are looked at again with the next piece
_SMALL = 64 * 1024


class Look:
    """Sees every piece of a package once. Nothing is held but the ends of pieces. `most`: rows, columns."""

    def __init__(self, most: Mapping[str, int]) -> None:
        self._types = self._mimetype = self._manifest = b""
        self._content = Content(most["rows"], most["columns"])
        self._edge = b""
        self._formulas: dict[str, int] = {}
        self._has_macros = False

    def seen(self, name: str, piece: bytes) -> None:
        """Take the next piece of a member; an empty one ends it."""
        if name == _TYPES:
            self._types = (self._types + piece)[:_SMALL]
        elif name == _MIMETYPE:
            self._mimetype = (self._mimetype + piece)[:_SMALL]
        elif name == _MANIFEST:
            self._manifest = (self._manifest + piece)[:_SMALL]
        elif name == _CONTENT:
            self._content.feed(piece)
        elif name.startswith("xl/worksheets/"):
            self._count(name, piece)
        if name.lower().endswith("vbaproject.bin") or name.startswith("Basic/"):
            self._has_macros = True
        if not piece:
            self._edge = b""

    def _count(self, name: str, piece: bytes) -> None:
        if b"<!DOCTYPE" in piece[:4096]:
            raise v.Refusal(v.DAMAGED)
        text = self._edge + piece
        found = sum(text.count(sign) - self._edge.count(sign) for sign in _FORMULAS)
        self._formulas[name] = self._formulas.get(name, 0) + found
        self._edge = text[-_EDGE:]

    def form(self) -> str:
        """Return "xlsx" or "ods". Raises Refusal for other packages, for macros and passwords."""
        if self._has_macros or _MACROS in self._types:
            raise v.Refusal(v.OFFICE)
        if self._mimetype.strip() == _ODS:
            if _SEALED in self._manifest:
                raise v.Refusal(v.ENCRYPTED)
            if self._content.is_broken:
                raise v.Refusal(v.DAMAGED)
            return "ods"
        if _MAIN in self._types:
            return "xlsx"
        raise v.Refusal(v.UNKNOWN_TYPE)

    def sheet(self, number: int) -> SheetLook:
        """Return what hides in a sheet. Of XLSX, where cells are merged is known by the library alone."""
        if self._content.sheets:
            is_known = number < len(self._content.sheets)
            return self._content.sheets[number] if is_known else SheetLook()
        places = sorted((int(found[1]), name) for name in self._formulas if (found := _SHEET.fullmatch(name)))
        return SheetLook(self._formulas[places[number][1]] if number < len(places) else 0)


def span(first: tuple[int, int], last: tuple[int, int]) -> str:
    """Return the address of merged cells: A1:B2."""
    return f"{_address(*first)}:{_address(*last)}"


def _address(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
