"""`ombudsman sweep`: destroy what may not be kept any longer. For a timer, and for every start."""

import click

from .opened import opened_app

_ROUNDS = 10_000  # of a hundred rows each; far more than a forgotten timer leaves


@click.command()
def sweep() -> None:
    """Destroy ended drafts, access codes that were not noted in time, and keys of forms older than a day."""
    from ombudsman_app.complaints.commands import sweep_drafts
    from ombudsman_app.core.once import sweep_sent_forms

    with opened_app():
        for sweep_some in (sweep_drafts, sweep_sent_forms):
            for _round in range(_ROUNDS):
                if not sweep_some():
                    break
