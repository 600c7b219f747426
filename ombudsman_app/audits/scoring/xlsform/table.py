"""The sheets of a foreign workbook as tables: heads known, rows numbered, what hides in them refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ombudsman_app.audits.scoring.problems import Problem
from ombudsman_app.audits.scoring.reader import shown

from .columns import COLUMNS, SHEETS, unquoted

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 5_000, 80, 10
_MOST_NAMED = 20  # cells and columns that are named one by one


@dataclass(frozen=True)
class Line:
    """One row below the heads; `number` as a program shows it."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def at(self, column: str = "") -> str:
        return f"{self.sheet} row {self.number}" + (f", {column}" if column else "")

    def problem(self, code: str, column: str = "", **values: Any) -> Problem:
        where = {"sheet": self.sheet, "row": self.number, "column": column}
        return Problem(self.at(column), code, {**where, **values})

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def tables_of(sheets: Sequence[Mapping[str, Any]], problems: list[Problem]) -> dict[str, list[Line]]:
    """Return the rows by sheet. Every problem of the sheets themselves is noted."""
    by_name = {str(sheet["name"]): sheet for sheet in sheets}
    for name in SHEETS:
        if name not in by_name:
            problems.append(Problem(name, "sheet_missing", {"sheet": name}))
    for name, sheet in by_name.items():
        if name not in SHEETS:
            problems.append(Problem(name, "sheet_unknown", {"sheet": name}))
        _note_hidden(name, sheet, problems)
    return {name: list(_lines(name, by_name[name], problems)) for name in SHEETS if name in by_name}


def _note_hidden(name: str, sheet: Mapping[str, Any], problems: list[Problem]) -> None:
    if sheet["is_hidden"]:
        problems.append(Problem(name, "sheet_hidden", {"sheet": name}))
    for code, cells in (("formula", sheet["formulas"]), ("merged", sheet["merged"])):
        for cell in cells[:_MOST_NAMED]:
            row = int("0" + "".join(filter(str.isdecimal, cell.partition(":")[0])))
            problems.append(
                Problem(f"{name} row {row}, {cell}", code, {"sheet": name, "row": row, "column": cell})
            )


def _lines(name: str, sheet: Mapping[str, Any], problems: list[Problem]) -> Iterator[Line]:
    rows = [[text_of(cell) for cell in row] for row in sheet["rows"]]
    heads = rows[0] if rows else []
    head = Line(name, 1, {})
    for column in [one for one in heads if one and one not in COLUMNS[name]][:_MOST_NAMED]:
        problems.append(head.problem("column_unknown", shown(column)))
    for column in {one for one in heads if one and heads.count(one) > 1}:
        problems.append(head.problem("column_double", shown(column)))
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        cells = {column: cell for column, cell in zip(heads, row, strict=False) if column}
        line = Line(name, number, cells)
        if any(cell for column, cell in zip([*heads, *[""] * len(row)], row, strict=False) if not column):
            problems.append(line.problem("cell_without_head"))
        yield line


def text_of(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, true and false as yes and no."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    return "" if cell is None else unquoted(str(cell).strip())


def whole_of(text: str) -> int | str | None:
    """Return a whole number as one; other text stays, so that it is refused with its place."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
