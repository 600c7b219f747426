"""`ombudsman scores verify`: is every kept score what its frozen inputs give?"""

import click

from .opened import opened_app


@click.group()
def scores() -> None:
    """Scores of audits, with all that decided them."""


@scores.command()
def verify() -> None:
    """Count every score again from its frozen inputs; exit 1 and say which differ."""
    from ombudsman_app.audits.commands import verify_scores

    number, differ = 0, 0
    with opened_app():
        for one in verify_scores():
            number += 1
            if one.wrong:
                differ += 1
                click.echo(f"Score {one.score_id} of audit {one.audit_id}: {', '.join(one.wrong)}.", err=True)
    if differ:
        click.echo(f"{differ} of {number} scores are not what their inputs give.", err=True)
        raise SystemExit(1)
    click.echo(f"All {number} scores are what their inputs give.")
