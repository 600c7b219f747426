"""`ombudsman trail verify`: is the record of all acts whole?"""

import click

from .opened import opened_app


@click.group()
def trail() -> None:
    """The hash-chained record of every act."""


@trail.command()
def verify() -> None:
    """Walk the whole chain; exit 1 and say where it is broken."""
    from flask import current_app

    from ombudsman_app.core.trail import heads, record

    with opened_app():
        entries, broken = record.verify()
        copies = current_app.extensions["settings"].data_dir / heads.LOG
        broken = broken or heads.contradicted(copies)
    if broken:
        click.echo(f"The trail is broken after {entries} entries: {broken}.", err=True)
        raise SystemExit(1)
    click.echo(f"The trail is whole: {entries} entries.")
