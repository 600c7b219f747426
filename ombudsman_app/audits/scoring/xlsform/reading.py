"""From the tables of a form to the instrument. Rows that only serve the phone are passed over.

Every problem names sheet, row and column, those of the instrument itself too.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ombudsman_app.audits.scoring.definition.reading import read_definition
from ombudsman_app.audits.scoring.definition.shape import SCALE
from ombudsman_app.audits.scoring.definition.writing import as_mapping
from ombudsman_app.audits.scoring.problems import InstrumentInvalid, Problem
from ombudsman_app.audits.scoring.reader import shown

from . import columns as c
from .rows import dimension_mapping, indicator_mapping
from .table import Line, tables_of, whole_of

_STEP = re.compile(r"dimensions\[(\d+)\](?:\.indicators\[(\d+)\])?(?:\.([a-z_]+))?.*", re.ASCII)
_MOST_PROBLEMS = 200


def mapping_of(sheets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the instrument in canonical form. Raises InstrumentInvalid with every problem."""
    problems: list[Problem] = []
    tables = tables_of(sheets, problems)
    if len(tables) < len(c.SHEETS):
        raise InstrumentInvalid(problems[:_MOST_PROBLEMS])
    form = _Form(tables, problems)
    mapping = form.mapping()
    try:
        definition = read_definition(mapping)
    except InstrumentInvalid as refused:
        problems += [form.placed(problem) for problem in refused]
    if problems:
        raise InstrumentInvalid(problems[:_MOST_PROBLEMS])
    return as_mapping(definition)


class _Form:
    """The tables while they are being read; it remembers from which row each part came."""

    def __init__(self, tables: Mapping[str, list[Line]], problems: list[Problem]) -> None:
        self.tables, self.problems = tables, problems
        self.lines: dict[tuple[int, int], Line] = {}  # (dimension, indicator), -1 for the dimension itself
        self.scales = self._scales()

    def mapping(self) -> dict[str, Any]:
        return {**self._settings(), **self._anchors(c.SCALE_LIST), "dimensions": self._dimensions()}

    def placed(self, problem: Problem) -> Problem:
        """Give a problem of the instrument the place of the row it came from."""
        values = dict(problem.values)
        found = _STEP.fullmatch(problem.where)
        line = self.lines.get((int(found[1]), int(found[2] or -1))) if found else None
        if found and line:
            return self._mended(line, problem.code, found[3] or "", c.SURVEY_COLUMN_OF, values)
        if problem.where.startswith("dimensions"):
            return Problem(c.SURVEY, problem.code, {**values, "sheet": c.SURVEY})
        first = Line(c.SETTINGS, 2, {})
        return self._mended(first, problem.code, problem.where, c.SETTINGS_COLUMN_OF, values)

    @staticmethod
    def _mended(
        line: Line, code: str, key: str, columns: Mapping[str, str], values: dict[str, Any]
    ) -> Problem:
        """Name columns where the instrument names keys."""
        if "key" in values:
            values["key"] = columns.get(values["key"], values["key"])
        return line.problem(code, columns.get(key, key), **values)

    def _settings(self) -> dict[str, Any]:
        lines = self.tables[c.SETTINGS]
        if not lines:
            return {}
        for line in lines[1:]:
            self.problems.append(line.problem("row_double"))
        given = {key: lines[0][column] for column, key in c.SETTINGS_TEXTS.items() if lines[0][column]}
        return given | {key: whole_of(lines[0][column]) for column, key in c.SETTINGS_NUMBERS.items()}

    def _scales(self) -> dict[str, dict[str, Line]]:
        """Return the lists of steps by name."""
        found: dict[str, dict[str, Line]] = {}
        for line in self.tables[c.CHOICES]:
            steps = found.setdefault(line["list_name"], {})
            if line["name"] in steps:
                self.problems.append(line.problem("row_double", value=shown(line["name"])))
            steps[line["name"]] = line
        return found

    def _anchors(self, list_name: str) -> dict[str, dict[str, str]]:
        steps = self.scales.get(list_name, {})
        order = [step for step in SCALE if step in steps] + [step for step in steps if step not in SCALE]
        return {
            key: {step: steps[step][column] for step in order}
            for key, column in (("anchors_id", c.LABEL_ID), ("anchors_en", c.LABEL_EN))
        }

    def _dimensions(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        is_open = False
        names: set[str] = set()
        for line in self.tables[c.SURVEY]:
            role = line[c.ROLE]
            if role != c.END and line["name"]:
                if line["name"] in names:
                    self.problems.append(line.problem("row_double", "name", value=shown(line["name"])))
                names.add(line["name"])
            if role == c.DIMENSION:
                self.lines[len(found), -1] = line
                found.append({**dimension_mapping(line, self.problems), "indicators": []})
                is_open = True
            elif role == c.INDICATOR and is_open:
                asked = found[-1]["indicators"]
                self.lines[len(found) - 1, len(asked)] = line
                asked.append(self._indicator(line))
            elif role == c.END and is_open:
                is_open = False
            elif role == c.PART and is_open:
                continue
            else:
                code = "row_outside" if role in c.ROLES else "role_unknown"
                self.problems.append(line.problem(code, c.ROLE, value=shown(role)))
        return found

    def _indicator(self, line: Line) -> dict[str, Any]:
        own = c.scale_of(line["name"], has_own=True)
        mapping = indicator_mapping(
            line, self.problems, list_name=own if own in self.scales else c.SCALE_LIST
        )
        return {**mapping, **self._anchors(own)} if own in self.scales else mapping
