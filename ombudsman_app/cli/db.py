"""`ombudsman db …`: bring the database to the shape of this release."""

import click


@click.group(name="db")
def db_group() -> None:
    """The database and its migrations."""


@db_group.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Go up to a revision (default: the newest)."""
    from ombudsman_app.app import import_models
    from ombudsman_app.core.config import settings_from
    from ombudsman_app.core.migrating import migrate

    import_models()
    migrate(settings_from(), revision)


@db_group.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Go down to a revision (`-1`: one step)."""
    from ombudsman_app.app import import_models
    from ombudsman_app.core.config import settings_from
    from ombudsman_app.core.migrating import migrate

    import_models()
    migrate(settings_from(), revision, is_down=True)


@db_group.command()
@click.option("-m", "--message", required=True)
def revision(message: str) -> None:
    """Write a migration from the difference between the models and the database."""
    from alembic import command

    from ombudsman_app.app import import_models
    from ombudsman_app.core.config import settings_from
    from ombudsman_app.core.migrating import alembic_config

    import_models()
    command.revision(alembic_config(settings_from()), message=message, autogenerate=True)


@db_group.command()
def check() -> None:
    """Exit 1 when models and database differ, or a column has no level of protection (PD8)."""
    from alembic import command
    from alembic.util import CommandError

    from ombudsman_app.app import import_models
    from ombudsman_app.core.columns import column_rules
    from ombudsman_app.core.config import settings_from
    from ombudsman_app.core.db import Base
    from ombudsman_app.core.migrating import alembic_config

    import_models()
    untold = [rule for rule in column_rules(Base.metadata) if rule.level is None or rule.kept is None]
    if untold:
        names = ", ".join(f"{rule.table}.{rule.column}" for rule in untold)
        click.echo(f"Nobody said how these are protected and how long they are kept: {names}.", err=True)
        raise SystemExit(1)
    try:
        command.check(alembic_config(settings_from()))
    except CommandError as difference:
        click.echo(f"{difference}", err=True)
        raise SystemExit(1) from None
