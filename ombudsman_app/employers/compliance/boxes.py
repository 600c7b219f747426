"""The boxes by which the list of compliance cases is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.employers.formats import BREACHES
from ombudsman_app.employers.queries.cases import CaseFilter

from .words import STATES


@dataclass(frozen=True)
class Box:
    """A box of the filter: options are (value, words)."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def case_boxes(chosen: CaseFilter, branches: Mapping[int, str]) -> list[Box]:
    """Return the boxes with what is chosen in them."""
    offices = [(str(number), name) for number, name in branches.items()]
    return [
        Box("state", _("Stage"), _any(_("All stages"), _words(STATES)), chosen.state or ""),
        Box("branch", _("Branch"), _any(_("All branches"), offices), str(chosen.branch or "")),
        Box("kind", _("Kind"), _any(_("All kinds"), _words(BREACHES)), chosen.breach or ""),
    ]


def _any(words: str, options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", words), *options]


def _words(table: Mapping[Any, Any]) -> list[tuple[str, str]]:
    return [(key.value, str(words)) for key, words in table.items()]
