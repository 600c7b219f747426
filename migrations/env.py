"""Runs migrations on SQLite and PostgreSQL. Migrations themselves import no app code."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum

from ombudsman_app.core.db import UTC, Base


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types as plain ones, else an upgrade breaks the day a type moves."""
    if kind == "type" and isinstance(item, UTC):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"  # a new word in a list is no new shape of a table
    return False


def run() -> None:
    """Each migration in a transaction of its own, so that a killed upgrade can be run again (FB6)."""
    with context.config.attributes["engine"].connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=True,
            transactional_ddl=True,  # we send BEGIN ourselves, so SQLite has it too
        )
        with context.begin_transaction():
            context.run_migrations()


run()
