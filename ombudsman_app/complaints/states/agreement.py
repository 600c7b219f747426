"""Compares the table of moves in code with the one in the file, and takes the conditions from the file."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from ombudsman_app.core.workflow.flow import SideMove, Transition
from ombudsman_app.core.workflow.shape import RulesBroken

from .shape import SideMoveRow, TransitionRow

S = TypeVar("S", bound=StrEnum)


def agreed(rows: Iterable[Transition[S]], file: Iterable[TransitionRow]) -> list[Transition[S]]:
    """Return the rows of the code in the order of the file, with its conditions. Raises RulesBroken."""
    written = {
        (row.from_state, row.to, row.by, row.released_by, row.outcome, row.event, row.regime): row
        for row in rows
    }
    told = {
        (row.from_, row.to, row.by, row.released_by, row.outcome, row.event, row.regime): row for row in file
    }
    _refuse_difference(written.keys(), told.keys())
    return [replace(written[key], when=row.when) for key, row in told.items()]  # type: ignore[index]


def agreed_side_moves(
    moves: Mapping[str, SideMove[S]], file: Iterable[SideMoveRow]
) -> dict[str, SideMove[S]]:
    """Return the side moves in the order of the file, with its conditions. Raises RulesBroken."""
    written = {
        (name, row.from_state, row.to, row.by, row.released_by, row.outcome): row
        for name, row in moves.items()
    }
    told = {(row.id, row.from_, row.to, row.by, row.released_by, row.outcome): row for row in file}
    _refuse_difference(written.keys(), told.keys())
    return {row.id: replace(moves[row.id], when=row.when) for row in told.values()}


def _refuse_difference(written: Iterable[Hashable], told: Iterable[Hashable]) -> None:
    only_code, only_file = set(written) - set(told), set(told) - set(written)
    if only_code or only_file:
        raise RulesBroken(
            f"complaints.yaml and the moves in code differ: only in code {sorted(map(str, only_code))}, "
            f"only in the file {sorted(map(str, only_file))}"
        )
