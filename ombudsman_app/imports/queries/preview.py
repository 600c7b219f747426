"""A first look at a file: its sheets, where the heads stand, which column is which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ombudsman_app.imports.heads import guess, head_row, heads_at
from ombudsman_app.imports.keeping import look_of
from ombudsman_app.imports.kinds import ImportKind
from ombudsman_app.imports.models import ImportRun

_SHOWN = 3  # rows below the heads


@dataclass(frozen=True)
class Preview:
    """`header_row` as the sheet counts; `columns`: our name by place; `rows`: (number, cells)."""

    sheets: list[dict[str, Any]]
    sheet: dict[str, Any]
    header_row: int
    heads: list[str]
    columns: dict[str, str]
    rows: list[tuple[int, list[Any]]]
    form: str
    encoding: str
    delimiter: str
    is_remembered: bool

    @property
    def places(self) -> range:
        return range(len(self.heads))


def preview_of(
    kind: ImportKind, run: ImportRun, *, sheet: int | None, header_row: int | None
) -> Preview | None:
    """Return the look at one sheet; None where the file is not read yet or holds no row. No statement.

    Without a choice: the visible sheet with the most rows, and the row where most heads are known.
    """
    look = look_of(run)
    filled = [one for one in (look or {}).get("sheets", ()) if one["rows"]]
    if look is None or not filled:
        return None
    chosen = next((one for one in filled if one["number"] == sheet), None)
    if chosen is None:
        chosen = max(filled, key=lambda one: (not one["is_hidden"], one["rows"]))
    top, first = chosen["top"], chosen["first"]
    place = (header_row or 0) - first
    if header_row is None or not 0 <= place < len(top):
        place = head_row(kind, top)
    heads = heads_at(top, place)
    remembered: Mapping[str, str] = run.source.mapping
    columns = guess(kind, heads, remembered)
    if run.mapping and run.sheet == chosen["number"] and run.header_row == place + first:
        columns = dict(run.mapping)
    below = top[place + 1 : place + 1 + _SHOWN]
    return Preview(
        sheets=look["sheets"],
        sheet=chosen,
        header_row=place + first,
        heads=heads,
        columns=columns,
        rows=[(first + place + 1 + number, cells) for number, cells in enumerate(below)],
        form=look["format"],
        encoding=look["encoding"],
        delimiter=look["delimiter"],
        is_remembered=bool(remembered),
    )
