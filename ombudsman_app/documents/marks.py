"""Our mark: words in the plain bytes of a paper by which anybody sees that it claims to come from us.

It stands in front, so that a cut file still has it, and in the dictionary of the signature, several times, so
that no single changed byte hides it. It proves nothing by itself: it only tells *altered* from *unknown*.
"""

import mmap
import re
import zlib

Bytes = bytes | mmap.mmap

PREFIX = "KAWALLAYANANSURAT "  # letters and a blank: no writer of PDF escapes them
_MARK = re.compile(PREFIX.encode() + rb"([0-9A-HJKMNP-TV-Z]{26})?")
_HEAD = re.compile(rb"%PDF-[0-9.]+\r?\n%[^\r\n]*\r?\n")
_XREF_AT = re.compile(rb"startxref\s+([0-9]+)\s+%%EOF\s*\Z")
_XREF_STREAM = re.compile(rb"([0-9]+ 0 obj\s*<<(.*?)>>\s*stream\r?\n)", re.DOTALL)
_FREE, _IN_FILE = 0, 1


class NotOurs(ValueError):
    """The bytes were not drawn by our renderer."""


def mark_of(code: str) -> str:
    """Return the mark of a paper."""
    return PREFIX + code


def is_marked(content: Bytes) -> bool:
    """Whether it claims to come from us."""
    return _MARK.search(content) is not None


def codes_in(content: Bytes) -> tuple[str, ...]:
    """Return the codes that stand in its marks, each once, in order."""
    found = (match[1] for match in _MARK.finditer(content) if match[1])
    return tuple(dict.fromkeys(code.decode() for code in found))


def marked_in_front(content: bytes, code: str) -> bytes:
    """Put the mark into a comment behind the head of a PDF that our renderer made, and move what follows.

    Raises NotOurs for a file whose table of objects it does not know.
    """
    head = _HEAD.match(content)
    place = _XREF_AT.search(content)
    table = _XREF_STREAM.match(content, int(place[1])) if place else None
    if head is None or place is None or table is None:
        raise NotOurs("no head or no table of objects")
    line = f"%{mark_of(code)}\n".encode()
    at = int(place[1])
    body = content[head.end() : at]
    moved = _moved_table(content, table, len(line))
    return b"".join((head[0], line, body, moved, b"startxref\n%d\n%%%%EOF\n" % (at + len(line))))


def _moved_table(content: bytes, table: re.Match[bytes], by: int) -> bytes:
    """Return the cross-reference stream with all places of the file moved on."""
    about = table[2]
    widths = [int(word) for word in _value(about, rb"/W\s*\[([0-9 ]+)\]").split()]
    length = int(_value(about, rb"/Length\s+([0-9]+)"))
    rows = zlib.decompress(content[table.end() : table.end() + length])
    if len(widths) != 3 or widths[0] != 1 or len(rows) % sum(widths):
        raise NotOurs("an unknown table of objects")
    wider = (1, widths[1] + 1, widths[2])  # a place may need one byte more now
    packed = zlib.compress(
        b"".join(
            row[:1]
            + (int.from_bytes(row[1 : 1 + widths[1]]) + (by if row[0] == _IN_FILE else 0)).to_bytes(wider[1])
            + row[1 + widths[1] :]
            for row in (rows[at : at + sum(widths)] for at in range(0, len(rows), sum(widths)))
        )
    )
    told = re.sub(rb"/W\s*\[[0-9 ]+\]", b"/W [%d %d %d]" % wider, table[1])
    told = re.sub(rb"/Length\s+[0-9]+", b"/Length %d" % len(packed), told)
    return told + packed + b"\nendstream\nendobj\n"


def _value(about: bytes, pattern: bytes) -> bytes:
    found = re.search(pattern, about)
    if found is None:
        raise NotOurs("an unknown table of objects")
    return found[1]
