"""Open documents as office programs write them, by hand: no library of ours writes them."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from .lists import HEADS, xlsx

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "of": "of",
    }.items()
)
_STYLES = (
    '<office:automatic-styles><style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


@dataclass(frozen=True)
class Cell:
    """A cell that is more than a value: computed, repeated, or over several places."""

    value: Any = ""
    formula: str = ""
    times: int = 1
    across: int = 1

    def __str__(self) -> str:
        more = f" table:formula={quoteattr(self.formula)}" if self.formula else ""
        more += f' table:number-columns-repeated="{self.times}"' if self.times != 1 else ""
        more += (
            f' table:number-columns-spanned="{self.across}" table:number-rows-spanned="1"'
            if self.across > 1
            else ""
        )
        hidden = f'<table:covered-table-cell table:number-columns-repeated="{self.across - 1}"/>'
        return _cell(self.value, more) + (hidden if self.across > 1 else "")


@dataclass(frozen=True)
class Again:
    """The same row so many times."""

    cells: Sequence[Any]
    times: int


def ods(
    rows: Sequence[Sequence[Any] | Again],
    heads: Sequence[Any] = HEADS,
    **more: Sequence[Sequence[Any] | Again],
) -> bytes:
    """A workbook with one sheet, and further ones by name; a name that begins with `hidden` is hidden."""
    tables = {"Sheet": [heads, *rows] if heads else rows, **more}
    return package("".join(_table(name, lines) for name, lines in tables.items()))


def package(tables: str, **members: bytes) -> bytes:
    """The file around sheets that are written already.

    Members stand in place of ours, `content`, `manifest` and `mimetype`, or beside them: `Basic__m_xml`.
    """
    ours = {
        "mimetype": ("mimetype", MIMETYPE.encode()),
        "manifest": ("META-INF/manifest.xml", _MANIFEST.encode()),
        "content": ("content.xml", _document(tables).encode()),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for key, (name, content) in ours.items():
            written.writestr(name, members.pop(key, content))
        for key, content in members.items():
            written.writestr(key.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def _document(tables: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.3">'
        f"{_STYLES}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def _table(name: str, lines: Sequence[Sequence[Any] | Again]) -> str:
    look = ' table:style-name="hidden"' if name.startswith("hidden") else ""
    return f"<table:table table:name={quoteattr(name)}{look}>{''.join(map(_row, lines))}</table:table>"


def _row(line: Sequence[Any] | Again) -> str:
    cells, more = (
        (line.cells, f' table:number-rows-repeated="{line.times}"') if isinstance(line, Again) else (line, "")
    )
    written = (str(cell) if isinstance(cell, Cell) else _cell(cell) for cell in cells)
    return f"<table:table-row{more}>{''.join(written)}</table:table-row>"


def _cell(value: Any, more: str = "") -> str:
    match value:
        case "" | None:
            return f"<table:table-cell{more}/>"
        case int() | float():
            kind = f'office:value-type="float" office:value="{value!r}"'
        case date():
            kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case _:
            kind = 'office:value-type="string"'
    return f"<table:table-cell{more} {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


WRITERS = (pytest.param(xlsx, id="xlsx"), pytest.param(ods, id="ods"))
