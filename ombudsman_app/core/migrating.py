"""How alembic finds our migrations and our database, without an ini file; and the walls after each move."""

from alembic.config import Config
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from .config import Settings
from .db import Base, engine_for
from .errors import UnsafeSettings
from .paths import MIGRATIONS
from .walls import PORTAL_ROLE, put_up, take_down

_NOT_ALLOWED = "42501"  # insufficient_privilege


def alembic_config(settings: Settings) -> Config:
    """Return the settings of alembic; `env.py` takes the engine of the owner from its attributes."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.set_main_option(
        "file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    config.attributes["engine"] = engine_for(settings, as_owner=True)
    return config


def migrate(settings: Settings, revision: str = "head", *, is_down: bool = False) -> None:
    """Bring the tables to a revision, and on PostgreSQL the walls to these tables (AZ12).

    All models must be imported. Raises UnsafeSettings where the owner may not make what the walls need; the
    tables are those of the revision then, and the portal has no rights at all.
    """
    from alembic import command

    config = alembic_config(settings)
    engine: Engine = config.attributes["engine"]
    is_walled = engine.dialect.name == "postgresql"
    try:
        if is_walled:
            with engine.begin() as connection:
                take_down(connection)
        move = command.downgrade if is_down else command.upgrade
        move(config, revision)
        if is_walled:
            _put_up(engine, settings)
    finally:
        engine.dispose()


def _put_up(engine: Engine, settings: Settings) -> None:
    serving = _serving_role(settings)
    try:
        with engine.begin() as connection:
            put_up(connection, Base.metadata, serving=serving)
    except ProgrammingError as refused:
        if getattr(refused.orig, "sqlstate", "") != _NOT_ALLOWED:
            raise
        raise UnsafeSettings(
            f"The walls of the portal could not be put up ({refused.orig}): let a superuser say "
            f'CREATE ROLE {PORTAL_ROLE} NOLOGIN; GRANT {PORTAL_ROLE} TO "{serving}"; then run it again.'
        ) from refused


def _serving_role(settings: Settings) -> str:
    """Return the role that serves the pages, as the database calls it."""
    engine = engine_for(settings)
    with engine.connect() as connection:
        role = str(connection.scalar(text("SELECT current_user")))
    engine.dispose()
    return role
