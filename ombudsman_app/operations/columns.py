"""The column registry (PD8): what every column holds for whom, and how long it is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import MetaData

FILE = Path(__file__).parent / "columns.yaml"


@dataclass(frozen=True)
class ColumnRule:
    """One column. `level`: P0 public to P4 secret; `kept`: the class of its retention."""

    table: str
    column: str
    level: str
    kept: str


def registry(metadata: MetaData) -> list[ColumnRule]:
    """Return the rule of every column. Raises ValueError that names all gaps, leftovers and slips."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    wrong = list(_wrong(told, metadata))
    if wrong:
        raise ValueError("the column registry: " + "; ".join(wrong))
    return [
        ColumnRule(table.name, column.name, _level(told["tables"][table.name], column.name), kept)
        for table in metadata.sorted_tables
        for kept in [told["tables"][table.name]["kept"]]
        for column in table.columns
    ]


def _level(rule: dict[str, Any], column: str) -> str:
    level: str = rule.get("columns", {}).get(column, rule["level"])
    return level


def _wrong(told: dict[str, Any], metadata: MetaData) -> Iterator[str]:
    for name in sorted(metadata.tables.keys() ^ told["tables"].keys()):
        yield f"table {name} stands only {'in the models' if name in metadata.tables else 'in the file'}"
    for name in sorted(metadata.tables.keys() & told["tables"].keys()):
        rule, columns = told["tables"][name], {column.name for column in metadata.tables[name].columns}
        listed = rule.get("columns", {})
        if rule["kept"] not in told["kept"]:
            yield f"table {name} is kept as {rule['kept']}, which is no class"
        for level in {rule["level"], *listed.values()} - told["levels"].keys():
            yield f"table {name} uses {level}, which is no level"
        for column in sorted(listed.keys() - columns):
            yield f"{name}.{column} stands only in the file"
        for column in sorted(columns - listed.keys()) if rule.get("each") else ():
            yield f"{name}.{column} has no level"
