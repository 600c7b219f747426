"""Which province a regency belonged to on a day: codes change by decree, and totals must not.

Only moves from one province to another are known here (`data/successions.yaml`); a regency that is itself cut
in two keeps the row of the directory under its old code.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ombudsman_app.core.workflow.rules import Mark, load


@dataclass(frozen=True)
class Succession:
    """One law, the day it holds from, and the codes of the regencies it moved (old to new)."""

    law: str
    province: str
    holds_from: str
    src: tuple[str, ...]
    verified: Mark
    codes: dict[str, str]

    @property
    def day(self) -> date:
        return date.fromisoformat(self.holds_from)


@dataclass(frozen=True)
class _File:
    version: int
    successions: tuple[Succession, ...]


SUCCESSIONS = load(Path(__file__).parent / "data" / "successions.yaml", _File).successions
_TODAY = {old: new for one in SUCCESSIONS for old, new in one.codes.items()}


def code_today(code: str) -> str:
    """Return the code that a place bears today; a code that nobody changed comes back as it is."""
    return _TODAY.get(code, code)


def codes_on(day: date | None) -> dict[str, str]:
    """Return, for places that bore another code on that day, the old code by that of today. None: today."""
    if day is None:
        return {}
    return {new: old for one in SUCCESSIONS if day < one.day for old, new in one.codes.items()}


def province_on(code: str, day: date | None) -> str:
    """Return the code of the province in which a place (by its code of today) lay on that day."""
    return codes_on(day).get(code, code)[:2]


def cut_since(province: str, day: date | None) -> list[Succession]:
    """Return the laws that took regencies out of a province after that day: it was larger then."""
    if day is None:
        return []
    return [one for one in SUCCESSIONS if day < one.day and any(old[:2] == province for old in one.codes)]
