"""Sectors by KBLI 2020: the section that a code of two to five digits belongs to."""

import re
from dataclasses import dataclass
from pathlib import Path

from ombudsman_app.core.workflow.rules import Mark, load

_CODE = re.compile(r"[0-9]{2,5}")


@dataclass(frozen=True)
class Section:
    """One letter of KBLI with the divisions it holds."""

    id: str
    id_label: str
    label: str
    first: int
    last: int


@dataclass(frozen=True)
class _Sectors:
    version: int
    verified: Mark
    sections: tuple[Section, ...]


_READ = load(Path(__file__).parent / "data" / "sectors.yaml", _Sectors)
SECTIONS = {section.id: section for section in _READ.sections}
_OF_DIVISION = {
    f"{division:02}": section.id
    for section in _READ.sections
    for division in range(section.first, section.last + 1)
}


def section_of(code: str | None) -> str | None:
    """Return the letter of a KBLI code of two to five digits; None for a division that is not there."""
    if not code or not _CODE.fullmatch(code):
        return None
    return _OF_DIVISION.get(code[:2])
