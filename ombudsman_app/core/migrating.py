"""How alembic finds our migrations and our database, without an ini file."""

from alembic.config import Config

from .config import Settings
from .db import engine_for
from .paths import MIGRATIONS


def alembic_config(settings: Settings) -> Config:
    """Return the settings of alembic; `env.py` takes the engine from its attributes."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.set_main_option(
        "file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    config.attributes["engine"] = engine_for(settings)
    return config
