"""Minimum wages by province and year, where nobody knows the wage (`rules/minimum_wages.yaml`)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ombudsman_app.core.workflow.rules import Mark, load
from ombudsman_app.core.workflow.shape import RulesBroken

FILE = Path(__file__).parents[1] / "rules" / "minimum_wages.yaml"
_PROVINCE_LETTERS = 2


@dataclass(frozen=True)
class MinimumWage:
    """The least wage of a place in a year. `region` is a Kemendagri code of two or four digits."""

    region: str
    name: str
    year: int
    rupiah: int


@dataclass(frozen=True)
class MinimumWageFile:
    """The whole file."""

    version: int
    legal: str
    note: str
    verified: Mark
    src: tuple[str, ...]
    rows: tuple[MinimumWage, ...]


@cache
def minimum_wages() -> MinimumWageFile:
    """Return the shipped file, read once. Raises RulesBroken."""
    held = load(FILE, MinimumWageFile)
    keys = [(row.region, row.year) for row in held.rows]
    if len(set(keys)) != len(keys) or any(row.rupiah <= 0 for row in held.rows):
        raise RulesBroken(f"{FILE.name}: a place and year stands there twice, or without a wage")
    return held


@cache
def minimum_wage(region: str, year: int) -> MinimumWage | None:
    """Return the minimum wage of a regency, else that of its province; None if unknown."""
    found = {row.region: row for row in minimum_wages().rows if row.year == year}
    return found.get(region) or found.get(region[:_PROVINCE_LETTERS])
