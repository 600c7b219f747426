"""CSV: which encoding and which sign between the cells, told by the bytes; then its rows, one by one."""

import codecs
import csv
import os
from collections.abc import Iterator

from . import verdicts as v

DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_LINES = 50
_CELL = 40_000  # characters
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = 0.1  # of the letters are none: not a text


def read_text(body: int, columns: int) -> tuple[Iterator[list[str]], str, str]:
    """Return rows, name of the encoding and delimiter. Raises Refusal, also while rows are drawn."""
    text, encoding = _decoded(os.pread(body, os.fstat(body).st_size, 0))
    lines = text.splitlines(keepends=True)  # csv wants them with their ends
    delimiter = _delimiter(lines[:_SAMPLE_LINES])
    return _rows(lines, delimiter, columns), encoding, delimiter


def _decoded(content: bytes) -> tuple[str, str]:
    name = next((name for mark, name in _MARKS if content.startswith(mark)), "") or _without_mark(content)
    try:
        text = content.decode(name)
    except UnicodeDecodeError:
        raise v.Refusal(v.UNKNOWN_ENCODING) from None
    if "\0" in text:
        raise v.Refusal(v.UNKNOWN_TYPE)
    odd = sum(text.count(chr(code)) for code in (*range(1, 9), *range(14, 32), 127))
    if odd > len(text) * _BINARY:
        raise v.Refusal(v.UNKNOWN_TYPE)
    return text, {"utf-8-sig": "utf-8"}.get(name, name)


def _without_mark(content: bytes) -> str:
    sample = content[:4096]
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) // 4:
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(lines: list[str]) -> str:
    """Return the sign that parts most lines into equally many cells."""

    def agreement(sign: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        usual = max(set(counts), key=counts.count, default=1)
        return (counts.count(usual) if usual > 1 else 0, usual)

    try:
        return max(DELIMITERS, key=agreement)
    except csv.Error:
        raise v.Refusal(v.DAMAGED) from None


def _rows(lines: list[str], delimiter: str, columns: int) -> Iterator[list[str]]:
    csv.field_size_limit(_CELL)
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if len(row) > columns:
                raise v.Refusal(v.TOO_MANY_COLUMNS)
            yield row
    except csv.Error:
        raise v.Refusal(v.DAMAGED) from None
