"""`ombudsman rules show`: states, moves and clocks as the code has them. No database."""

import json
from typing import Any

import click

from ombudsman_app.complaints.states import CLOCKS, COMPLAINT, RULES, TARGETS, ComplaintState
from ombudsman_app.core.workflow.flow import SideMove, Transition
from ombudsman_app.core.workflow.rules import Limit

from .lines import BadInput, Plain, PlainGroup


@click.group(cls=PlainGroup)
def rules() -> None:
    """The rules that the house carries out."""


@rules.command(cls=Plain)
@click.argument("subject")
def show(subject: str) -> None:
    """Print the rules of SUBJECT (complaints) as JSON."""
    if subject != "complaints":
        raise BadInput(f"there are no rules of {subject[:40]!r}; complaints has some.")
    click.echo(json.dumps(complaint_rules(), indent=2))


def complaint_rules() -> dict[str, Any]:
    """Return the machine of complaints: states, transitions, side moves, clocks, targets."""
    described = {state.id: state for state in RULES.states}
    return {
        "states": [
            {"id": state, "phase": described[state].phase, "terminal": described[state].terminal}
            for state in ComplaintState
        ],
        "transitions": [{**_move(row), "move": row.move} for row in COMPLAINT.transitions],
        "side_moves": [
            {"id": name, **_move(row), "move": name} for name, row in COMPLAINT.side_moves.items()
        ],
        "clocks": [_limit(limit) for limit in CLOCKS.values()],
        "targets": [_limit(limit) for limit in TARGETS.values()],
    }


def _move(row: Transition[ComplaintState] | SideMove[ComplaintState]) -> dict[str, str | None]:
    return {
        "from": row.from_state,
        "to": row.to,
        "by": row.by,
        "released_by": row.released_by,
        "outcome": row.outcome,
        "event": row.event,
        "regime": row.regime,
    }


def _limit(limit: Limit) -> dict[str, str | int | None]:
    return {
        "id": limit.id,
        "name": limit.name,
        "length": limit.length,
        "unit": limit.unit,
        "count": limit.count,
        "starts": limit.starts,
        "legal": limit.legal,
    }
