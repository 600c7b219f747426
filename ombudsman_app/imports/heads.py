"""Where the heads of a sheet stand, and which of our columns each of them is. No database."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from .kinds import ImportKind

_GAPS = re.compile(r"[^a-z0-9]+")
_MOST_HEADS = 3
_NUMBER = re.compile(r"[0-9.,%\s/-]+")  # 53.15, 1.234, 33,73%: a value, no head
_ENOUGH = 2  # heads that are known make a row one of heads


def plain(head: object) -> str:
    """Return a head in the one form in which heads are compared: "No. NPWP*" → "no npwp"."""
    text = unicodedata.normalize("NFKD", str(head)).casefold()
    return _GAPS.sub(" ", "".join(one for one in text if not unicodedata.combining(one))).strip()


def known_heads(kind: ImportKind) -> dict[str, str]:
    """Return the name of our column by every head that it goes by."""
    found: dict[str, str] = {}
    for column in kind.columns:
        for head in (column.name, *column.synonyms, str(column.label)):
            found.setdefault(plain(head), column.name)
    return found


def head_row(kind: ImportKind, top: Sequence[Sequence[Any]]) -> int:
    """Return the place (from 0) of the last row of heads, by how many heads are known; 0 where none is.

    Of two rows of heads the lower one counts: it names the columns under a merged head.
    """
    known = known_heads(kind)
    scores = [len({known[text] for cell in row if (text := plain(cell)) in known}) for row in top]
    best = max(scores, default=0)
    if best < _ENOUGH:
        return next((place for place, row in enumerate(top) if sum(map(bool, row)) > 1), 0)
    place = scores.index(best)
    below = place + 1
    if below < len(top) and scores[below] and _is_heads(top[below]):
        return below
    return place


def _is_heads(row: Sequence[Any]) -> bool:
    cells = [cell for cell in row if cell != ""]
    return bool(cells) and all(isinstance(cell, str) and not _NUMBER.fullmatch(cell) for cell in cells)


def heads_at(top: Sequence[Sequence[Any]], place: int) -> list[str]:
    """Return the head of each column; where a cell is empty, what stands above it in the row before."""
    rows = list(top[max(0, place - 1) : place + 1])
    width = max((len(row) for row in top), default=0)
    named = []
    for column in range(width):
        said = [str(row[column]).strip() for row in rows if column < len(row) and row[column] != ""]
        lower = rows[-1][column] if rows and column < len(rows[-1]) else ""
        named.append(str(lower).strip() if lower != "" else (said[0] if _may_stand(rows, said) else ""))
    return named


def _may_stand(rows: Sequence[Sequence[Any]], said: Sequence[str]) -> bool:
    """Whether the row above is one of heads too, not a title over the whole sheet."""
    return bool(said) and len(rows) > 1 and sum(cell != "" for cell in rows[0]) > 1


def guess(kind: ImportKind, heads: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Return our column by place of theirs ("0", "1" …): first what was chosen for this source before."""
    known, taken, found = known_heads(kind), set[str](), dict[str, str]()
    names = set(kind.names)
    for table in (remembered, known):
        for place, head in enumerate(heads):
            name = table.get(plain(head), "") if head else ""
            if name in names and name not in taken and str(place) not in found:
                found[str(place)] = name
                taken.add(name)
    return found
