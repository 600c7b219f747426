"""`ombudsman trail verify`: is the record of all acts whole?"""

import click


@click.group()
def trail() -> None:
    """The hash-chained record of every act."""


@trail.command()
def verify() -> None:
    """Walk the whole chain; exit 1 and say where it is broken."""
    from ombudsman_app.app import create_app
    from ombudsman_app.core.trail import record

    app = create_app()
    with app.app_context():
        entries, broken = record.verify()
    app.extensions["engine"].dispose()
    if broken:
        click.echo(f"The trail is broken after {entries} entries: {broken}.", err=True)
        raise SystemExit(1)
    click.echo(f"The trail is whole: {entries} entries.")
