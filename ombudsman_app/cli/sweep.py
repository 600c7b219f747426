"""`ombudsman sweep`: destroy what may not be kept any longer. For a timer, and for every start."""

import click

from .opened import opened_app

_ROUNDS = 10_000  # of a hundred rows each; far more than a forgotten timer leaves


@click.command()
def sweep() -> None:
    """Destroy ended drafts and access codes that were not noted in time."""
    from ombudsman_app.complaints.commands import sweep_drafts

    with opened_app():
        for _round in range(_ROUNDS):
            if not sweep_drafts():
                break
